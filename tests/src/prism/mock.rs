//! Prism: installed from npm as pinned, and started on a description.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::workspace;

/// How long Prism may take to read a description.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where Prism is installed.
pub(super) struct Prism {
    root: PathBuf,
}

/// Prism on a description; it is stopped when this is dropped.
pub(super) struct Mock {
    child: Child,
    pub(super) address: String,
}

impl Prism {
    /// Installs the pinned packages, unless they are there already.
    ///
    /// # Errors
    /// When npm is not here or fails.
    pub(super) fn install(root: &Path) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", root.display());
        fs::create_dir_all(root).map_err(failed)?;
        let pins = workspace::read("tests/prism/package.json");
        let done = root.join("installed.json");
        if fs::read_to_string(&done).ok().as_deref() != Some(pins.as_str()) {
            eprintln!("installing Prism from npm");
            fs::write(root.join("package.json"), &pins).map_err(failed)?;
            let lock = workspace::read("tests/prism/package-lock.json");
            fs::write(root.join("package-lock.json"), lock).map_err(failed)?;
            let mut npm = Command::new("npm");
            npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(root);
            let ran = npm.output().map_err(|error| format!("npm: {error}"))?;
            if !ran.status.success() {
                return Err(format!("npm failed: {}", String::from_utf8_lossy(&ran.stderr)));
            }
            fs::write(&done, &pins).map_err(failed)?;
        }
        Ok(Self { root: root.to_owned() })
    }

    /// Starts a server for a description and waits until it listens.
    ///
    /// # Errors
    /// When it does not.
    pub(super) fn mock(&self, description: &Path) -> Result<Mock, String> {
        let failed = |error: std::io::Error| format!("prism: {error}");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).map_err(failed)?.port();
        let mut command = Command::new("node");
        command.arg("node_modules/@stoplight/prism-cli/dist/index.js").current_dir(&self.root);
        // Violations are answers with an error status, not only lines in a log.
        command.args(["mock", "--errors", "--port", &port.to_string()]).arg(description);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
        let (send, lines) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            // Prism stops when nobody reads what it says.
            std::thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    drop(send.send(line));
                }
            });
        }
        let mock = Mock { child, address: format!("http://127.0.0.1:{port}") };
        loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains("Prism is listening") => return Ok(mock),
                Ok(_) => {}
                Err(_) => return Err(format!("prism does not start on {}", description.display())),
            }
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
