// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "core", feature = "extras"))]

use netbox_core::{Fk, NetboxModel, choice_set, fk::GenericFk, value::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::users::User;

/// A task that NetBox runs in the background.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "core/jobs")]
#[non_exhaustive]
pub struct Job {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[netbox(read_only)]
    pub object_type: Option<String>,
    #[netbox(read_only)]
    pub object_id: Option<u64>,
    /// From NetBox 4.4 on.
    #[netbox(read_only)]
    pub object: Option<GenericFk>,
    #[netbox(read_only)]
    pub name: String,
    #[netbox(read_only)]
    pub status: JobStatus,
    pub created: Timestamp,
    #[netbox(read_only)]
    pub scheduled: Option<Timestamp>,
    /// The interval between runs, in minutes.
    #[netbox(read_only)]
    pub interval: Option<u32>,
    #[netbox(read_only)]
    pub started: Option<Timestamp>,
    #[netbox(read_only)]
    pub completed: Option<Timestamp>,
    /// From NetBox 4.7 on.
    #[netbox(read_only)]
    pub execution_time: Option<String>,
    #[fk]
    #[netbox(read_only)]
    pub user: Option<Fk<User>>,
    #[netbox(read_only)]
    pub data: Option<Value>,
    #[netbox(read_only)]
    pub error: String,
    #[netbox(read_only)]
    pub job_id: String,
    /// From NetBox 4.5 on.
    #[netbox(read_only)]
    pub queue_name: Option<String>,
    /// From NetBox 4.6 on.
    #[netbox(read_only)]
    pub notifications: Option<JobNotifications>,
    /// From NetBox 4.4 on.
    #[serde(default)]
    #[netbox(read_only)]
    pub log_entries: Vec<JobLogEntry>,
}

/// A line that a job logged.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct JobLogEntry {
    pub level: String,
    pub message: String,
    pub timestamp: Option<Timestamp>,
}

choice_set! {
    /// The values of [`Job::status`].
    pub enum JobStatus {
        Pending = "pending",
        Scheduled = "scheduled",
        Running = "running",
        Completed = "completed",
        Errored = "errored",
        Failed = "failed",
    }
}

choice_set! {
    /// The values of [`Job::notifications`].
    pub enum JobNotifications {
        Always = "always",
        OnFailure = "on_failure",
        Never = "never",
    }
}
