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
#![forbid(unsafe_code)]

mod body;
mod connector;
mod error;
mod link;
mod transport;

pub use netbox_transport_options::{BuildError, Limits};
pub use transport::{HyperTransport, HyperTransportBuilder};
