//! A blocking transport on `ureq` and rustls.
