//! What a run yields: files, findings, and the numbers that a report shows.

use crate::diag::Severity;
use crate::files::FileSet;
use crate::report::Finding;

/// The result of a run.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The output; empty after an error.
    pub files: FileSet,
    /// What was found in the descriptions, in the order of the sources and then by place.
    pub findings: Vec<Finding>,
    /// The numbers.
    pub summary: Summary,
    /// Paths of all files that were read: when one of them changes, the output may.
    pub inputs: Vec<String>,
}

impl Outcome {
    /// Whether an error stood in the way of the output.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// The numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Name of the crate.
    pub name: String,
    /// The APIs, in the order of the sources.
    pub apis: Vec<ApiSummary>,
    /// How many pages of docs there are.
    pub docs_pages: usize,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// How many warnings there are.
    pub warnings: usize,
    /// How many files there are.
    pub files: usize,
}

/// The numbers of one API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiSummary {
    /// Its name in the output, which is also the name of its Cargo feature.
    pub name: String,
    /// Path of its description.
    pub path: String,
    /// How many operations the description has.
    pub operations_in_spec: usize,
    /// How many of them the settings skip.
    pub operations_skipped: usize,
    /// How many operations the output has.
    pub operations_generated: usize,
    /// How many named types the output has.
    pub types: usize,
    /// Whether the settings take its feature out of those that are on by default.
    pub opt_in: bool,
}

/// A part of a description that is not in the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its file.
    pub file: String,
    /// Its place as a JSON Pointer.
    pub pointer: String,
    /// The rule, such as `OA0020`.
    pub code: &'static str,
    /// Why.
    pub reason: String,
    /// Why that is accepted, if the settings say so.
    pub allowed: Option<String>,
}

impl Summary {
    /// How many operations the descriptions have together.
    pub fn operations_in_spec(&self) -> usize {
        self.apis.iter().map(|api| api.operations_in_spec).sum()
    }
    /// How many operations the output has.
    pub fn operations_generated(&self) -> usize {
        self.apis.iter().map(|api| api.operations_generated).sum()
    }
    /// How many named types the output has.
    pub fn types(&self) -> usize {
        self.apis.iter().map(|api| api.types).sum()
    }

    /// The closing line of a run: `NAME: O operations, T types, D docs pages, L left out`; the command adds the seconds.
    pub fn line(&self) -> String {
        format!(
            "{}: {} operations, {} types, {} docs pages, {} left out",
            self.name,
            self.operations_generated(),
            self.types(),
            self.docs_pages,
            self.left_out.len()
        )
    }

    /// The report as JSON.
    pub fn to_json(&self, seconds: f64) -> String {
        let left_out = self.left_out.iter().map(|one| serde_json::json!({ "file": one.file, "pointer": one.pointer, "code": one.code, "reason": one.reason, "allowed": one.allowed }));
        let apis = self.apis.iter().map(|api| {
            serde_json::json!({
                "name": api.name,
                "path": api.path,
                "operations_in_spec": api.operations_in_spec,
                "operations_skipped": api.operations_skipped,
                "operations_generated": api.operations_generated,
                "types": api.types,
            })
        });
        let report = serde_json::json!({
            "name": self.name,
            "operations_in_spec": self.operations_in_spec(),
            "operations_generated": self.operations_generated(),
            "types": self.types(),
            "docs_pages": self.docs_pages,
            "left_out": left_out.collect::<Vec<_>>(),
            "warnings": self.warnings,
            "files": self.files,
            "apis": apis.collect::<Vec<_>>(),
            "seconds": (seconds * 1000.0).round() / 1000.0,
        });
        format!("{report:#}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary {
        let api = |name: &str, operations| ApiSummary {
            name: name.to_owned(),
            path: format!("{name}.yaml"),
            operations_in_spec: operations + 1,
            operations_generated: operations,
            types: 2,
            ..ApiSummary::default()
        };
        let left_out = LeftOut {
            file: "a.yaml".to_owned(),
            pointer: "#/paths/~1\"x\"".to_owned(),
            code: "OA0032",
            reason: "not an HTTP\nmethod".to_owned(),
            allowed: None,
        };
        Summary {
            name: "pets".to_owned(),
            apis: vec![api("a", 3), api("b", 4)],
            docs_pages: 5,
            left_out: vec![left_out],
            warnings: 6,
            files: 7,
        }
    }

    #[test]
    fn the_closing_line() {
        assert_eq!(summary().line(), "pets: 7 operations, 4 types, 5 docs pages, 1 left out");
    }

    #[test]
    fn the_report_is_json() {
        let report: serde_json::Value = serde_json::from_str(&summary().to_json(0.5)).unwrap();
        assert_eq!(report["operations_in_spec"], 9);
        assert_eq!(report["left_out"][0]["reason"], "not an HTTP\nmethod");
        assert_eq!(report["left_out"][0]["pointer"], "#/paths/~1\"x\"");
        assert_eq!(report["apis"][1]["name"], "b");
        assert_eq!(report["seconds"], 0.5);
        let empty: serde_json::Value = serde_json::from_str(&Summary::default().to_json(0.0)).unwrap();
        assert_eq!(empty["left_out"].as_array().map(Vec::len), Some(0));
    }
}
