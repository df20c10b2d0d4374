//! Addresses: joining, and telling origins apart.

use clientsmith_runtime::http::Address;

fn parse(text: &str) -> Address {
    Address::parse(text).unwrap()
}

#[test]
fn plain_addresses_come_back_as_they_are() {
    for text in [
        "https://api.example.com/",
        "http://127.0.0.1:8080/a/b?x=1&y=%20",
        "https://[::1]:8443/x",
        "https://host/a%2Fb//c",
    ] {
        assert_eq!(parse(text).to_string(), text);
    }
    assert_eq!(parse("HTTPS://API.Example.com:443").to_string(), "https://api.example.com/");
    assert_eq!(parse("http://h:80/?q#frag").to_string(), "http://h/?q");
    assert_eq!(parse("http://h/ü|\"").to_string(), "http://h/%C3%BC%7C%22");
}

#[test]
fn what_two_parsers_could_read_in_two_ways_is_refused() {
    for text in [
        "",
        "api.example.com",
        "/relative",
        "ftp://h/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https:api.example.com",
        "https://user@h/",
        "https://api.example.com@evil.org/",
        "https://api.example.com\\@evil.org/",
        "https:\\\\evil.org/",
        "https://h\t/",
        "https://h\n.evil.org/",
        "https://h h/",
        "https://ex%61mple.com/",
        "https://exämple.com/",
        "https://h:99999/",
        "https://h:8x/",
        "https:///path",
        "https://:443/",
        "https://[::1/",
    ] {
        assert!(Address::parse(text).is_err(), "{text:?}");
    }
}

/// RFC 3986, 5.4, as far as it concerns http.
#[test]
fn references_are_resolved_as_the_rfc_says() {
    let base = parse("http://a/b/c/d;p?q");
    for (reference, expected) in [
        ("http://g", "http://g/"),
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g/"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q"),
        ("g#s", "http://a/b/c/g"),
        (";x", "http://a/b/c/;x"),
        ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("%2e%2e/g", "http://a/b/g"),
    ] {
        assert_eq!(base.join(reference).unwrap().to_string(), expected, "{reference:?}");
    }
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    let base = parse("https://api.example.com/v2");
    for same in ["https://API.example.com:443/x", "/y", "https://api.example.com?x"] {
        assert!(base.same_origin(&base.join(same).unwrap()), "{same}");
    }
    for other in [
        "http://api.example.com/",
        "https://api.example.com:8443/",
        "https://api.example.com.evil.org/",
        "https://evil.org/api.example.com",
        "//evil.org/v2",
    ] {
        assert!(!base.same_origin(&base.join(other).unwrap()), "{other}");
    }
    assert!(base.join("/\\evil.org/").is_err());
}

#[test]
fn debug_hides_the_query() {
    assert_eq!(format!("{:?}", parse("https://h/p?api_key=tok")), "https://h/p?***");
}

#[test]
fn no_text_breaks_it() {
    let parts = [
        "http", "https", ":", "//", "/", "?", "#", "@", "[", "]", ".", "..", "%2e", "%", "\\", "h", ":80", "ü", " ",
        "\0", "a=b",
    ];
    let base = parse("https://h/a/b?c");
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        for found in [Address::parse(&text), base.join(&text)].into_iter().flatten() {
            // What was read once is read the same again.
            assert_eq!(parse(&found.to_string()), found, "{text:?}");
            assert!(found.path().starts_with('/'), "{text:?}");
        }
    }
}
