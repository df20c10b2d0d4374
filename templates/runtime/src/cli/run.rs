//! From the words of a command line to an exit status.

use super::super::call::{Error, Request};
use super::super::http::Headers;
use super::super::json::Value;
use super::command;
use super::complete;
use super::content;
use super::credentials;
use super::flow::Flow;
use super::help;
use super::list;
use super::outcome::{Failure, refused};
use super::parse::Settings;
use super::show::Shown;
use super::table::{Entry, Tool};
use super::world::World;
use lexopt::{Arg, Parser};
use std::process::ExitCode;

/// With more operations than this they are shown by group.
const FLAT: usize = 20;

/// The `main` of a generated program.
#[must_use]
pub fn main(tools: &[&'static Tool]) -> ExitCode {
    ExitCode::from(run(tools, World::real()))
}

/// Runs the program and gives its exit status.
#[must_use]
pub fn run(tools: &[&'static Tool], mut world: World) -> u8 {
    match Run::new(tools, &mut world).words() {
        Ok(status) => status,
        Err(failure) => {
            world.say(&format!("{}: {failure}", world.name));
            failure.status()
        }
    }
}

pub(super) struct Run<'w> {
    tools: &'w [&'static Tool],
    pub(super) world: &'w mut World,
    parser: Parser,
    pub(super) settings: Settings,
    /// The program with the words up to here, for its help.
    pub(super) program: String,
}

/// What an answer gave.
pub(super) struct Taken {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) shown: Shown,
    /// What ended a stream or a walk of pages before its end; the items before it are there.
    pub(super) error: Option<Error>,
}

