//! Clients for a test, and how a request is compared.

use automation_clients::runtime::http::ReqwestTransport;
use automation_clients::runtime::json;
use automation_clients::{Credential, JwtSigner};
use automation_clients::{botcity_insights, genesys_bots, genesys_process_automation, kore_ai};
use clientsmith_tests::server::{Received, Server, descriptions};

/// A JSON value written down in a test.
pub use serde_json::json;

pub const APP_ID: &str = "cs-00000000-0000-5000-8000-0000000000ff";
pub const APP_SECRET: &str = "app-client-secret";

/// Header `{"alg":"HS256","typ":"JWT"}`, payload `{"sub":"1234567890","appId":"cs-…ff"}`, signed with [`APP_SECRET`];
/// made with Python's `hmac`, so that our own crates do not vouch for themselves.
pub const APP_TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
    eyJzdWIiOiIxMjM0NTY3ODkwIiwiYXBwSWQiOiJjcy0wMDAwMDAwMC0wMDAwLTUwMDAtODAwMC0wMDAwMDAwMDAwZmYifQ.\
    7dhhW0J5JNkfbqJ2I12oDUB2DyS5v8rNDT6UnTFg_vc";

/// The default transport, but deaf to proxies that the machine may have set.
pub fn transport() -> ReqwestTransport {
    ReqwestTransport::builder().no_proxy().build().expect("a transport")
}

pub fn signer() -> JwtSigner {
    JwtSigner::hs256(APP_SECRET).claim("sub", "1234567890").claim("appId", APP_ID)
}

pub fn botcity(server: &Server) -> botcity_insights::Client {
    let builder = botcity_insights::Client::builder().url(server.url()).transport(transport());
    builder.token(Credential::token("tok")).organization(Credential::token("org")).build().expect("a client")
}

pub fn bots(server: &Server) -> genesys_bots::Client {
    let builder = genesys_bots::Client::builder().url(server.url()).transport(transport());
    builder.pure_cloud_oauth(Credential::token("tok")).build().expect("a client")
}

pub fn process(server: &Server) -> genesys_process_automation::Client {
    let builder = genesys_process_automation::Client::builder().url(server.url()).transport(transport());
    builder.pure_cloud_oauth(Credential::token("tok")).build().expect("a client")
}

pub fn kore(server: &Server) -> kore_ai::Client {
    let builder = kore_ai::Client::builder().url(server.url()).transport(transport());
    builder.jwt(signer()).build().expect("a client")
}

pub const BEARER: &[(&str, &str)] = &[("authorization", "Bearer tok")];
pub const KEYS: &[(&str, &str)] = &[("token", "tok"), ("organization", "org")];
pub const JWT: &[(&str, &str)] = &[("auth", APP_TOKEN)];

/// Compares the one request that came in, to the last header field and byte, and gives it.
#[track_caller]
pub fn expect(server: &Server, line: &str, credentials: &[(&str, &str)], body: Option<&str>) -> Received {
    let request = server.take_one();
    assert_eq!(request.line(), line);
    assert_eq!(request.problems, [] as [&str; 0]);
    for (name, value) in credentials {
        assert_eq!(request.header(name), Some(*value), "{name} of {line}");
    }
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("host"), server.url().strip_prefix("http://"));
    let mut names = vec!["accept", "host", "user-agent"];
    names.extend(credentials.iter().map(|(name, _)| *name));
    match body {
        Some(body) => {
            assert_eq!(request.text(), body);
            assert_eq!(request.header("content-type"), Some("application/json"));
            assert_eq!(request.header("content-length"), Some(body.len().to_string().as_str()));
            names.extend(["content-length", "content-type"]);
        }
        None => assert_eq!(request.text(), ""),
    }
    names.sort_unstable();
    assert_eq!(request.header_names(), names, "header fields of {line}");
    request
}

/// That the operations called are those of the description, each at least once.
#[track_caller]
pub fn expect_all_called(api: &str, called: &[Received]) {
    let description = descriptions().iter().find(|description| description.api == api).expect("a description");
    let mut wanted: Vec<&str> = description.operations.iter().map(|operation| operation.id.as_str()).collect();
    let mut found: Vec<&str> = called.iter().filter_map(|request| request.operation.as_deref()).collect();
    wanted.sort_unstable();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, wanted);
}

/// What a model says as JSON.
pub fn as_json(model: &dyn json::Encode) -> serde_json::Value {
    serde_json::from_str(&json::to_string(model).expect("JSON")).expect("JSON")
}
