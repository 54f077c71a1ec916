//! The parts of a transport that is built on hyper and tokio.

mod body;
mod error;
mod outgoing;
mod runtime;

pub use body::collected;
pub use error::transport_error;
pub use outgoing::Outgoing;
pub use runtime::{needs_runtime, sleep, within};
