//! Building and running the programs, and judging what they say.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::super::compile::{Bench, Program};
use super::super::process;
use super::program::{CASES, INPUT, SUFFIX};
use super::same::difference;
use super::{Case, Examples, TOLD};

/// Builds the programs of some crates, runs them, and gives what became of their examples, in the order of the names.
///
/// # Errors
/// When Cargo cannot be run or a file cannot be read.
pub(in super::super) fn run(bench: &Bench, names: &[String]) -> Result<Vec<(String, Examples)>, String> {
    let with: Vec<&String> = names.iter().filter(|name| folder(bench, name).join(CASES).is_file()).collect();
    let packages: Vec<String> = with.iter().map(|name| format!("{name}{SUFFIX}")).collect();
    if packages.is_empty() {
        return Ok(Vec::new());
    }
    let programs = bench.programs(&packages)?;
    let mut out = Vec::new();
    for (name, package) in with.into_iter().zip(&packages) {
        let folder = folder(bench, name);
        let cases = cases(&folder)?;
        let examples = match programs.get(package) {
            Some(Program::Built(path)) => {
                let answers = folder.join("output.tsv");
                let _ = fs::remove_file(&answers);
                let mut command = Command::new(path);
                command.arg(folder.join(INPUT)).arg(&answers);
                let ended = process::run(command, Duration::from_secs(60), &folder.join("log.txt"))?;
                let text = fs::read_to_string(&answers).unwrap_or_default();
                judge(&cases, &text, &ended.note)
            }
            Some(Program::Failed(why)) => judge(&cases, "", why),
            None => judge(&cases, "", "it was not built"),
        };
        out.push((name.clone(), examples));
    }
    bench.sweep(&packages);
    Ok(out)
}

fn folder(bench: &Bench, name: &str) -> std::path::PathBuf {
    bench.crate_folder(&format!("{name}{SUFFIX}"))
}

fn cases(folder: &Path) -> Result<Vec<Case>, String> {
    let path = folder.join(CASES);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display())))
        .collect()
}

/// Holds the answers of a program against the cases; `note` says why there are none.
fn judge(cases: &[Case], answers: &str, note: &str) -> Examples {
    let mut examples = Examples::default();
    let mut lines = answers.lines();
    for case in cases {
        let problem = match lines.next().and_then(|line| line.split_once('\t')) {
            Some(("ok", text)) => match serde_json::from_str::<Value>(text) {
                Ok(value) => difference(&case.value, &value),
                Err(error) => Some(format!(": no JSON: {error}")),
            },
            Some((_, why)) => Some(format!(": {why}")),
            None => Some(format!(": the program did not get there; {note}")),
        };
        match problem {
            None => examples.passed += 1,
            Some(problem) => {
                examples.failed += 1;
                if examples.failures.len() < TOLD {
                    examples.failures.push(format!("{} as {} at{problem}", case.place, case.kind));
                }
            }
        }
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn answers() {
        let case = |value| Case { place: "a.yaml#/x".to_owned(), kind: "models::A".to_owned(), value };
        let cases = [case(json!({"a": 1})), case(json!(2)), case(json!(3)), case(json!(4))];
        let examples = judge(&cases, "ok\t{\"a\":1.0}\nok\t5\nno\texpected a\n", "stopped");
        assert_eq!((examples.passed, examples.failed), (1, 3));
        assert_eq!(
            examples.failures,
            [
                "a.yaml#/x as models::A at: 2 became 5",
                "a.yaml#/x as models::A at: expected a",
                "a.yaml#/x as models::A at: the program did not get there; stopped",
            ]
        );
    }
}
