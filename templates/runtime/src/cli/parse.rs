//! The flags that every command takes.

use super::outcome::{Failure, refused};
use lexopt::Parser;
use std::time::Duration;

/// What the general flags say.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) server: Option<String>,
    pub(super) variables: Vec<(String, String)>,
    pub(super) auth: Vec<(String, String)>,
    pub(super) token_urls: Vec<(String, String)>,
    pub(super) scopes: Vec<(String, String)>,
    pub(super) document: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) timeout: Option<Duration>,
    pub(super) verbose: bool,
    pub(super) compact: bool,
    pub(super) help: bool,
    pub(super) args: Option<String>,
    pub(super) body: Option<String>,
    pub(super) media: Option<String>,
    pub(super) output: Option<String>,
    pub(super) events: Option<usize>,
    pub(super) all: bool,
    /// The flags that were given.
    given: Vec<&'static str>,
}

/// A general flag: its name, what stands behind it, and what it is for.
pub(super) const FLAGS: &[(&str, &str, &str)] = &[
    ("server", "URL", "Call this address, or the server of this number in the list below"),
    ("server-variable", "NAME=VALUE", "Set a variable of the server's address"),
    ("auth", "SCHEME=VALUE", "Set a credential; `@FILE` reads it from a file"),
    ("token-url", "SCHEME=URL", "Fetch tokens of a scheme here"),
    ("scope", "SCHEME=SCOPES", "Ask for these scopes, with spaces between, instead of those of the operation"),
    ("document-url", "URL", "Where the description lies: relative addresses of servers start there"),
    ("header", "NAME=VALUE", "Send one more header field"),
    ("timeout", "SECONDS", "How long each exchange may take [default: 60]"),
    ("body", "BODY", "The body: text, `@FILE`, or `-` for standard input"),
    ("media-type", "TYPE", "Which of the media types of the body to send"),
    ("output", "FILE", "Write the body of the answer to a file"),
    ("events", "N", "End a stream, or the walk of --all, after so many items; ask again when a stream ends before"),
    ("all", "", "Follow the pages of the answer and give all items"),
    ("compact", "", "Print JSON in one line"),
    ("verbose", "", "Show requests and answers on standard error, without secrets [short: -v]"),
    ("help", "", "Tell about the program or the command [short: -h]"),
];

impl Settings {
    /// Takes one general flag; whether it is one.
    pub(super) fn take(&mut self, parser: &mut Parser, flag: &str) -> Result<bool, Failure> {
        let Some((flag, takes)) = known(flag) else { return Ok(false) };
        // Of two values one would be dropped. Pairs are for several names, and `-v -v` says nothing new.
        if self.given.contains(&flag) && !takes.is_empty() && !takes.contains('=') {
            return refused(format!("--{flag} is given twice"));
        }
        self.given.push(flag);
        match flag {
            "server" => self.server = Some(value(parser)?),
            "server-variable" => pair(parser, flag, &mut self.variables)?,
            "auth" => pair(parser, flag, &mut self.auth)?,
            "token-url" => pair(parser, flag, &mut self.token_urls)?,
            "scope" => pair(parser, flag, &mut self.scopes)?,
            "document-url" => self.document = Some(value(parser)?),
            "header" => pair(parser, flag, &mut self.headers)?,
            "timeout" => {
                let text = value(parser)?;
                let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                match seconds {
                    Some(seconds) => self.timeout = Some(seconds),
                    None => return refused(format!("--timeout {text:?} is no number of seconds")),
                }
            }
            "body" => self.body = Some(value(parser)?),
            "media-type" => self.media = Some(value(parser)?),
            "output" => self.output = Some(value(parser)?),
            "events" => {
                let text = value(parser)?;
                match text.parse() {
                    Ok(number) => self.events = Some(number),
                    Err(_) => return refused(format!("--events {text:?} is no number")),
                }
            }
            "args" => self.args = Some(value(parser)?),
            "all" => self.all = true,
            "compact" => self.compact = true,
            "verbose" => self.verbose = true,
            "help" => self.help = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Refuses the flags that a command has no use for.
    pub(super) fn only(&self, command: &str, used: impl Fn(&str) -> bool) -> Result<(), Failure> {
        match self.given.iter().find(|flag| !["help", "verbose"].contains(flag) && !used(flag)) {
            None => Ok(()),
            Some(&"body") => refused(format!("{command} takes no --body; the body is a member of --args")),
            Some(&"args") => {
                refused(format!("{command} takes no --args, which is for `call`; it has flags of its own"))
            }
            Some(flag) => refused(format!("{command} takes no --{flag}")),
        }
    }

    /// The same for a short flag.
    pub(super) fn take_short(&mut self, flag: char) -> Result<(), Failure> {
        match flag {
            'v' => self.verbose = true,
            'h' => self.help = true,
            other => return refused(format!("there is no flag -{other}")),
        }
        Ok(())
    }
}

/// The word behind a flag.
pub(super) fn value(parser: &mut Parser) -> Result<String, Failure> {
    match parser.value()?.into_string() {
        Ok(text) => Ok(text),
        Err(word) => refused(format!("{word:?} is not UTF-8")),
    }
}

/// The name of a flag as the tables have it, and what stands behind it.
fn known(flag: &str) -> Option<(&'static str, &'static str)> {
    // That of `call` is not among those of all commands.
    let all = FLAGS.iter().map(|(name, takes, _)| (*name, *takes)).chain([("args", "JSON")]);
    all.into_iter().find(|(name, _)| *name == flag)
}

fn pair(parser: &mut Parser, flag: &str, list: &mut Vec<(String, String)>) -> Result<(), Failure> {
    let text = value(parser)?;
    let same = |one: &str, other: &str| if flag == "header" { one.eq_ignore_ascii_case(other) } else { one == other };
    match text.split_once('=') {
        Some((name, _)) if list.iter().any(|(other, _)| same(other, name)) => {
            refused(format!("--{flag} {name} is given twice"))
        }
        Some((name, value)) => {
            list.push((name.to_owned(), value.to_owned()));
            Ok(())
        }
        // The text may be a secret.
        None => refused(format!("--{flag} takes NAME=VALUE")),
    }
}
