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
        let setting = |name| {
            let value = env::var(name).ok().filter(|value| !value.is_empty());
            value.with_context(|| {
                format!("{name} is not set: NETBOX_URL and NETBOX_TOKEN of a NetBox for tests are needed")
            })
        };
        Ok(Self { url: setting("NETBOX_URL")?, token: setting("NETBOX_TOKEN")? })
    }
}
