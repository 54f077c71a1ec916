//! Transports that record, replay and break, and a NetBox on a loopback socket that answers from what was recorded.
//!
//! | | |
//! |---|---|
//! | [`Recorder`] | forwards each request and records the exchange |
//! | [`Cassette`] | a recording: a file that a reviewer can read in a diff |
//! | [`Replay`] | answers from a cassette, without a network |
//! | [`Faults`] | breaks what passes through it, according to a plan |
//! | [`loopback`] | a small HTTP server that answers from a cassette, or misbehaves |
//! | [`conformance!`] | the tests that every transport must pass, by the feature `conformance` |
//! | [`secrets`] | finds secrets, which must not be in a recording |
//!
// The link leads to docs.rs where the feature is off.
#![cfg_attr(
    not(feature = "conformance"),
    doc = "[`conformance!`]: https://docs.rs/netbox-replay/latest/netbox_replay/macro.conformance.html"
)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod cassette;
#[cfg(feature = "conformance")]
pub mod conformance;
mod exchange;
mod faults;
mod format;
mod json;
pub mod loopback;
mod matching;
mod origin;
mod recorder;
mod replay;
mod scrub;
pub mod secrets;

pub use cassette::{Cassette, CassetteError};
pub use exchange::Exchange;
pub use faults::{Fault, Faults};
pub use matching::Mismatch;
pub use recorder::Recorder;
pub use replay::Replay;

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
