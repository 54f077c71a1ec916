//! The NetBox that a command works with.

use std::env;

use anyhow::Context as _;

/// Where it is, and a token for it.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) token: String,
}

impl Server {
    /// The NetBox at `NETBOX_URL`.
    pub(crate) fn of_environment() -> anyhow::Result<Self> {
        Self::of_variables("NETBOX_URL", "NETBOX_TOKEN", "a NetBox for tests")
    }

    /// The NetBox at `NETBOX_PLUGINS_URL`.
    pub(crate) fn with_plugins() -> anyhow::Result<Self> {
        Self::of_variables("NETBOX_PLUGINS_URL", "NETBOX_PLUGINS_TOKEN", "a NetBox with plugins")
    }

    fn of_variables(url: &str, token: &str, server: &str) -> anyhow::Result<Self> {
        let setting = |name: &str| {
            let value = env::var(name).ok().filter(|value| !value.is_empty());
            value.with_context(|| format!("{name} is not set: {url} and {token} of {server} are needed"))
        };
        Ok(Self { url: setting(url)?, token: setting(token)? })
    }
}
