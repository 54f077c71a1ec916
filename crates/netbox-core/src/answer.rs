//! The client's calls: each sends requests to NetBox, and returns the answers.

// The documentation shows the methods of a type in the order of these modules.

mod read;

mod query;
mod query_ends;
mod select;

mod write;

mod save;

mod record;

mod bulk;
mod save_many;

mod fetch;
mod prefetch;

mod pool;

mod batch;
mod branch;
mod bulk_job;
mod cabling;
mod file;
mod gone;
mod ids;
mod items;
mod job;
mod key_selection;
mod one;
mod patience;
mod place;
mod rack;
mod render;
pub(crate) mod route;
mod script;
mod source;
mod taken;
mod targets;
#[cfg(test)]
mod tests;
mod upload;
mod walk;
mod work;

pub use bulk::Bulk;
pub use bulk_job::BulkJob;
pub use cabling::{CablePath, Hop, TracedCable};
pub use fetch::objects;
pub use file::Download;
pub use items::{Items, Pages};
pub use job::{Job, JobLog, JobState};
pub use key_selection::KeySelection;
pub use pool::{AvailableAsn, AvailableIp, AvailablePrefix, AvailableVlan, Pool};
pub use prefetch::{Prefetch, Then, To};
pub use query::Query;
pub use rack::{RackFace, RackUnit};
pub use record::Record;
pub use render::RenderedConfig;
pub use save_many::SaveMany;
pub use script::Script;
pub use targets::Targets;
pub use upload::Upload;
pub use work::Progress;
