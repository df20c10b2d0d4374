//! Every example of the descriptions, decoded into the model of its operation and encoded back to the same JSON.
//!
//! With `CLIENTSMITH_EXAMPLES` set to a folder `<api>/<operation>[.<variant>].(request|response).json`, every payload
//! file in it as well. The table below must name the type for whatever is found; what it does not name is an error.

use automation_clients::runtime::json::{self, Decode, Encode};
use automation_clients::{Value, botcity_insights, genesys_bots, genesys_process_automation, kore_ai};
use clientsmith_tests::server::{APIS, descriptions, specs};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::io::Write as _;
use std::path::Path;

/// What carries an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Direction {
    Request,
    Success,
    Error,
}
use Direction::{Error, Request, Success};

struct Row {
    api: &'static str,
    /// `*` is any operation: errors look the same all over an API.
    operation: &'static str,
    direction: Direction,
    /// Takes an example there and back, by both ways.
    check: fn(&str) -> Findings,
}

const fn row<T>(api: &'static str, operation: &'static str, direction: Direction) -> Row
where
    T: Decode + Encode + Default + PartialEq + Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    Row { api, operation, direction, check: check::<T> }
}

macro_rules! table {
    ($($api:literal $models:ident $error:ident { $($operation:literal $(($request:ty))? $(=> $success:ty)?;)* })*) => {{
        let mut rows = Vec::new();
        $({
            use $models::models::*;
            rows.push(row::<$error>($api, "*", Error));
            $(
                $(rows.push(row::<$request>($api, $operation, Request));)?
                $(rows.push(row::<$success>($api, $operation, Success));)?
            )*
        })*
        rows
    }};
}

fn table() -> Vec<Row> {
    table! {
        "botcity-insights" botcity_insights ErrorMessage {
            "workspaceLogin" (LoginRequest) => LoginResponse;
            "listTasks" => TaskPage;
            "listAutomations" => AutomationPage;
            "listRunners" => Vec<Runner>;
        }
        "genesys-bots" genesys_bots ErrorBody {
            "getBotsInstance" => GetBotExecutionDataJobResult;
            "postBotsInstancesJobs" (ExecutionDataRequest) => GetBotExecutionDataJobResult;
            "getBotsInstancesJob" => GetBotExecutionDataJobResult;
            "getBotsInstancesQuerycapabilities" => BotsQueryCriteriaResponse;
            "postBotsInstancesQuery" (CriteriaQuery) => BotResultEntityListing;
        }
        "genesys-process-automation" genesys_process_automation ErrorBody {
            "getProcessautomationTriggers" => TriggerEntityListing;
            "postProcessautomationTriggers" (CreateTriggerRequest) => Trigger;
            "getProcessautomationTrigger" => Trigger;
            "putProcessautomationTrigger" (UpdateTriggerRequest) => Trigger;
            "deleteProcessautomationTrigger";
            "postProcessautomationTriggerTest" (Value) => TestModeResults;
            "getProcessautomationTriggersTopics" => TopicCursorEntityListing;
            "postProcessautomationTriggersTopicTest" (Value) => TestModeEventResults;
            "getProcessautomationFlowsDefinitionVersion" => FlowVersionConfigMetaData;
            "getProcessautomationFlowsInstance" => FlowDetails;
            "getProcessautomationFlowsInstancesCommandsSearch" => FlowDetailsSearchResult;
            "postProcessautomationFlowsInstancesCommandsSearch" (FlowSearchRequest) => FlowDetailsSearchResult;
        }
        "kore-ai" kore_ai ErrorResponse {
            "queryTableData" (QueryTableRequest) => QueryTableResult;
            "insertTableRow" (InsertTableRowRequest) => TableRow;
            "updateTableRows" (UpdateTableRowsRequest) => UpdateTableRowsResult;
            "deleteTableRows" (DeleteTableRowsRequest) => DeleteTableRowsResult;
            "getAuditLogs" => AuditLogListing;
            "getDashboardWidgetData" => Widget;
            "queryDashboardWidgetData" (WidgetQuery) => Widget;
            "createUsers" (CreateUsersRequest) => UsersResult;
            "updateUsers" (UpdateUsersRequest) => UsersResult;
            "removeUsers" (RemoveUsersRequest) => UsersResult;
            "getUsersInfo" (UsersInfoRequest) => Vec<UserDetails>;
        }
    }
}

/// Operations whose answers have members that people made up: columns of a table.
const FREE: [&str; 3] = ["queryTableData", "insertTableRow", "updateTableRows"];

/// Columns that every table has: they are fields of the model.
const SYSTEM: [&str; 6] = ["sys_Id", "_id", "Created_On", "Updated_On", "Created_By", "Updated_By"];

