//! What crosses the crates: scenarios that are recorded from a real NetBox, replayed in both colours and run live;
//! and the tour.
#![forbid(unsafe_code)]

mod counted;
pub mod model;
pub mod scenario;
pub mod tour;

pub use counted::Counted;

use netbox_core::{Client, Error, Transport};

/// What a scenario or the tour fails with.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A client that counts the requests it sends.
///
/// # Errors
///
/// If `url` or `token` is none.
pub fn counting<T: Transport>(url: &str, token: &str, transport: T) -> Result<Client<Counted<T>>, Error> {
    Client::builder(url).token(token).build(Counted::new(transport))
}
