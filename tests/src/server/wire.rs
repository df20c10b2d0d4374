//! HTTP/1.1 on a connection: requests in, answers out.

use super::answer::Answer;
use super::received::Received;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A head that is longer than this is none of ours.
const HEAD: usize = 64 * 1024;

/// A connection with the bytes that were read ahead.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The next request; `None` when the other side is done or does not speak HTTP/1.1.
    pub(super) async fn read(&mut self) -> Option<Received> {
        let (mut request, length) = loop {
            if let Some(found) = self.head()? {
                break found;
            }
            self.more().await?;
        };
        request.body = match length {
            Length::Fixed(bytes) => self.take(bytes).await?,
            Length::Chunked => self.chunks().await?,
        };
        Some(request)
    }

    /// Sends an answer and keeps the connection open.
    pub(super) async fn write(&mut self, answer: &Answer) -> Option<()> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
        for (name, value) in &answer.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        // RFC 9110, 8.6: never with 204.
        if answer.status != 204 {
            head.push_str(&format!("Content-Length: {}\r\n", answer.body.len()));
        }
        head.push_str("\r\n");
        self.stream.write_all(head.as_bytes()).await.ok()?;
        self.stream.write_all(&answer.body).await.ok()?;
        self.stream.flush().await.ok()
    }

    /// Takes a whole head off the buffer: `Some(None)` when it is not there yet, `None` when it is none.
    fn head(&mut self) -> Option<Option<(Received, Length)>> {
        let mut fields = [httparse::EMPTY_HEADER; 64];
        let mut head = httparse::Request::new(&mut fields);
        let end = match head.parse(&self.buffer).ok()? {
            httparse::Status::Complete(end) => end,
            httparse::Status::Partial if self.buffer.len() > HEAD => return None,
            httparse::Status::Partial => return Some(None),
        };
        let headers: Vec<(String, String)> = head
            .headers
            .iter()
            .map(|field| (field.name.to_owned(), String::from_utf8_lossy(field.value).into_owned()))
            .collect();
        let request = Received {
            method: head.method?.to_owned(),
            target: head.path?.to_owned(),
            headers,
            body: Vec::new(),
            operation: None,
            problems: Vec::new(),
            status: 0,
        };
        self.buffer.drain(..end);
        let chunked = request.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
        let fixed = request.header("content-length").map_or(Some(0), |length| length.trim().parse().ok())?;
        let length = if chunked { Length::Chunked } else { Length::Fixed(fixed) };
        Some(Some((request, length)))
    }

    async fn take(&mut self, bytes: usize) -> Option<Vec<u8>> {
        while self.buffer.len() < bytes {
            self.more().await?;
        }
        Some(self.buffer.drain(..bytes).collect())
    }

    /// RFC 9112, 7.1.
    async fn chunks(&mut self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = self.line().await?;
            let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
            if size == 0 {
                while !self.line().await?.is_empty() {}
                return Some(body);
            }
            body.extend(self.take(size).await?);
            self.line().await?;
        }
    }

    async fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line: Vec<u8> = self.buffer.drain(..end + 2).take(end).collect();
                return String::from_utf8(line).ok();
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> Option<()> {
        let read = self.stream.read_buf(&mut self.buffer).await.ok()?;
        (read > 0).then_some(())
    }
}

enum Length {
    Fixed(usize),
    Chunked,
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "",
    }
}
