//! Texts that try to become code, paths or markup. Every text of every snippet is one of them.

use clientsmith::diag::Severity;
use clientsmith::settings::{Config, Runtime};
use clientsmith::source::Source;
use clientsmith::summary::Outcome;
use clientsmith_tests::hostile::{ATTACKS, MARKER, spoil};
use clientsmith_tests::snippets;
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

#[test]
fn no_text_gets_out_of_its_place() {
    for seed in [1, 2] {
        let snippets = snippets::all();
        let spoiled = snippets.iter().filter_map(|snippet| Some((snippet, spoil(&snippet.text, seed)?)));
        let sources: Vec<Source> =
            spoiled.map(|(snippet, text)| Source::new(format!("{}.json", snippet.name), text)).collect();
        assert!(sources.len() + 5 > snippets.len());
        // One that is refused would take the others with it.
        let (sound, refused): (Vec<Source>, Vec<Source>) = sources
            .into_iter()
            .partition(|source| !clientsmith::pipeline::check(std::slice::from_ref(source), &config()).has_errors());
        assert!(refused.len() * 20 < sound.len(), "seed {seed}: {} of {} are refused", refused.len(), sound.len());
        let outcome = clientsmith::generate(&sound, &config());
        let errors: Vec<_> = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        judge(&outcome);
    }
}

fn config() -> Config {
    Config::default().with_name("hostile").with_runtime(Runtime::Crate).with_api_modules(true)
}

/// Fails when an attack stands anywhere but in a literal, or in prose as text.
#[track_caller]
fn judge(outcome: &Outcome) {
    assert!(outcome.summary.operations_generated() > 100);
    let mut problems = Vec::new();
    for (path, text) in outcome.files.iter() {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        if !path.chars().all(plain) || path.split('/').any(|part| part.trim_matches('.').is_empty()) {
            problems.push(format!("{path:?} is a path"));
        }
        let found = match path.rsplit('.').next() {
            Some("rs") => rust(text),
            Some("md") => markdown(text, false),
            Some("toml") => manifest(text),
            _ => None,
        };
        problems.extend(found.map(|found| format!("{path}: {found}")));
    }
    problems.extend(
        outcome.findings.iter().map(|finding| finding.line_text()).filter(|line| line.contains(char::is_control)),
    );
    problems.truncate(20);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is wrong with a file of Rust.
fn rust(text: &str) -> Option<String> {
    if let Err(error) = syn::parse_file(text) {
        return Some(format!("it does not parse: {error}"));
    }
    if let Some(found) = code(text) {
        return Some(found);
    }
    // rustdoc reads the comments as Markdown, and runs what looks like an example.
    let mut doc = String::new();
    for line in text.lines().map(str::trim_start).chain([""]) {
        match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            Some(line) => {
                doc.push_str(line.strip_prefix(' ').unwrap_or(line));
                doc.push('\n');
            }
            None if doc.is_empty() => {}
            None => {
                if let Some(found) = markdown(&doc, true) {
                    return Some(format!("{found}\n{doc}"));
                }
                doc.clear();
            }
        }
    }
    None
}

/// An attack among the tokens of some code.
fn code(text: &str) -> Option<String> {
    fn walk(stream: TokenStream) -> bool {
        let mut before = false;
        stream.into_iter().any(|tree| {
            let bad = match &tree {
                TokenTree::Group(group) => walk(group.stream()),
                TokenTree::Punct(sign) => before && sign.as_char() == '!',
                TokenTree::Ident(_) | TokenTree::Literal(_) => false,
            };
            before = matches!(&tree, TokenTree::Ident(ident) if *ident == MARKER);
            bad
        })
    }
    match text.parse::<TokenStream>() {
        Ok(stream) => walk(stream).then(|| "an attack is code".to_owned()),
        Err(error) => Some(format!("it has no tokens: {error}\n{text}")),
    }
}

/// What is wrong with a page. In doc comments code without a language is an example that is run.
fn markdown(text: &str, is_doc: bool) -> Option<String> {
    // The word alone may stand in the anchors and files of what is named.
    let attack = format!("{MARKER}!");
    let mut example: Option<String> = None;
    for event in
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH)
    {
        match event {
            Event::Html(html) | Event::InlineHtml(html) if html.contains(&attack) || html.contains("<script") => {
                return Some(format!("an attack is HTML: {html}"));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                let own = !dest_url.contains(&attack) && !dest_url.contains("javascript:");
                if !web && !own {
                    return Some(format!("an attack is a link: {dest_url}"));
                }
            }
            Event::Start(Tag::Heading { .. }) if is_doc => {}
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match &kind {
                    CodeBlockKind::Indented => "",
                    CodeBlockKind::Fenced(language) => language,
                };
                if language.contains(MARKER) {
                    return Some(format!("an attack is a language: {language}"));
                }
                example = (language == "rust" || is_doc && language.is_empty()).then(String::new);
            }
            Event::Text(text) => {
                if let Some(example) = &mut example {
                    example.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                // rustdoc runs lines that begin with `#` too.
                let text = example.take().map(|text| text.replace("\n# ", "\n"));
                if let Some(found) = text.and_then(|text| code(text.trim_start_matches("# "))) {
                    return Some(format!("in an example: {found}"));
                }
            }
            _ => {}
        }
    }
    None
}

/// An attack among the keys of a manifest.
fn manifest(text: &str) -> Option<String> {
    fn walk(value: &toml::Value, place: &str) -> Option<String> {
        match value {
            toml::Value::Table(table) => table.iter().find_map(|(key, value)| {
                let key_is_bad = key.contains(MARKER) && !["features"].contains(&place);
                if key_is_bad { Some(format!("an attack is a key: {key}")) } else { walk(value, key) }
            }),
            toml::Value::Array(items) => items.iter().find_map(|item| walk(item, place)),
            toml::Value::String(text) if text.contains(MARKER) && place != "description" && place != "default" => {
                Some(format!("an attack is the value of {place}: {text}"))
            }
            _ => None,
        }
    }
    match text.parse::<toml::Table>().map(toml::Value::Table) {
        Ok(value) => walk(&value, ""),
        Err(error) => Some(format!("it does not parse: {error}")),
    }
}

/// The judge finds what it is there for.
#[test]
fn the_judge_sees_attacks() {
    assert!(rust("fn a() { zq9x!(); }").is_some() && rust("fn a() { let zq9x = \"zq9x!()\"; } // zq9x!()").is_none());
    assert!(rust("/// ```\n/// zq9x!();\n/// ```\nfn a() {}").is_some());
    assert!(rust("/// ```text\n/// zq9x!();\n/// ```\nfn a() {}").is_none());
    assert!(rust("///     zq9x!();\nfn a() {}").is_some() && rust("/// <b onclick=zq9x!()>\nfn a() {}").is_some());
    assert!(
        markdown("[a](javascript:zq9x!())", false).is_some() && markdown("\\[a](javascript:zq9x!())", false).is_none()
    );
    assert!(markdown("<zq9x!()>", false).is_none() && markdown("<b onclick=zq9x!()>", false).is_some());
    assert!(manifest("[dependencies]\n'zq9x!()' = '1'").is_some() && manifest("description = 'zq9x!()'").is_none());
    // Every attack is one, if nothing keeps it.
    for attack in ATTACKS {
        let kept = rust(&format!("/// {attack}\nfn a() {{ let a = \"{attack}\"; {attack} }}")).is_none();
        assert!(!kept, "{attack:?} is harmless");
    }
}
