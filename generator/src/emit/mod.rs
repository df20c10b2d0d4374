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
use crate::plan::Plan;
use crate::settings::{Config, Form, Runtime};

/// Every file of the output: path and text. `left_out` has a list for each API.
pub fn emit(apis: &[Api], plan: &Plan, config: &Config, left_out: &[Vec<docs::LeftOut>]) -> Vec<(String, String)> {
    let mut files = crate_root::files(apis, plan, config);
    let source = if config.form == Form::Crate { "src/" } else { "" };
    for (api, own) in apis.iter().zip(&plan.apis) {
        let cx = rust::Cx { api, plan, own };
        let folder = if own.module.is_empty() {
            source.to_owned()
        } else {
            format!("{source}{}/", rust::file_stem(&own.module))
        };
        files.extend(rust::emit(cx).into_iter().map(|(path, text)| (format!("{folder}{path}"), text)));
    }
    if config.form == Form::Crate {
        if config.runtime == Runtime::Vendored {
            files.extend(runtime::files(plan));
        }
        files.extend(manifest::emit(apis, plan, config));
        files.extend(docs::emit(apis, plan, left_out));
    }
    let mut given = Lock::default();
    for (api, own) in apis.iter().zip(&plan.apis) {
        given.note(&api.name, own.names.notes.clone());
    }
    let text = given.text();
    files.extend((!text.is_empty()).then(|| (lock::PATH.to_owned(), text)));
    files
}
