//! Signed tokens.

use crate::api::{Client, secured};
#[cfg(not(feature = "jwt"))]
use clientsmith_runtime::codegen::ErrorKind;
use clientsmith_runtime::codegen::{JwtSigner, Op};
use clientsmith_runtime::http::{FakeTransport, HttpResponse};

static BY_KEY: Op = secured(&[&["key"]]);

#[cfg(feature = "jwt")]
mod with_signing {
    use super::{BY_KEY, Client, FakeTransport, HttpResponse, JwtSigner};
    use std::time::Duration;

    fn world(signer: JwtSigner) -> (FakeTransport, Client) {
        let fake = FakeTransport::new(|_| HttpResponse::empty(200));
        let client = Client::builder().transport(fake.clone()).with("key", signer).build().unwrap();
        (fake, client)
    }

    fn tokens(fake: &FakeTransport) -> Vec<String> {
        fake.sent().iter().map(|sent| sent.header("x-key").unwrap().to_owned()).collect()
    }

    fn decode(part: &str) -> String {
        let value = |byte: u8| match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        let mut bits = 0_u32;
        let mut have = 0;
        let mut out = Vec::new();
        for byte in part.bytes() {
            bits = bits << 6 | u32::from(value(byte));
            have += 6;
            if have >= 8 {
                have -= 8;
                out.push((bits >> have) as u8);
            }
        }
        String::from_utf8(out).unwrap()
    }

    /// The example of RFC 7515, A.1, has line breaks in its JSON; this is the well-known one of jwt.io.
    #[tokio::test]
    async fn the_signature_is_right() {
        let signer = JwtSigner::hs256("your-256-bit-secret")
            .claim("sub", "1234567890")
            .claim("name", "John Doe")
            .claim("iat", 1516239022);
        let (fake, client) = world(signer);
        client.call(&BY_KEY).await.unwrap();
        assert_eq!(
            tokens(&fake)[0],
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
             eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.\
             SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
        );
    }

    #[tokio::test]
    async fn other_hashes_name_themselves() {
        for (signer, name, length) in [(JwtSigner::hs384("k"), "HS384", 64), (JwtSigner::hs512("k"), "HS512", 86)] {
            let (fake, client) = world(signer.claim("a", 1));
            client.call(&BY_KEY).await.unwrap();
            let token = tokens(&fake).remove(0);
            let parts: Vec<&str> = token.split('.').collect();
            assert_eq!(decode(parts[0]), format!(r#"{{"alg":"{name}","typ":"JWT"}}"#));
            assert_eq!(parts[2].len(), length);
        }
    }

    #[tokio::test]
    async fn fixed_claims_alone_are_signed_once() {
        let (fake, client) = world(JwtSigner::hs256("k").claim("appId", "cs-1").claim("sub", "me"));
        client.call(&BY_KEY).await.unwrap();
        fake.advance(Duration::from_secs(1_000_000));
        client.call(&BY_KEY).await.unwrap();
        let tokens = tokens(&fake);
        assert_eq!(tokens[0], tokens[1]);
        assert_eq!(decode(tokens[0].split('.').nth(1).unwrap()), r#"{"appId":"cs-1","sub":"me"}"#);
    }

    #[tokio::test]
    async fn a_token_with_an_end_is_kept_until_shortly_before_it() {
        let signer = JwtSigner::hs256("k").claim("appId", "a").issued_at().lasting(Duration::from_secs(600));
        let (fake, client) = world(signer);
        for wait in [0, 500, 60] {
            fake.advance(Duration::from_secs(wait));
            client.call(&BY_KEY).await.unwrap();
        }
        let tokens = tokens(&fake);
        assert_eq!(tokens[0], tokens[1]);
        assert_ne!(tokens[0], tokens[2]);
        let claims = decode(tokens[2].split('.').nth(1).unwrap());
        assert_eq!(claims, r#"{"appId":"a","iat":1700000560,"exp":1700001160}"#);
    }

    #[tokio::test]
    async fn an_id_makes_each_token_its_own() {
        let (fake, client) = world(JwtSigner::hs256("k").unique_id().lasting(Duration::from_secs(600)));
        for _ in 0..3 {
            client.call(&BY_KEY).await.unwrap();
        }
        let mut tokens = tokens(&fake);
        tokens.dedup();
        assert_eq!(tokens.len(), 3);
        let claims = decode(tokens[0].split('.').nth(1).unwrap());
        assert!(claims.starts_with(r#"{"exp":1700000600,"jti":""#), "{claims}");
    }

    #[tokio::test]
    async fn each_call_can_sign() {
        let (fake, client) = world(JwtSigner::hs256("k").issued_at().each_call());
        client.call(&BY_KEY).await.unwrap();
        fake.advance(Duration::from_secs(1));
        client.call(&BY_KEY).await.unwrap();
        assert_ne!(tokens(&fake)[0], tokens(&fake)[1]);
    }

    #[tokio::test]
    async fn a_kept_token_that_is_refused_is_signed_anew_and_others_are_not() {
        let count = async |signer: JwtSigner| {
            let fake = FakeTransport::new(|_| HttpResponse::empty(401));
            let client = Client::builder().transport(fake.clone()).with("key", signer).build().unwrap();
            assert_eq!(client.call(&BY_KEY).await.unwrap_err().status(), Some(401));
            fake.sent().len()
        };
        assert_eq!(count(JwtSigner::hs256("k").issued_at().lasting(Duration::from_secs(60))).await, 2);
        assert_eq!(count(JwtSigner::hs256("k")).await, 1);
        assert_eq!(count(JwtSigner::hs256("k").unique_id()).await, 1);
    }
}

#[cfg(not(feature = "jwt"))]
#[tokio::test]
async fn without_the_feature_a_call_says_so() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).with("key", JwtSigner::hs256("k")).build().unwrap();
    let error = client.call(&BY_KEY).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(error.to_string(), "secured: signing tokens needs the feature `jwt`, which is off");
    assert!(fake.sent().is_empty());
}

#[test]
fn debug_shows_no_key_and_no_claim() {
    let shown = format!("{:?}", JwtSigner::hs256("s3cret").claim("appId", "s3cret"));
    assert!(shown.contains("appId") && !shown.contains("s3cret"), "{shown}");
}
