//! The format of server-sent events (WHATWG HTML, 9.2.5 and 9.2.6).

use std::collections::VecDeque;
use std::time::Duration;

/// One event, before its data is read as something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The type; `message` when the event names none.
    pub(super) event: String,
    pub(super) data: String,
    /// What this very event says of id and time.
    pub(super) id: Option<String>,
    pub(super) retry: Option<Duration>,
}

/// Takes bytes and gives events.
#[derive(Default)]
pub(super) struct Parser {
    /// A line that is not whole yet.
    line: Vec<u8>,
    /// The byte before was a carriage return: a line feed now belongs to it.
    after_return: bool,
    /// The first line, which may begin with a byte order mark, is behind.
    begun: bool,
    /// The event that is being put together; no data line yet is `None`.
    block: Block,
    data: Option<String>,
    id_buffer: Option<String>,
    ready: VecDeque<Ready>,
    /// The id that a reconnection sends: that of what was taken last, and of nothing that still waits (9.2.6).
    last_id: String,
    retry: Option<Duration>,
}

/// What an empty line ended.
enum Ready {
    Event(Block),
    /// No event, but an id that holds from here on.
    Id(String),
}

const MARK: &[u8] = "\u{feff}".as_bytes();

impl Parser {
    pub(super) fn push(&mut self, chunk: &[u8]) {
        let mut rest = chunk;
        if self.after_return
            && let Some(byte) = rest.first()
        {
            self.after_return = false;
            if *byte == b'\n' {
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let (line, end) = rest.split_at(at);
            self.line.extend_from_slice(line);
            self.end_line();
            rest = match end {
                [b'\r', b'\n', rest @ ..] => rest,
                [b'\r'] => {
                    self.after_return = true;
                    &[]
                }
                [_, rest @ ..] => rest,
                [] => &[],
            };
        }
        self.line.extend_from_slice(rest);
    }

    /// The next event that is whole.
    pub(super) fn next(&mut self) -> Option<Block> {
        loop {
            match self.ready.pop_front()? {
                Ready::Id(id) => self.last_id = id,
                Ready::Event(block) => {
                    if let Some(id) = &block.id {
                        self.last_id.clone_from(id);
                    }
                    return Some(block);
                }
            }
        }
    }

    /// How many bytes are kept of an event that is not whole.
    pub(super) fn kept(&self) -> usize {
        self.line.len() + self.data.as_ref().map_or(0, String::len)
    }

    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// A new connection begins: what was not whole is lost, ids and time are kept.
    pub(super) fn start_again(&mut self) {
        let last_id = std::mem::take(&mut self.last_id);
        *self = Self { last_id, retry: self.retry, ..Self::default() };
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let mut text = line.as_slice();
        if !std::mem::replace(&mut self.begun, true) {
            text = text.strip_prefix(MARK).unwrap_or(text);
        }
        if text.is_empty() {
            return self.dispatch();
        }
        let (name, value) = match text.iter().position(|byte| *byte == b':') {
            // A comment.
            Some(0) => return,
            Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default()),
            None => (text, &[][..]),
        };
        let value = String::from_utf8_lossy(value.strip_prefix(b" ").unwrap_or(value));
        match name {
            b"event" => self.block.event = value.into_owned(),
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(&value);
                }
                None => self.data = Some(value.into_owned()),
            },
            b"id" if !value.contains('\0') => self.id_buffer = Some(value.into_owned()),
            b"retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.block.retry = value.parse().ok().map(Duration::from_millis);
                self.retry = self.block.retry.or(self.retry);
            }
            _ => {}
        }
    }

    /// An empty line: what came before it is an event, if it has data.
    fn dispatch(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        block.id = self.id_buffer.take();
        let Some(data) = self.data.take() else {
            self.ready.extend(block.id.map(Ready::Id));
            return;
        };
        block.data = data;
        if block.event.is_empty() {
            "message".clone_into(&mut block.event);
        }
        self.ready.push_back(Ready::Event(block));
    }
}
