//! The suite's server on a free port of this machine, and what it has counted.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::suite::Suite;

/// How long the server may take to start: it compiles the suite first.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running server; it is stopped when this is dropped.
pub(super) struct Server {
    child: Child,
    port: u16,
    coverage: PathBuf,
}

#[derive(Deserialize)]
struct Coverage {
    results: BTreeMap<String, String>,
}

impl Server {
    /// Starts the server and waits until it answers.
    ///
    /// # Errors
    /// When it ends or does not answer in time.
    pub(super) fn start(suite: &Suite) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("the server: {error}");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).map_err(failed)?.port();
        let root = suite.root();
        // The server asks git for a commit to put into its report.
        if !root.join(".git").exists() {
            for line in ["init -q .", "-c user.name=s -c user.email=s@localhost commit -q --allow-empty -m suite"] {
                drop(Command::new("git").args(line.split(' ')).current_dir(root).status());
            }
        }
        let log = fs::File::create(root.join("server.log")).map_err(failed)?;
        let coverage = root.join("coverage.json");
        drop(fs::remove_file(&coverage));
        let mut node = suite.node();
        node.args(["node_modules/.bin/tsp-spector", "serve", "suite/specs", "--port", &port.to_string()]);
        node.arg("--coverageFile").arg("coverage.json");
        let child = node.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().map_err(failed)?;
        let mut server = Self { child, port, coverage };
        let end = Instant::now() + PATIENCE;
        while server.get("/.coverage").is_none_or(|answer| !answer.starts_with("HTTP/1.1 200")) {
            if let Ok(Some(status)) = server.child.try_wait() {
                return Err(format!("the server ended with {status}: see {}", root.join("server.log").display()));
            }
            if Instant::now() > end {
                return Err("the server does not answer".to_owned());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(server)
    }

    /// Where it is.
    pub(super) fn address(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Stops the server and gives what it says of each scenario: `pass`, `fail` or `not-implemented`.
    ///
    /// # Errors
    /// When it wrote no report.
    pub(super) fn stop(mut self) -> Result<BTreeMap<String, String>, String> {
        self.end();
        let text = fs::read_to_string(&self.coverage).map_err(|error| format!("the server's report: {error}"))?;
        let reports: Vec<Coverage> =
            serde_json::from_str(&text).map_err(|error| format!("the server's report: {error}"))?;
        Ok(reports.into_iter().flat_map(|report| report.results).collect())
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        socket.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        write!(socket, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    /// Asks it to end, so that it writes its report.
    fn end(&mut self) {
        #[cfg(unix)]
        if let Ok(id) = i32::try_from(self.child.id()) {
            let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), nix::sys::signal::Signal::SIGTERM);
        }
        #[cfg(not(unix))]
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            self.end();
        }
    }
}
