//! The command-line client of the generated crate, in this process and without a network.

use std::io::Write;
use std::sync::{Arc, Mutex};

use automation_clients::runtime::cli::{self, World};
use automation_clients::runtime::http::{FakeTransport, HttpResponse, Sent};
use automation_clients::{botcity_insights, genesys_bots, genesys_process_automation, kore_ai};
use serde_json::Value;

static TOOLS: [&cli::Tool; 4] = [
    &botcity_insights::cli::TOOL,
    &genesys_bots::cli::TOOL,
    &genesys_process_automation::cli::TOOL,
    &kore_ai::cli::TOOL,
];

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs the program and gives its exit status, its output as JSON, and what was sent.
fn run(words: &[&str], answer: &'static str) -> (u8, Value, Vec<Sent>) {
    let fake = FakeTransport::new(move |_| HttpResponse::json(200, answer));
    let (output, errors) = (Buffer::default(), Buffer::default());
    let world = World {
        name: "automation-clients".to_owned(),
        args: words.iter().map(Into::into).collect(),
        variable: Box::new(|name| (name == "KORE_AI_JWT").then(|| "signed".to_owned())),
        input: Box::new(std::io::empty()),
        output: Box::new(output.clone()),
        errors: Arc::new(Mutex::new(errors)),
        transport: Some(Arc::new(fake.clone())),
    };
    let status = cli::run(&TOOLS, world);
    let text = String::from_utf8(output.0.lock().unwrap().clone()).expect("the output is UTF-8");
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)), fake.sent())
}

#[test]
fn every_operation_is_listed() {
    let mut all = 0;
    for tool in TOOLS {
        let (status, list, _) = run(&[tool.api.name, "list"], "");
        assert_eq!(status, 0);
        all += list.as_array().expect("it is a list").len();
        for operation in list.as_array().into_iter().flatten() {
            let (group, name) = (operation["command"][0].as_str(), operation["command"][1].as_str());
            let words = [tool.api.name, group.expect("a group"), name.expect("a name"), "--help"];
            let (status, help, _) = run(&words, "");
            let path = operation["path"].as_str().expect("a path");
            assert!(status == 0 && help.as_str().is_some_and(|help| help.contains(path)), "{help}");
        }
    }
    assert_eq!(all, 32);
}

#[test]
fn both_forms_send_the_same() {
    let answer = r#"{"metaInfo":[],"hasMore":false}"#;
    let body = r#"{"query":{"expressions":[{"field":"age","operand":">=","value":18}],"operator":"and"}}"#;
    let args = format!(r#"{{"path":{{"tableName":"a b"}},"query":{{"sys_limit":5}},"body":{body}}}"#);
    let (status, printed, called) = run(&["kore-ai", "call", "queryTableData", "--args", &args], answer);
    assert_eq!((status, &printed["status"]), (0, &200.into()), "{printed}");
    let words = ["kore-ai", "query-table-data", "--table-name", "a b", "--sys-limit", "5", "--body", body];
    let (status, _, flagged) = run(&words, answer);
    assert_eq!(status, 0);
    assert_eq!(called[0].address().path(), "/api/public/tables/a%20b/query");
    assert_eq!(called[0].query(), "sys_limit=5");
    assert_eq!(called[0].header("auth"), Some("signed"));
    assert_eq!(called[0].text(), body);
    assert_eq!(called[0].address(), flagged[0].address());
    assert_eq!(called[0].body(), flagged[0].body());
}

#[test]
fn ill_typed_arguments_are_refused() {
    let args = r#"{"path":{"tableName":"t"},"body":{"query":{"expressions":{}}}}"#;
    let (status, printed, sent) = run(&["kore-ai", "call", "queryTableData", "--args", args], "");
    let message = printed["error"]["message"].as_str().unwrap_or_default();
    assert!(status == 2 && sent.is_empty(), "{printed}");
    assert!(message.starts_with("`body`: expected array, found object at $.query.expressions"), "{message}");
}
