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

/// Bash itself asks for the completions.
#[cfg(unix)]
#[test]
fn bash_gets_them() {
    let script = run(&["completions", "bash"]).output;
    let program = r#"zoo() { printf 'find-pets\tFind pets.\nfind a\tb\n'; }
COMP_WORDS=(zoo fi); COMP_CWORD=1; _zoo; printf '%s\n' "${COMPREPLY[@]}""#;
    let ran = std::process::Command::new("bash").arg("-c").arg(format!("{script}{program}")).output();
    let Ok(ran) = ran else {
        println!("skipped: bash is not here");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "find-pets\nfind a\n", "{}", String::from_utf8_lossy(&ran.stderr));
}
