//! Operations that start a job: the methods that wait until it is done.

use super::lines::{literal, literals};
use super::{Cx, answers};
use crate::ir::{Id as _, OpId};
use crate::plan::{self, Outcome};

/// `wait` and `wait_with`, where it is known how to look at the job.
pub(super) fn methods(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Some(polling) = cx.api.ops[id].polling.as_ref() else { return };
    let Outcome::One(media) = plan::success(cx.api, polling.operation) else { return };
    let kind = answers::decoded(cx, media);
    // The other operation may stand in another module.
    let tag = cx.api.ops[id].tag;
    let up = if cx.api.ops[polling.operation].tag == tag {
        0
    } else {
        cx.own.layout.tags.get(tag.index()).map_or(1, |module| module.split('/').count())
    };
    let table = "super::".repeat(up) + &cx.own.op(polling.operation).table;
    let parameters: Vec<String> = polling
        .parameters
        .iter()
        .map(|(index, pointer)| format!("({index}, rt::Source::Body({}))", literal(pointer)))
        .collect();
    out.push_str(&format!(
        "    /// Sends the request and waits until the job that it starts is done, asking less and less often.
    ///
    /// # Errors
    ///
    /// As for `send`; also when the job fails or takes longer than [`Backoff`](rt::Backoff) allows.
    pub fn wait(self) -> rt::Call<{kind}> {{ self.wait_with(rt::Backoff::default()) }}
    /// Like `wait`, with intervals and patience of your own.
    pub fn wait_with(self, backoff: rt::Backoff) -> rt::Call<{kind}> {{
        static POLLING: rt::Polling = rt::Polling {{
            op: &{table}, params: &[{}], state: {}, done: &[{}], failed: &[{}]
        }};
        self.0.wait(&POLLING, backoff, rt::json)
    }}\n",
        parameters.join(", "),
        literal(&polling.state),
        literals(&polling.done),
        literals(&polling.failed)
    ));
}
