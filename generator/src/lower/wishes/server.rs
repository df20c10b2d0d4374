//! `server`: which server is called unless the program says otherwise.

use super::Wishes;
use crate::ir::{Api, Server, ServerVariable};
use crate::lower::server::{other_scheme, template_names};
use crate::settings::{Said, ServerChoice};

pub(super) fn apply(wishes: &Wishes<'_>, wanted: &Said<ServerChoice>, api: &mut Api) {
    match &wanted.value {
        ServerChoice::Index(index) if *index < api.servers.len() => {
            let server = api.servers.remove(*index);
            api.servers.insert(0, server);
        }
        ServerChoice::Index(index) => {
            let count = api.servers.len();
            wishes.unmatched(
                wanted.at,
                format!("there is no server {index}: the description has {count}, counted from 0"),
            );
        }
        ServerChoice::Url(url) => {
            if let Some(scheme) = other_scheme(url) {
                wishes.refuse(
                    wanted.at,
                    format!("`server` is a URL with `http` or `https`, and this is one of `{scheme}`"),
                );
            }
            let mut variables = Vec::new();
            for name in template_names(url) {
                let known: Option<&ServerVariable> =
                    api.servers.iter().flat_map(|server| &server.variables).find(|known| known.name == name);
                match known {
                    Some(known) => variables.push(known.clone()),
                    None => wishes.refuse(wanted.at, format!("no server of the description has the variable `{name}`")),
                }
            }
            // The same URL keeps what the description says about it.
            let known = api.servers.iter().find(|server| server.url == *url).cloned();
            api.servers = vec![known.unwrap_or(Server { url: url.clone(), variables, ..Server::default() })];
        }
    }
}
