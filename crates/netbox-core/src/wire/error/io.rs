use std::io;

use super::{Error, ErrorKind};
use crate::wire::transport::TransportErrorKind;

/// For functions that return an [`io::Error`], which keeps the [`Error`] as its source. Its kind is the nearest that `std`
/// has: `NotFound`, `PermissionDenied`, `TimedOut`, `InvalidInput`, `InvalidData`, or else `Other`.
///
/// ```
/// use std::io;
/// # use netbox_core::{Blocking, Client};
///
/// fn ping(client: &Client<Blocking>) -> io::Result<()> {
///     client.get_at("dcim/sites", 1)?;
///     Ok(())
/// }
/// ```
impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::NotFound | ErrorKind::NoEndpoint | ErrorKind::NoMatch => io::ErrorKind::NotFound,
            ErrorKind::Forbidden => io::ErrorKind::PermissionDenied,
            ErrorKind::Transport(TransportErrorKind::Timeout) | ErrorKind::Unfinished => {
                io::ErrorKind::TimedOut
            }
            ErrorKind::Config | ErrorKind::Query | ErrorKind::Body => io::ErrorKind::InvalidInput,
            ErrorKind::Decode | ErrorKind::NotNetbox => io::ErrorKind::InvalidData,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_io_error_has_the_kind_and_the_whole_error() {
        for (kind, expected) in [
            (ErrorKind::NotFound, io::ErrorKind::NotFound),
            (ErrorKind::Transport(TransportErrorKind::Timeout), io::ErrorKind::TimedOut),
            (ErrorKind::Unfinished, io::ErrorKind::TimedOut),
            (ErrorKind::Body, io::ErrorKind::InvalidInput),
            (ErrorKind::Paging, io::ErrorKind::Other),
        ] {
            let error = io::Error::from(Error::new(kind, "no such site"));
            assert_eq!((error.kind(), error.to_string().contains("no such site")), (expected, true));
            let inner = error.into_inner().unwrap().downcast::<Error>().unwrap();
            assert_eq!(inner.kind(), kind);
        }
    }
}
