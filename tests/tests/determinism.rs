//! Same input, same bytes: over repeated runs, other working folders, other orders of files, one thread and many.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use clientsmith::settings::{Config, Form, Runtime};
use clientsmith::source::Source;
use clientsmith::summary::Outcome;
use clientsmith_tests::{snippets, workspace};

const COMMAND: &str = env!("CARGO_BIN_EXE_clientsmith-command");

/// The four descriptions, and those of the snippets that say nothing alike.
fn sources() -> Vec<Source> {
    let mut sources = Source::open_folder(workspace::root().join("specs")).expect("there are specs");
    sources.extend(snippets::all().iter().map(snippets::Snippet::source));
    sources
}

fn config() -> Config {
    Config::default().with_name("all").with_api_modules(true).with_runtime(Runtime::Crate)
}

#[track_caller]
fn same(one: &Outcome, other: &Outcome) {
    let (one, other): (BTreeMap<_, _>, BTreeMap<_, _>) = (one.files.iter().collect(), other.files.iter().collect());
    assert!(!one.is_empty());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, text) in &one {
        assert!(other[path] == *text, "{path} differs");
    }
}

#[test]
fn repeated_runs() {
    let sources = sources();
    let first = clientsmith::generate(&sources, &config());
    let again = clientsmith::generate(&sources, &config());
    same(&first, &again);
    assert_eq!(first.findings, again.findings);
    assert_eq!(first.summary, again.summary);
}

#[test]
fn many_runs_at_once() {
    let sources = sources();
    let alone = clientsmith::generate(&sources, &config());
    let together: Vec<Outcome> = std::thread::scope(|scope| {
        let run = || scope.spawn(|| clientsmith::generate(&sources, &config()));
        let runs = [run(), run(), run()];
        runs.map(|run| run.join().expect("it does not panic")).into_iter().collect()
    });
    together.iter().for_each(|other| same(&alone, other));
}

/// What one API gives does not depend on where it stands among others.
#[test]
fn other_orders_of_files() {
    let sources = sources();
    let first = clientsmith::generate(&sources, &config());
    for shuffled in [sources.iter().rev().cloned().collect::<Vec<_>>(), shuffled(&sources)] {
        let other = clientsmith::generate(&shuffled, &config());
        for (path, text) in first.files.iter() {
            // The root files list the APIs in the order in which they were given.
            let root = ["Cargo.toml", "README.md", "src/lib.rs", "src/main.rs", "docs/README.md"].contains(&path);
            assert!(root || other.files.get(path) == Some(text), "{path} differs");
        }
        assert_eq!(first.files.len(), other.files.len());
    }
}

/// A fixed shuffle: every third, then the rest backwards.
fn shuffled(sources: &[Source]) -> Vec<Source> {
    let (third, rest): (Vec<_>, Vec<_>) = sources.iter().cloned().enumerate().partition(|(index, _)| index % 3 == 0);
    third.into_iter().chain(rest.into_iter().rev()).map(|(_, source)| source).collect()
}

/// Alone or among others, the modules of an API are the same.
#[test]
fn other_companions() {
    let sources = sources();
    let form = config().with_form(Form::Modules);
    let all = clientsmith::generate(&sources, &form);
    for source in &sources[..4] {
        let alone = clientsmith::generate(std::slice::from_ref(source), &form);
        // Two files are about all APIs together.
        for (path, text) in alone.files.iter().filter(|(path, _)| !["mod.rs", "clientsmith.lock"].contains(path)) {
            assert_eq!(all.files.get(path), Some(text), "{path}");
        }
    }
}

/// The command, from the folder of the descriptions and from another, on one core and on all.
#[test]
fn other_working_folders_and_one_core() {
    let specs = workspace::root().join("specs");
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let far = folder.path().join("some/where/else");
    fs::create_dir_all(&far).expect("it can be written");
    let run = |from: &Path, spec: &Path, out: &str, one_core: bool| {
        let mut command = Command::new(if one_core { "taskset" } else { COMMAND });
        if one_core {
            command.args(["--cpu-list", "0", COMMAND]);
        }
        let out = folder.path().join(out);
        let ran = command.current_dir(from).arg("generate").arg(spec).args(["--name", "x", "--out"]).arg(&out).output();
        let ran = ran.expect("the command can be run");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        contents(&out)
    };
    let here = run(&specs, Path::new("kore-ai.yaml"), "a", false);
    assert!(here.len() > 20);
    assert!(here == run(&far, &specs.join("kore-ai.yaml"), "b", false), "another folder gives another output");
    if Command::new("taskset").arg("--version").output().is_ok() {
        assert!(here == run(&specs, Path::new("kore-ai.yaml"), "c", true), "one core gives another output");
    }
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    workspace::below(folder)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().into_owned();
            (name, fs::read(path).expect("it can be read"))
        })
        .collect()
}

/// Nothing of the machine is in the output: no path, no name, no date.
#[test]
fn nothing_of_the_machine() {
    let outcome = clientsmith::generate(&sources(), &config());
    let root = workspace::root();
    let secrets = [root.to_string_lossy().into_owned(), std::env::temp_dir().to_string_lossy().into_owned() + "/"];
    for (path, text) in outcome.files.iter() {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{path} names {secret}");
        }
        assert!(!text.contains('\r'), "{path} has line endings of another system");
    }
}
