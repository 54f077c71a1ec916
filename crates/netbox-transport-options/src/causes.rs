use std::{error::Error as StdError, io, iter};

/// The first of `error` and its causes that is an `E`. The error in an I/O error is a cause as well, which its own
/// `source` passes over.
///
/// ```
/// use std::{io, num::ParseIntError};
/// use netbox_transport_options::cause;
///
/// let error = io::Error::other("ten".parse::<u8>().unwrap_err());
/// assert!(cause::<ParseIntError>(&error).is_some());
/// ```
pub fn cause<'e, E: StdError + 'static>(error: &'e (dyn StdError + 'static)) -> Option<&'e E> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// `error` and its causes, from the outside in.
pub(crate) fn causes<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    iter::successors(Some(error), |error| {
        let error: &'e (dyn StdError + 'static) = *error;
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}
