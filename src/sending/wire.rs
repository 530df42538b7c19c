//! The line to the server: plain or encrypted, without Nagle's delay, one reply line at a time.
//!
//! Lines are handed on singly so that what a server says unasked stays here and is seen: bytes
//! slipped in before encryption begins, or a second reply that would be taken for the next one.

use lettre::transport::smtp::client::AsyncTokioStream;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// Handed on without waiting for the end of its line.
const LONGEST_LINE: usize = 4096;

/// Plain or encrypted.
pub enum Line {
    Plain(TcpStream),
    Encrypted(Box<TlsStream<TcpStream>>),
}

/// A stream as the SMTP client takes it.
pub struct Wire {
    line: Line,
    /// Come from the server, not handed on.
    raw: Vec<u8>,
    /// Being handed on, from `next` on.
    out: Vec<u8>,
    next: usize,
    ended: bool,
    /// The next line that the client says does not go out.
    keeps_back: bool,
    unasked: Arc<AtomicUsize>,
}

/// How many bytes the server has sent beyond the reply that was read last.
#[derive(Clone)]
pub struct Unasked(Arc<AtomicUsize>);

impl Unasked {
    pub fn any(&self) -> bool {
        self.0.load(Ordering::Acquire) > 0
    }
}

impl Wire {
    pub fn plain(stream: TcpStream) -> (Self, Unasked) {
        Self::new(Line::Plain(stream), &[])
    }

    /// An encrypted line. `said` is what the server has said already: after STARTTLS it greets
    /// no second time.
    pub fn encrypted(stream: TlsStream<TcpStream>, said: &[u8]) -> (Self, Unasked) {
        Self::new(Line::Encrypted(Box::new(stream)), said)
    }

    /// The same line after a greeting with HELO. The client knows only EHLO: it hears that one as
    /// said and answered, by a server that can do nothing besides.
    pub fn greeted(mut self) -> Self {
        self.out = b"220 greeted\r\n250 greeted\r\n".to_vec();
        self.next = 0;
        self.keeps_back = true;
        self
    }

    /// The line itself, for a greeting before the client's.
    pub fn line(&mut self) -> &mut Line {
        &mut self.line
    }

    fn new(line: Line, said: &[u8]) -> (Self, Unasked) {
        let unasked = Arc::new(AtomicUsize::new(0));
        let wire = Self {
            line,
            raw: Vec::new(),
            out: said.to_vec(),
            next: 0,
            ended: false,
            keeps_back: false,
            unasked: unasked.clone(),
        };
        (wire, Unasked(unasked))
    }

    /// Moves one line, if a whole one is there, to be handed on.
    fn take_line(&mut self) -> bool {
        let end = match self.raw.iter().position(|byte| *byte == b'\n') {
            Some(at) => at + 1,
            None if self.ended || self.raw.len() >= LONGEST_LINE => self.raw.len(),
            None => return false,
        };
        self.out.clear();
        self.out.extend(self.raw.drain(..end));
        self.next = 0;
        usual_form(&mut self.out);
        self.unasked.store(self.raw.len(), Ordering::Release);
        true
    }
}

/// `250\r\n` without text and a bare line feed are read, as RFC 5321 section 4.2.1 asks, though
/// the client knows only the usual form.
fn usual_form(line: &mut Vec<u8>) {
    let Some(body) = line.strip_suffix(b"\n") else { return };
    let length = body.strip_suffix(b"\r").unwrap_or(body).len();
    line.truncate(length);
    if length == 3 && line.iter().all(u8::is_ascii_digit) {
        line.push(b' ');
    }
    line.extend_from_slice(b"\r\n");
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        loop {
            if this.next < this.out.len() {
                let rest = &this.out[this.next..];
                let n = rest.len().min(buffer.remaining());
                buffer.put_slice(&rest[..n]);
                this.next += n;
                return Poll::Ready(Ok(()));
            }
            if !this.raw.is_empty() && this.take_line() {
                continue;
            }
            if this.ended {
                return Poll::Ready(Ok(()));
            }
            let mut space = [0; 2048];
            let mut chunk = ReadBuf::new(&mut space);
            ready!(Pin::new(&mut this.line).poll_read(context, &mut chunk))?;
            if chunk.filled().is_empty() {
                this.ended = true;
            }
            this.raw.extend_from_slice(chunk.filled());
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.keeps_back {
            self.keeps_back = !bytes.ends_with(b"\n");
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.line).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(context)
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut *self {
            Line::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Line::Encrypted(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut *self {
            Line::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Line::Encrypted(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Line::Plain(stream) => Pin::new(stream).poll_flush(context),
            Line::Encrypted(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Line::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Line::Encrypted(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.line {
            Line::Plain(stream) => stream.peer_addr(),
            Line::Encrypted(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}

/// What passes here is personal.
impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}
