//! `dist/` on this machine, under the strictest policy that the page is made for.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use crate::Options;
use crate::build;
use crate::command::{run, words};

const DEFAULT_PORT: u16 = 8000;

/// What the page may load and run: its own files and its own WebAssembly, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; manifest-src 'self'";

/// The longest request that is read, in bytes, and how long its sender may take over it.
const MAX_REQUEST: u64 = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// Builds, and serves `dist/` until the program is ended.
pub(crate) fn serve(options: &Options) -> Result<(), String> {
    if !options.no_build {
        build::build(options.fast, None)?;
    }
    let port = options.port.unwrap_or(DEFAULT_PORT);
    let refused = |error| format!("port {port} can't be used ({error}); choose another with --port");
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(refused)?;
    let address = format!("http://{}/", listener.local_addr().map_err(refused)?);
    println!("serving dist/ at {address}");
    if options.open {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        run("opening a browser", &mut words(&format!("{opener} {address}")))?;
    }
    for stream in listener.incoming().flatten() {
        // A visitor who leaves early is no reason to stop.
        std::thread::spawn(move || answer(stream).ok());
    }
    Ok(())
}

/// Answers the one request of a connection.
fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new((&stream).take(MAX_REQUEST));
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let response = Response::to(&first);
    stream.write_all(response.head().as_bytes())?;
    if !first.starts_with("HEAD ") {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

/// What is sent back.
struct Response {
    status: &'static str,
    mime: &'static str,
    body: Vec<u8>,
}

impl Response {
    /// The answer to a request that begins with the line `first`.
    fn to(first: &str) -> Self {
        let mut words = first.split(' ');
        let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !matches!(method, "GET" | "HEAD") {
            return Self::message("405 Method Not Allowed", "only GET and HEAD are answered here");
        }
        match file_of(url).and_then(|path| Some((fs::read(&path).ok()?, path))) {
            Some((body, path)) => Self { status: "200 OK", mime: mime(&path), body },
            None => Self::message("404 Not Found", &format!("there is no {url} here")),
        }
    }

    fn message(status: &'static str, text: &str) -> Self {
        Self { status, mime: mime(Path::new("message.txt")), body: text.as_bytes().to_vec() }
    }

    fn head(&self) -> String {
        let Self { status, mime, body } = self;
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\nConnection: close\r\n\
             Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nContent-Security-Policy: {POLICY}\r\n\r\n"
        )
    }
}

/// The file in `dist/` that a URL names; nothing for a URL that leaves the folder.
fn file_of(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let file = Path::new("dist").join(path);
    (inside && file.is_file()).then_some(file)
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("idx") => "application/octet-stream",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_stay_inside_the_folder() {
        for url in ["/../Cargo.toml", "/www/../../Cargo.toml", "//etc/passwd", "/%2e%2e/Cargo.toml", "/nothing"] {
            assert_eq!(file_of(url), None, "{url}");
        }
    }

    #[test]
    fn answers_begin_with_their_policy() {
        let response = Response::to("GET /nothing HTTP/1.1\r\n");
        assert_eq!(response.body, b"there is no /nothing here");
        assert_eq!(
            response.head(),
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 25\r\n\
             Connection: close\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n\
             Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; manifest-src 'self'\r\n\r\n"
        );
        assert_eq!(Response::to("POST / HTTP/1.1").status, "405 Method Not Allowed");
    }

    #[test]
    fn modules_have_the_types_that_browsers_demand() {
        let check = |name: &str, expected| assert_eq!(mime(Path::new(name)), expected);
        check("a.js", "text/javascript; charset=utf-8");
        check("a.wasm", "application/wasm");
        check("a.css", "text/css; charset=utf-8");
        check("a.html", "text/html; charset=utf-8");
    }
}
