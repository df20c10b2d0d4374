//! Credentials: where they come from, and that nothing shows them.

use super::zoo::{run, run_over, run_with};
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
    assert!(
        ran.errors.contains("no security scheme `kye`; there are: key, login, o-auth, head, cookie, bearer, mt"),
        "{}",
        ran.errors
    );
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

/// Servers say the key again: in links, in places of what they made, in words.
#[test]
fn verbose_hides_secrets_wherever_they_stand() {
    let secret = "s3c/r et+ü";
    let cases = ["key", "login=ann:", "o-auth", "o-auth=client:id:", "head", "cookie", "bearer"];
    for (case, secret) in cases.iter().flat_map(|case| [(case, "s3cret"), (case, secret)]) {
        if !secret.is_ascii() && ["head", "cookie", "bearer", "o-auth"].contains(case) {
            continue;
        }
        let auth = if case.contains('=') { format!("{case}{secret}") } else { format!("{case}={secret}") };
        let percent = |hex: fn(u8) -> String| -> String {
            secret.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { hex(b) }).collect()
        };
        let shapes = [
            secret.to_owned(),
            percent(|b| format!("%{b:02X}")),
            percent(|b| format!("%{b:02x}")),
            percent(|b| if b == b' ' { "+".to_owned() } else { format!("%{b:02X}") }),
            secret.bytes().map(|b| format!("%{b:02x}")).collect(),
        ];
        let said = shapes.clone();
        let ran = run_with(&[&ADD[..], &["-v", "--auth", &auth]].concat(), &[], "", move |sent| {
            if sent.path() == "/token" {
                return HttpResponse::json(200, r#"{"access_token":"t0kens3cret","token_type":"Bearer"}"#);
            }
            let mut answer = HttpResponse::empty(201);
            for shape in &said {
                answer = answer
                    .with_header("Link", &format!("<https://us.zoo.example/pets?kq={shape}&page=2>; rel=next"))
                    .with_header("X-Echo", &format!("you said {shape}, {shape} and t0kens3cret"));
            }
            answer
                .with_header("Content-Location", "/pets?a=1&api%20key=another&b=2#x")
                .with_header("Location", "/p/x?k=1")
        });
        assert_eq!(ran.status, 0, "{}", ran.errors);
        for shape in shapes {
            assert!(!ran.errors.contains(&shape), "{auth}: {shape}: {}", ran.errors);
        }
        assert!(!ran.errors.contains("another"), "{}", ran.errors);
        assert!(ran.errors.contains("< Content-Location: /pets?a=1&api%20key=***&b=2#x"), "{}", ran.errors);
        assert!(ran.errors.contains("< Link: <https://us.zoo.example/pets?kq=***&page=2>; rel=next"), "{}", ran.errors);
        if auth.contains("client:") {
            assert!(!ran.errors.contains("t0kens3cret"), "{}", ran.errors);
        }
    }
    // What is too short to be one does not make the rest unreadable.
    let ran = run_with(&[&ADD[..], &["-v", "--auth", "bearer=e"]].concat(), &[], "", |_| HttpResponse::empty(204));
    assert!(ran.errors.contains("> POST https://us.zoo.example/pets"), "{}", ran.errors);
}

#[test]
fn client_credentials_ask_for_the_scopes_of_the_operation() {
    let scope = |more: &[&str]| {
        let words = [&ADD[..], &["--auth", "o-auth=client:id:secret"], more].concat();
        let ran = run_with(&words, &[], "", |sent| match sent.path() {
            "/token" => HttpResponse::json(200, r#"{"access_token":"t0ken","token_type":"Bearer"}"#),
            _ => HttpResponse::empty(204),
        });
        assert_eq!(ran.status, 0, "{}", ran.errors);
        ran.sent[0].text()
    };
    assert_eq!(scope(&[]), "grant_type=client_credentials&scope=pets%3Aread+pets%3Awrite");
    assert_eq!(scope(&["--scope", "o-auth=all"]), "grant_type=client_credentials&scope=all");
    assert_eq!(scope(&["--scope", "o-auth="]), "grant_type=client_credentials");
    let unknown = run(&[&ADD[..], &["--scope", "oauth=all"]].concat());
    assert!(unknown.status == 2 && unknown.errors.contains("no security scheme `oauth`"), "{}", unknown.errors);
}

/// The default transport shows it; another one is not asked for what it cannot do.
#[test]
fn a_client_certificate_is_read_or_refused() {
    let file = std::env::temp_dir().join(format!("clientsmith-cli-pem-{}", std::process::id()));
    std::fs::write(&file, "no certificate").unwrap();
    for value in [format!("mt={}", file.display()), format!("mt=@{}", file.display())] {
        let words = [&ADD[..], &["--auth", &value]].concat();
        let own = run(&words);
        assert_eq!((own.status, own.sent.len()), (2, 0));
        assert!(own.errors.contains("--auth mt: this program has a transport of its own"), "{}", own.errors);
        let broken = run_over(&words, &[], "", None);
        assert_eq!(broken.status, 2, "{}", broken.errors);
        assert!(broken.errors.contains("--auth mt: "), "{}", broken.errors);
    }
    std::fs::remove_file(&file).unwrap();
    assert_eq!(run(&[&ADD[..], &["--auth", "mt=/no/such/file"]].concat()).status, 6);
    let elsewhere = run(&[&ADD[..], &["--auth", "mt="]].concat());
    assert_eq!((elsewhere.status, elsewhere.sent.len()), (0, 1), "{}", elsewhere.errors);
}
