use std::{
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use netbox_core::transport::{Reading, Source, TransportError, TransportErrorKind as Kind};
use tokio::task::{JoinHandle, spawn_blocking};

/// How many bytes are read at a time.
const PIECE: usize = 64 << 10;

/// The body of a request, as hyper sends it: bytes in memory, or a [`Source`].
///
/// A thread of tokio's for blocking work reads the source, so that a reader that waits holds up no other task, and no more than a piece
/// is read ahead.
///
/// ```
/// use std::io::Read;
/// use bytes::Bytes;
/// use hyper::body::Body;
/// use netbox_core::transport::Source;
/// use netbox_transport_options::Outgoing;
///
/// assert_eq!(Outgoing::new(Bytes::from_static(b"[]"), None).size_hint().exact(), Some(2));
/// let source = Source::new(std::io::repeat(0).take(1 << 30), 1 << 30);
/// assert_eq!(Outgoing::new(Bytes::new(), Some(&source)).size_hint().exact(), Some(1 << 30));
/// ```
#[derive(Debug)]
pub struct Outgoing {
    left: u64,
    state: State,
}

#[derive(Debug)]
enum State {
    Memory(Bytes),
    Idle(Reading),
    Busy(JoinHandle<(Reading, Result<Bytes, TransportError>)>),
    Over,
}

impl Outgoing {
    /// The source from its start, or the bytes if there is none.
    pub fn new(bytes: Bytes, source: Option<&Source>) -> Self {
        match source {
            Some(source) => Self { left: source.length(), state: State::Idle(source.open()) },
            None => Self { left: bytes.len() as u64, state: State::Memory(bytes) },
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        loop {
            let (reading, read) = match mem::replace(&mut self.state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Memory(bytes) => {
                    self.left = 0;
                    return Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))));
                }
                State::Idle(reading) => {
                    self.state = State::Busy(spawn_blocking(|| next(reading)));
                    continue;
                }
                State::Busy(mut reader) => match Pin::new(&mut reader).poll(context) {
                    Poll::Pending => {
                        self.state = State::Busy(reader);
                        return Poll::Pending;
                    }
                    // The reader panicked, or the runtime shuts down.
                    Poll::Ready(Err(error)) => {
                        return Poll::Ready(Some(Err(TransportError::new(Kind::Other, error))));
                    }
                    Poll::Ready(Ok(read)) => read,
                },
            };
            let piece = match read {
                Ok(piece) if piece.is_empty() => return Poll::Ready(None),
                Ok(piece) => piece,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            self.left -= piece.len() as u64;
            self.state = State::Idle(reading);
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

fn next(mut reading: Reading) -> (Reading, Result<Bytes, TransportError>) {
    let mut piece = vec![0; PIECE];
    let read = reading.read(&mut piece).map(|length| {
        piece.truncate(length);
        piece.into()
    });
    (reading, read)
}
