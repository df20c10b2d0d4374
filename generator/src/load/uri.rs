//! References as text: paths, schemes, percent-encoding. As much of RFC 3986 as `$ref` and `$id` need.

/// Whether an address leaves the file system: it names a scheme (`https:`, `urn:`, `file:`) or a host (`//host/…`).
pub(super) fn is_remote(address: &str) -> bool {
    address.starts_with("//") || scheme(address).is_some_and(|scheme| scheme.len() > 1)
}

/// Whether an address is an absolute path, with or without a drive.
pub(super) fn is_rooted(address: &str) -> bool {
    address.starts_with('/') || scheme(address).is_some_and(|scheme| scheme.len() == 1)
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let letters = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    letters.then_some(scheme)
}

/// The address and the fragment of a reference.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The folder of a path with its closing slash; empty when there is none.
pub(crate) fn folder(path: &str) -> &str {
    path.rfind('/').and_then(|slash| path.get(..=slash)).unwrap_or("")
}

/// Takes `.` and `..` out of a relative path. What leads above its start stays in front.
pub(crate) fn normal(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if out.last().is_some_and(|last| *last != "..") => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", out.join("/"))
}

/// The path that an address in the file `from` means. Backslashes are taken as what their author meant.
pub(super) fn path(from: &str, address: &str) -> String {
    let address = percent_decode(address).replace('\\', "/");
    let address = address.split_once('?').map_or(address.as_str(), |(path, _)| path);
    normal(&format!("{}{address}", folder(from)))
}

/// The identifier that a reference means within `base` (RFC 3986, section 5.2, for hierarchical ones).
pub(super) fn join(base: &str, reference: &str) -> String {
    let (reference, _) = split(reference);
    if reference.is_empty() {
        return base.to_owned();
    }
    if is_remote(reference) && !reference.starts_with("//") {
        return reference.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else {
        return normal(&format!("{}{reference}", folder(base)));
    };
    let (host, path) = rest.find('/').and_then(|slash| rest.split_at_checked(slash)).unwrap_or((rest, ""));
    if let Some(other) = reference.strip_prefix("//") {
        return format!("{scheme}://{other}");
    }
    let path = if reference.starts_with('/') { reference.to_owned() } else { format!("{}{reference}", folder(path)) };
    format!("{scheme}://{host}/{}", normal(path.trim_start_matches('/')).trim_start_matches("../"))
}

/// Undoes percent-encoding; what is not encoded properly stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| {
            tail.get(at).and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
        };
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_address() {
        for remote in ["https://a/b", "HTTP://x", "urn:a:b", "file:///etc/passwd", "//host/x"] {
            assert!(is_remote(remote), "{remote}");
        }
        for local in ["a.yaml", "./a:b.yaml", "../a", "/a", "C:\\a", ""] {
            assert!(!is_remote(local), "{local}");
        }
        assert!(is_rooted("/etc/passwd") && is_rooted("C:\\a") && is_rooted("c:/a") && !is_rooted("a/b"));
    }

    #[test]
    fn paths() {
        assert_eq!(path("pets.yaml", "schemas/pet.yaml"), "schemas/pet.yaml");
        assert_eq!(path("schemas/pet.yaml", "../common/./a%20b.yaml"), "common/a b.yaml");
        assert_eq!(path("schemas/pet.yaml", ".\\owner.yaml"), "schemas/owner.yaml");
        assert_eq!(path("pets.yaml", "../../x.yaml"), "../../x.yaml");
        assert_eq!(path("a/b/c.yaml", "../../../x.yaml"), "../x.yaml");
        assert_eq!(path("a/b.yaml", "c.yaml?v=1"), "a/c.yaml");
        assert_eq!(normal("../a/../b"), "../b");
        assert_eq!(normal("/a/../../b"), "/../b");
    }

    #[test]
    fn identifiers() {
        assert_eq!(join("https://a.b/c/d.json", "e.json#/x"), "https://a.b/c/e.json");
        assert_eq!(join("https://a.b/c/d.json", "/e"), "https://a.b/e");
        assert_eq!(join("https://a.b/c/d.json", "../../../e"), "https://a.b/e");
        assert_eq!(join("https://a.b", "e"), "https://a.b/e");
        assert_eq!(join("https://a.b/c", "//x.y/z"), "https://x.y/z");
        assert_eq!(join("https://a.b/c", "urn:x:y"), "urn:x:y");
        assert_eq!(join("schemas/pet.yaml", "owner.yaml"), "schemas/owner.yaml");
        assert_eq!(join("pet.yaml", "#/a"), "pet.yaml");
    }

    #[test]
    fn percent() {
        assert_eq!(percent_decode("a%7Bb%7d%"), "a{b}%");
        assert_eq!(percent_decode("%C3%A9%ZZ%+1"), "é%ZZ%+1");
    }
}
