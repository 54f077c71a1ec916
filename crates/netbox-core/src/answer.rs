//! The client's calls: each asks NetBox something, and hands out what it answered.

mod batch;
mod branch;
mod bulk;
mod bulk_job;
mod cabling;
mod fetch;
mod file;
mod items;
mod job;
mod place;
mod pool;
mod prefetch;
mod query;
mod query_ends;
mod rack;
mod read;
mod reader;
mod record;
mod render;
pub mod route;
mod save;
mod save_many;
mod script;
mod taken;
mod targets;
#[cfg(test)]
mod tests;
mod walk;
mod work;
mod write;

pub use bulk::Bulk;
pub use bulk_job::BulkJob;
pub use cabling::{CablePath, Hop};
pub use fetch::objects;
pub use file::Download;
pub use items::{Items, Pages};
pub use job::{Job, JobLog, JobState};
pub use pool::{AvailableAsn, AvailableIp, AvailablePrefix, AvailableVlan, Pool};
pub use prefetch::{Prefetch, Then, To};
pub use query::Query;
pub use rack::{RackFace, RackUnit};
pub use record::Record;
pub use render::RenderedConfig;
pub use save_many::SaveMany;
pub use targets::Targets;
pub use work::Progress;
