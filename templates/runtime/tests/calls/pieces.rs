//! Answers that arrive in pieces.

use crate::api::Client;
use clientsmith_runtime::http::{
    Body, BoxFuture, Chunks, FakeTransport, Headers, HttpResponse, Transport, TransportError,
};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Chunks that come one by one, each after a moment without one, and perhaps an error at the end.
pub struct Pieces {
    chunks: VecDeque<Vec<u8>>,
    error: Option<TransportError>,
    read: Arc<AtomicUsize>,
}

impl Pieces {
    pub fn new(chunks: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        let chunks = chunks.into_iter().map(Into::into).collect();
        Self { chunks, error: None, read: Arc::default() }
    }

    /// The same, with an error after the last chunk.
    pub fn failing(mut self, error: TransportError) -> Self {
        self.error = Some(error);
        self
    }

    /// How many chunks were read: to be asked for before the chunks are given away.
    pub fn counter(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.read)
    }

    pub fn answer(self, media: &str) -> HttpResponse {
        HttpResponse::new(200, Headers::new(), Body::stream(self)).with_header("Content-Type", media)
    }
}

impl Chunks for Pieces {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let Some(chunk) = self.chunks.pop_front() else { return self.error.take().map_or(Ok(None), Err) };
            self.read.fetch_add(1, Ordering::SeqCst);
            Ok(Some(chunk))
        })
    }
}

/// Every way to cut `bytes` in two, the uncut whole, and single bytes.
pub fn cuts(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let two = (0..=bytes.len()).map(|at| vec![bytes[..at].to_vec(), bytes[at..].to_vec()]);
    two.chain([bytes.iter().map(|byte| vec![*byte]).collect(), vec![bytes.to_vec()]]).collect()
}

/// A client whose one answer is `answer`.
pub fn client(answer: HttpResponse) -> Client {
    let once = std::sync::Mutex::new(Some(answer));
    let fake = FakeTransport::new(move |_| once.lock().unwrap().take().unwrap_or_else(|| HttpResponse::empty(410)));
    client_of(fake)
}

pub fn client_of(transport: impl Transport + 'static) -> Client {
    Client::builder().transport(transport).build().unwrap()
}
