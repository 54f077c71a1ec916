//! The options that netbox-core's transports share, and their meaning; each transport has sockets of its own.
//!
//! A program uses this crate through the transport that it chose, as `UreqTransport::builder()` or
//! `HyperTransport::builder()`. The author of another transport implements [`FromOptions`], and gets the same
//! [`Builder`], which passes [`Options`] that were read and checked: the [`Tls`] to encrypt connections with, the
//! [`Proxies`] to use, and the [`Limits`].
//!
//! Nothing here opens a socket.
//!
//! # Features
//!
//! - `conformance`: a [`Builder`] can be made from the options of a test in `netbox_replay::conformance`.
//! - `ring`: [`Tls`] uses the cryptography of the crate ring unless the program installed another provider with
//!   rustls's `CryptoProvider::install_default`. Without this feature, the program must install one.
//! - `tokio`: [`Tls`] encrypts async connections, too.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
#[cfg(feature = "conformance")]
mod conformance;
mod decompress;
mod exempt;
mod limits;
mod proxy;
mod tls;
mod trust;
mod verifier;

pub use builder::{BuildError, Builder, FromOptions, Options};
pub use decompress::decompressed;
pub use limits::{IDLE_CONNECTIONS, IDLE_TIMEOUT, Limits};
pub use proxy::{Proxies, Proxy, Route};
pub use tls::{Tls, TlsStream, is_tls};

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
