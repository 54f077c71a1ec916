// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `event_types` or `event_type` in `extras/event-rules` and `extras/notifications`.
    pub enum EventType {
        ObjectCreated = "object_created",
        ObjectUpdated = "object_updated",
        ObjectDeleted = "object_deleted",
        JobStarted = "job_started",
        JobCompleted = "job_completed",
        JobFailed = "job_failed",
        JobErrored = "job_errored",
    }
}
