//! What the tests need besides Rust: npm packages and Chromium.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::{announce, exists, run, words};

/// Makes sure that Node and the packages of the committed lock file are there.
pub(crate) fn npm_packages() -> Result<(), String> {
    if !exists("node") || !exists("npm") {
        return Err("Node 20 or later is needed, with npm; install it from your system's packages".to_owned());
    }
    // npm writes this file last, so it tells whether an installation is complete and of which lock.
    let (lock, mark) = (Path::new("package-lock.json"), Path::new("node_modules/.downhill-lock"));
    let wanted = fs::read(lock).map_err(|error| format!("can't read package-lock.json: {error}"))?;
    if fs::read(mark).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    announce("installing the npm packages of package-lock.json");
    run("npm ci", &mut words("npm ci --no-audit --no-fund --ignore-scripts"))?;
    fs::write(mark, wanted).map_err(|error| format!("can't write {}: {error}", mark.display()))
}

/// The libraries that are measured beside ours, outside the project's own packages.
pub(crate) fn peers() -> Result<String, String> {
    let folder = "target/peers";
    let packages = ["mathjs@15.2.0", "nerdamer@1.1.13", "@tensorflow/tfjs@4.22.0"];
    if !Path::new(folder).join("node_modules/@tensorflow/tfjs").is_dir() {
        announce("installing the libraries to compare with");
        fs::create_dir_all(folder).map_err(|error| format!("can't make {folder}: {error}"))?;
        let mut install = words("npm install --no-audit --no-fund --ignore-scripts --prefix");
        run("npm install", install.arg(folder).args(packages))?;
    }
    let whole = fs::canonicalize(folder).map_err(|error| format!("can't find {folder}: {error}"))?;
    Ok(whole.display().to_string())
}

/// Makes sure that there is a Python to run exported programs with.
pub(crate) fn python() -> Result<(), String> {
    if exists("python3") {
        return Ok(());
    }
    debian_packages(&["python3"]).map_err(|error| format!("exported programs are run by CPython; {error}"))
}

/// A Python with nbformat, the validator of notebooks: one that is there, one of our own, or Debian's.
pub(crate) fn notebook_python() -> Result<PathBuf, String> {
    let own = PathBuf::from("target/python/bin/python");
    let has = |python: &Path| {
        let output = Command::new(python).args(["-c", "import nbformat"]).output();
        output.is_ok_and(|output| output.status.success())
    };
    for python in [PathBuf::from("python3"), own.clone()] {
        if has(&python) {
            return Ok(python);
        }
    }
    announce("installing nbformat, which validates notebooks");
    let packages = ["-m", "pip", "install", "-q", "nbformat==5.11.1"];
    let made = run("python3 -m venv", words("python3 -m venv target/python").stdout(Stdio::null()))
        .and_then(|()| run("pip install", Command::new(&own).args(packages)));
    if made.is_ok() && has(&own) {
        return Ok(own);
    }
    debian_packages(&["python3", "python3-nbformat"])
        .map_err(|error| format!("the notebooks are validated by Python's nbformat; {error}"))?;
    Ok(PathBuf::from("/usr/bin/python3"))
}

/// A Python with the libraries to compare with: `$DOWNHILL_PYTHON`, or one that is set up now.
pub(crate) fn peers_python() -> Result<PathBuf, String> {
    if let Some(chosen) = std::env::var_os("DOWNHILL_PYTHON") {
        return Ok(chosen.into());
    }
    let (folder, python) = (Path::new("target/peers/python"), Path::new("target/peers/python/bin/python"));
    if !folder.join("complete").is_file() {
        announce("installing PyTorch, jax and micrograd to compare with; it takes minutes");
        run("python3 -m venv", words("python3 -m venv").arg(folder))?;
        let mut install = Command::new(python);
        run(
            "pip install",
            install.args(["-m", "pip", "install", "-q", "torch==2.15.0", "jax==0.10.2", "micrograd==0.1.0"]),
        )?;
        fs::write(folder.join("complete"), "").map_err(|error| format!("can't write into {folder:?}: {error}"))?;
    }
    Ok(python.to_owned())
}

/// The Chromium to test with: `$CHROMIUM`, or one that is installed, or Debian's, installed now.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    if let Some(path) = find_chromium() {
        return Ok(path);
    }
    debian_packages(&["chromium", "fonts-dejavu-core"])
        .map_err(|error| format!("the browser tests need Chromium, or its path in $CHROMIUM; {error}"))?;
    find_chromium().ok_or("Chromium was installed but is not at /usr/bin/chromium".to_owned())
}

/// Debian's Firefox.
pub(crate) const FIREFOX: &str = "/usr/bin/firefox-esr";

/// The two other engines, where Debian can give them; the tests say loudly what they miss.
pub(crate) fn other_engines() {
    let missing = |path: &str| !Path::new(path).is_file();
    let incomplete = missing(FIREFOX) || missing("/usr/bin/WebKitWebDriver") || !exists_at_all("xvfb-run");
    if !incomplete {
        return;
    }
    if let Err(error) = debian_packages(&["firefox-esr", "webkit2gtk-driver", "xvfb", "xauth"]) {
        println!("!!! Firefox and WebKit are tested on Debian only; {error}");
    }
}

/// Whether a program is in the path; not every one knows `--version`.
fn exists_at_all(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// What the notebook's widget and a book's page are tried in.
const COURSE: [&str; 5] =
    ["jupyterlab==4.6.6", "anywidget==0.11.0", "ipykernel==7.4.0", "sphinx==9.0.4", "myst-parser==5.2.0"];

/// A Python with JupyterLab and Sphinx.
pub(crate) fn course_python() -> Result<PathBuf, String> {
    let (folder, python) = (Path::new("target/course"), PathBuf::from("target/course/bin/python"));
    // Written last, so that it tells whether the installation is complete and of which packages.
    let (mark, wanted) = (folder.join("complete"), COURSE.join(" "));
    if fs::read_to_string(&mark).is_ok_and(|present| present == wanted) {
        return Ok(python);
    }
    announce("installing JupyterLab and Sphinx, in which Downhill is tried");
    run("python3 -m venv", words("python3 -m venv").arg(folder))?;
    run("pip install", Command::new(&python).args(["-m", "pip", "install", "-q"]).args(COURSE))?;
    fs::write(&mark, wanted).map_err(|error| format!("can't write {}: {error}", mark.display()))?;
    Ok(python)
}

fn find_chromium() -> Option<PathBuf> {
    let chosen = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    chosen.into_iter().chain(known).find(|path| path.is_file())
}

/// Installs packages where this is a Debian and we are root; else says what to install.
pub(crate) fn debian_packages(packages: &[&str]) -> Result<(), String> {
    let list = packages.join(" ");
    if !exists("apt-get") || !is_root() {
        return Err(format!("please install: {list}"));
    }
    announce(&format!("installing {list}"));
    run("apt-get update", &mut words("apt-get update -qq"))?;
    let mut install = words("apt-get install -y -qq --no-install-recommends");
    run("apt-get install", install.args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
