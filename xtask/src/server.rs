//! The NetBox that a command works with.

use std::env;

use anyhow::Context as _;

/// Where it is, and a token for it.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) token: String,
}

impl Server {
    pub(crate) fn of_environment() -> anyhow::Result<Self> {
        let setting = |name| env::var(name).with_context(|| format!("set {name} to that of a NetBox for tests"));
        Ok(Self { url: setting("NETBOX_URL")?, token: setting("NETBOX_TOKEN")? })
    }
}
