//! What a program has around it, so that a test can put something else there.

use super::super::http::Transport;
use super::outcome::Failure;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Arguments, environment, input, output and network of one run.
///
/// [`World::real`] is that of the process.
pub struct World {
    /// Name of the program, for messages.
    pub name: String,
    /// Arguments without the name of the program.
    pub args: Vec<OsString>,
    /// Gives an environment variable.
    pub variable: Box<Lookup>,
    /// Standard input.
    pub input: Box<dyn Read>,
    /// Standard output.
    pub output: Box<dyn Write>,
    /// Standard error.
    pub errors: Errors,
    /// Sends requests; `None` is the default transport.
    pub transport: Option<Arc<dyn Transport>>,
}

/// Gives the value of a name.
type Lookup = dyn Fn(&str) -> Option<String>;

/// Standard error, which a transport writes to as well.
pub(super) type Errors = Arc<Mutex<dyn Write + Send>>;

impl World {
    /// That of the process.
    #[must_use]
    pub fn real() -> Self {
        let mut args = std::env::args_os();
        let program = args.next().unwrap_or_default();
        let name = std::path::Path::new(&program).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self {
            name,
            args: args.collect(),
            variable: Box::new(|name| std::env::var(name).ok().filter(|value| !value.is_empty())),
            input: Box::new(io::stdin()),
            output: Box::new(io::stdout()),
            errors: Arc::new(Mutex::new(io::stderr())),
            transport: None,
        }
    }

    /// Writes to standard output.
    pub(super) fn print(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let wrote = self.output.write_all(bytes).and_then(|()| self.output.flush());
        match wrote {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(|error| Failure::Disk(format!("standard output: {error}"))),
        }
    }

    /// Writes a line to standard error. Where that fails there is nowhere left to say so.
    pub(super) fn say(&self, line: &str) {
        tell(&self.errors, line);
    }
}

/// Writes a line to standard error.
pub(super) fn tell(errors: &Errors, line: &str) {
    let mut errors = errors.lock().unwrap_or_else(PoisonError::into_inner);
    drop(writeln!(errors, "{line}"));
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("name", &self.name).finish_non_exhaustive()
    }
}
