//! `dist/` on this machine, under the strictest policy that the page is made for.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use tiny_http::{Header, Method, Request, Response, Server};

use crate::Options;
use crate::build;
use crate::command::{run, words};

const DEFAULT_PORT: u16 = 8000;

/// What the page may load and run: its own files and its own WebAssembly, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' blob: data:; connect-src 'self'; font-src 'self'";

/// Several threads, so that one slow reader does not hold up the others.
const THREADS: usize = 4;

/// Builds, and serves `dist/` until the program is ended.
pub(crate) fn serve(options: &Options) -> Result<(), String> {
    if !options.no_build {
        build::build(options.fast)?;
    }
    let port = options.port.unwrap_or(DEFAULT_PORT);
    let server = Server::http(("127.0.0.1", port))
        .map_err(|error| format!("port {port} can't be used ({error}); choose another with --port"))?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    let address = format!("http://127.0.0.1:{port}/");
    println!("serving dist/ at {address}");
    if options.open {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        run("opening a browser", &mut words(&format!("{opener} {address}")))?;
    }
    answer_forever(server);
    Ok(())
}

fn answer_forever(server: Server) {
    let server = Arc::new(server);
    let work = |server: Arc<Server>| {
        move || {
            for request in server.incoming_requests() {
                // A visitor who has left is no reason to stop.
                let _ = answer(request);
            }
        }
    };
    let threads: Vec<_> = (0..THREADS).map(|_| std::thread::spawn(work(Arc::clone(&server)))).collect();
    for thread in threads {
        let _ = thread.join();
    }
}

fn answer(request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(message(405, "only GET and HEAD are answered here"));
    }
    let file = file_of(request.url()).and_then(|path| Some((File::open(&path).ok()?, path)));
    match file {
        Some((file, path)) => {
            request.respond(headers(&path).into_iter().fold(Response::from_file(file), Response::with_header))
        }
        None => {
            let text = format!("there is no {} here", request.url());
            request.respond(message(404, &text))
        }
    }
}

fn message(status: u16, text: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    let response = Response::from_string(text).with_status_code(status);
    headers(Path::new("message.txt")).into_iter().fold(response, Response::with_header)
}

/// The file in `dist/` that a URL names; nothing for a URL that leaves the folder.
fn file_of(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let file = Path::new("dist").join(path);
    (inside && file.is_file()).then_some(file)
}

fn headers(path: &Path) -> Vec<Header> {
    let pairs = [
        ("Content-Type", mime(path)),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-cache"),
    ];
    pairs.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok()).collect()
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
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
    fn modules_have_the_types_that_browsers_demand() {
        let check = |name: &str, expected| assert_eq!(mime(Path::new(name)), expected);
        check("a.js", "text/javascript; charset=utf-8");
        check("a.wasm", "application/wasm");
        check("a.css", "text/css; charset=utf-8");
        check("a.html", "text/html; charset=utf-8");
    }
}
