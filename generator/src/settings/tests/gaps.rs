//! Gaps that are allowed: `allow`.

use super::*;

#[test]
fn gaps_are_allowed_one_by_one() {
    let strict = |settings: &str| generate(&[source(settings)], &Config::default().with_strict(true));
    assert!(strict("").has_errors());
    let allow = |at: &str| format!("[[allow]]\ncode = 'OA0020'\nat = \"{at}\"\nreason = 'not published'\n");
    for at in ["#/paths/~1pets~1{id}/get/responses/404/$ref", "#/paths/**", "#/paths/*/get/responses/*/*"] {
        assert!(!strict(&allow(at)).has_errors(), "{at}");
    }
    let outcome = strict(&allow("#/**"));
    let text = to_text(&outcome.findings, Style::default());
    assert!(text.contains("left-out[OA0020]") && text.contains("= allowed: not published\n"), "{text}");
    let page = outcome.files.iter().find(|(path, _)| path.ends_with("left-out.md")).map(|(_, text)| text).unwrap();
    assert!(page.contains("(accepted: not published)"), "{page}");
    let lenient = generate(&[source(&allow("#/nothing"))], &Config::default());
    assert_eq!(
        to_text(
            &lenient.findings.iter().filter(|finding| finding.code.id() == "OA0071").cloned().collect::<Vec<_>>(),
            Style::default()
        ),
        "error[OA0071]: nothing at `#/nothing` is left out by OA0020
 --> specs/shop.toml:1:1
  |
1 | [[allow]]
  | ^
  = help: mend the entry, or remove it

"
    );
    assert_eq!(lines("[[more]]\n"), ["2:3 OA0070 `more` is no key of the settings"]);
    let one = |settings: &str| {
        strict(settings).findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(one("allow = [{ code = 'OA0020', at = '#/**' }]"), "an entry of `allow` needs `reason`");
    assert_eq!(
        one("allow = [{ code = 'OA9999', at = '#/**', reason = 'r' }]"),
        "there is no code `OA9999`; `clientsmith explain` lists all"
    );
    assert_eq!(one("allow = ['OA0020']"), "`allow` is a list of tables `{ code, at, reason }`, but this is a string");
}

#[test]
fn gaps_of_other_files_are_named_by_their_path() {
    let spec = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, responses: {'200': {$ref: 'parts/r.yaml#/R'}}}}\n";
    let source = Source::new("specs/t.yaml", spec)
        .with_file("parts/r.yaml", "R: {description: d, content: {application/json: {schema: {$ref: '#/gone'}}}}")
        .with_settings("specs/t.toml", "allow = [{ code = 'OA0020', at = 'parts/r.yaml#/R/**', reason = 'r' }]");
    let outcome = generate(&[source], &Config::default().with_strict(true));
    assert!(!outcome.has_errors(), "{}", to_text(&outcome.findings, Style::default()));
}
