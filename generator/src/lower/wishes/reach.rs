//! Which schemas go with skipped operations. That is asked of the document itself, before anything is lowered, so that
//! nothing is said about a schema that is not going to be there.

use std::collections::BTreeSet;

use crate::ir::Origin;
use crate::load::{At, Document, Kind};
use crate::lower::paths::Found;

/// The components that go. Where the settings say what is skipped, those that nothing refers to are not the operations'
/// own, so they stay with what they need; where they say what alone is generated, nothing stays that it does not need.
pub(super) fn dropped(doc: &Document, kept: &[Found<'_>], lost: &[Found<'_>], only: bool) -> BTreeSet<Origin> {
    let components: Vec<Origin> = components(doc).map(At::origin).collect();
    let reach = Reach { doc };
    let of_kept = reach.from(kept.iter().flat_map(parts));
    if only {
        return components.into_iter().filter(|at| !of_kept.contains(at)).collect();
    }
    let of_lost = reach.from(lost.iter().flat_map(parts));
    let free = |at: &Origin| !of_kept.contains(at) && !of_lost.contains(at);
    let of_free = reach.from(components.iter().filter(|at| free(at)).filter_map(|at| doc.node(*at)));
    let goes = |at: &Origin| of_lost.contains(at) && !of_kept.contains(at) && !of_free.contains(at);
    components.into_iter().filter(goes).collect()
}

/// What belongs to an operation: itself, and the parameters of its path.
fn parts<'a>(found: &Found<'a>) -> impl Iterator<Item = At<'a>> + use<'a> {
    [Some(found.at), found.item.get("parameters")].into_iter().flatten()
}

fn components(doc: &Document) -> impl Iterator<Item = At<'_>> {
    let section = |path: &[&str]| path.iter().try_fold(doc.root()?, |at, key| doc.resolve(at.get(key)?).ok());
    let sections = [section(&["definitions"]), section(&["components", "schemas"])];
    sections.into_iter().flatten().flat_map(At::entries).map(|(_, at)| at)
}

struct Reach<'a> {
    doc: &'a Document,
}

impl<'a> Reach<'a> {
    /// The places that some parts of the document are or refer to.
    fn from(&self, starts: impl Iterator<Item = At<'a>>) -> BTreeSet<Origin> {
        let mut seen = BTreeSet::new();
        let mut work = Vec::new();
        for start in starts {
            seen.insert(start.origin());
            work.push(start);
        }
        while let Some(here) = work.pop() {
            work.extend(here.items());
            if !here.is_object() {
                continue;
            }
            work.extend(
                here.entries().map(|(_, at)| at).filter(|at| matches!(at.node.kind, Kind::Array(_) | Kind::Object(_))),
            );
            let mut next: Vec<At<'a>> =
                here.str("$ref").and_then(|reference| self.doc.follow_from(here, reference).ok()).into_iter().collect();
            // A mapping on anything but a choice of schemas names those that extend it: it is none the less without them.
            if let Some(mapping) = here.get("discriminator").and_then(|discriminator| discriminator.get("mapping"))
                && (here.get("oneOf").is_some() || here.get("anyOf").is_some())
            {
                next.extend(mapping.entries().filter_map(|(_, target)| self.mapped(target)));
            }
            work.extend(next.into_iter().filter(|target| seen.insert(target.origin())));
        }
        seen
    }

    /// A value of a mapping is a reference or the bare name of a schema.
    fn mapped(&self, target: At<'a>) -> Option<At<'a>> {
        let text = target.as_str()?;
        let reference =
            if text.contains(['/', '#']) { text.to_owned() } else { format!("#/components/schemas/{text}") };
        self.doc.follow(target.file, &reference).ok()
    }
}
