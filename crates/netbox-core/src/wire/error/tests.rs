use crate::wire::{Error, ErrorKind, TransportError, TransportErrorKind};

#[test]
fn an_error_is_small() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn causes_are_told_once() {
    let cause = TransportError::new(TransportErrorKind::Connect, "port 1 is closed");
    let asked =
        super::Asked { method: http::Method::GET, url: "https://h/api/status/".into(), writes: false };
    let error = Error::transport(asked, cause);
    let text = "GET https://h/api/status/: could not connect: port 1 is closed";
    assert_eq!((error.to_string(), format!("{error:?}")), (text.to_owned(), text.to_owned()));
    assert!(error.is_connect());
}

#[test]
fn a_kind_is_told_in_a_few_words() {
    let timeout = ErrorKind::Transport(TransportErrorKind::Timeout);
    assert_eq!(format!("{timeout}, {:<13}.", ErrorKind::Server), "timed out, server error .");
}
