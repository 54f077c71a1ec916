//! An async transport on `hyper`, rustls and tokio.
