//! The whole run.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::args::Args;
use super::client::{self, Client};
use super::expected::Expected;
use super::judge;
use super::plan::ByHand;
use super::suite::Suite;
use super::table;
use crate::workspace;

const EXPECTED: &str = "tests/spector-expected.tsv";

/// Runs the suite; whether nothing is worse than before.
///
/// # Errors
/// When something that is needed cannot be had.
pub(super) fn run(arguments: &Args) -> Result<bool, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    let root = workspace::root().join(target).join("spector");
    let suite = Suite::install(&root)?;
    let folder = match &arguments.set {
        Some(folder) => folder.clone(),
        None => suite.documents()?,
    };
    let by_hand: BTreeMap<String, Vec<ByHand>> = serde_json::from_str(&workspace::read("tests/spector/by-hand.json"))
        .map_err(|error| format!("tests/spector/by-hand.json: {error}"))?;
    let mut verdicts = Vec::new();
    for version in arguments.versions() {
        let mut texts = client::documents(&folder, &version)?;
        texts.retain(|text| arguments.wants(&text.folder));
        if texts.is_empty() {
            return Err(format!("{} has no such folder of {version}", folder.display()));
        }
        let client = Client::build(&texts, &root, &version)?;
        verdicts.extend(judge::judge(&suite, &client, &texts, &version, &by_hand, arguments.show)?);
    }
    print!("{}\n{}", table::rest(&verdicts), table::text(&verdicts));
    let out = arguments.out.clone().unwrap_or_else(|| root.join("spector.tsv"));
    fs::write(&out, table::tsv(&verdicts)).map_err(|error| format!("{}: {error}", out.display()))?;
    let expected = Expected::read(&workspace::read(EXPECTED))?;
    if arguments.accept {
        let path = workspace::root().join(EXPECTED);
        fs::write(&path, expected.with(&verdicts).write()).map_err(|error| format!("{EXPECTED}: {error}"))?;
        if arguments.is_whole() {
            workspace::note("spector", &table::text(&verdicts))?;
        }
        return Ok(true);
    }
    let (worse, better) = expected.compare(&verdicts);
    for line in &worse {
        println!("worse: {line}");
    }
    if !better.is_empty() {
        println!("{} scenarios are better than {EXPECTED} says; `--accept` notes that:", better.len());
        better.iter().for_each(|line| println!("better: {line}"));
    }
    Ok(worse.is_empty())
}
