use std::{
    fmt,
    io::{self, Write},
    sync::{Arc, Mutex, MutexGuard},
};

use http::{HeaderMap, StatusCode, header};

use super::error::{TransportError, TransportErrorKind};
use crate::wire::lock::lock;

/// Takes the body of a response piece by piece, so that memory never holds all of it; in the extensions of a
/// [`Request`](super::Request).
///
/// [`Client::download_to`](crate::Client::download_to) puts it there if the transport
/// [takes sinks](super::Transport::takes_sinks). Such a transport asks the sink whether it [wants](Sink::wants) the body
/// of the response, and [puts](Sink::put) it there as it arrives. The body that the transport returns is empty then, and no
/// limit of its size holds.
///
/// ```
/// use bytes::Bytes;
/// use netbox_core::transport::{Request, Response, Sink, TransportError};
///
/// fn received(
///     request: &Request,
///     head: http::Response<()>,
///     pieces: impl Iterator<Item = Result<Bytes, TransportError>>,
/// ) -> Result<Response, TransportError> {
///     let sink = request.extensions().get::<Sink>().filter(|sink| sink.wants(&head));
///     let mut body = Vec::new();
///     for piece in pieces {
///         match sink {
///             Some(sink) => sink.put(&piece?)?,
///             None => body.extend_from_slice(&piece?),
///         }
///     }
///     Ok(head.map(|()| body.into()))
/// }
/// ```
#[derive(Clone)]
pub struct Sink {
    accepts: fn(&HeaderMap) -> bool,
    state: Arc<Mutex<State>>,
}

struct State {
    writer: Box<dyn Write + Send>,
    /// How many bytes came, once the first piece did.
    taken: Option<u64>,
}

impl Sink {
    /// A sink that writes to `writer`.
    ///
    /// ```
    /// use netbox_core::transport::Sink;
    ///
    /// let sink = Sink::new(std::io::stdout());
    /// sink.put(b"a piece\n")?;
    /// # Ok::<(), netbox_core::transport::TransportError>(())
    /// ```
    pub fn new(writer: impl Write + Send + 'static) -> Self {
        let state = State { writer: Box::new(writer), taken: None };
        Self { accepts: |_| true, state: Arc::new(Mutex::new(state)) }
    }

    /// The same for responses whose headers `accepts` accepts.
    pub(crate) fn only_if(self, accepts: fn(&HeaderMap) -> bool) -> Self {
        Self { accepts, ..self }
    }

    /// Whether the body of `response` goes here: that of a 200 that is not compressed. Other bodies are returned, since the client
    /// reads them.
    pub fn wants<B>(&self, response: &http::Response<B>) -> bool {
        response.status() == StatusCode::OK
            && !response.headers().contains_key(header::CONTENT_ENCODING)
            && (self.accepts)(response.headers())
    }

    /// Writes the next piece of the body.
    ///
    /// # Errors
    ///
    /// The kind [`Other`](TransportErrorKind::Other), with the error of the writer.
    pub fn put(&self, piece: &[u8]) -> Result<(), TransportError> {
        let mut state = self.state();
        let taken = state.taken.unwrap_or_default();
        state.taken = Some(taken + piece.len() as u64);
        state.writer.write_all(piece).map_err(failed)
    }

    /// Whether a piece came, so that a response from the start would not do.
    pub(crate) fn has_begun(&self) -> bool {
        self.state().taken.is_some()
    }

    /// Ends the body, and says how long it was.
    pub(crate) fn finish(&self) -> Result<u64, TransportError> {
        let mut state = self.state();
        state.writer.flush().map_err(failed)?;
        Ok(state.taken.unwrap_or_default())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn failed(error: io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Other, error)
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").finish_non_exhaustive()
    }
}
