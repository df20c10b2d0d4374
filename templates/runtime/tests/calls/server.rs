//! A small HTTP/1.1 server on the loopback that keeps the very bytes it was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The request line and the header lines, as sent, without the empty line.
    pub head: String,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }

    /// The header lines but those that the HTTP library adds and that are always the same, sorted.
    pub fn headers(&self) -> Vec<String> {
        let usual = |line: &&str| {
            !["host:", "user-agent:", "accept:", "accept-encoding:"]
                .iter()
                .any(|name| line.to_lowercase().starts_with(name))
        };
        let mut lines: Vec<String> = self.head.lines().skip(1).filter(usual).map(str::to_owned).collect();
        lines.sort();
        lines
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers each request with the raw bytes that `answer` makes; no bytes: never.
    pub async fn start(answer: impl Fn(&Seen) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &log, &*answer).await });
            }
        });
        Self { address, seen }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// An answer with a JSON body.
pub fn json(status: u16, body: &str) -> String {
    with(status, "Content-Type: application/json\r\n", body)
}

/// An answer with these header lines, each ended by CR LF.
pub fn with(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Seen>>, answer: &(dyn Fn(&Seen) -> String + Send + Sync)) {
    let mut buffer = Vec::new();
    while let Some(seen) = read(&mut stream, &mut buffer).await {
        log.lock().unwrap().push(seen.clone());
        let bytes = answer(&seen);
        if bytes.is_empty() {
            tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
        }
        if stream.write_all(bytes.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
    let mut seen = Seen { head, body: Vec::new() };
    if seen.header("transfer-encoding") == Some("chunked") {
        buffer.drain(..end + 4);
        seen.body = chunks(stream, buffer).await?;
        return Some(seen);
    }
    let length: usize = seen.header("content-length").map_or(0, |value| value.parse().unwrap());
    while buffer.len() < end + 4 + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    seen.body = buffer[end + 4..end + 4 + length].to_vec();
    buffer.drain(..end + 4 + length);
    Some(seen)
}

/// A body in chunks (RFC 9112, section 7.1).
async fn chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = loop {
            if let Some(at) = buffer.windows(2).position(|two| two == b"\r\n") {
                break String::from_utf8_lossy(&buffer.drain(..at + 2).collect::<Vec<_>>()).trim().to_owned();
            }
            if stream.read_buf(buffer).await.ok()? == 0 {
                return None;
            }
        };
        let length = usize::from_str_radix(&line, 16).unwrap();
        while buffer.len() < length + 2 {
            if stream.read_buf(buffer).await.ok()? == 0 {
                return None;
            }
        }
        body.extend(buffer.drain(..length));
        buffer.drain(..2);
        if length == 0 {
            return Some(body);
        }
    }
}
