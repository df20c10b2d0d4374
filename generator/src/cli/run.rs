//! What each command does.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::{self, Input, Stage};
use super::console::Console;
use crate::diag::Code;
use crate::files::FileSet;
use crate::output::stamp::{self, Said};
use crate::output::{self, Changes, Mode};
use crate::pipeline;
use crate::settings::Config;
use crate::source::{Source, settings_of};
use crate::summary::Outcome;

const DONE: ExitCode = ExitCode::SUCCESS;

fn failed() -> ExitCode {
    ExitCode::from(1)
}

pub(super) fn generate(arguments: &args::Generate, console: &mut Console) -> ExitCode {
    let input = &arguments.input;
    let mode = match (arguments.check, arguments.force) {
        (true, _) => Mode::Check,
        (_, true) => Mode::Force,
        _ => Mode::Write,
    };
    // A check looks at everything.
    let key = (mode != Mode::Check).then(|| key(arguments, console)).flatten();
    if let Some(said) = key.as_deref().and_then(|key| stamp::fresh(&arguments.out, key)) {
        console.show(&said.findings);
        return finish(arguments, &said.report, &said.line, true, console);
    }
    let name =
        arguments.name.clone().or_else(|| if input.specs.len() > 1 { folder_name(&arguments.out) } else { None });
    let lock = match output::read_lock(&arguments.out) {
        Ok(lock) => lock,
        Err(error) => {
            console.tell(&error);
            return failed();
        }
    };
    let config = config(input, name).with_lock(lock);
    let outcome =
        pipeline::generate_with(&sources(input, arguments.name.as_deref()), &config, &|step| console.progress(&step));
    let said = Said {
        findings: console.rendered(&outcome.findings, input),
        line: outcome.summary.line(),
        report: outcome.summary.to_json(console.seconds()),
    };
    console.show(&said.findings);
    let written = deliver(&outcome, &outcome.files, &arguments.out, mode, console);
    // What is not there may be there the next time, and nobody would look.
    let looks_for_more = |code| matches!(code, Code::BrokenRef | Code::RefOutside | Code::Unreadable);
    match key {
        Some(key) if written && !outcome.findings.iter().any(|finding| looks_for_more(finding.code)) => {
            let settings = input.specs.iter().map(|path| settings_of(path)).filter(|path| !path.exists());
            let absent = if input.settings.is_some() { Vec::new() } else { settings.collect() };
            let inputs = outcome.inputs.iter().map(PathBuf::from);
            stamp::leave(&arguments.out, key, inputs, absent, &outcome.files, said.clone());
        }
        _ => stamp::forget(&arguments.out),
    }
    finish(arguments, &said.report, &said.line, written, console)
}

/// Tells the numbers of a run.
fn finish(arguments: &args::Generate, report: &str, line: &str, written: bool, console: &Console) -> ExitCode {
    if let Some(path) = &arguments.report
        && let Err(error) = output::write_file(path, report)
    {
        console.tell(&error.to_string());
        return failed();
    }
    console.print(&format!("{line}, {:.2} s", console.seconds()));
    if written { DONE } else { failed() }
}

/// What makes two runs of the command the same, but for the content of files: this very program, the arguments, and
/// how findings are shown.
fn key(arguments: &args::Generate, console: &Console) -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let folder = std::env::current_dir().ok()?;
    let state = stamp::state(&program)?;
    Some(format!("{program:?} {state:?} {folder:?} {} {} {arguments:?}", console.colour(), console.columns()))
}

pub(super) fn check(arguments: &args::Check, console: &mut Console) -> ExitCode {
    let input = &arguments.input;
    let outcome = pipeline::check(&sources(input, None), &config(input, None));
    console.findings(&outcome.findings, input);
    for api in outcome.summary.apis.iter().filter(|api| api.operations_in_spec > 0 || !outcome.has_errors()) {
        let (in_spec, understood) = (api.operations_in_spec, api.operations_generated);
        let skipped =
            if api.operations_skipped > 0 { format!(", {} skipped", api.operations_skipped) } else { String::new() };
        console.print(&format!("{}: {understood} of {in_spec} operations{skipped}, {} types", api.path, api.types));
    }
    if outcome.has_errors() { failed() } else { DONE }
}

