//! IR and plan → files. Nothing is decided here.

mod crate_root;
pub mod docs;
mod example;
pub(crate) mod manifest;
mod runtime;
pub(crate) mod rust;
pub mod text;

use crate::ir::Api;
use crate::lock::{self, Lock};
use crate::parallel;
use crate::plan::Plan;
use crate::settings::{Config, Form, Runtime};

/// Every file of the output: path and text. `left_out` has a list for each API.
pub fn emit(apis: &[Api], plan: &Plan, config: &Config, left_out: &[Vec<docs::LeftOut>]) -> Vec<(String, String)> {
    let mut files = crate_root::files(apis, plan, config);
    let is_crate = config.form == Form::Crate;
    // Each of the two works in parallel for the most part; side by side they fill each other's gaps.
    let parts = parallel::map(&[Part::Code, Part::Docs], |part| match part {
        Part::Code => (Vec::new(), code(apis, plan, is_crate)),
        Part::Docs if is_crate => docs::emit(apis, plan, left_out),
        Part::Docs => Default::default(),
    });
    let mut entries = Vec::new();
    for (starts, part) in parts {
        entries.extend(starts);
        files.extend(part);
    }
    if is_crate {
        if config.runtime == Runtime::Vendored {
            files.extend(runtime::files(plan));
        }
        files.extend(manifest::emit(apis, plan, config, &entries));
    }
    let mut given = Lock::default();
    for (api, own) in apis.iter().zip(&plan.apis) {
        given.note(&api.name, own.names.notes.clone());
    }
    let text = given.text();
    files.extend((!text.is_empty()).then(|| (lock::PATH.to_owned(), text)));
    files
}

enum Part {
    Code,
    Docs,
}

/// The modules of all APIs.
fn code(apis: &[Api], plan: &Plan, is_crate: bool) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let source = if is_crate { "src/" } else { "" };
    for (api, own) in apis.iter().zip(&plan.apis) {
        let cx = rust::Cx { api, plan, own };
        let folder = if own.module.is_empty() {
            source.to_owned()
        } else {
            format!("{source}{}/", rust::file_stem(&own.module))
        };
        files.extend(rust::emit(cx).into_iter().map(|(path, text)| (format!("{folder}{path}"), text)));
    }
    files
}
