//! What became of the scenarios: a row for each folder, a column for each version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::judge::{State, Verdict};

/// Every scenario in every version, as TSV.
pub(super) fn tsv(verdicts: &[Verdict]) -> String {
    let mut out = "version\tfolder\tscenario\tresult\treason\n".to_owned();
    for Verdict { version, folder, scenario, state, reason } in verdicts {
        let _ = writeln!(out, "{version}\t{folder}\t{scenario}\t{}\t{}", state.word(), reason.replace('\t', " "));
    }
    out
}

/// The table for people, in Markdown: passed / failed / not run.
pub(super) fn text(verdicts: &[Verdict]) -> String {
    let versions: BTreeSet<&str> = verdicts.iter().map(|verdict| verdict.version.as_str()).collect();
    let mut rows: BTreeMap<&str, Vec<&Verdict>> = BTreeMap::new();
    for verdict in verdicts {
        rows.entry(&verdict.folder).or_default().push(verdict);
    }
    let all: Vec<&Verdict> = verdicts.iter().collect();
    let mut out = "| folder | scenarios |".to_owned();
    versions.iter().for_each(|version| out.push_str(&format!(" {version} |")));
    out.push_str(" any |\n|---|--:|");
    out.push_str(&"--:|".repeat(versions.len() + 1));
    out.push('\n');
    for (name, rows) in rows.into_iter().chain([("**all**", all)]) {
        let scenarios: BTreeSet<&str> = rows.iter().map(|verdict| verdict.scenario.as_str()).collect();
        let _ = write!(out, "| {name} | {} |", scenarios.len());
        for version in &versions {
            let count = |state| rows.iter().filter(|row| row.version == *version && row.state == state).count();
            let [passed, failed, not_run] = State::ALL.map(|(state, _)| count(state));
            let cell =
                if failed + not_run == 0 { passed.to_string() } else { format!("{passed} / {failed} / {not_run}") };
            let _ = write!(out, " {cell} |");
        }
        let passed: BTreeSet<&str> =
            rows.iter().filter(|row| row.state == State::Passed).map(|row| row.scenario.as_str()).collect();
        let _ = writeln!(out, " {} |", passed.len());
    }
    out
}

/// What did not pass, each with its reason.
pub(super) fn rest(verdicts: &[Verdict]) -> String {
    let mut out = String::new();
    for verdict in verdicts.iter().filter(|verdict| verdict.state != State::Passed) {
        let Verdict { version, scenario, state, reason, .. } = verdict;
        let _ = writeln!(out, "{version} {scenario}: {}: {reason}", state.word());
    }
    out
}
