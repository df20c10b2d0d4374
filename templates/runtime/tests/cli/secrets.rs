//! Credentials: where they come from, and that nothing shows them.

use super::zoo::{run, run_with};
use clientsmith_runtime::http::HttpResponse;

const ADD: [&str; 3] = ["add-pet", "--body", r#"{"id":1}"#];

#[test]
fn from_environment_flag_and_file() {
    let file = std::env::temp_dir().join(format!("clientsmith-cli-secret-{}", std::process::id()));
    std::fs::write(&file, "ann:pw\n").unwrap();
    let of_file = format!("login=@{}", file.display());
    let sent = |more: &[&str], variables: &[(&str, &str)]| {
        let words = [&ADD[..], more].concat();
        let ran = run_with(&words, variables, "", |sent| match sent.path() {
            "/token" => HttpResponse::json(200, r#"{"access_token":"t0ken","token_type":"Bearer"}"#),
            _ => HttpResponse::empty(204),
        });
        assert_eq!(ran.status, 0, "{}", ran.errors);
        let last = ran.sent.last().unwrap();
        (last.address().to_string(), last.headers().get("Authorization").map(str::to_owned))
    };
    assert_eq!(sent(&[], &[("ZOO_KEY", "k 1")]).0, "https://us.zoo.example/pets?api%20key=k%201");
    assert_eq!(sent(&["--auth", "key=flag"], &[("ZOO_KEY", "env")]).0, "https://us.zoo.example/pets?api%20key=flag");
    let basic = Some("Basic YW5uOnB3".to_owned());
    assert_eq!(sent(&["--auth", "login=ann:pw"], &[]).1, basic);
    assert_eq!(sent(&["--auth", &of_file], &[]).1, basic);
    assert_eq!(sent(&["--auth", "o-auth=abc"], &[]).1, Some("Bearer abc".to_owned()));
    assert_eq!(sent(&[], &[("ZOO_O_AUTH", "client:id:secret")]).1, Some("Bearer t0ken".to_owned()));
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn unknown_schemes_are_refused_without_their_value() {
    let ran = run(&[&ADD[..], &["--auth", "kye=s3cret"]].concat());
    assert_eq!(ran.status, 2);
    assert!(ran.errors.contains("no security scheme `kye`; there are: key, login, o-auth"), "{}", ran.errors);
    let ill = run(&[&ADD[..], &["--auth", "s3cret"]].concat());
    let basic = run(&[&ADD[..], &["--auth", "login=s3cret"]].concat());
    for ran in [ran, ill, basic] {
        assert_eq!(ran.status, 2);
        assert!(!ran.errors.contains("s3cret"), "{}", ran.errors);
    }
}

#[test]
fn verbose_shows_all_but_secrets() {
    let cases = ["key=s3cret", "login=ann:s3cret", "o-auth=s3cret", "o-auth=client:id:s3cret"];
    for auth in cases {
        let words = [&ADD[..], &["-v", "--auth", auth]].concat();
        let ran = run_with(&words, &[], "", |sent| match sent.path() {
            "/token" => HttpResponse::json(200, r#"{"access_token":"s3cret","token_type":"Bearer"}"#),
            _ => HttpResponse::empty(201).with_header("Set-Cookie", "s=s3cret").with_header("Location", "/x?k=s3cret"),
        });
        assert_eq!(ran.status, 0, "{}", ran.errors);
        assert!(ran.errors.contains("> POST https://us.zoo.example/pets"), "{}", ran.errors);
        assert!(ran.errors.contains("< 201 Created"), "{}", ran.errors);
        assert!(!ran.errors.contains("s3cret") && !ran.errors.contains("czNjcmV0"), "{}", ran.errors);
    }
}
