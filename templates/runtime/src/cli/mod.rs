//! The command-line client of an API: one sub-command for each operation, and a form for programs.
//!
//! It is driven by tables. Generated code writes one [`Entry`] for each operation: how its arguments are decoded into
//! the types of its models, and how its answers are read. All else is here, once for all operations, and none of
//! it is compiled without the feature `cli`.
//!
//! The program's own help tells how it is used: `TOOL --help`.
//!
//! # Exit status
//!
//! | status | when |
//! |--:|---|
//! | 0 | the server answered with a success |
//! | 1 | the server answered with an error status |
//! | 2 | the arguments were refused; nothing was sent |
//! | 3 | credentials are missing, and nothing was sent; or a token was refused |
//! | 4 | no answer came, or not in time |
//! | 5 | the answer is not what the description says |
//! | 6 | a file or the output could not be read or written |

mod call;
mod command;
mod complete;
mod content;
mod credentials;
mod flow;
mod given;
mod help;
mod hide;
mod list;
mod machine;
mod outcome;
mod parse;
mod run;
mod send;
mod show;
mod table;
mod verbose;
mod world;

pub use self::flow::{Flow, events, lines, named_events, pages, sequence, text_events, written};
pub use self::given::Given;
pub use self::run::{main, run};
pub use self::send::{
    ErrorCase, Unfit, bytes, error, error_case, json, model, none, read_bytes, read_json, read_none, read_text, send,
    text,
};
pub use self::show::{Pending, Shown, shown};
pub use self::table::{Arg, Body, BodyKind, Entry, Group, Model, SetBody, Tool, Word};
pub use self::world::World;
