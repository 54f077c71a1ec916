//! What goes out: forms, patches, and what NetBox would make of them.

mod assign;
mod contract;
mod form;
mod json;
mod message;
mod patch;
pub(crate) mod probe;
mod reference;
mod shape;

pub use assign::{AnyField, Assign, Clear};
pub(crate) use contract::{Contracts, check, check_file, is_taken};
pub(crate) use form::Body;
pub use form::Form;
pub(crate) use json::to_json;
pub(crate) use message::Message;
pub use patch::Patch;
pub(crate) use patch::Purpose;
pub use reference::{Ref, TagRef};
pub(crate) use shape::{is_kept_unsaid, written};
