//! NetBox's own work and its records: jobs, data sources, the change log.
// Written by `cargo xtask codegen models`.

mod data_file;
mod data_source;
mod job;
mod object_change;
mod object_type;
mod sync_interval;

#[cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]
pub use self::{
    data_file::DataFile,
    data_source::{DataSource, DataSourceStatus, DataSourceType},
    sync_interval::SyncInterval,
};

#[cfg(feature = "core")]
pub use self::{
    object_change::{ObjectChange, ObjectChangeAction},
    object_type::ObjectType,
};

#[cfg(any(feature = "core", feature = "extras"))]
pub use self::job::{Job, JobLogEntry, JobNotifications, JobStatus};
