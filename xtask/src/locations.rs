//! The places of panics. Rust writes the path of a source file beside each; nobody reads them in a
//! page, and some are paths of the machine that compiled it.

/// How a path of our own begins; any other is absolute.
const OWN: &[u8] = b"src/";
const END: &[u8] = b".rs";
/// The fewest folders of an absolute path: a fraction in a text has one slash.
const FOLDERS: usize = 2;

/// Overwrites the paths of source files, so that a module takes fewer bytes when it is compressed.
pub(crate) fn blank(module: &mut [u8]) {
    let mut place = 0;
    while place < module.len() {
        match path_at(&module[place..]) {
            Some(length) => {
                module[place..place + length].fill(0);
                place += length;
            }
            None => place += 1,
        }
    }
}

/// The length of a path that begins here.
fn path_at(bytes: &[u8]) -> Option<usize> {
    let least = match bytes {
        [b'/', ..] => FOLDERS,
        _ if bytes.starts_with(OWN) => 1,
        _ => return None,
    };
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_./-".contains(byte);
    let length = bytes.iter().take_while(|byte| is_part(byte)).count();
    let end = bytes[..length].windows(END.len()).position(|window| window == END)?;
    let folders = bytes[..end].iter().filter(|byte| **byte == b'/').count();
    (folders >= least).then_some(end + END.len())
}

#[cfg(test)]
mod tests {
    use super::blank;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut bytes = text.as_bytes().to_vec();
        blank(&mut bytes);
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
    }

    #[test]
    fn paths_are_blanked_and_texts_stay() {
        check("src/learn/data.rssrc/a.rsexpected", &format!("{}expected", "\0".repeat(25)));
        check("the file /some/me/x-1.0/src/lib.rs!", &format!("the file {}!", "\0".repeat(25)));
        check("a formula: x/y and src/ alone.rs", "a formula: x/y and src/ alone.rs");
        check("1/2.rs", "1/2.rs");
    }
}
