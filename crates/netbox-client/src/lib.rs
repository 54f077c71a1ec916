//! A client for [NetBox](https://netbox.dev), blocking or async.
//!
//! This crate is the one to depend on. It brings together `netbox-core`, with the same root and modules, the derive,
//! a transport for each mode, and ready-made models.
//!
//! ```no_run
//! # #[cfg(all(feature = "ureq", feature = "derive"))] mod doc {
//! use netbox_client::NetboxModel;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize, NetboxModel)]
//! #[netbox(endpoint = "dcim/sites")]
//! struct Site {
//!     id: u64,
//!     name: String,
//! }
//!
//! fn main() -> Result<(), netbox_client::Error> {
//!     let client = netbox_client::blocking("https://netbox.example.com").token("nbt_…").build()?;
//!     for site in client.query().filter(Site::NAME.starts_with("DM-")).order(Site::NAME.asc()) {
//!         println!("{}", site?.name);
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! The [guide](https://docs.rs/netbox-client/latest/netbox_client/guide/index.html) has a page for each task, and shows users
//! of pynetbox and go-netbox how to write what they know. Documentation that you build yourself has it, too, with the features
//! `hyper`, `models`, `plan`, `reqwest` and `stream` beside the default ones: its programs use them all.
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `ureq`, on by default | [`blocking`] and [`blocking_from_env`], over [`transport::ureq`] |
//! | `hyper` | [`connect`] and [`connect_from_env`], async on tokio, over [`transport::hyper`] |
//! | `reqwest` | [`transport::reqwest`], async on tokio, over a client of reqwest's that the program may have already |
//! | `ring`, on by default | a crypto provider for these transports; without it, the program installs one of rustls's |
//! | `derive`, on by default | [`NetboxModel`] |
//! | `models` | all of [`models`]: a model of each of NetBox's own objects |
//! | `circuits`, `core`, `dcim`, `extras`, `ipam`, `tenancy`, `users`, `virtualization`, `vpn`, `wireless` | the [`models`] of that app of NetBox |
//! | `plan` | [`plan`]: a NetBox becomes what a description says |
//! | `stream` | `Stream`, of `futures`, for the [`Items`](query::Items) of an async query |
//! | `tracing` | a span for each request and an event for each wait |
//! | `chrono_0_4`, `jiff_0_2` | fields of the types of these crates |
//!
//! A library that leaves the transport to its users depends on `netbox-core` alone.
//!
#![cfg_attr(feature = "derive", doc = "[`NetboxModel`]: macro@NetboxModel")]
// Links to items of features that are off lead to docs.rs, which has all.
#![cfg_attr(
    not(feature = "derive"),
    doc = "[`NetboxModel`]: https://docs.rs/netbox-client/latest/netbox_client/derive.NetboxModel.html"
)]
#![cfg_attr(
    not(feature = "ureq"),
    doc = "[`blocking`]: https://docs.rs/netbox-client/latest/netbox_client/fn.blocking.html
[`blocking_from_env`]: https://docs.rs/netbox-client/latest/netbox_client/fn.blocking_from_env.html
[`transport::ureq`]: https://docs.rs/netbox-client/latest/netbox_client/transport/ureq/index.html"
)]
#![cfg_attr(
    not(feature = "hyper"),
    doc = "[`connect`]: https://docs.rs/netbox-client/latest/netbox_client/fn.connect.html
[`connect_from_env`]: https://docs.rs/netbox-client/latest/netbox_client/fn.connect_from_env.html
[`transport::hyper`]: https://docs.rs/netbox-client/latest/netbox_client/transport/hyper/index.html"
)]
#![cfg_attr(
    not(feature = "reqwest"),
    doc = "[`transport::reqwest`]: https://docs.rs/netbox-client/latest/netbox_client/transport/reqwest/index.html"
)]
#![cfg_attr(
    not(any(
        feature = "circuits",
        feature = "core",
        feature = "dcim",
        feature = "extras",
        feature = "ipam",
        feature = "tenancy",
        feature = "users",
        feature = "virtualization",
        feature = "vpn",
        feature = "wireless",
    )),
    doc = "[`models`]: https://docs.rs/netbox-client/latest/netbox_client/models/index.html"
)]
#![cfg_attr(
    not(feature = "plan"),
    doc = "[`plan`]: https://docs.rs/netbox-client/latest/netbox_client/plan/index.html"
)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod connect;
// Its programs use these features; docs.rs has all.
#[cfg(all(
    any(doc, doctest),
    feature = "derive",
    feature = "hyper",
    feature = "models",
    feature = "plan",
    feature = "reqwest",
    feature = "stream",
    feature = "ureq",
))]
pub mod guide;
pub mod transport;

#[cfg(feature = "ureq")]
pub use connect::{blocking, blocking_from_env};
#[cfg(feature = "hyper")]
pub use connect::{connect, connect_from_env};
#[doc(inline)]
pub use netbox_core::*;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use netbox_derive::NetboxClientModel as NetboxModel;
#[cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "tenancy",
    feature = "users",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless",
))]
#[doc(inline)]
pub use netbox_models as models;
#[cfg(feature = "plan")]
#[doc(inline)]
pub use netbox_plan as plan;

/// The programs in the package's README, which compile.
#[cfg(all(doctest, feature = "ureq", feature = "derive"))]
#[doc = include_str!("../README.md")]
mod readme {}
