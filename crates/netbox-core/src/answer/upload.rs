//! Files to upload.

use std::{
    borrow::Cow,
    fmt,
    fs::File,
    hash::{BuildHasher, RandomState},
    io::{self, Read, Seek},
    mem,
};

use bytes::Bytes;
use http::HeaderValue;

use crate::wire::{Error, Piece, Rewind, Source};

/// A file to upload: bytes, an open [`File`], or any reader.
///
/// A file and the other readers are read while the request is sent, so that memory never holds all of a large one, if
/// the transport [takes sources](crate::transport::Transport::takes_sources). The transports of this repository do, except the
/// one over tower. For any other transport, the client reads the file before it sends the request, on the thread that awaits the
/// call.
///
/// Give a large file the time that it needs by [`Client::timeout`](crate::Client::timeout).
///
/// # Errors
///
/// If a reader fails while the request is sent, or has more or less to read than was said, the error is of the kind
/// [`Other`](crate::transport::TransportErrorKind::Other) of a transport's. NetBox gets a part of the request and the end of
/// the connection, and NetBox 4.7.3 writes nothing then. If a reader fails before, the kind is
/// [`Body`](crate::ErrorKind::Body), and nothing was sent.
///
/// # Examples
///
/// ```
/// # use netbox_core::{Blocking, Client};
/// use std::{fs::File, time::Duration};
///
/// fn attach(client: &Client<Blocking>) -> Result<(), Box<dyn std::error::Error>> {
///     let plan = File::open("floor.png")?;
///     let client = client.timeout(Duration::from_secs(600));
///     client.get_at("dcim/sites", 7)?.attach_image("Floor", "floor.png", plan)?;
///     Ok(())
/// }
/// ```
pub struct Upload(Content);

enum Content {
    Bytes(Bytes),
    Seekable(Box<dyn Rewind>),
    Once(Box<dyn Read + Send>, Option<u64>),
}

impl Upload {
    /// The rest of a reader that can go back, as a [`File`] can. The client sends the request again if that is safe and
    /// may help, as any other.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use netbox_core::route::Upload;
    ///
    /// let upload = Upload::seekable(Cursor::new("name,slug\n"));
    /// ```
    pub fn seekable(reader: impl Read + Seek + Send + 'static) -> Self {
        Self(Content::Seekable(Box::new(reader)))
    }

    /// The `length` bytes of a reader that can be read once, such as the body of a download. The client does not send the
    /// request again once it has begun to read.
    ///
    /// A reader that goes on after `length` bytes is an error: [`Read::take`] ends it.
    ///
    /// ```
    /// use std::{io::Read, net::TcpStream};
    /// use netbox_core::route::Upload;
    ///
    /// fn image(peer: TcpStream, length: u64) -> Upload {
    ///     Upload::sized(peer.take(length), length)
    /// }
    /// ```
    pub fn sized(reader: impl Read + Send + 'static, length: u64) -> Self {
        Self(Content::Once(Box::new(reader), Some(length)))
    }

    /// All that a reader of unknown length has. The client reads it into memory before it sends the request, since NetBox ignores
    /// a body whose length the request does not say.
    ///
    /// ```
    /// use std::process::{Command, Stdio};
    /// use netbox_core::route::Upload;
    ///
    /// fn photo() -> std::io::Result<Option<Upload>> {
    ///     let camera = Command::new("raspistill").args(["-o", "-"]).stdout(Stdio::piped()).spawn()?;
    ///     Ok(camera.stdout.map(Upload::reader))
    /// }
    /// ```
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self(Content::Once(Box::new(reader), None))
    }

    fn piece(self) -> io::Result<Piece> {
        match self.0 {
            Content::Bytes(bytes) => Ok(Piece::Bytes(bytes)),
            Content::Seekable(reader) => Piece::seekable(reader),
            Content::Once(reader, Some(length)) => Ok(Piece::once(reader, length)),
            Content::Once(mut reader, None) => {
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes)?;
                Ok(Piece::Bytes(bytes.into()))
            }
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").finish_non_exhaustive()
    }
}

impl From<File> for Upload {
    fn from(file: File) -> Self {
        Self::seekable(file)
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
    }
}

macro_rules! from_bytes {
    ($($bytes:ty as $owned:ty),+) => {
        $(
            impl From<$bytes> for Upload {
                fn from(bytes: $bytes) -> Self {
                    Bytes::from(<$owned>::from(bytes)).into()
                }
            }
        )+
    };
}

from_bytes!(&[u8] as Vec<u8>, Vec<u8> as Vec<u8>, &str as String, String as String);

