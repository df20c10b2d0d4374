//! What is wrong with a value, and where.

use std::fmt;

use super::path;

/// A rule that a value breaks. It does not show the value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    rule: &'static str,
    message: String,
    pub(super) parameter: Option<&'static str>,
}

impl Violation {
    /// The place as a path from the whole value: `$.owner.id`, `$.items[3]`, `$["a b"]`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The keyword of the description that sets the limit, such as `maxLength`.
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// The name of the parameter that the value was meant for; `None` for a body, and where a value was checked by
    /// itself.
    pub fn parameter(&self) -> Option<&str> {
        self.parameter
    }

    /// The same, of a value that was meant for a parameter.
    pub(crate) fn of_parameter(self, name: &'static str) -> Self {
        Self { parameter: Some(name), ..self }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.parameter {
            write!(f, "parameter `{name}`: ")?;
        }
        write!(f, "{} {}", self.path, self.message)
    }
}

/// A violation while its value is being written: its place in the text, and the rest of the path.
#[derive(Clone)]
pub(in super::super) struct Found {
    pub position: usize,
    pub suffix: String,
    pub rule: &'static str,
    pub message: String,
}

impl Found {
    /// The violation, given the text that was written.
    pub fn at(self, text: &str) -> Violation {
        let mut path = path::path(text, self.position, false);
        path.push_str(&self.suffix);
        Violation { path, rule: self.rule, message: self.message, parameter: None }
    }
}

/// The rules that a value breaks: at least one, at most a hundred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// An error, if there is anything wrong.
    pub(crate) fn of(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self(violations)) }
    }

    /// All of them, in the order of the value.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// All of them.
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, violation) in self.0.iter().enumerate() {
            let before = if place == 0 { "" } else { "; " };
            write!(f, "{before}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
