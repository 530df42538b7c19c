//! HTTP on the loopback address: checks at the door, reads forms and files within limits, hands
//! plain questions to the screens, streams progress.

use crate::workbench::ask::{Ask, Reply, Upload};
use crate::workbench::bench::Bench;
use crate::workbench::door::{HEADERS, Turned};
use crate::workbench::form::{Pairs, decode};
use crate::workbench::{assets, entry};
use axum::body::{Body, to_bytes};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use axum::{Router, serve};
use std::io::{self, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

/// Bytes of a form without files.
const FORM: usize = 4 << 20;

/// Bytes of all files of one form: the largest list of the largest incidents known.
const FILES: u64 = 4 << 30;

/// Fields of a form that bears files.
const FIELDS: usize = 200;

/// Serves until `stopped` is ready.
///
/// # Errors
/// The listener fails.
pub async fn run(
    listener: TcpListener,
    bench: Arc<Bench>,
    stopped: impl Future<Output = ()>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router =
        Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(bench);
    // Streams of progress never end by themselves: nothing is waited for.
    tokio::select! {
        served = serve(listener, router).into_future() => served,
        () = stopped => Ok(()),
    }
}

async fn answer(State(bench): State<Arc<Bench>>, request: Request) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    // Before anything else.
    if let Err(turned) = bench.door.host(&uri, &headers) {
        return refuse(turned);
    }
    let method = request.method().clone();
    let path = uri.path().to_owned();
    if let Some((kind, text)) = assets::named(&path) {
        return plain(StatusCode::OK, kind, text.to_owned());
    }
    if path == entry::PATH {
        return enter(&bench, request).await;
    }
    if let Err(turned) = bench.door.admit(&method, &headers) {
        return refuse(turned);
    }
    let parts = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
    let query = Pairs::read(uri.query().unwrap_or_default());
    let mut ask = Ask { changes: method == Method::POST, path: parts, query, ..Ask::default() };
    if ask.parts().last() == Some(&"progress") {
        return progress(&bench, &ask);
    }
    if ask.changes {
        match body(&bench, request, &headers, &ask).await {
            Ok((form, uploads)) => (ask.form, ask.uploads) = (form, uploads),
            Err(response) => return response,
        }
        if !bench.door.is_own_form(ask.form.get("token")) {
            return refuse(Turned::Foreign);
        }
    }
    // Everything behind the door may read rosters and write files: never on the server's threads.
    let reply = tokio::task::spawn_blocking(move || told(bench.reply(&ask))).await;
    match reply {
        Ok(response) => response,
        Err(_) => {
            let text = "Something went wrong that should not. Nothing was half-written.\n";
            plain(StatusCode::INTERNAL_SERVER_ERROR, TEXT, text.to_owned())
        }
    }
}

const TEXT: &str = "text/plain; charset=utf-8";

/// The token for the cookie. The answer is a page, not a redirect: a browser that was sent here from
/// a file would not take the new cookie along.
async fn enter(bench: &Bench, request: Request) -> Response {
    if request.method() == Method::GET {
        let query = Pairs::read(request.uri().query().unwrap_or_default());
        let html = entry::ask(query.text("token"));
        return plain(StatusCode::OK, assets::HTML, html);
    }
    let Ok(bytes) = to_bytes(request.into_body(), 1 << 10).await else {
        return refuse(Turned::Stranger);
    };
    let form = Pairs::read(&String::from_utf8_lossy(&bytes));
    let Some(cookie) = bench.door.exchange(form.text("token")) else {
        return refuse(Turned::Stranger);
    };
    bench.entered();
    let mut response = plain(StatusCode::OK, assets::HTML, entry::welcome(&bench.first_page()));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

fn refuse(turned: Turned) -> Response {
    let (status, text) = match turned {
        Turned::Misdirected => (StatusCode::MISDIRECTED_REQUEST, ""),
        Turned::Method => (StatusCode::METHOD_NOT_ALLOWED, "No page asks for that.\n"),
        Turned::Stranger => (
            StatusCode::FORBIDDEN,
            "This page is for the browser that `noticeworks open` opened. Run it again to get in.\n",
        ),
        Turned::Foreign => (
            StatusCode::FORBIDDEN,
            "Nothing was changed: the request did not come from a page of this workbench.\n",
        ),
    };
    plain(status, TEXT, text.to_owned())
}

type Read = (Pairs, Vec<Upload>);

/// The form, and the files dropped in, streamed to the folder.
async fn body(
    bench: &Bench,
    request: Request,
    headers: &HeaderMap,
    ask: &Ask,
) -> Result<Read, Response> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let bytes = to_bytes(request.into_body(), FORM).await.map_err(|_| too_much())?;
        let text = String::from_utf8_lossy(&bytes);
        return Ok((Pairs::read(&text), Vec::new()));
    }
    let into = bench.place_of(ask);
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let (mut form, mut uploads, mut left) = (Pairs::default(), Vec::new(), FILES);
    while let Some(mut field) = multipart.next_field().await.map_err(|_| broken())? {
        let name = field.name().unwrap_or_default().to_owned();
        if form.0.len() + uploads.len() >= FIELDS {
            return Err(too_much());
        }
        let Some(file) = field.file_name().map(base_name) else {
            let mut bytes = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                bytes.extend_from_slice(&chunk);
                if bytes.len() > FORM {
                    return Err(too_much());
                }
            }
            form.0.push((name, String::from_utf8_lossy(&bytes).replace("\r\n", "\n")));
            continue;
        };
        // No byte of a file touches the disk before the page has shown its token.
        if !bench.door.is_own_form(form.get("token")) {
            return Err(refuse(Turned::Foreign));
        }
        let upload = streamed(field, &into, name, file, &mut left).await?;
        uploads.push(upload);
    }
    Ok((form, uploads))
}

