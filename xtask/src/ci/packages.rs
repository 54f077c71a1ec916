//! The packages of the workspace and their features, as `cargo metadata` lists them.

use std::{collections::BTreeMap, process::Command};

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use xtask::checkout;

#[derive(Debug, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    features: BTreeMap<String, Vec<String>>,
    /// The registries it may be published in; none is said of those that may be in any.
    publish: Option<Vec<String>>,
}

impl Package {
    pub(super) fn of_workspace() -> anyhow::Result<Vec<Self>> {
        let output = Command::new("cargo")
            .args(["metadata", "--format-version", "1", "--no-deps"])
            .current_dir(checkout::path(""))
            .output()
            .context("cargo metadata")?;
        ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
        Self::parse(&output.stdout).context("cargo metadata")
    }

    pub(super) fn parse(metadata: &[u8]) -> serde_json::Result<Vec<Self>> {
        #[derive(Deserialize)]
        struct Metadata {
            packages: Vec<Package>,
        }
        Ok(serde_json::from_slice::<Metadata>(metadata)?.packages)
    }

    /// Whether it is for users, who choose its features, and not for this repository alone.
    pub(super) fn is_published(&self) -> bool {
        self.publish.is_none()
    }

    /// The options that build it each way that its features alone make: with none, with each one, with the default.
    pub(super) fn selections(&self) -> Vec<String> {
        let (default, own): (Vec<_>, Vec<_>) = self.features.keys().partition(|name| *name == "default");
        let none = "--no-default-features";
        let alone = own.into_iter().map(|name| format!("{none} --features {name}"));
        let default = default.into_iter().map(|_| String::new());
        [none.to_owned()].into_iter().chain(alone).chain(default).collect()
    }
}