/// Payload files that are no body of an operation: what the token endpoint says, and what is in a signed token.
const OTHERS: [&str; 3] = ["oauthToken.response.json", "oauthToken.error.response.json", "jwt.claims.json"];

/// What a round trip shows.
struct Findings {
    problems: Vec<String>,
    /// The model as `Debug` shows it.
    shown: String,
}

fn check<T>(text: &str) -> Findings
where
    T: Decode + Encode + Default + PartialEq + Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    let mut problems = Vec::new();
    let model: T = match json::from_str(text) {
        Ok(model) => model,
        Err(error) => return Findings { problems: vec![error.to_string()], shown: String::new() },
    };
    let back = json::to_string(&model).unwrap();
    // Compared by our own values, which are exact, and by another crate's, which has no part in the codec.
    if back.parse::<Value>().unwrap() != text.parse::<Value>().unwrap() || !same(&parse(&back), &parse(text)) {
        problems.push(format!("comes back as {back}"));
    }
    if json::from_str::<T>(&back).unwrap() != model {
        problems.push("is another value after a second round".to_owned());
    }
    problems.extend(json::explain::<T>(text).unwrap().iter().map(|note| format!("{note:?}")));
    match serde_json::from_value::<T>(parse(text)) {
        Ok(found) if found == model => {}
        Ok(found) => problems.push(format!("is {found:?} through serde")),
        Err(error) => problems.push(format!("through serde: {error}")),
    }
    let written = serde_json::to_value(&model).unwrap();
    if !same(&written, &parse(text)) {
        problems.push(format!("comes back as {written} through serde"));
    }
    Findings { problems, shown: format!("{model:?}") }
}

fn parse(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

/// Equality of JSON: numbers by what they are worth, objects without regard to order.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => match (one.as_i64(), other.as_i64()) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_f64() == other.as_f64(),
        },
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            let found = |(name, value): (&String, &Json)| other.get(name).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(found)
        }
        _ => one == other,
    }
}

/// What a round trip of an example shows, with what the models did not know: the examples use nothing that the
/// description lacks, so an unknown member or value is a wrong name in the generated code.
fn problems(row: &Row, operation: &str, text: &str) -> Vec<String> {
    let Findings { mut problems, shown } = (row.check)(text);
    if shown.contains("Unknown(") {
        problems.push(format!("has a value that the model does not know: {shown}"));
    }
    let free = FREE.contains(&operation) && row.direction == Success && !text.contains("nModified");
    if shown.replace("extra: {}", "").contains("extra: {") != free {
        problems.push(format!("has unknown members, or lacks its free columns: {shown}"));
    }
    // Names of fields are Rust's in `Debug`; in quotes stand only those of unknown members.
    let unknown = SYSTEM.into_iter().filter(|name| shown.contains(&format!("{name:?}: ")));
    problems.extend(unknown.map(|name| format!("does not know {name}: {shown}")));
    problems
}

/// An example in a description.
struct Found {
    api: &'static str,
    /// Where it stands, as a JSON Pointer.
    pointer: String,
    value: Json,
}

/// Every value under a key `example` or `examples`, found by walking the raw text: nothing can be overlooked.
fn found() -> Vec<Found> {
    let mut all = Vec::new();
    for api in APIS {
        let text = std::fs::read_to_string(specs().join(api).with_extension("yaml")).unwrap();
        let document: Json = serde_yaml::from_str(&text).unwrap();
        walk(api, String::new(), &document, &mut all);
    }
    all
}

fn walk(api: &'static str, pointer: String, value: &Json, all: &mut Vec<Found>) {
    match value {
        Json::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                walk(api, format!("{pointer}/{index}"), element, all);
            }
        }
        Json::Object(members) => {
            for (name, member) in members {
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                match (name.as_str(), member) {
                    ("example", value) => all.push(Found { api, pointer, value: value.clone() }),
                    ("examples", Json::Object(named)) => {
                        for (name, example) in named {
                            let pointer = format!("{pointer}/{name}");
                            match example.get("value") {
                                Some(value) => all.push(Found { api, pointer, value: value.clone() }),
                                None => {
                                    assert!(example["$ref"].is_string(), "{api}{pointer} has neither value nor $ref")
                                }
                            }
                        }
                    }
                    _ => walk(api, pointer, member, all),
                }
            }
        }
        _ => {}
    }
}

