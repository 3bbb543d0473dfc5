//! What is made from the page's modules for other places: one file, a widget for notebooks, an npm
//! package, a SCORM package, and the list of files that are kept offline.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::Hasher;
use std::io::Write;
use std::path::{Path, PathBuf};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::build::optimise;
use crate::command::{announce, run, words};
use crate::split::split;

/// The bundler, of which nothing but size and the forms below depends.
const ESBUILD: &str = "node_modules/esbuild/bin/esbuild";

/// The modules that pages load by name; everything else goes into files that they share.
const ENTRIES: [&str; 6] = ["downhill.js", "page.js", "embed.js", "exercises.js", "engine/engine.js", "pkg/core.js"];

/// How files are put into a program.
const INLINE: [&str; 4] = ["--loader:.css=text", "--loader:.woff2=dataurl", "--loader:.wasm=binary", "--bundle"];

/// What several pages share lies one folder deep, as the rooms do, so that it finds files by the same relative addresses.
const CHUNKS: &str = "--chunk-names=chunks/[name]-[hash]";

/// The pages that are kept offline.
pub(crate) const PAGES: [&str; 7] =
    ["index.html", "lab.html", "networks.html", "embed.html", "exercises.html", "two-minutes.html", "glossary.html"];

type Outcome<T = ()> = Result<T, String>;

/// Makes the forms from `www/` and from `dist/`, in which the pages already are.
pub(crate) fn make_forms() -> Outcome {
    announce("bundling");
    bundle("dist/www")?;
    split_module()?;
    one_file("index.html", "onefile.js", "dist/downhill.html")?;
    inline("widget.js", &["--format=esm", "--outfile=dist/downhill-widget.js"])?;
    npm_package()?;
    scorm_package()
}

/// What depends on where the site will be, and on all of its files.
pub(crate) fn finish(address: Option<&str>) -> Outcome {
    oembed(address)?;
    service_worker()
}

/// Few files with what the pages share in common, instead of one for each module.
fn bundle(folder: &str) -> Outcome {
    for path in listed(Path::new(folder))?.iter().filter(|path| path.extension().is_some_and(|ending| ending == "js")) {
        fs::remove_file(path).map_err(|error| format!("can't remove {}: {error}", path.display()))?;
        // Folders that are left empty go as well; the others refuse to.
        path.ancestors().skip(1).take_while(|folder| fs::remove_dir(folder).is_ok()).for_each(drop);
    }
    let outdir = format!("--outdir={folder}");
    let entries = ENTRIES.map(|name| format!("www/{name}"));
    let options = ["--bundle", "--splitting", "--format=esm", CHUNKS, "--outbase=www", &outdir];
    esbuild(entries.iter().map(String::as_str).chain(options))?;
    let sheets = files(folder, "css")?;
    esbuild(sheets.iter().map(String::as_str).chain(["--allow-overwrite", &outdir]))
}

/// Puts the module's two parts where `publish` has put the whole; the other forms have the whole.
fn split_module() -> Outcome {
    let whole = fs::read("www/pkg/core_bg.wasm").map_err(|error| format!("can't read the module: {error}"))?;
    let parts = split(&whole)?;
    for (name, bytes) in [("core_bg.wasm", parts.first), ("core_rest.wasm", parts.rest)] {
        let path = format!("dist/www/pkg/{name}");
        fs::write(&path, bytes).map_err(|error| format!("can't write {name}: {error}"))?;
        // What only the other part used is simpler now.
        optimise(&path)?;
    }
    Ok(())
}

/// A program with its files inside.
fn inline(name: &str, options: &[&str]) -> Outcome {
    let entry = format!("www/{name}");
    esbuild(INLINE.into_iter().chain(["--define:import.meta.url=\"\"", &entry]).chain(options.iter().copied()))
}

/// A page that needs no other file, made from one that does.
fn one_file(page: &str, program: &str, target: &str) -> Outcome {
    let script = "target/onefile.js";
    inline(program, &["--format=iife", &format!("--outfile={script}")])?;
    let (html, style, program) = (read(page)?, read("dist/www/page/page.css")?, read(script)?);
    let html = alone(&html).replace("href=\"lab.html\"", "href=\"#lab\"");
    let html = html.replace("</head>", &format!("<style>\n{style}</style>\n</head>"));
    write(target, &html.replace("</body>", &format!("<script>\n{program}</script>\n</body>")))
}

/// Lines that only a site has: files beside the page, and ways to its other pages.
const BESIDE: [&str; 5] =
    ["<link", "<script", "href=\"two-minutes.html\"", "href=\"networks.html\"", "href=\"glossary.html\""];

/// A page without other pages beside it: of a link to the glossary the words stay.
fn alone(html: &str) -> String {
    let kept = html.lines().filter(|line| !BESIDE.iter().any(|part| line.contains(part)));
    let html = kept.collect::<Vec<_>>().join("\n");
    let mut parts = html.split("<a href=\"glossary.html#");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let link = part.split_once('>').and_then(|(_, part)| part.split_once("</a>"));
        let (words, rest) = link.unwrap_or(("", part));
        text + words + rest
    })
}