impl<'w> Run<'w> {
    fn new(tools: &'w [&'static Tool], world: &'w mut World) -> Self {
        let (parser, program) = (Parser::from_args(world.args.clone()), world.name.clone());
        Self { tools, world, parser, settings: Settings::default(), program }
    }

    fn words(mut self) -> Result<u8, Failure> {
        let mut word = self.word()?;
        let tool = match (self.tools, &word) {
            ([only], _) => *only,
            (tools, Some(name)) if name == "complete" => return self.complete(tools),
            (_, Some(name)) if name == "completions" => return self.completions(),
            (tools, None) => {
                let text = help::apis(&self.program, tools);
                return self.help(&text);
            }
            (tools, Some(name)) => {
                let Some(tool) = tools.iter().find(|tool| tool.api.name == name) else {
                    let known: Vec<&str> = tools.iter().map(|tool| tool.api.name).collect();
                    return refused(format!("there is no API {name:?}; there are: {}", known.join(", ")));
                };
                self.program = format!("{} {name}", self.program);
                word = self.word()?;
                tool
            }
        };
        let Some(word) = word else {
            let text = help::tool(&self.program, tool, is_grouped(tool));
            return self.help(&text);
        };
        match word.as_str() {
            "call" => self.call(tool),
            "list" => self.list(tool),
            "complete" => {
                let tools = self.tools;
                self.complete(tools)
            }
            "completions" => self.completions(),
            _ => self.operation(tool, &word),
        }
    }

    /// The next word that is no flag; flags before it are the general ones.
    pub(super) fn word(&mut self) -> Result<Option<String>, Failure> {
        while let Some(next) = self.parser.next()? {
            match next {
                Arg::Short(flag) => self.settings.take_short(flag)?,
                Arg::Long(flag) => {
                    let flag = flag.to_owned();
                    if !self.settings.take(&mut self.parser, &flag)? {
                        return refused(format!("there is no flag --{flag} here"));
                    }
                }
                Arg::Value(word) => return Ok(Some(word.to_string_lossy().into_owned())),
            }
        }
        Ok(None)
    }

    pub(super) fn help(self, text: &str) -> Result<u8, Failure> {
        // Asked for, or for want of a command.
        if self.settings.help {
            self.world.print(text.as_bytes())?;
            return Ok(0);
        }
        self.world.say(text.trim_end());
        Ok(2)
    }

    fn complete(mut self, tools: &[&'static Tool]) -> Result<u8, Failure> {
        let words: Vec<String> = self
            .parser
            .raw_args()?
            .map(|word| word.to_string_lossy().into_owned())
            .filter(|word| word != "--")
            .collect();
        let text = complete::candidates(tools, &words, is_grouped);
        self.world.print(text.as_bytes())?;
        Ok(0)
    }

    fn completions(mut self) -> Result<u8, Failure> {
        let shell = self.word()?.unwrap_or_default();
        self.end("completions", |_| false)?;
        let script = complete::script(&self.world.name, &shell)?;
        self.world.print(script.as_bytes())?;
        Ok(0)
    }

    fn list(mut self, tool: &'static Tool) -> Result<u8, Failure> {
        self.end("list", |flag| flag == "compact")?;
        if self.settings.help {
            let text = help::tool(&self.program, tool, is_grouped(tool));
            return self.help(&text);
        }
        self.print_json(&list::list(tool)).map(|()| 0)
    }

    /// Reads what stands behind a command: flags that it has a use for, and nothing else.
    pub(super) fn end(&mut self, command: &str, used: impl Fn(&str) -> bool) -> Result<(), Failure> {
        match self.word()? {
            Some(more) => refused(format!("{command}: unexpected argument {more:?}")),
            None => self.settings.only(command, used),
        }
    }

    fn operation(mut self, tool: &'static Tool, word: &str) -> Result<u8, Failure> {
        let (group, entry) = self.entry(tool, word)?;
        let Some(entry) = entry else {
            let text = help::group(&self.program, tool, &group);
            return self.help(&text);
        };
        let given = command::flags(entry, &mut self.parser, &mut self.settings)?;
        if self.settings.help {
            let text = help::operation(&self.program, entry);
            return self.help(&text);
        }
        self.settings.only(entry.name, |flag| flag != "args")?;
        let core = credentials::client(tool, entry, &self.settings, self.world)?;
        let mut notes = Vec::new();
        let request = command::fill(entry, core.request(entry.op), given, &self.settings, self.world, &mut notes)?;
        self.note(&notes);
        let (shown, error) = match self.send(entry, request, true)? {
            Ok(Taken { shown, error, .. }) => (shown, error),
            Err(error) => (error_body(entry, &error), Some(error)),
        };
        let Some(failure) = error.map(Failure::Call) else { return self.deliver(shown).map(|()| 0) };
        self.world.say(&format!("{}: {failure}", self.world.name));
        self.deliver(shown)?;
        Ok(failure.status())
    }

    /// The words of a group, and the operation that is named by those behind them; none where they end at the group.
    fn entry(&mut self, tool: &'static Tool, word: &str) -> Result<(String, Option<&'static Entry>), Failure> {
        let named = |name: &str| tool.entries().find(|entry| entry.name == name);
        if !tool.leads(word) {
            let help = || refused(format!("there is no operation or group {word:?}; see {} --help", self.program));
            return named(word).map_or_else(help, |entry| Ok((String::new(), Some(entry))));
        }
        let (mut group, mut last) = (word.to_owned(), word.to_owned());
        loop {
            let Some(next) = self.word()? else {
                // An operation may be called like its group.
                let entry = named(&last).filter(|_| !self.settings.help);
                return Ok((group, entry));
            };
            let inner = format!("{group} {next}");
            if tool.leads(&inner) {
                (group, last) = (inner, next);
                continue;
            }
            let entries = tool.group(&group).map_or(&[][..], |group| group.entries);
            return match entries.iter().find(|entry| entry.name == next) {
                Some(entry) => Ok((group, Some(entry))),
                None => refused(unknown(tool, &group, entries, &next)),
            };
        }
    }

    /// Tells what is sent though the description does not have it.
    pub(super) fn note(&self, notes: &[String]) {
        for note in notes {
            self.world.say(&format!("{}: note: {note}", self.world.name));
        }
    }

    /// Sends the request; the inner error is that of the call. `live` prints the items of a stream as they come.
    pub(super) fn send(
        &mut self,
        entry: &'static Entry,
        request: Request,
        live: bool,
    ) -> Result<Result<Taken, Error>, Failure> {
        let send = match entry.all {
            Some(all) if self.settings.all => all,
            None if self.settings.all => {
                return refused(format!("--all: {} does not give its answer in pages", entry.op.id));
            }
            _ => entry.send,
        };
        if self.settings.events.is_some() && !entry.streams && !self.settings.all {
            return refused(format!("--events: {} does not answer with a stream", entry.op.id));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::Disk(format!("no runtime: {error}")))?;
        runtime.block_on(async {
            let response = match send(request).await {
                Ok(response) => response,
                Err(error) => return Ok(Err(error)),
            };
            let (status, headers) = (response.status(), response.headers().clone());
            let (shown, error) = match response.into_body() {
                Shown::Flow(flow) => self.items(flow, live).await?,
                other => (other, None),
            };
            Ok(Ok(Taken { status, headers, shown, error }))
        })
    }

    /// Takes the items out of a stream, and the error that it ended with.
    async fn items(&mut self, mut flow: Box<dyn Flow>, live: bool) -> Result<(Shown, Option<Error>), Failure> {
        if self.settings.events.is_some() {
            flow.reconnect();
        }
        let live = live && self.settings.output.is_none();
        let mut items = Vec::new();
        let mut failed = None;
        let mut count = 0;
        while self.settings.events.is_none_or(|most| count < most) {
            match flow.next().await {
                None => break,
                Some(Err(error)) => {
                    failed = Some(error);
                    break;
                }
                Some(Ok(item)) if live => self.world.print(format!("{item}\n").as_bytes())?,
                Some(Ok(item)) => items.push(item),
            }
            count += 1;
        }
        Ok((if live { Shown::Empty } else { Shown::Json(Value::Array(items)) }, failed))
    }

    /// Gives the body to a person.
    fn deliver(&mut self, shown: Shown) -> Result<(), Failure> {
        if let Some(path) = &self.settings.output {
            return content::write(path, &shown.into_bytes());
        }
        match shown {
            Shown::Empty | Shown::Flow(_) => Ok(()),
            Shown::Json(value) => self.print_json(&value),
            Shown::Text(text) => self.world.print(format!("{}\n", text.trim_end_matches('\n')).as_bytes()),
            Shown::Bytes(bytes) => self.world.print(&bytes),
        }
    }

    pub(super) fn print_json(&mut self, value: &Value) -> Result<(), Failure> {
        let text = if self.settings.compact { format!("{value}\n") } else { format!("{value:#}\n") };
        self.world.print(text.as_bytes())
    }
}

pub(super) fn is_grouped(tool: &Tool) -> bool {
    tool.groups.len() > 1 && tool.entries().count() > FLAT
}

fn unknown(tool: &Tool, group: &str, entries: &[Entry], name: &str) -> String {
    let known: Vec<&str> = entries.iter().map(|entry| entry.name).chain(tool.inside(group)).collect();
    format!("{group} has no operation {name:?}; there are: {}", known.join(", "))
}

/// As its declared type writes it, or as it came.
pub(super) fn error_body(entry: &Entry, error: &Error) -> Shown {
    (entry.error)(error).unwrap_or_else(|| Shown::guess(error.body()))
}
