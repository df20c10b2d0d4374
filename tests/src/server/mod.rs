//! A server on loopback that answers as the descriptions in `specs/` say.
//!
//! It is the other side of every test on the wire, and of the tour. It reads the descriptions with `openapiv3`, a
//! reader that the generator does not use, so that a mistake of the generator does not cancel out here. Each request is
//! kept exactly as it came, and checked: a required parameter, credential or body that is missing, a parameter that the
//! description does not know, a value of the wrong type are *problems*. A request with a problem is answered with 400;
//! any other with what the test scripted for its operation, or with the example of the description.
//!
//! HTTP is spoken by hand over tokio, with `httparse` for the head: a server library would hand out header names in
//! small letters, targets taken apart and bodies joined, and what went over the wire is just what the tests are about.
//!
//! ```
//! use clientsmith_tests::server::{Answer, Server};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap().block_on(async {
//! let server = Server::start().await;
//! server.script("listRunners", [Answer::html(502, "<h1>Bad gateway</h1>")]);
//! println!("listening at {}", server.url());
//! assert!(server.received().is_empty());
//! # });
//! ```

mod answer;
mod check;
mod description;
mod exchange;
mod reader;
mod received;
mod route;
pub mod scenario;
mod schema;
mod state;
mod token;
mod wire;

pub use self::answer::Answer;
pub use self::description::{
    APIS, Body, Declared, Description, Example, KeyPlace, Operation, Parameter, Place, Scheme, descriptions, specs,
};
pub use self::received::Received;
pub use self::state::Server;
