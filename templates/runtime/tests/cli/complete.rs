//! Completions.

use super::zoo::run;

/// The first words of the lines that complete the last word.
fn found(words: &[&str]) -> Vec<String> {
    let ran = run(&[&["complete", "--"], words].concat());
    assert_eq!(ran.status, 0);
    ran.output.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn words_in_their_places() {
    assert_eq!(found(&["fi"]), ["find-pets"]);
    assert_eq!(
        found(&[""]),
        ["find-pets", "get-pet", "add-pet", "watch-pets", "get-photo", "list-pets", "call", "list", "completions"]
    );
    assert_eq!(found(&["pets", "g"]), ["get-pet"]);
    assert_eq!(found(&["media", ""]), ["photos"]);
    assert_eq!(found(&["media", "photos", ""]), ["get-photo"]);
    assert_eq!(found(&["find-pets", "--l"]), ["--limit"]);
    assert_eq!(found(&["--server", "http://x", "find-pets", "--tag", "s"]), ["small"]);
    assert_eq!(found(&["find-pets", "--strict", "f"]), ["false"]);
    assert_eq!(found(&["call", "get"]), ["getPet", "getPhoto"]);
    assert_eq!(found(&["call", "getPet", "--arg"]), ["--args"]);
    assert_eq!(found(&["add-pet", "--media-type", "t"]), ["text/plain"]);
    assert_eq!(found(&["add-pet", "--bo"]), ["--body"]);
    assert_eq!(found(&["completions", ""]), ["bash", "zsh", "fish"]);
}

#[test]
fn scripts_call_the_program() {
    for shell in ["bash", "zsh", "fish"] {
        let ran = run(&["completions", shell]);
        assert!(ran.status == 0 && ran.output.contains("zoo complete --"), "{}", ran.output);
    }
    let other = run(&["completions", "tcsh"]);
    assert!(other.status == 2 && other.errors.contains("there are: bash, zsh, fish"));
}

/// What a shell prints when it runs a script; nothing where it is not installed.
#[cfg(unix)]
fn printed(shell: &str, script: &str) -> Option<String> {
    let Ok(ran) = std::process::Command::new(shell).arg("-c").arg(script).output() else {
        println!("skipped: {shell} is not here");
        return None;
    };
    let (printed, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert_eq!(errors, "", "{shell}");
    Some(printed.into_owned())
}

/// Bash itself asks for the completions.
#[cfg(unix)]
#[test]
fn bash_gets_them() {
    let script = run(&["completions", "bash"]).output;
    let program = r#"zoo() { printf 'find-pets\tFind pets.\nfind a\tb\n'; }
COMP_WORDS=(zoo fi); COMP_CWORD=1; _zoo; printf '%s\n' "${COMPREPLY[@]}""#;
    if let Some(found) = printed("bash", &format!("{script}{program}")) {
        assert_eq!(found, "find-pets\nfind a\n");
    }
}

/// Zsh runs the function; what it hands to `_describe`, which is only there at a prompt, is printed.
#[cfg(unix)]
#[test]
fn zsh_gets_them() {
    let script = run(&["completions", "zsh"]).output;
    let around = r#"compdef() { print -r -- "compdef $@" }
_describe() { print -r -- "describe $1"; print -rl -- "${(@P)2}" }
zoo() { print -r -- "words ${(j:|:)@}" >&3; printf 'find-pets\tFind pets.\nfind:a\tb: c\n' }
"#;
    let ask = "words=(zoo call ''); CURRENT=3; exec 3>&1; _zoo";
    if let Some(found) = printed("zsh", &format!("{around}{script}{ask}")) {
        let wanted = "compdef _zoo zoo\nwords complete|--|call|\ndescribe zoo\nfind-pets:Find pets.\nfind\\:a:b: c\n";
        assert_eq!(found, wanted);
    }
}

/// Fish says what it would offer.
#[cfg(unix)]
#[test]
fn fish_gets_them() {
    let script = run(&["completions", "fish"]).output;
    let around = "function zoo; printf 'find-pets\\tFind pets.\\nfind-a\\t%s\\n' (string join -- '|' $argv); end\n";
    if let Some(found) = printed("fish", &format!("{around}{script}complete -C 'zoo call fi'")) {
        let lines: Vec<&str> = found.lines().collect();
        assert_eq!(lines, ["find-a\tcomplete|--|call|fi", "find-pets\tFind pets."]);
    }
}
