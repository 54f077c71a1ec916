use std::{
    fmt,
    io::{self, ErrorKind, Read, Seek, SeekFrom},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
};

use bytes::Bytes;

use super::error::{TransportError, TransportErrorKind};
use crate::wire::lock::lock;

/// The body of a request that is read while it is sent, so that memory never holds all of it; in the extensions of a
/// [`Request`](super::Request).
///
/// The upload of an [`Upload`](crate::route::Upload) from a reader puts it there if the transport
/// [takes sources](super::Transport::takes_sources). The body of the request itself is empty then. Such a transport sends
/// [`length`](Source::length) bytes as the body, [opens](Source::open) the source each time it sends the request, and reads
/// no more than it can send soon.
///
/// ```
/// use std::io::Write;
/// use netbox_core::transport::{Request, Source, TransportError, TransportErrorKind};
///
/// fn send(request: &Request, mut socket: impl Write) -> Result<(), TransportError> {
///     let broken = |error| TransportError::new(TransportErrorKind::Broken, error);
///     let Some(source) = request.extensions().get::<Source>() else {
///         return socket.write_all(request.body()).map_err(broken);
///     };
///     let (mut reading, mut piece) = (source.open(), [0; 8192]);
///     loop {
///         match reading.read(&mut piece)? {
///             0 => return Ok(()),
///             length => socket.write_all(&piece[..length]).map_err(broken)?,
///         }
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Source(Arc<Shared>);

struct Shared {
    pieces: Vec<Piece>,
    length: u64,
    openings: AtomicU64,
    was_read: AtomicBool,
    failure: Mutex<Option<String>>,
}

/// A part of a body.
pub(crate) enum Piece {
    Bytes(Bytes),
    Reader(Mutex<Reader>),
}

/// A reader, and how much it has to give.
pub(crate) struct Reader {
    origin: Origin,
    length: u64,
    taken: u64,
    /// The opening of the source that reads this.
    opening: u64,
}

enum Origin {
    /// The reader can be read once.
    Now(Box<dyn Read + Send>),
    /// The reader can be read again from this position.
    Position(Box<dyn Rewind>, u64),
}

pub(crate) trait Rewind: Read + Seek + Send {}

impl<R: Read + Seek + Send> Rewind for R {}

impl Source {
    /// A body of `length` bytes from `reader`, which can be sent once.
    ///
    /// ```
    /// use netbox_core::transport::Source;
    ///
    /// let source = Source::new(&b"some bytes"[..], 10);
    /// let mut piece = [0; 4];
    /// assert_eq!(source.open().read(&mut piece)?, 4);
    /// # Ok::<(), netbox_core::transport::TransportError>(())
    /// ```
    pub fn new(reader: impl Read + Send + 'static, length: u64) -> Self {
        Self::of(vec![Piece::once(reader, length)])
    }

    /// The rest of `reader`, which can be sent again.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use netbox_core::transport::Source;
    ///
    /// let source = Source::seekable(Cursor::new("some bytes"))?;
    /// assert_eq!(source.length(), 10);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn seekable(reader: impl Read + Seek + Send + 'static) -> io::Result<Self> {
        Ok(Self::of(vec![Piece::seekable(Box::new(reader))?]))
    }

    /// Why reading failed, if it did since the source was opened last. A transport on a library that makes another error of
    /// this returns it in place of that.
    ///
    /// ```
    /// use netbox_core::transport::Source;
    ///
    /// let source = Source::new(std::io::empty(), 3);
    /// assert!(source.failure().is_none());
    /// assert!(source.open().read(&mut [0; 8]).is_err() && source.failure().is_some());
    /// ```
    pub fn failure(&self) -> Option<TransportError> {
        lock(&self.0.failure).clone().map(failed)
    }

    /// The pieces, one after the other.
    pub(crate) fn of(pieces: Vec<Piece>) -> Self {
        let length = pieces.iter().map(Piece::length).sum();
        Self(Arc::new(Shared {
            pieces,
            length,
            openings: AtomicU64::default(),
            was_read: AtomicBool::default(),
            failure: Mutex::default(),
        }))
    }

    /// How many bytes the body has.
    pub fn length(&self) -> u64 {
        self.0.length
    }

    /// Begins to read the body, from its start. A [`Reading`] from before can be read no longer.
    pub fn open(&self) -> Reading {
        let opening = self.0.openings.fetch_add(1, SeqCst) + 1;
        self.0.was_read.store(false, SeqCst);
        *lock(&self.0.failure) = None;
        Reading { source: self.clone(), opening, piece: 0, taken: 0 }
    }

    /// The body, if all of it is in memory.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.0.pieces[..] {
            [Piece::Bytes(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// Reads the body to its end.
    pub(crate) fn read_all(&self) -> Result<Bytes, TransportError> {
        let (mut reading, mut bytes, mut piece) = (self.open(), Vec::new(), vec![0; 64 << 10]);
        loop {
            match reading.read(&mut piece)? {
                0 => return Ok(bytes.into()),
                length => bytes.extend_from_slice(&piece[..length]),
            }
        }
    }

    /// Whether the body was read in part, and can't be read again.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.pieces.iter().any(|piece| match piece {
            Piece::Bytes(_) => false,
            Piece::Reader(reader) => lock(reader).is_spent(),
        })
    }

    /// Whether the body was read to its end, since it was opened last.
    pub(crate) fn was_read(&self) -> bool {
        self.0.was_read.load(SeqCst)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// A [`Source`] that is being read; made by [`Source::open`].
///
/// ```
/// use netbox_core::transport::Source;
///
/// let mut reading = Source::new(std::io::empty(), 3).open();
/// let error = reading.read(&mut [0; 8]).unwrap_err();
/// let cause = std::error::Error::source(&error).unwrap();
/// assert_eq!(cause.to_string(), "the reader of the upload ended after 0 of 3 bytes");
/// ```
#[derive(Debug)]
pub struct Reading {
    source: Source,
    opening: u64,
    /// The piece that is read, and how much of it was.
    piece: usize,
    taken: u64,
}

impl Reading {
    /// Fills the beginning of `buffer` with the next bytes, and returns how many these are: 0 after the last one, or if
    /// `buffer` has no room.
    ///
    /// A reader may wait, and then this does.
    ///
    /// # Errors
    ///
    /// The kind [`Other`](TransportErrorKind::Other) if a reader fails or has more or less to read than was said, or can't be
    /// read again. The transport ends the exchange with this error, and the connection with it, so that the server
    /// does not take the part for the whole.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        while let Some(piece) = self.source.0.pieces.get(self.piece) {
            let length = match piece {
                Piece::Bytes(bytes) => {
                    let rest = &bytes[usize::try_from(self.taken).unwrap_or(usize::MAX)..];
                    let length = rest.len().min(buffer.len());
                    buffer[..length].copy_from_slice(&rest[..length]);
                    length
                }
                Piece::Reader(reader) => {
                    let read = lock(reader).read(self.opening, buffer);
                    read.map_err(|why| self.fail(why))?
                }
            };
            self.taken += length as u64;
            if self.taken == piece.length() {
                (self.piece, self.taken) = (self.piece + 1, 0);
            }
            if length > 0 || buffer.is_empty() {
                self.note_the_end();
                return Ok(length);
            }
        }
        self.note_the_end();
        Ok(0)
    }

    fn note_the_end(&self) {
        let shared = &self.source.0;
        if self.piece == shared.pieces.len() && self.is_last() {
            shared.was_read.store(true, SeqCst);
        }
    }

    fn fail(&self, why: String) -> TransportError {
        if self.is_last() {
            *lock(&self.source.0.failure) = Some(why.clone());
        }
        failed(why)
    }

    /// Whether the source was not opened again.
    fn is_last(&self) -> bool {
        self.opening == self.source.0.openings.load(SeqCst)
    }
}