/// `dist/npm`: what `npm publish` would send.
fn npm_package() -> Outcome {
    let folder = "dist/npm";
    esbuild(["www/downhill.js", "--bundle", "--splitting", "--format=esm", CHUNKS, "--outdir=dist/npm"])?;
    for (from, to) in [
        ("dist/www/pkg/elements.css", "pkg/elements.css"),
        ("www/pkg/core_bg.wasm", "pkg/core_bg.wasm"),
        ("www/font/DownhillMath.woff2", "font/DownhillMath.woff2"),
        ("www/font/OFL.txt", "font/OFL.txt"),
        ("www/downhill.d.ts", "downhill.d.ts"),
        ("docs/npm.md", "README.md"),
        ("LICENSE-MIT", "LICENSE-MIT"),
        ("LICENSE-APACHE", "LICENSE-APACHE"),
    ] {
        copy(from, &format!("{folder}/{to}"))?;
    }
    for path in listed(Path::new("www/data"))? {
        let from = path.to_string_lossy();
        copy(&from, &from.replace("www/", "dist/npm/"))?;
    }
    let version = env!("CARGO_PKG_VERSION");
    write("dist/npm/package.json", &read("www/package.json")?.replace("VERSION", version))
}

/// `dist/downhill-scorm.zip`: an exercise that tells a learning platform its score.
fn scorm_package() -> Outcome {
    let page = "target/scorm.html";
    one_file("scorm/index.html", "scorm.js", page)?;
    let failed = |error: zip::result::ZipError| format!("can't write the SCORM package: {error}");
    let file = File::create("dist/downhill-scorm.zip").map_err(|error| format!("can't write dist/: {error}"))?;
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, path) in [("imsmanifest.xml", "scorm/imsmanifest.xml"), ("index.html", page)] {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(read(path)?.as_bytes()).map_err(|error| failed(error.into()))?;
    }
    zip.finish().map(|_| ()).map_err(failed)
}

/// oEmbed gives whole addresses, so there is none without the site's own.
fn oembed(address: Option<&str>) -> Outcome {
    match address {
        Some(address) => {
            let address = format!("{}/", address.trim_end_matches('/'));
            write("dist/oembed.json", &read("oembed.json")?.replace("ADDRESS", &address))
        }
        None => {
            let page = read("dist/index.html")?;
            let kept = page.lines().filter(|line| !line.contains("oembed.json"));
            write("dist/index.html", &(kept.collect::<Vec<_>>().join("\n") + "\n"))
        }
    }
}

/// `dist/sw.js`, which knows the site's files, and a version that changes with them. Pictures for networks are large, and
/// are fetched only when they are asked for.
fn service_worker() -> Outcome {
    let mut names: Vec<String> =
        PAGES.map(str::to_owned).into_iter().chain(["icon.svg", "manifest.webmanifest"].map(str::to_owned)).collect();
    for path in listed(Path::new("dist/www"))? {
        let name = path.strip_prefix("dist").unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if !name.ends_with(".d.ts") && !name.ends_with(".txt") && !name.starts_with("www/data/") {
            names.push(name);
        }
    }
    names.sort();
    let mut hasher = DefaultHasher::new();
    for name in &names {
        hasher.write(name.as_bytes());
        hasher.write(
            &fs::read(Path::new("dist").join(name)).map_err(|error| format!("can't read dist/{name}: {error}"))?,
        );
    }
    let list = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let head = format!("self.DOWNHILL = {{ version: \"{:016x}\", files: [{list}] }};\n", hasher.finish());
    write("dist/sw.js", &(head + &read("www/sw.js")?))
}

fn esbuild<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Outcome {
    let mut command = words("node");
    command.arg(ESBUILD).args(["--minify", "--log-level=error"]).args(arguments);
    run("esbuild", &mut command)
}

/// Whether the bundler is there; without it `dist/` has the modules as they are.
pub(crate) fn can_bundle() -> bool {
    Path::new(ESBUILD).is_file()
}

pub(crate) fn files(folder: &str, ending: &str) -> Outcome<Vec<String>> {
    let paths = listed(Path::new(folder))?.into_iter().filter(|path| path.extension().is_some_and(|own| own == ending));
    Ok(paths.map(|path| path.to_string_lossy().into_owned()).collect())
}

/// The files in a folder and below it.
fn listed(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("can't read {}: {error}", folder.display()))?;
    let mut paths = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() { paths.extend(listed(&path)?) } else { paths.push(path) }
    }
    paths.sort();
    Ok(paths)
}

pub(crate) fn read(path: &str) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("can't read {path}: {error}"))
}

pub(crate) fn write(path: &str, text: &str) -> Outcome {
    fs::write(path, text).map_err(|error| format!("can't write {path}: {error}"))
}

fn copy(from: &str, to: &str) -> Outcome {
    let folder = Path::new(to).parent().unwrap_or(Path::new("."));
    let copied = fs::create_dir_all(folder).and_then(|()| fs::copy(from, to));
    copied.map(|_| ()).map_err(|error| format!("can't copy {from} to {to}: {error}"))
}
