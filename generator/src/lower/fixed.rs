//! The fixed pairs of a path's query beside parameters of the same name: `/pets?kind=cat` with a parameter `kind`. The
//! specification has no query in a path (OpenAPI 3.2, Paths Object), so it cannot say which one counts; sent is one.

use super::Lower;
use super::enumeration::text_of;
use super::param::Declared;
use super::template::Template;
use crate::diag::Code;
use crate::load::{At, Version, uri};

impl<'a> Lower<'a> {
    /// Leaves one of the two. A parameter that always has the value of the pair stands for it; so does one for a pair
    /// without a value.
    pub(super) fn settle_fixed(&self, template: &mut Template, declared: &mut Vec<Declared<'a>>) {
        let mut pairs = Vec::new();
        for pair in template.fixed.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (uri::percent_decode(name), uri::percent_decode(value));
            let same = declared.iter().position(|known| known.place == "query" && known.name == name);
            let Some(index) = same else {
                pairs.push(pair);
                continue;
            };
            let Some(at) = declared.get(index).map(|known| known.at) else { continue };
            let is_constant = at.bool("required") == Some(true) && self.only_literal(at).as_ref() == Some(&value);
            if value.is_empty() {
                self.sink.warning(
                    Code::PathParameter,
                    at.origin(),
                    format!("the query of the path has `{name}` without a value, and a parameter has that name"),
                    "the parameter is taken",
                );
            } else if !is_constant {
                pairs.push(pair);
                declared.remove(index);
                self.sink.left_out(
                    Code::PathParameter,
                    at.origin(),
                    format!("the query of the path has `{pair}` already"),
                    "that is sent, and the parameter is left out",
                );
            }
        }
        template.fixed = pairs.join("&");
    }

    /// The text of the one value that a parameter can have.
    fn only_literal(&self, param: At<'a>) -> Option<String> {
        let own = (self.doc.version == Version::V2).then_some(param);
        let schema = self.doc.resolve(own.or_else(|| param.get("schema"))?).ok()?;
        let mut listed = schema.get("enum").into_iter().flat_map(At::items);
        let only = schema.get("const").or_else(|| listed.next().filter(|_| listed.next().is_none()))?;
        Some(text_of(self.doc, only))
    }
}
