//! What each command does.

use std::path::Path;
use std::process::ExitCode;

use super::args::{self, Input, Stage};
use super::console::Console;
use crate::diag::Code;
use crate::files::FileSet;
use crate::output::{self, Changes, Mode};
use crate::pipeline;
use crate::settings::Config;
use crate::source::Source;
use crate::summary::Outcome;

const DONE: ExitCode = ExitCode::SUCCESS;

fn failed() -> ExitCode {
    ExitCode::from(1)
}

pub(super) fn generate(arguments: &args::Generate, console: &mut Console) -> ExitCode {
    let input = &arguments.input;
    let name =
        arguments.name.clone().or_else(|| if input.specs.len() > 1 { folder_name(&arguments.out) } else { None });
    let outcome = pipeline::generate_with(&sources(input, arguments.name.as_deref()), &config(input, name), &|step| {
        console.progress(&step)
    });
    console.findings(&outcome.findings, input);
    let mode = match (arguments.check, arguments.force) {
        (true, _) => Mode::Check,
        (_, true) => Mode::Force,
        _ => Mode::Write,
    };
    let written = deliver(&outcome, &outcome.files, &arguments.out, mode, console);
    if let Some(path) = &arguments.report
        && let Err(error) = output::write_file(path, &outcome.summary.to_json(console.seconds()))
    {
        console.tell(&error.to_string());
        return failed();
    }
    console.print(&outcome.summary.line(console.seconds()));
    if written { DONE } else { failed() }
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
    console.print(&outcome.summary.line(console.seconds()));
    if written { DONE } else { failed() }
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
            console.print(&format!("{}: {}\n\n{}", code.id(), code.title(), code.explanation()));
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
