//! The committed results: every scenario that does not pass in some version, and why.
//!
//! Whatever is not listed passes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::judge::{State, Verdict};

const HEAD: &str = "version\tscenario\tresult\twhy\n";

/// By version and scenario, what became of it, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Expected(BTreeMap<(String, String), (State, String)>);

impl Expected {
    /// Reads the file.
    ///
    /// # Errors
    /// When a line is none of ours.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut rows = BTreeMap::new();
        for (at, line) in text.lines().enumerate().skip(1) {
            let cells: Vec<&str> = line.splitn(4, '\t').collect();
            let [version, scenario, word, why] = cells[..] else { return Err(format!("line {}: four cells", at + 1)) };
            let state = State::ALL.iter().find(|(_, known)| *known == word);
            let state = state.ok_or_else(|| format!("line {}: {word:?} is no result", at + 1))?.0;
            rows.insert((version.to_owned(), scenario.to_owned()), (state, why.to_owned()));
        }
        Ok(Self(rows))
    }

    /// The same with what came out now; the reasons of what is as before stay.
    pub(super) fn with(mut self, verdicts: &[Verdict]) -> Self {
        for verdict in verdicts {
            let key = (verdict.version.clone(), verdict.scenario.clone());
            match (self.0.get(&key), verdict.state) {
                (_, State::Passed) => drop(self.0.remove(&key)),
                (Some((state, _)), now) if *state == now => {}
                (_, now) => drop(self.0.insert(key, (now, verdict.reason.clone()))),
            }
        }
        self
    }

    /// The text of the file.
    pub(super) fn write(&self) -> String {
        let mut out = HEAD.to_owned();
        for ((version, scenario), (state, why)) in &self.0 {
            let _ = writeln!(out, "{version}\t{scenario}\t{}\t{}", state.word(), why.replace(['\t', '\n'], " "));
        }
        out
    }

    /// What is worse than before, and what is better, as lines.
    pub(super) fn compare(&self, verdicts: &[Verdict]) -> (Vec<String>, Vec<String>) {
        let (mut worse, mut better) = (Vec::new(), BTreeSet::new());
        for verdict in verdicts {
            let key = (verdict.version.clone(), verdict.scenario.clone());
            let before = self.0.get(&key).map_or(State::Passed, |(state, _)| *state);
            let Verdict { version, scenario, state, reason, .. } = verdict;
            if *state > before {
                worse.push(format!("{version} {scenario}: {}, was {}: {reason}", state.word(), before.word()));
            } else if *state < before {
                better.insert(format!("{version} {scenario}: {}, was {}", state.word(), before.word()));
            }
        }
        (worse, better.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(scenario: &str, state: State) -> Verdict {
        Verdict {
            version: "3.1.0".to_owned(),
            folder: "routes".to_owned(),
            scenario: scenario.to_owned(),
            state,
            reason: "because".to_owned(),
        }
    }

    #[test]
    fn written_and_read() {
        let expected = Expected::default().with(&[verdict("A", State::Failed), verdict("B", State::Passed)]);
        assert_eq!(expected.write(), "version\tscenario\tresult\twhy\n3.1.0\tA\tfailed\tbecause\n");
        assert_eq!(Expected::read(&expected.write()), Ok(expected));
    }

    #[test]
    fn worse_and_better() {
        let expected = Expected::default().with(&[verdict("A", State::Failed)]);
        let (worse, better) = expected.compare(&[verdict("A", State::Passed), verdict("B", State::NotRun)]);
        assert_eq!(worse, ["3.1.0 B: not run, was passed: because"]);
        assert_eq!(better, ["3.1.0 A: passed, was failed"]);
    }
}
