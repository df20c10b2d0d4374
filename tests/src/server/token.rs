//! An OAuth 2 token endpoint for the client credentials grant.

use super::answer::Answer;
use super::received::Received;
use base64::Engine as _;
use serde_json::json;

/// Where the endpoint stands.
pub(super) const PATH: &str = "/oauth/token";

/// The client that may have tokens, and what it was given so far.
#[derive(Debug)]
pub(super) struct TokenEndpoint {
    id: String,
    secret: String,
    /// Tokens that count; those before were taken back.
    pub(super) good: Vec<String>,
    issued: usize,
}

impl TokenEndpoint {
    pub(super) fn new(id: &str, secret: &str) -> Self {
        Self { id: id.to_owned(), secret: secret.to_owned(), good: Vec::new(), issued: 0 }
    }

    /// What is wrong with a request for a token: RFC 6749, 4.4.2.
    pub(super) fn problems(request: &Received) -> Vec<String> {
        let mut problems = Vec::new();
        if request.method != "POST" {
            problems.push("tokens are asked for with POST".to_owned());
        }
        if request.header("content-type") != Some("application/x-www-form-urlencoded") {
            problems.push("the body is no form".to_owned());
        }
        let granted = |(name, value): &(String, String)| name == "grant_type" && value == "client_credentials";
        if !request.form().iter().any(granted) {
            problems.push("the grant type is not client_credentials".to_owned());
        }
        problems
    }

    /// A new token, or the refusal in the form that Genesys has.
    pub(super) fn answer(&mut self, request: &Received) -> Answer {
        let pair = format!("{}:{}", self.id, self.secret);
        let wanted = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair));
        if request.header("authorization") != Some(&wanted) {
            let refusal = json!({
                "error": "invalid_client",
                "description": "client not found: unknown",
                "error_description": "client not found: unknown",
            });
            return Answer::json(400, &refusal);
        }
        self.issued += 1;
        let token = format!("token-{}", self.issued);
        self.good.push(token.clone());
        Answer::json(200, &json!({ "access_token": token, "token_type": "bearer", "expires_in": 86399 }))
    }
}
