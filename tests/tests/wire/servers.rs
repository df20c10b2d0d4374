//! Which hosts are called. They cannot be reached from a test, so these go through the transport without a network.

use super::support::signer;
use automation_clients::runtime::http::{FakeTransport, HttpResponse};
use automation_clients::{
    Credential, ErrorKind, botcity_insights, genesys_bots, genesys_process_automation as process, kore_ai,
};
use clientsmith_tests::server::specs;

/// Answers tokens and anything else.
fn fake() -> FakeTransport {
    FakeTransport::new(|sent| match sent.path() {
        "/oauth/token" => HttpResponse::json(200, r#"{"access_token":"t","token_type":"bearer","expires_in":3600}"#),
        "/api/v1/insights/runners" => HttpResponse::json(200, "[]"),
        _ => HttpResponse::json(200, "{}"),
    })
}

fn sent(fake: &FakeTransport) -> Vec<String> {
    fake.sent().iter().map(|sent| format!("{} {}", sent.method(), sent.address())).collect()
}

fn grant() -> Credential {
    Credential::client_credentials("client", "secret")
}

#[tokio::test]
async fn the_first_server_is_the_usual_one() {
    let fake_ = fake();
    let client = process::Client::builder().transport(fake_.clone()).pure_cloud_oauth(grant()).build().unwrap();
    client.get_processautomation_triggers_topics().send().await.unwrap();
    let api = "GET https://api.mypurecloud.com/api/v2/processautomation/triggers/topics";
    assert_eq!(sent(&fake_), ["POST https://login.mypurecloud.com/oauth/token", api]);

    let fake_ = fake();
    let client = kore_ai::Client::builder().transport(fake_.clone()).jwt(signer()).build().unwrap();
    client.get_audit_logs().send().await.unwrap();
    assert_eq!(sent(&fake_), ["GET https://platform.kore.ai/api/public/auditlogs"]);

    let fake_ = fake();
    let builder = botcity_insights::Client::builder().transport(fake_.clone()).token(Credential::token("t"));
    let client = builder.organization(Credential::token("o")).build().unwrap();
    client.list_runners().send().await.unwrap();
    assert_eq!(sent(&fake_), ["GET https://developers.botcity.dev/api/v1/insights/runners"]);
}

#[tokio::test]
async fn a_region_moves_the_api_and_its_tokens() {
    let fake_ = fake();
    let builder = process::Client::builder().transport(fake_.clone()).pure_cloud_oauth(grant());
    let client = builder.server(process::Server::new(process::Domain::Euc2PureCloud)).build().unwrap();
    client.get_processautomation_triggers_topics().send().await.unwrap();
    let api = "GET https://api.euc2.pure.cloud/api/v2/processautomation/triggers/topics";
    assert_eq!(sent(&fake_), ["POST https://login.euc2.pure.cloud/oauth/token", api]);

    // The order of the builder's calls does not matter.
    let fake_ = fake();
    let builder =
        genesys_bots::Client::builder().server(genesys_bots::Server::new(genesys_bots::Domain::MypurecloudComAu));
    let client = builder.pure_cloud_oauth(grant()).transport(fake_.clone()).build().unwrap();
    client.get_bots_instance("1").send().await.unwrap();
    let api = "GET https://api.mypurecloud.com.au/api/v2/bots/instances/1";
    assert_eq!(sent(&fake_), ["POST https://login.mypurecloud.com.au/oauth/token", api]);

    let fake_ = fake();
    let builder = kore_ai::Client::builder().transport(fake_.clone()).jwt(signer());
    let client = builder.server(kore_ai::Server::new(kore_ai::Host::BotsKoreAi)).build().unwrap();
    client.get_audit_logs().send().await.unwrap();
    assert_eq!(sent(&fake_), ["GET https://bots.kore.ai/api/public/auditlogs"]);
}

/// The regions of the code are those of the description, read by another reader.
#[test]
fn every_region_is_there() {
    use process::Domain;
    let all = [
        Domain::MypurecloudCom,
        Domain::Usw2PureCloud,
        Domain::Use2UsGovPureCloud,
        Domain::Cac1PureCloud,
        Domain::MypurecloudIe,
        Domain::Euw2PureCloud,
        Domain::MypurecloudDe,
        Domain::Euc2PureCloud,
        Domain::Edee1EuscPureCloud,
        Domain::Aps1PureCloud,
        Domain::Apse1PureCloud,
        Domain::MypurecloudComAu,
        Domain::MypurecloudJp,
        Domain::Apne2PureCloud,
        Domain::Apne3PureCloud,
        Domain::Sae1PureCloud,
        Domain::Mec1PureCloud,
        Domain::Mxc1PureCloud,
    ];
    let text = std::fs::read_to_string(specs().join("genesys-process-automation.yaml")).unwrap();
    let document: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let listed = document["servers"][0]["variables"]["domain"]["enum"].as_sequence().unwrap();
    let listed: Vec<&str> = listed.iter().filter_map(|value| value.as_str()).collect();
    assert_eq!(all.map(Domain::as_str).to_vec(), listed);
    assert_eq!(Domain::default().as_str(), "mypurecloud.com");
}

#[tokio::test]
async fn an_address_of_ones_own() {
    let fake_ = fake();
    let builder = process::Client::builder().url("https://proxy.example:8443/genesys").transport(fake_.clone());
    let client = builder.pure_cloud_oauth(Credential::token("t")).build().unwrap();
    client.get_processautomation_triggers_topics().send().await.unwrap();
    let wanted = "GET https://proxy.example:8443/genesys/api/v2/processautomation/triggers/topics";
    assert_eq!(sent(&fake_), [wanted]);
}

#[test]
fn an_address_that_is_none() {
    for url in
        ["", "localhost", "ftp://example.com", "https://ann:pw@example.com", "https://example.com/?x=1", "https://"]
    {
        let error = kore_ai::Client::builder().url(url).transport(fake()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{url}");
        assert!(error.to_string().contains("no client"), "{error}");
    }
}

/// A token that is about to end is renewed before it does, without a call that fails first.
#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let fake_ = fake();
    let client = process::Client::builder().transport(fake_.clone()).pure_cloud_oauth(grant()).build().unwrap();
    let call = || client.get_processautomation_triggers_topics().send();
    call().await.unwrap();
    fake_.advance(std::time::Duration::from_secs(3500));
    call().await.unwrap();
    assert_eq!(fake_.sent().len(), 3);
    fake_.advance(std::time::Duration::from_secs(60));
    call().await.unwrap();
    assert_eq!(fake_.sent().len(), 5);
    assert_eq!(fake_.sent()[3].path(), "/oauth/token");
}

#[test]
fn clients_go_anywhere() {
    fn anywhere<T: Clone + Send + Sync + Unpin + 'static>() {}
    anywhere::<process::Client>();
    anywhere::<genesys_bots::Client>();
    anywhere::<kore_ai::Client>();
    anywhere::<botcity_insights::Client>();
    fn sendable<T: Send + 'static>(_: &T) {}
    let client = kore_ai::Client::builder().transport(fake()).jwt(signer()).build().unwrap();
    sendable(&client.get_audit_logs());
    sendable(&client.get_audit_logs().send());
    sendable(&client.get_audit_logs().items());
}