macro_rules! from_reference {
    ($([$($parameter:tt)*] $owner:ty),+) => {
        $(
            impl<$($parameter)*> From<&$owner> for Upload {
                fn from(bytes: &$owner) -> Self {
                    bytes[..].into()
                }
            }
        )+
    };
}

from_reference!([] Vec<u8>, [] String, ['t] Cow<'t, str>, [const LENGTH: usize] [u8; LENGTH]);

/// A body of `multipart/form-data` (RFC 7578), which is the only form in which NetBox takes files.
#[derive(Default)]
pub(super) struct FormData {
    /// The rest of each part's head, and its content.
    parts: Vec<(String, Upload)>,
}

impl FormData {
    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        self.parts.push((format!("name=\"{name}\""), value.into()));
        self
    }

    /// # Errors
    ///
    /// If a name could be taken for the end of it.
    pub(super) fn file(mut self, name: &str, file_name: &str, content: Upload) -> Result<Self, Error> {
        let odd = |text: &str| text.is_empty() || text.contains(['"', '\\', '\r', '\n']);
        if odd(name) || odd(file_name) {
            return Err(Error::unwritable(format!("“{file_name}” can't be the name of a file in `{name}`")));
        }
        let kind = "Content-Type: application/octet-stream";
        self.parts.push((format!("name=\"{name}\"; filename=\"{file_name}\"\r\n{kind}"), content));
        Ok(self)
    }

    /// The content type, and the body.
    ///
    /// # Errors
    ///
    /// If a reader fails to say how much it has to read.
    pub(super) fn finish(self) -> Result<(HeaderValue, Source), Error> {
        let boundary = boundary();
        let (mut pieces, mut bytes) = (Vec::new(), Vec::new());
        for (head, content) in self.parts {
            bytes.extend(
                format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").into_bytes(),
            );
            match content.piece() {
                Ok(Piece::Bytes(content)) => bytes.extend_from_slice(&content),
                Ok(reader) => pieces.extend([Piece::Bytes(mem::take(&mut bytes).into()), reader]),
                Err(why) => {
                    return Err(Error::unwritable(format!("the file to upload can't be read: {why}")));
                }
            }
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend(format!("--{boundary}--\r\n").into_bytes());
        pieces.push(Piece::Bytes(bytes.into()));
        let kind = format!("multipart/form-data; boundary={boundary}");
        let kind = HeaderValue::from_str(&kind).expect("letters and digits can be sent in a header");
        Ok((kind, Source::of(pieces)))
    }
}

/// A text that nobody who wrote a part could have put into it: 128 bits that are new for each form. A hasher of std has
/// keys that the system drew at random, and is made so that who doesn't know its keys can't predict what it gives.
fn boundary() -> String {
    let random = || RandomState::new().hash_one("boundary");
    format!("netbox-{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn parts_are_apart() {
        let form = FormData::default()
            .text("object_id", "7")
            .file("image", "up.png", b"\x89--netbox".into())
            .unwrap();
        let (kind, source) = form.finish().unwrap();
        let bytes = source.bytes().unwrap();
        let boundary = kind.to_str().unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
        let expected = "--B\r\n\
            Content-Disposition: form-data; name=\"object_id\"\r\n\r\n7\r\n\
            --B\r\n\
            Content-Disposition: form-data; name=\"image\"; filename=\"up.png\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n?--netbox\r\n\
            --B--\r\n";
        let mut expected = expected.replace("--B", &format!("--{boundary}")).into_bytes();
        let place = expected.iter().position(|byte| *byte == b'?').unwrap();
        expected[place] = 0x89;
        assert_eq!(*bytes, expected);
    }

    #[test]
    fn no_boundary_is_like_another() {
        let boundaries: HashSet<String> = (0..1000).map(|_| boundary()).collect();
        assert_eq!(boundaries.len(), 1000);
        // RFC 2046 allows 70 characters.
        assert!(boundaries.iter().all(|boundary| boundary.len() == 39));
        let half = |boundary: &String| (boundary[7..23].to_owned(), boundary[23..].to_owned());
        let halves: HashSet<String> =
            boundaries.iter().map(half).flat_map(|(one, other)| [one, other]).collect();
        assert_eq!(halves.len(), 2000);
    }

    #[test]
    fn a_name_can_not_break_out() {
        for name in ["", "a\"b", "a\r\nb", "a\\b"] {
            assert!(FormData::default().file("image", name, b"".into()).is_err(), "{name}");
        }
    }
}
