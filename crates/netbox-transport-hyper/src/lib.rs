//! An async transport for netbox-core, on [`hyper`](https://docs.rs/hyper), rustls and tokio.
//!
//! ```no_run
//! use std::time::Duration;
//! use netbox_transport_hyper::HyperTransport;
//!
//! let transport = HyperTransport::new()?;
//!
//! let transport = HyperTransport::builder()
//!     .add_root_certificates(std::fs::read("/etc/ssl/our-own-authority.pem")?)
//!     .timeout(Duration::from_secs(20))
//!     .build()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`TowerTransport`] sends requests through a service of tower instead, which brings its own client or none.
//!
//! # Cryptography
//!
//! rustls leaves the cryptography of TLS to a provider. A transport uses the provider that the program installed before
//! it built the transport. If the program installed none, the transport uses that of the crate ring, by the feature
//! `ring`, which is on unless you turn it off. Without either, building a transport is an error.
//!
//! A program that prefers another provider, such as aws-lc-rs, turns the feature off and depends on rustls itself, so
//! that ring is not compiled:
//!
//! ```toml
//! [dependencies]
//! netbox-transport-hyper = { version = "0.1", default-features = false }
//! rustls = "0.23"
//! ```
//!
//! It then calls `rustls::crypto::aws_lc_rs::default_provider().install_default()` at the beginning of `main`.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod connector;
mod error;
mod link;
mod tower;
mod transport;

pub use netbox_transport_options::{BuildError, Limits};
pub use tower::TowerTransport;
pub use transport::{HyperTransport, HyperTransportBuilder};

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