pub(super) fn docs(arguments: &args::Docs, console: &mut Console) -> ExitCode {
    let input = &arguments.input;
    let config = config(input, arguments.name.clone());
    let outcome =
        pipeline::generate_with(&sources(input, arguments.name.as_deref()), &config, &|step| console.progress(&step));
    console.findings(&outcome.findings, input);
    let mode = if arguments.force { Mode::Force } else { Mode::Write };
    let written = deliver(&outcome, &outcome.files.folder("docs"), &arguments.out, mode, console);
    console.print(&format!("{}, {:.2} s", outcome.summary.line(), console.seconds()));
    if written { DONE } else { failed() }
}

pub(super) fn features(arguments: &args::Features, console: &mut Console) -> ExitCode {
    let input = &arguments.input;
    let (features, outcome) = pipeline::features(&sources(input, None), &config(input, None), &arguments.wanted);
    if outcome.has_errors() {
        console.findings(&outcome.findings, input);
        return failed();
    }
    for name in &features.unknown {
        console.tell(&format!("there is no operation `{name}`"));
    }
    if arguments.wanted.is_empty() {
        for (name, operations) in &features.all {
            console.print(&format!("{name}  {operations}"));
        }
    }
    for name in &features.needed {
        console.print(name);
    }
    if features.all.is_empty() {
        console.tell("this description is too small for features: every operation is always there");
    }
    if features.unknown.is_empty() { DONE } else { failed() }
}

pub(super) fn inspect(arguments: &args::Inspect, console: &mut Console) -> ExitCode {
    let input = &arguments.input;
    let stage = match arguments.stage {
        Stage::Ir => pipeline::Stage::Ir,
        Stage::Plan => pipeline::Stage::Plan,
    };
    let (text, outcome) = pipeline::inspect(&sources(input, None), &config(input, None), stage);
    console.findings(&outcome.findings, input);
    console.print(text.trim_end());
    if outcome.has_errors() { failed() } else { DONE }
}

pub(super) fn explain(arguments: &args::Explain, console: &mut Console) -> ExitCode {
    let Some(wanted) = &arguments.code else {
        for code in Code::ALL {
            console.print(&format!("{}  {}", code.id(), code.title()));
        }
        return DONE;
    };
    match Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(wanted)) {
        Some(code) => {
            let (id, title, text, help) = (code.id(), code.title(), code.explanation(), code.help());
            console.print(&format!("{id}: {title}\n\n{text}\n\nWhat to do: {help}."));
            DONE
        }
        None => {
            console.tell(&format!("there is no code `{wanted}`; `clientsmith explain` lists all"));
            ExitCode::from(2)
        }
    }
}

fn sources(input: &Input, name: Option<&str>) -> Vec<Source> {
    let only = input.specs.len() == 1;
    let open = |path| {
        let source = input.allow.iter().fold(Source::open(path), |source, folder| source.allow(folder));
        let source = input.settings.iter().fold(source, Source::read_settings);
        input.overlay.iter().fold(source, Source::read_overlay)
    };
    let named = |source: Source| match name {
        Some(name) if only => source.named(name),
        _ => source,
    };
    input.specs.iter().map(open).map(named).collect()
}

fn config(input: &Input, name: Option<String>) -> Config {
    let config = Config::default().with_strict(input.strict);
    match name {
        Some(name) => config.with_name(name),
        None => config,
    }
}

/// The name of a folder, if it can be that of a crate.
fn folder_name(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_string_lossy().to_lowercase();
    pipeline::is_name(&name).then_some(name)
}

/// Writes files, or tells why not.
fn deliver(outcome: &Outcome, files: &FileSet, folder: &Path, mode: Mode, console: &Console) -> bool {
    if outcome.has_errors() {
        console.tell("nothing was written");
        return false;
    }
    match output::write(files, folder, mode) {
        Ok(changes) if mode == Mode::Check && !changes.is_empty() => {
            tell_differences(&changes, folder, console);
            false
        }
        Ok(_) => true,
        Err(error) => {
            console.tell(&error.to_string());
            if let output::OutputError::Foreign(_) = error {
                console.tell("nothing was written; choose another folder, or replace them with --force");
            }
            false
        }
    }
}

fn tell_differences(changes: &Changes, folder: &Path, console: &Console) {
    for path in &changes.written {
        console.tell(&format!("{} would be written", folder.join(path).display()));
    }
    for path in &changes.deleted {
        console.tell(&format!("{} would be deleted", folder.join(path).display()));
    }
}
