//! `call`: the form for programs, from its words to what it prints.

use super::super::call::Error;
use super::super::http::Headers;
use super::super::json::{Map, Value};
use super::content;
use super::credentials;
use super::help;
use super::machine;
use super::outcome::{Failure, refused};
use super::run::{Run, Taken, error_body, is_grouped};
use super::show::Shown;
use super::table::{Entry, Tool};

impl Run<'_> {
    pub(super) fn call(mut self, tool: &'static Tool) -> Result<u8, Failure> {
        let asked = self.asked(tool);
        if self.settings.help {
            let text = match asked? {
                Some(entry) => help::operation(&self.program, entry),
                None => help::tool(&self.program, tool, is_grouped(tool)),
            };
            return self.help(&text);
        }
        let result = match asked {
            Ok(Some(entry)) => self.machine(tool, entry),
            Ok(None) => refused("call takes the id of an operation"),
            Err(failure) => Err(failure),
        };
        let (value, status) = match result {
            Ok(done) => done,
            Err(failure) => {
                let about = Value::object(about(&failure));
                (Value::object([("error", about)]), failure.status())
            }
        };
        self.print_json(&value)?;
        Ok(status)
    }

    /// The operation that is to be called.
    fn asked(&mut self, tool: &'static Tool) -> Result<Option<&'static Entry>, Failure> {
        let Some(id) = self.word()? else { return Ok(None) };
        let Some(entry) = tool.entry(&id) else {
            return refused(format!("there is no operation `{id}`; `list` gives all"));
        };
        self.end("call", |flag| flag != "body")?;
        Ok(Some(entry))
    }

    fn machine(&mut self, tool: &'static Tool, entry: &'static Entry) -> Result<(Value, u8), Failure> {
        let arguments = match self.settings.args.clone() {
            Some(argument) => machine::arguments(&content::text(self.world, &argument)?)?,
            None => Map::new(),
        };
        let core = credentials::client(tool, entry, &self.settings, self.world)?;
        let (mut notes, media) = (Vec::new(), self.settings.media.as_deref());
        let request = machine::fill(entry, core.request(entry.op), &arguments, media, &mut notes)?;
        self.note(&notes);
        match self.send(entry, request, false)? {
            Ok(Taken { status, headers, shown, error: None }) => {
                Ok((answer(status, &headers, self.stored(shown)?, None), 0))
            }
            Ok(Taken { status, headers, shown, error: Some(error) }) => {
                // Of the answer that failed; that of a page is not the one whose head stands beside.
                let of_status = error
                    .status()
                    .map(|status| [("status", Value::from(status)), ("body", error_body(entry, &error).into_value())]);
                let failure = Failure::Call(error);
                let about = about(&failure).into_iter().chain(of_status.into_iter().flatten());
                let value = answer(status, &headers, self.stored(shown)?, Some(Value::object(about)));
                Ok((value, failure.status()))
            }
            Err(error) => self.failed(entry, error),
        }
    }

    fn failed(&self, entry: &Entry, error: Error) -> Result<(Value, u8), Failure> {
        let Some(status) = error.status() else { return Err(Failure::Call(error)) };
        let (headers, shown) = (error.headers().clone(), error_body(entry, &error));
        let failure = Failure::Call(error);
        let value = answer(status, &headers, self.stored(shown)?, Some(Value::object(about(&failure))));
        Ok((value, failure.status()))
    }

    /// Writes the body to the file that is asked for, and gives what stands in its place.
    fn stored(&self, shown: Shown) -> Result<Value, Failure> {
        match &self.settings.output {
            None => Ok(shown.into_value()),
            Some(path) => {
                content::write(path, &shown.into_bytes())?;
                Ok(Value::object([("$file", path.as_str())]))
            }
        }
    }
}

fn about(failure: &Failure) -> [(&'static str, Value); 2] {
    [("kind", Value::from(failure.word())), ("message", failure.to_string().into())]
}

/// The answer as the machine form prints it.
fn answer(status: u16, headers: &Headers, body: Value, error: Option<Value>) -> Value {
    let mut fields: Map<Value> = Map::new();
    for (name, value) in headers.iter() {
        let name = name.to_ascii_lowercase();
        match fields.get_mut(&name) {
            None => drop(fields.insert(name, Value::from(value))),
            Some(Value::Array(values)) => values.push(value.into()),
            Some(one) => *one = Value::array([one.take(), value.into()]),
        }
    }
    let members = [("status", Value::from(status)), ("headers", fields.into()), ("body", body)];
    Value::object(members.into_iter().chain(error.map(|error| ("error", error))))
}
