//! The transports, which send what a client asks.
//!
//! | | |
//! |---|---|
//! | `ureq` | blocking; [`blocking`] uses it with its default options |
//! | `hyper` | async; [`connect`] uses it with its default options. Its `TowerTransport` sends requests through a service of tower |
//! | `reqwest` | async, over a client of reqwest's |
//!
//! To choose other options, build a transport and hand it to the client:
//!
//! ```no_run
//! # #[cfg(feature = "ureq")] {
//! use std::time::Duration;
//! use netbox_client::{Client, transport::ureq::UreqTransport};
//!
//! let transport = UreqTransport::builder()
//!     .add_root_certificates(std::fs::read("/etc/ssl/our-own-authority.pem")?)
//!     .timeout(Duration::from_secs(20))
//!     .build()?;
//! let client = Client::builder("https://netbox.example.com").token("nbt_…").build(transport)?;
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Anything else that implements [`Transport`] will do as well.
//!
#![cfg_attr(feature = "ureq", doc = "[`blocking`]: crate::blocking")]
#![cfg_attr(
    not(feature = "ureq"),
    doc = "[`blocking`]: https://docs.rs/netbox-client/latest/netbox_client/fn.blocking.html"
)]
#![cfg_attr(feature = "hyper", doc = "[`connect`]: crate::connect()")]
#![cfg_attr(
    not(feature = "hyper"),
    doc = "[`connect`]: https://docs.rs/netbox-client/latest/netbox_client/fn.connect.html"
)]

#[doc(inline)]
pub use netbox_core::transport::*;

#[cfg(feature = "hyper")]
#[doc(inline)]
pub use netbox_transport_hyper as hyper;
#[cfg(feature = "reqwest")]
#[doc(inline)]
pub use netbox_transport_reqwest as reqwest;
#[cfg(feature = "ureq")]
#[doc(inline)]
pub use netbox_transport_ureq as ureq;
