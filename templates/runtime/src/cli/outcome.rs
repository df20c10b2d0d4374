//! How a run ends.

use super::super::call::{Error, ErrorKind};
use std::fmt;

/// Why there is no success.
#[derive(Debug)]
pub(super) enum Failure {
    /// The arguments are wrong; nothing was sent.
    Refused(String),
    /// A file or a stream cannot be read or written.
    Disk(String),
    /// The call failed.
    Call(Error),
}

impl Failure {
    /// The exit status; `super` documents each.
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::Refused(_) => 2,
            Self::Disk(_) => 6,
            Self::Call(error) => match error.kind() {
                ErrorKind::Status | ErrorKind::Job => 1,
                ErrorKind::Request | ErrorKind::Invalid => 2,
                ErrorKind::Credentials => 3,
                ErrorKind::Transport | ErrorKind::Timeout => 4,
                ErrorKind::Decode | ErrorKind::Paging => 5,
            },
        }
    }

    /// One word for programs.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Refused(_) => "arguments",
            Self::Disk(_) => "disk",
            Self::Call(error) => match error.kind() {
                ErrorKind::Status => "status",
                ErrorKind::Job => "job",
                ErrorKind::Request | ErrorKind::Invalid => "arguments",
                ErrorKind::Credentials => "credentials",
                ErrorKind::Transport => "transport",
                ErrorKind::Timeout => "timeout",
                ErrorKind::Decode => "decode",
                ErrorKind::Paging => "paging",
            },
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(message) | Self::Disk(message) => f.write_str(message),
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

/// A refusal, said in short.
pub(super) fn refused<T>(message: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::Refused(message.into()))
}
