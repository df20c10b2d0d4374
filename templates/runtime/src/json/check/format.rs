//! Formats that have no type of their own and are cheap to tell.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The names that [`Rule::Format`](super::Rule::Format) looks at; formats that have a type of their own are told by it.
pub const KNOWN: &[&str] = &["email", "ipv4", "ipv6", "uri"];

/// Whether a text is of a format; of one that is not known here, every text is.
pub(super) fn fits(name: &str, text: &str) -> bool {
    match name {
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        // RFC 5321 has more rules, and servers have others.
        "email" => text.rsplit_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
        // RFC 3986, section 3: a scheme and a colon, and no white space anywhere.
        "uri" => text.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
                && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (format, good, bad) in [
            ("email", "a@b.example", "a@"),
            ("ipv4", "127.0.0.1", "127.0.0.256"),
            ("ipv6", "::1", "127.0.0.1"),
            ("uri", "urn:a:b", "/relative"),
            ("uri", "https://x.example/a?b#c", "https://x.example/a b"),
        ] {
            assert!(fits(format, good), "{good}");
            assert!(!fits(format, bad), "{bad}");
            assert!(KNOWN.contains(&format));
        }
        assert!(fits("odd", "anything"));
    }
}