async fn streamed(
    mut field: Field<'_>,
    into: &Path,
    name: String,
    file: String,
    left: &mut u64,
) -> Result<Upload, Response> {
    let failed = |error: io::Error| {
        let text = format!("The file could not be kept: {error}\n");
        plain(StatusCode::INSUFFICIENT_STORAGE, TEXT, text)
    };
    let (path, mut out) = crate::workbench::dropped::begin(into).map_err(failed)?;
    let mut upload = Upload { field: name, name: file, path, bytes: 0 };
    while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
        let bytes = chunk.len() as u64;
        *left = left.checked_sub(bytes).ok_or_else(too_much)?;
        upload.bytes += bytes;
        out.write_all(&chunk).map_err(failed)?;
    }
    out.sync_data().map_err(failed)?;
    Ok(upload)
}

/// A browser's name of a file: no folders, nothing that hides it or breaks a line.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    clean.trim().trim_start_matches('.').to_owned()
}

fn broken() -> Response {
    plain(StatusCode::BAD_REQUEST, TEXT, "The form broke off; nothing was changed.\n".to_owned())
}

fn too_much() -> Response {
    let text = "That is more than the workbench takes at once; nothing was changed.\n";
    plain(StatusCode::PAYLOAD_TOO_LARGE, TEXT, text.to_owned())
}

/// How a piece of work goes, as events, until it is over.
fn progress(bench: &Arc<Bench>, ask: &Ask) -> Response {
    let Some(lines) = bench.watch(ask) else {
        return plain(StatusCode::NOT_FOUND, TEXT, "No work of that name.\n".to_owned());
    };
    let mut response = Response::new(Body::from_stream(lines));
    let kind = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    with_headers(response, None)
}

fn told(reply: Reply) -> Response {
    match reply {
        Reply::Page { status, html } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            plain(status, assets::HTML, html)
        }
        Reply::See(address) => {
            let mut response = plain(StatusCode::SEE_OTHER, TEXT, String::new());
            if let Ok(address) = HeaderValue::from_str(&address) {
                response.headers_mut().insert(LOCATION, address);
            }
            response
        }
        Reply::File { path, kind, policy, save_as } => match std::fs::read(&path) {
            Ok(bytes) => sent(kind, bytes, policy.as_deref(), save_as.as_deref()),
            Err(_) => plain(StatusCode::NOT_FOUND, TEXT, "There is no such file.\n".to_owned()),
        },
        Reply::Bytes { kind, bytes, save_as } => sent(kind, bytes, None, save_as.as_deref()),
    }
}

fn sent(kind: &str, bytes: Vec<u8>, policy: Option<&str>, save_as: Option<&str>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    if let Ok(kind) = HeaderValue::from_str(kind) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    if let Some(name) = save_as {
        let plain = |c: char| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' };
        let name: String = name.chars().map(plain).collect();
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            response.headers_mut().insert(CONTENT_DISPOSITION, value);
        }
    }
    with_headers(response, policy)
}

fn plain(status: StatusCode, kind: &'static str, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    with_headers(response, None)
}

fn with_headers(mut response: Response, policy: Option<&str>) -> Response {
    for (name, value) in HEADERS {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        response.headers_mut().insert(name, value);
    }
    if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(policy).ok()) {
        response.headers_mut().insert("content-security-policy", policy);
    }
    response
}
