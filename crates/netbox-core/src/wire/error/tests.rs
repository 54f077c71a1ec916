use crate::wire::{Error, TransportError, TransportErrorKind};

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
    assert_eq!(error.to_string(), "GET https://h/api/status/: could not connect");
    assert_eq!(
        format!("{error:?}"),
        "GET https://h/api/status/: could not connect\n  caused by: port 1 is closed"
    );
    assert!(error.is_connect());
}
