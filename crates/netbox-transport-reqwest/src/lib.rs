//! An async transport for netbox-core, over a client of [`reqwest`].
//!
//! A program that has a `reqwest::Client` already, with its own proxies, certificates and resolver, hands it over. Any
//! other configures one from [`ReqwestTransport::client_builder`]:
//!
//! ```no_run
//! use std::time::Duration;
//! use netbox_transport_reqwest::{ReqwestTransport, reqwest::Certificate};
//!
//! let authority = Certificate::from_pem(&std::fs::read("/etc/ssl/our-own-authority.pem")?)?;
//! let client = ReqwestTransport::client_builder()
//!     .tls_certs_merge([authority])
//!     .timeout(Duration::from_secs(20))
//!     .build()?;
//! let transport = ReqwestTransport::over(client);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! All options are reqwest's own, whose types this crate re-exports. Its features are those that the program gives reqwest, and
//! `http2` and `rustls-no-provider`.
//!
//! # Cryptography
//!
//! rustls leaves the cryptography of TLS to a provider, and reqwest takes the one that is installed in the process. If the program
//! installed none, [`ReqwestTransport::client_builder`] installs that of the crate ring, by the feature `ring`, which is
//! on unless you turn it off. A program that prefers another provider, such as aws-lc-rs, calls
//! `rustls::crypto::aws_lc_rs::default_provider().install_default()` at the beginning of `main`.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
mod transport;

pub use netbox_transport_options::BuildError;
pub use reqwest;
pub use transport::ReqwestTransport;

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
