//! Tests that cross the crates: scenarios that are recorded from a real NetBox, replayed in both modes and run live;
//! and the tour.
#![forbid(unsafe_code)]

pub mod cookbook;
mod counted;
pub mod lists;
pub mod model;
pub mod recordings;
pub mod scenario;
pub mod tour;
pub mod truth;
pub mod versions;

pub use counted::{Counted, Counting};

/// The programs in the README, which compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

use std::env;

/// The error of a scenario or the tour.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The address of the NetBox for tests, and a token for it, if `NETBOX_URL` names one.
///
/// # Errors
///
/// If `NETBOX_TOKEN` is missing beside it.
pub fn server() -> Result<Option<(String, String)>, Failure> {
    match env::var("NETBOX_URL") {
        Ok(url) if !url.is_empty() => {
            let token = env::var("NETBOX_TOKEN").map_err(|_| "NETBOX_URL is set, NETBOX_TOKEN is not")?;
            Ok(Some((url, token)))
        }
        _ => Ok(None),
    }
}
