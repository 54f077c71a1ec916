//! Writes as data: patches, the plan of a bulk write, and the fate of each of its items.

mod message;
mod patch;
mod plan;
mod reference;
mod report;

pub use patch::{IntoPatch, Patch};
pub(crate) use plan::{Entry, Item, Plan, body_of, etags_of};
pub use reference::{Ref, TagRef};
pub use report::{BulkError, BulkItem, Fate};
pub(crate) use report::{Differs, Report};
