use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The answer of `/api/status/`: the versions of NetBox and of its plugins.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error};
/// fn show(client: &Client<Blocking>) -> Result<(), Error> {
///     let status = client.status()?;
///     println!("NetBox {}, {:?} workers", status.netbox_version, status.rq_workers_running);
///     for (plugin, version) in &status.plugins {
///         println!("{plugin} {}", version.as_deref().unwrap_or_default());
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Status {
    /// The version of NetBox, such as `4.7.3`; builds may add a suffix, as in `4.2.8-Docker-3.2.1`.
    #[serde(rename = "netbox-version")]
    pub netbox_version: String,
    /// The version of Python that NetBox runs on.
    #[serde(rename = "python-version", default)]
    pub python_version: Option<String>,
    /// The plugins by name, with their versions.
    #[serde(default)]
    pub plugins: BTreeMap<String, Option<String>>,
    /// How many background workers run.
    #[serde(rename = "rq-workers-running", default)]
    pub rq_workers_running: Option<u32>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_written_as_netbox_sends_it() {
        let sent = json!({"netbox-version": "4.7.3", "python-version": "3.12.3", "plugins": {"acme": "1.0", "b": null},
            "rq-workers-running": 1});
        let status: Status = serde_json::from_value(sent.clone()).unwrap();
        assert_eq!(json!(status), sent);
    }
}
