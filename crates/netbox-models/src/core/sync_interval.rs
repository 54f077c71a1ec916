// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `sync_interval` in `core/data-sources`.
    pub enum SyncInterval: i64 {
        EveryMinute = 1,
        Hourly = 60,
        Every12Hours = 720,
        Daily = 1440,
        Weekly = 10_080,
        Every30Days = 43_200,
    }
}
