//! Prose of descriptions as safe Markdown.

use super::*;

#[test]
fn structure_is_kept() {
    let text = "Some *text*\nof `two lines`.\n\n- one\n- two\n  more\n    - inner\n\n1. first\n2. second";
    assert_eq!(block(text), "Some *text*\nof `two lines`.\n\n- one\n- two\n  more\n  - inner\n\n1. first\n2. second");
}

#[test]
fn headings_go_below_those_of_the_page() {
    assert_eq!(block("# A\n## B ##\nText\n===\n###### F"), "#### A\n\n##### B\n\n#### Text\n\n###### F");
    assert_eq!(block("### A\n##### B"), "#### A\n\n###### B");
}

#[test]
fn unclosed_fences_are_closed() {
    assert_eq!(block("```json\n{}"), "```json\n{}\n```");
    assert_eq!(doc_block("~~~rust,should_panic\npanic!()"), "```text\npanic!()\n```");
    assert_eq!(block("````\n```\n````"), "````text\n```\n````");
    assert_eq!(block("```a`b\nx"), "\\`\\`\\`a\\`b\nx");
    assert_eq!(block("```{.evil onclick=x}\nx\n```"), "```text\nx\n```");
}

#[test]
fn indented_code_is_labelled() {
    assert_eq!(doc_block("Use:\n\n    let x = 1;\n\n    x\n\nEnd"), "Use:\n\n```text\nlet x = 1;\n\nx\n```\n\nEnd");
    assert_eq!(doc_block("\tcode"), "```text\ncode\n```");
    assert_eq!(doc_block("- item\n\n      code"), "- item\n\n  ```text\n  code\n  ```");
}

#[test]
fn html_never_gets_through() {
    assert_eq!(line("<script>alert(1)</script>"), "\\<script>alert(1)\\</script>");
    assert_eq!(
        block("<p>One</p><p>Two<br>lines</p><ul><li>a</li><li>b <b>c</b></li></ul>"),
        "One\n\nTwo\\\nlines\n\n- a\n- b c"
    );
    assert_eq!(block("<details>\n<summary>x\n"), "\\<details>\n\\<summary>x");
    assert_eq!(block("a <!-- hidden --> b `<p>`"), "a b `<p>`");
    assert_eq!(line("the <id> of <https://a.example/x>"), "the \\<id> of <https://a.example/x>");
}

#[test]
fn links_lead_only_to_the_web() {
    assert_eq!(line("[a](https://x.example/y)"), "[a](https://x.example/y)");
    assert_eq!(line("[a](javascript:alert(1))"), "a");
    assert_eq!(line("[a](../../etc)"), "a");
    assert_eq!(line("[Pet] and [x][y]"), "\\[Pet\\] and \\[x\\]\\[y\\]");
    assert_eq!(line("![alt](https://x.example/i.png \"t\")"), "[alt](https://x.example/i.png)");
    assert_eq!(block("[ref]: https://x.example"), "\\[ref\\]: <https://x.example>");
    assert_eq!(line("[https://a.example](https://b.example)"), "[https://a.example](https://b.example)");
}

#[test]
fn bare_addresses_become_links() {
    assert_eq!(
        line("See https://a.example/b_c, or (http://d.example)."),
        "See <https://a.example/b_c>, or (<http://d.example>)."
    );
    assert_eq!(line("at https://{{host}}/api"), "at `https://{{host}}/api`");
    assert_eq!(line("https://"), "https://");
}

#[test]
fn cells_stay_cells() {
    assert_eq!(cell("a | b\nc\n\n- x\n- `y|z`"), "a \\| b c<br>• x<br>• `y\\|z`");
    assert_eq!(cell("a  \nb"), "a<br>b");
    assert_eq!(code_cell("a|b"), "`a\\|b`");
    assert_eq!(cell("```\na | b\n```"), "`a \\| b`");
}

#[test]
fn starts_of_lines_start_nothing() {
    for text in ["a\n#x", "a\n=b", "a\n+", "1986\\. x", "a\n--b", "\\# x", "a\n2. b"] {
        assert!(
            block(text).lines().all(|line| !line.starts_with(['#', '=', '+', '-']) && !line.starts_with("2. ")),
            "{}",
            block(text)
        );
    }
    assert_eq!(block("-5 to +5"), "-5 to +5");
    assert_eq!(plain("1. x"), "1\\. x");
    assert_eq!(plain("# x"), "\\# x");
}

#[test]
fn tables_are_written_anew() {
    assert_eq!(block("a|b\n-|-\n`x\\|y`|2|3\nz"), "| a | b |\n| --- | --- |\n| `x\\|y` | 2 \\| 3 |\n\nz");
    assert_eq!(block("| a |\n| b |"), "\\| a \\|\n\\| b \\|");
}

#[test]
fn code_spans_hold_their_backticks() {
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("`"), "`` ` ``");
    assert_eq!((code("").as_str(), code(" \n").as_str()), ("`\"\"`", r#"`" \n"`"#));
    assert_eq!(line("`` a`b `` ` c"), "`` a`b `` \\` c");
}

#[test]
fn marks_that_rustc_refuses_are_dropped() {
    assert_eq!(line("a\u{202e}b\u{0}\rc\u{2028}d"), "ab c d");
}

#[test]
fn breaks_at_the_end_leave_nothing() {
    assert_eq!(block("a\\\n"), "a\\\\");
    assert_eq!(block("a<br>"), "a");
    assert_eq!(block("a  \n  "), "a");
}

#[test]
fn quotes_and_depth() {
    assert_eq!(block("> a\nlazy\n>\n> - b"), "> a\n> lazy\n>\n> - b");
    let deep = ">".repeat(10_000);
    assert!(block(&deep).len() < 30_000);
    let deep = "- ".repeat(10_000) + "x";
    assert!(!block(&deep).is_empty());
}

#[test]
fn lists_in_a_row_stay_apart() {
    assert_eq!(block("- a\n\n+ b"), "- a\n\n&#32;\n\n- b");
    assert_eq!(block("999999999. a\n1. b"), "999999999. a\n999999999. b");
}

#[test]
fn openings() {
    assert_eq!(opening("A\n\nB\n\n# H\n\nC"), "A\n\nB");
    assert_eq!(opening("A\n\nB\n\nC\n\nD"), "A\n\nB\n\nC");
    assert_eq!(opening("# H\n\nC"), "");
}

#[test]
fn first_sentences() {
    assert_eq!(first_sentence("Gives a pet, e.g. a cat. And more."), "Gives a pet, e.g. a cat.");
    assert_eq!(first_sentence("# Head\n\nText"), "Head");
    assert_eq!(first_sentence(""), "");
    assert_eq!(first_sentence("Version 1.2 is new"), "Version 1.2 is new");
}

#[test]
fn hostile_text_takes_linear_time() {
    for unit in [
        "[", "`a ``b ", "<a ", "<!--", "> - ", "http://", ")", "[x](", "*", "| - |\n", "<", "](", "\\", "&#", "1. ",
        "- \n",
    ] {
        let text = unit.repeat(20_000 / unit.len());
        let _ = (block(&text), cell(&text), line(&text), plain(&text));
    }
}