/// Who uses what stands at a pointer: operations with directions. Nobody, for the values of parameters and headers.
fn users(found: &Found) -> Option<Vec<(String, Direction)>> {
    let steps: Vec<String> =
        found.pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    if steps.contains(&"parameters") || steps.contains(&"headers") {
        return None;
    }
    let description = descriptions().iter().find(|description| description.api == found.api).unwrap();
    let operations = description.operations.iter();
    let direction = |status: &str| if status.starts_with('2') { Success } else { Error };
    Some(match steps[..] {
        ["paths", path, method, part, ref rest @ ..] => {
            let id =
                operations.filter(|operation| operation.path == path && operation.method.eq_ignore_ascii_case(method));
            let id = id.map(|operation| operation.id.clone()).next().unwrap();
            vec![(id, if part == "requestBody" { Request } else { direction(rest[0]) })]
        }
        // Used by many operations, but there is one type of error for each API.
        ["components", "responses", ..] => vec![("*".to_owned(), Error)],
        // Shared by the operations that refer to it: all that have an equal example.
        ["components", "examples", ..] => operations
            .filter(|operation| operation.success().examples.iter().any(|example| example.value == found.value))
            .map(|operation| (operation.id.clone(), Success))
            .collect(),
        _ => Vec::new(),
    })
}

fn find<'t>(table: &'t [Row], api: &str, operation: &str, direction: Direction) -> Option<&'t Row> {
    let operation = if direction == Error { "*" } else { operation };
    table.iter().find(|row| row.api == api && row.operation == operation && row.direction == direction)
}

#[test]
fn examples_of_the_descriptions() {
    let table = table();
    let mut used = BTreeSet::new();
    let mut failures = Vec::new();
    let mut bodies = 0;
    for found in found() {
        let Some(users) = users(&found) else { continue };
        let place = format!("{}{}", found.api, found.pointer);
        if users.is_empty() {
            failures.push(format!("{place}: no operation uses it, or the table does not know such a place"));
        }
        for (operation, direction) in users {
            let Some(row) = find(&table, found.api, &operation, direction) else {
                failures.push(format!("{place}: the table has no type for {direction:?} of {operation}"));
                continue;
            };
            used.insert((row.api, row.operation, row.direction));
            bodies += usize::from(direction != Error);
            let text = found.value.to_string();
            failures.extend(problems(row, &operation, &text).into_iter().map(|problem| format!("{place} {problem}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // Each body has an example, and the table has no row too many.
    let rows: BTreeSet<_> = table.iter().map(|row| (row.api, row.operation, row.direction)).collect();
    assert_eq!(used, rows);
    // The walk has found what another reader of the descriptions finds.
    let operations = || descriptions().iter().flat_map(|description| &description.operations);
    let sent: usize =
        operations().filter_map(|operation| operation.body.as_ref()).map(|body| body.examples.len()).sum();
    let answered: usize = operations().map(|operation| operation.success().examples.len()).sum();
    assert_eq!(bodies, sent + answered);
}

/// The table has the bodies that the descriptions have, no matter whether they have examples.
#[test]
fn the_table_knows_every_body() {
    let table = table();
    for operation in descriptions().iter().flat_map(|description| &description.operations) {
        let row = |direction| find(&table, operation.api, &operation.id, direction).is_some();
        assert_eq!(row(Request), operation.body.is_some(), "request of {}", operation.id);
        assert_eq!(row(Success), operation.success().has_body, "answer of {}", operation.id);
    }
}

#[test]
fn payload_files() {
    let Some(folder) = std::env::var_os("CLIENTSMITH_EXAMPLES") else {
        // Not by a macro: the test runner would keep it to itself.
        let _ = writeln!(std::io::stderr(), "payload_files: skipped, CLIENTSMITH_EXAMPLES names no folder");
        return;
    };
    let table = table();
    let mut failures = Vec::new();
    let mut count = 0;
    for api in APIS {
        for path in files(&Path::new(&folder).join(api)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            count += 1;
            if OTHERS.contains(&name.as_str()) {
                let value: Value = text.parse().unwrap();
                assert_eq!(value.to_string().parse::<Value>().unwrap(), value);
                continue;
            }
            let mut parts = name.split('.');
            let operation = parts.next().unwrap_or_default();
            let direction = match (operation, name.ends_with(".request.json")) {
                ("error", _) => Error,
                (_, true) => Request,
                (_, false) => Success,
            };
            match find(&table, api, operation, direction) {
                Some(row) => {
                    let found = problems(row, operation, &text);
                    failures.extend(found.into_iter().map(|problem| format!("{api}/{name} {problem}")));
                }
                None => failures.push(format!("{api}/{name}: the table has no type for it")),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 0, "{} holds no payloads", Path::new(&folder).display());
    let _ = writeln!(std::io::stderr(), "payload_files: {count} files");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