fn failed(why: String) -> TransportError {
    TransportError::new(TransportErrorKind::Other, why)
}

impl Piece {
    pub(crate) fn once(reader: impl Read + Send + 'static, length: u64) -> Self {
        Self::reader(Origin::Now(Box::new(reader)), length)
    }

    pub(crate) fn seekable(mut reader: Box<dyn Rewind>) -> io::Result<Self> {
        let start = reader.stream_position()?;
        let length = reader.seek(SeekFrom::End(0))?.saturating_sub(start);
        Ok(Self::reader(Origin::Position(reader, start), length))
    }

    fn reader(origin: Origin, length: u64) -> Self {
        Self::Reader(Mutex::new(Reader { origin, length, taken: 0, opening: 0 }))
    }

    fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Reader(reader) => lock(reader).length,
        }
    }
}

impl Reader {
    fn is_spent(&self) -> bool {
        matches!(self.origin, Origin::Now(_)) && self.opening > 0
    }

    /// The next bytes for that opening of the source.
    fn read(&mut self, opening: u64, buffer: &mut [u8]) -> Result<usize, String> {
        if opening != self.opening {
            self.begin(opening)?;
        }
        let Self { length, taken, .. } = *self;
        let left = usize::try_from(length - taken).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.take(&mut buffer[..left])?;
        if read == 0 && left > 0 {
            return Err(format!("the reader of the upload ended after {taken} of {length} bytes"));
        }
        self.taken += read as u64;
        // The last bytes leave only if they are the last, since the server would take them for the whole.
        if self.taken == length && self.take(&mut [0])? > 0 {
            return Err(format!(
                "the reader of the upload has more than the {length} bytes that it was to have"
            ));
        }
        Ok(read)
    }

    fn begin(&mut self, opening: u64) -> Result<(), String> {
        if opening < self.opening {
            return Err("the upload was begun anew".to_owned());
        }
        if self.is_spent() {
            return Err("the reader of the upload was read before, and can't be read again".to_owned());
        }
        if let Origin::Position(reader, start) = &mut self.origin {
            let rewound = reader.seek(SeekFrom::Start(*start));
            rewound.map_err(|why| format!("the reader of the upload can't be read from its start: {why}"))?;
        }
        (self.opening, self.taken) = (opening, 0);
        Ok(())
    }

    fn take(&mut self, buffer: &mut [u8]) -> Result<usize, String> {
        let reader: &mut dyn Read = match &mut self.origin {
            Origin::Now(reader) => reader,
            Origin::Position(reader, _) => reader,
        };
        loop {
            match reader.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let Self { length, taken, .. } = self;
                    return Err(format!(
                        "the reader of the upload failed after {taken} of {length} bytes: {error}"
                    ));
                }
                Ok(read) => return Ok(read),
            }
        }
    }
}

#[cfg(test)]
mod tests;
