//! Reads lines `tracking,routing` (parted at the first comma, nothing trimmed) and prints for each
//! the 65 bars of its Intelligent Mail barcode, or `refused: reason`.
//!
//! ```text
//! echo 01234567094987654321,01234 | cargo run --release --example imb
//! ```

use std::io::{self, BufRead, Write};

use noticeworks::barcode::imb;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let (tracking, routing) = text.split_once(',').unwrap_or((text, ""));
        match imb::encode(tracking, routing) {
            Ok(bars) => writeln!(out, "{}", imb::letters(&bars))?,
            Err(reason) => writeln!(out, "refused: {reason}")?,
        }
        line.clear();
    }
    out.flush()
}
