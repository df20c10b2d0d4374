//! Templates for everything that is prose or TOML: a thin wrapper over `minijinja`.
//!
//! Templates hold no logic: the emitters prepare ready rows, templates put them in place. Two rules catch mistakes
//! where they are made. An undefined value is an error. And what a value may do to the file around it is decided by
//! the type of the file:
//!
//! | file | a string is written | [`markup`] is written |
//! |---|---|---|
//! | `.md` | never: an error, since cells, lines and blocks need different escapes | as it is |
//! | `.toml` | as a quoted TOML string | as it is |
//! | `.html` | with HTML escapes | as it is |
//! | any other | as it is | as it is |

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, escape_formatter};

pub use minijinja::Value;

/// The files below `templates/`, by the name that emitters use.
const TEMPLATES: &[(&str, &str)] = &[
    ("crate/Cargo.toml", include_str!("../../templates/crate/Cargo.toml.j2")),
    ("crate/README.md", include_str!("../../templates/crate/README.md.j2")),
    ("crate/gitignore", include_str!("../../templates/crate/gitignore.j2")),
    ("docs/api.md", include_str!("../../templates/docs/api.md.j2")),
    ("docs/codes.md", include_str!("../../templates/docs/codes.md.j2")),
    ("docs/errors-and-auth.md", include_str!("../../templates/docs/errors-and-auth.md.j2")),
    ("docs/index.md", include_str!("../../templates/docs/index.md.j2")),
    ("docs/left-out.md", include_str!("../../templates/docs/left-out.md.j2")),
    ("docs/webhooks.md", include_str!("../../templates/docs/webhooks.md.j2")),
    ("docs/inner-model.md", include_str!("../../templates/docs/inner-model.md.j2")),
    ("docs/model-body.md", include_str!("../../templates/docs/model-body.md.j2")),
    ("docs/model.md", include_str!("../../templates/docs/model.md.j2")),
    ("docs/models.md", include_str!("../../templates/docs/models.md.j2")),
    ("docs/operation.md", include_str!("../../templates/docs/operation.md.j2")),
    ("docs/tag.md", include_str!("../../templates/docs/tag.md.j2")),
];

/// Fills a template. The text ends with one line break.
///
/// That values and template fit is a matter of our own code alone, never of the input, so a misfit is caught by any
/// test that fills the template. Should one get through, the file says so instead of holding half a text.
pub fn render(name: &str, values: Value) -> String {
    static TEMPLATES_PARSED: LazyLock<Result<Environment<'static>, minijinja::Error>> =
        LazyLock::new(|| environment(TEMPLATES));
    let text = match &*TEMPLATES_PARSED {
        Ok(environment) => fill(environment, name, values).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let mut text = text.unwrap_or_else(|error| format!("clientsmith could not fill the template {name}: {error}"));
    text.truncate(text.trim_end_matches('\n').len());
    text.push('\n');
    text
}

fn fill(environment: &Environment<'_>, name: &str, values: Value) -> Result<String, minijinja::Error> {
    environment.get_template(name)?.render(values)
}

fn environment(templates: &[(&'static str, &'static str)]) -> Result<Environment<'static>, minijinja::Error> {
    let mut env = Environment::new();
    env.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|name| match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "md" => AutoEscape::Custom("md".into()),
        "toml" => AutoEscape::Custom("toml".into()),
        "html" => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    env.set_formatter(format);
    for (name, source) in templates {
        env.add_template(name, source)?;
    }
    Ok(env)
}

fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let AutoEscape::Custom(kind) = state.auto_escape() else { return escape_formatter(out, state, value) };
    if value.is_safe() || value.is_number() {
        return write(out, value.as_str().unwrap_or(&value.to_string()));
    }
    match (&**kind, value.as_str()) {
        ("toml", Some(text)) => write(out, &toml_string(text)),
        _ if value.is_undefined() => Err(minijinja::Error::from(ErrorKind::UndefinedError)),
        _ => Err(minijinja::Error::new(ErrorKind::BadEscape, format!("`{value}` is not markup"))),
    }
}

fn write(out: &mut Output<'_>, text: &str) -> Result<(), minijinja::Error> {
    Ok(out.write_str(text)?)
}

/// Text as a TOML basic string, quotes included.
///
/// ```
/// assert_eq!(clientsmith::template::toml_string("a \"b\"\n"), r#""a \"b\"\n""#);
/// ```
pub fn toml_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text that is already in the language of the file.
pub fn markup(text: impl Into<String>) -> Value {
    Value::from_safe_string(text.into())
}

/// Named values.
pub fn values(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::from_pairs(pairs)
}

/// A list of values.
pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::from(items.into_iter().collect::<Vec<_>>())
}

/// A list of markup.
pub fn markups(items: impl IntoIterator<Item = String>) -> Value {
    list(items.into_iter().map(markup))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(name: &'static str, source: &'static str, value: Value) -> Result<String, minijinja::Error> {
        fill(&environment(&[(name, source)])?, name, values([("x", value)]))
    }

    #[test]
    fn every_template_parses() {
        environment(TEMPLATES).unwrap();
    }

    #[test]
    fn a_misfit_shows() {
        assert!(super::render("docs/index.md", values([])).starts_with("clientsmith could not fill"));
        assert!(super::render("none", values([])).starts_with("clientsmith could not fill"));
    }

    #[test]
    fn undefined_values_are_errors() {
        for name in ["a.md", "a.toml", "a.html", "a"] {
            assert!(render(name, "{{ y }}", markup("")).is_err(), "{name}");
            assert!(render(name, "{% for row in y %}{% endfor %}", markup("")).is_err(), "{name}");
            assert!(render(name, "{{ x.y }}", values([])).is_err(), "{name}");
        }
    }

    #[test]
    fn markdown_takes_markup_and_numbers_only() {
        assert_eq!(render("a.md", "{{ x }}\n", markup("*a*")).unwrap(), "*a*\n");
        assert_eq!(render("a.md", "{{ x }}", Value::from(3)).unwrap(), "3");
        let error = render("a.md", "{{ x }}", Value::from("<b>")).unwrap_err();
        assert!(error.to_string().contains("is not markup"), "{error}");
    }

    #[test]
    fn toml_strings_are_quoted() {
        assert_eq!(
            render("a.toml", "a = {{ x }}", Value::from("q\"\\\n\u{7f}\u{1}é")).unwrap(),
            "a = \"q\\\"\\\\\\n\\u007F\\u0001é\""
        );
        assert_eq!(render("a.toml", "a = {{ x }}", markup("true")).unwrap(), "a = true");
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(render("a.html", "{{ x }}", Value::from("<b>")).unwrap(), "&lt;b&gt;");
    }

    #[test]
    fn tags_leave_no_blank_lines() {
        let source = "a\n{% for row in x %}\n  {{ row }}\n{% endfor %}\nb\n";
        assert_eq!(render("a.md", source, markups(["1".to_owned(), "2".to_owned()])).unwrap(), "a\n  1\n  2\nb\n");
    }
}
