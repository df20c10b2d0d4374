//! The server itself.

use super::answer::Answer;
use super::description::{Operation, descriptions};
use super::exchange;
use super::received::Received;
use super::token::TokenEndpoint;
use super::wire::Connection;
use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

type Script = Box<dyn FnMut(&Received) -> Option<Answer> + Send>;

/// A server on a port of loopback that the operating system chose. It stops when it is dropped.
pub struct Server {
    url: String,
    state: Arc<Mutex<State>>,
    task: AbortHandle,
}

/// What tests set, and what came in.
#[derive(Default)]
pub(super) struct State {
    pub(super) received: Vec<Received>,
    scripts: BTreeMap<String, Script>,
    /// By scheme: the values that are taken. Any value is, where there is no entry.
    accepted: BTreeMap<String, Vec<String>>,
    pub(super) token: Option<TokenEndpoint>,
}

impl Server {
    /// Starts a server that knows the operations of all descriptions.
    ///
    /// # Panics
    ///
    /// When loopback cannot be listened on, or a description cannot be read.
    pub async fn start() -> Self {
        descriptions();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(Connection::new(stream), Arc::clone(&shared)));
            }
        });
        Self { url, state, task: task.abort_handle() }
    }

    /// The address, such as `http://127.0.0.1:40913`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Answers the next calls of an operation with these, then with its example again.
    ///
    /// # Panics
    ///
    /// When there is no such operation.
    pub fn script(&self, operation: &str, answers: impl IntoIterator<Item = Answer>) {
        let mut queue: VecDeque<Answer> = answers.into_iter().collect();
        self.set(operation, Box::new(move |_| queue.pop_front()));
    }

    /// Answers the calls of an operation with what a function makes of them; see [`scenario`](super::scenario).
    ///
    /// # Panics
    ///
    /// When there is no such operation.
    pub fn on(&self, operation: &str, mut answer: impl FnMut(&Received) -> Answer + Send + 'static) {
        self.set(operation, Box::new(move |request| Some(answer(request))));
    }

    /// The success of an operation with one of its examples.
    ///
    /// # Panics
    ///
    /// When there is no such operation or example.
    pub fn example(operation: &str, name: &str) -> Answer {
        exchange::example(find(operation), Some(name))
    }

    /// The answer that an operation declares for an error status, with its first example.
    ///
    /// # Panics
    ///
    /// When there is no such operation, or it does not declare the status.
    pub fn declared(operation: &str, status: u16) -> Answer {
        exchange::declared(find(operation), status)
    }

    /// From now on only these values are taken as credentials of a scheme; others are answered with 401.
    pub fn accept(&self, scheme: &str, values: &[&str]) {
        let values = values.iter().map(|&value| value.to_owned()).collect();
        self.state().accepted.insert(scheme.to_owned(), values);
    }

    /// Gives tokens to this client at `/oauth/token`: `token-1`, `token-2` and so on. Only they are taken afterwards.
    pub fn issue_tokens(&self, id: &str, secret: &str) {
        self.state().token = Some(TokenEndpoint::new(id, secret));
    }

    /// Takes back all tokens that were given so far.
    pub fn revoke_tokens(&self) {
        if let Some(endpoint) = &mut self.state().token {
            endpoint.good.clear();
        }
    }

    /// What came in so far, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.state().received.clone()
    }

    /// What came in since the last time.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.state().received)
    }

    /// The only request that came in since the last time.
    ///
    /// # Panics
    ///
    /// When it was none, or more than one.
    pub fn take_one(&self) -> Received {
        let mut all = self.take();
        assert_eq!(all.len(), 1, "one request was expected: {:?}", all.iter().map(Received::line).collect::<Vec<_>>());
        all.remove(0)
    }

    /// The problems of all requests so far, each with its request line.
    pub fn problems(&self) -> Vec<String> {
        let state = self.state();
        let of = |request: &Received| {
            let line = request.line();
            request.problems.iter().map(move |problem| format!("{line}: {problem}")).collect::<Vec<_>>()
        };
        state.received.iter().flat_map(of).collect()
    }

    fn set(&self, operation: &str, script: Script) {
        if operation != "token" {
            find(operation);
        }
        self.state().scripts.insert(operation.to_owned(), script);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    /// Whether a credential is taken.
    pub(super) fn accepts(&self, scheme: &str, value: &str) -> bool {
        let listed = self.accepted.get(scheme).is_none_or(|values| values.iter().any(|known| known == value));
        let issued = match &self.token {
            Some(endpoint) if scheme == "PureCloudOAuth" => endpoint.good.iter().any(|token| token == value),
            _ => true,
        };
        listed && issued
    }

    /// What a test wants answered to this call.
    pub(super) fn scripted(&mut self, operation: &str, request: &Received) -> Option<Answer> {
        self.scripts.get_mut(operation)?(request)
    }
}

async fn serve(mut connection: Connection, state: Arc<Mutex<State>>) {
    while let Some(request) = connection.read().await {
        let answer = exchange::answer(&mut lock(&state), request);
        if connection.write(&answer).await.is_none() {
            return;
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn find(id: &str) -> &'static Operation {
    let mut all = descriptions().iter().flat_map(|description| &description.operations);
    all.find(|operation| operation.id == id).unwrap_or_else(|| panic!("no description has an operation {id}"))
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.url).finish_non_exhaustive()
    }
}
