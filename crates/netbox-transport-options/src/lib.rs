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
//! - `hyper`: what transports on hyper and tokio have in common: the kinds of errors (`transport_error`), the
//!   bodies (`collected`) and the time.
//! - `ring`: [`Tls`] uses the cryptography of the crate ring unless the program installed another provider with
//!   rustls's `CryptoProvider::install_default`. Without this feature, the program must install one.
//! - `tokio`: [`Tls`] encrypts async connections, too.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod causes;
#[cfg(feature = "conformance")]
mod conformance;
mod decompress;
mod exempt;
mod limits;
#[cfg(feature = "hyper")]
mod over_hyper;
mod proxy;
mod tls;
mod trust;
mod verifier;

pub use builder::{BuildError, Builder, FromOptions, Options};
pub use causes::cause;
pub use decompress::{accept_compressed, decompressed};
pub use limits::{IDLE_CONNECTIONS, IDLE_TIMEOUT, Limits};
#[cfg(feature = "hyper")]
pub use over_hyper::{Outgoing, collected, needs_runtime, sleep, transport_error, within};
pub use proxy::{Proxies, Proxy, Route};
pub use tls::{Tls, TlsStream, is_tls, slow_handshake, tls_advice};
pub use trust::install_provider;

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
