//! What must stay true, as far as the text of the sources tells it: see ARCHITECTURE.md, "What must stay true".
//!
//! Lists of exceptions are exact: one that nothing needs any more fails too.

use std::collections::BTreeSet;

use clientsmith::diag::Code;
use clientsmith_tests::tokens::{self, Tokens};
use clientsmith_tests::workspace;
use syn::visit::{self, Visit};

/// Fails with the differences between what is there and what may be there.
#[track_caller]
fn exactly<T: Ord + std::fmt::Debug>(
    what: &str,
    found: impl IntoIterator<Item = T>,
    allowed: impl IntoIterator<Item = T>,
) {
    let (found, allowed): (BTreeSet<T>, BTreeSet<T>) = (found.into_iter().collect(), allowed.into_iter().collect());
    let new: Vec<_> = found.difference(&allowed).collect();
    let gone: Vec<_> = allowed.difference(&found).collect();
    assert!(new.is_empty(), "{what}: {new:#?}");
    assert!(gone.is_empty(), "{what}: these exceptions are not needed any more: {gone:#?}");
}

/// The module right below the root of the generator that a file belongs to.
fn stage(path: &str) -> &str {
    let inside = path.strip_prefix("generator/src/").unwrap_or(path);
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

/// How many modules deep a file of the generator is.
fn depth(path: &str) -> usize {
    let inside = path.strip_prefix("generator/src/").unwrap_or(path);
    inside.trim_end_matches(".rs").trim_end_matches("/mod").split('/').count()
}

/// The stages in their order, each after what it may use. What is not a stage stands where it is first used.
const ORDER: &[&str] = &[
    "ir",
    "diag",
    "parallel",
    "files",
    "source",
    "load",
    "lock",
    "settings",
    "lower",
    "analyze",
    "names",
    "layout",
    "features",
    "plan",
    "template",
    "emit",
    "report",
    "summary",
    "pipeline",
    "output",
    "build_script",
    "cli",
];

/// Where a stage names a later one, and why it may.
const BACKWARDS: &[(&str, &str, &str)] = &[
    ("analyze", "plan", "it fills `plan::Facts`"),
    ("names", "plan", "it fills `plan::Names`"),
    ("layout", "plan", "it fills `plan::Layout`"),
    ("features", "plan", "it fills `plan::TagFeature`s"),
    ("source", "load", "`load::uri` makes paths normal"),
];

#[test]
fn stages_use_earlier_stages_alone() {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let mut backwards = BTreeSet::new();
    for file in tokens::files("generator/src") {
        let own = stage(&file.path);
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let here = rank(own).unwrap_or_else(|| panic!("`{own}` has no place in the order of stages"));
        // `crate::generate` and `crate::lower` are the functions that the library gives again.
        for used in
            file.roots(depth(&file.path)).into_iter().map(|name| if name == "generate" { "pipeline" } else { name })
        {
            let Some(there) = rank(used) else { panic!("{}: `{used}` has no place in the order of stages", file.path) };
            if there > here {
                backwards.insert((own.to_owned(), used.to_owned()));
            }
        }
    }
    let allowed = BACKWARDS.iter().map(|(own, used, _)| ((*own).to_owned(), (*used).to_owned()));
    exactly("a stage uses a later one", backwards, allowed);
}

#[test]
fn some_crates_are_named_in_some_places_alone() {
    let emit = |file| format!("generator/src/emit/{file}");
    let rust = ["rust/", "example.rs", "text.rs", "crate_root.rs"].map(emit);
    let rust = rust.each_ref().map(String::as_str);
    let places: &[(&str, &[&str])] = &[
        ("serde_yaml", &["generator/src/load/yaml.rs"]),
        ("heck", &["generator/src/names/"]),
        ("minijinja", &["generator/src/template.rs"]),
        ("flate2", &["generator/src/source.rs"]),
        ("clap", &["generator/src/cli/"]),
        ("quote", &rust),
        ("proc_macro2", &rust),
        ("syn", &rust),
        ("prettyplease", &rust),
    ];
    for file in tokens::files("generator/src") {
        for (name, allowed) in places {
            let path_of = file.has(&[name, ":", ":"]);
            let here = allowed.iter().any(|place| file.path.starts_with(place));
            assert!(!path_of || here, "{} names {name}, which is for {allowed:?}", file.path);
        }
    }
}

#[test]
fn disk_environment_and_printing_are_at_the_edges() {
    let starts = |path: &str, places: &[&str]| places.iter().any(|place| path.starts_with(place));
    let edges = ["generator/src/main.rs", "generator/src/cli/", "generator/src/build_script"];
    for file in tokens::files("generator/src") {
        let disk = file.has(&["std", ":", ":", "fs"]) || file.has(&["fs", ":", ":"]);
        let files = ["generator/src/source.rs", "generator/src/output"];
        assert!(!disk || starts(&file.path, &files), "{} reads or writes files", file.path);
        let variables = file.has(&["std", ":", ":", "env"]) || file.has(&["env", ":", ":"]);
        assert!(!variables || starts(&file.path, &edges), "{} reads the environment", file.path);
        let macros = ["print", "println", "eprint", "eprintln", "dbg"];
        let prints = macros.iter().any(|name| file.has(&[name, "!"])) || file.names("stdout") || file.names("stderr");
        assert!(!prints || starts(&file.path, &edges), "{} prints", file.path);
        let network = file.has(&["std", ":", ":", "net"]) || file.names("TcpStream");
        assert!(!network, "{} uses the network", file.path);
    }
}

#[test]
fn neither_generator_nor_runtime_panics() {
    let sources = [tokens::files("generator/src"), tokens::files("templates/runtime/src")];
    for file in sources.iter().flatten() {
        for method in ["unwrap", "expect", "unwrap_err", "expect_err", "unwrap_unchecked"] {
            assert!(!file.has(&[".", method, "("]), "{} calls `{method}`", file.path);
        }
        for name in ["panic", "todo", "unimplemented", "unreachable", "assert", "assert_eq", "assert_ne"] {
            let calls = file.list.windows(3).enumerate().filter(|(_, window)| window[0] == name && window[1] == "!");
            // `const _: () = assert!(…)` fails while compiling or never; quoted code is somebody else's.
            let real = calls.filter(|(at, _)| !file.list[..*at].ends_with(&["=".to_owned()]));
            assert!(real.count() == 0, "{} calls `{name}!`", file.path);
        }
        for unordered in ["HashMap", "HashSet"] {
            assert!(!file.names(unordered), "{} uses {unordered}, whose order changes from run to run", file.path);
        }
        assert!(!file.names("unsafe"), "{} has unsafe code", file.path);
    }
}

#[test]
fn the_runtime_can_be_copied_under_any_module() {
    for file in tokens::files("templates/runtime/src") {
        assert!(!file.has(&["$", "crate"]), "{} writes `$crate`", file.path);
        // A macro that is exported is at the root of the crate in both cases; `codegen` takes it from there.
        let roots = file.roots(usize::MAX);
        let here: Vec<&&str> = roots.iter().filter(|name| !name.starts_with("__")).collect();
        assert!(here.is_empty(), "{} writes `crate::` before {here:?}", file.path);
        let own = file.path == "templates/runtime/src/codegen.rs";
        assert!(own || roots.is_empty(), "{} writes `crate::`", file.path);
    }
}

#[test]
fn the_runtime_knows_no_description() {
    let specs = workspace::files("specs").into_iter().filter(|path| path.ends_with(".yaml"));
    let words: Vec<String> = specs
        .flat_map(|path| {
            path["specs/".len()..].trim_end_matches(".yaml").split('-').map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    // Words that other things are called as well.
    let common = ["process", "automation", "insights", "bots", "ai"];
    for path in workspace::files("templates/runtime/src") {
        let text = workspace::read(&path).to_lowercase();
        for word in words.iter().filter(|word| !common.contains(&word.as_str())) {
            assert!(!text.contains(word.as_str()), "{path} names `{word}`");
        }
    }
}

/// The paths of generated code that begin with a module, and where they begin.
#[derive(Default)]
struct Roots(BTreeSet<String>);

impl<'ast> Visit<'ast> for Roots {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first().filter(|_| path.segments.len() > 1) {
            let lead = if path.leading_colon.is_some() { "::" } else { "" };
            self.0.insert(format!("{lead}{}", first.ident));
        }
        visit::visit_path(self, path);
    }
    /// Attributes such as `rustfmt::skip` are for tools.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let lead = if item.leading_colon.is_some() { "::" } else { "" };
        if let syn::UseTree::Path(path) = &item.tree {
            self.0.insert(format!("{lead}{}", path.ident));
        }
    }
}

#[test]
fn generated_code_names_the_runtime_and_its_own_modules() {
    for path in workspace::files("generated/src") {
        let file = syn::parse_file(&workspace::read(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut roots = Roots::default();
        roots.visit_file(&file);
        let root_file = path == "generated/src/lib.rs";
        for root in roots.0 {
            let own = ["rt", "super", "client", "models", "operations", "Self"].contains(&root.as_str());
            let module = file.items.iter().any(|item| matches!(item, syn::Item::Mod(module) if module.ident == root));
            let item = root.starts_with(char::is_uppercase);
            let runtime = root_file && root == "::clientsmith_runtime";
            let program = path == "generated/src/main.rs" && ["std", "automation_clients"].contains(&root.as_str());
            assert!(own || module || item || runtime || program, "{path} names `{root}`");
        }
    }
}

/// Files over 400 lines, each with the reason why it is one.
const LONG: &[(&str, &str)] = &[];

/// Files over 600 lines, which still have to be split.
const TOO_LONG: &[&str] = &[];

#[test]
fn files_are_short() {
    let folders = ["generator", "templates", "tests"];
    let files = folders.into_iter().flat_map(workspace::files).filter(|path| path.ends_with(".rs"));
    let (mut long, mut too_long) = (BTreeSet::new(), BTreeSet::new());
    for path in files {
        let lines = workspace::read(&path).lines().count();
        match lines {
            0..=400 => {}
            401..=600 => drop(long.insert(path)),
            _ => drop(too_long.insert(path)),
        }
    }
    exactly("over 600 lines: split it", too_long, TOO_LONG.iter().map(|path| (*path).to_owned()));
    exactly("over 400 lines: split it, or give a reason", long, LONG.iter().map(|(path, _)| (*path).to_owned()));
}

#[test]
fn each_file_says_what_it_is() {
    let folders = ["generator", "templates/runtime", "tests"];
    for path in folders.into_iter().flat_map(workspace::files).filter(|path| path.ends_with(".rs")) {
        assert!(workspace::read(&path).starts_with("//! "), "{path} does not begin with what it is");
    }
}

/// Codes that stand in the table already and are given by nothing yet.
const WAITING: &[&str] = &[];

#[test]
fn codes_of_findings_are_given() {
    let given: BTreeSet<String> = tokens::files("generator/src").iter().flat_map(codes_of).collect();
    let unused = Code::ALL.iter().filter(|code| !given.contains(&format!("{code:?}")));
    let unused: Vec<String> = unused.map(|code| format!("{code:?}")).collect();
    exactly("codes that no finding has", unused, WAITING.iter().map(|code| (*code).to_owned()));
}

/// The variants of `Code` that a file names.
fn codes_of(file: &Tokens) -> Vec<String> {
    let windows = file.list.windows(4);
    windows.filter(|window| window[..3] == ["Code", ":", ":"]).map(|window| window[3].clone()).collect()
}

#[test]
fn snapshots_are_reviewed() {
    for folder in ["generator", "templates", "tests"] {
        for path in workspace::below(&workspace::root().join(folder)) {
            let name = path.to_string_lossy();
            assert!(!name.ends_with(".snap.new"), "{name} waits for `cargo insta review`");
        }
    }
}

#[test]
fn the_changelog_has_both_lists() {
    let text = workspace::read("CHANGELOG.md");
    let (_, next) = text.split_once("\n## Unreleased\n").expect("what comes is under `Unreleased`");
    let next = next.split("\n## ").next().unwrap_or_default();
    for list in ["### Generator", "### Generated code"] {
        assert!(next.contains(list), "`Unreleased` has no list {list:?}");
    }
}

#[test]
fn lints_and_versions_are_the_workspace_s() {
    for package in ["generator", "templates/runtime", "generated", "tests"] {
        let manifest = workspace::read(format!("{package}/Cargo.toml"));
        for line in ["[lints]\nworkspace = true", "edition.workspace = true", "rust-version.workspace = true"] {
            assert!(manifest.contains(line), "{package}/Cargo.toml lacks {line:?}");
        }
    }
}

#[test]
fn the_code_map_names_what_is_there() {
    let text = workspace::read("ARCHITECTURE.md");
    let (_, map) = text.split_once("## Code map").expect("there is a code map");
    let map = map.split("\n## ").next().unwrap_or_default();
    let rows = map.lines().filter(|line| line.starts_with("| `") && line.contains('/'));
    for word in rows.filter_map(|row| row.split('|').nth(1)).flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
        let full = word.contains('/') && (word.starts_with("generator/") || word.starts_with("templates/"));
        assert!(!full || workspace::root().join(word).exists(), "the code map names {word}, which is not there");
    }
    for module in
        tokens::files("generator/src").iter().map(|file| stage(&file.path).to_owned()).collect::<BTreeSet<_>>()
    {
        let named = [format!("`generator/src/{module}"), format!("`{module}.rs`"), format!("`{module}/`")];
        let known = module == "lib" || named.iter().any(|name| map.contains(name.as_str()));
        assert!(known, "the code map does not name `generator/src/{module}`");
    }
}

/// What belongs to the place where this was written, and not into the repository.
#[test]
fn nothing_of_the_workbench() {
    let folders = ["generator", "templates", "generated", "specs", "tests/src", "tests/tests", "tests/examples"];
    let own = "tests/tests/tidy.rs";
    for path in folders.into_iter().flat_map(workspace::files).filter(|path| path != own && !path.ends_with(".yaml")) {
        let Ok(text) = std::fs::read_to_string(workspace::root().join(&path)) else { continue };
        for foreign in ["/work/", "/tmp/plan", "../shared"] {
            assert!(!text.contains(foreign), "{path} names {foreign}");
        }
    }
}
