//! Where the table of netbox-schema and what it is made from are kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::checkout;

use super::{extract::Extract, overlay::Overlay};

/// The folder of netbox-schema.
pub struct Source {
    folder: PathBuf,
}

impl Source {
    pub fn of_repository() -> Self {
        Self { folder: checkout::path("crates/netbox-schema") }
    }

    /// The file with the contents of the documents.
    pub fn documents(&self) -> PathBuf {
        self.folder.join("source/documents.txt")
    }

    pub fn table(&self) -> PathBuf {
        self.folder.join("src/table.rs")
    }

    pub fn extract(&self) -> anyhow::Result<Extract> {
        read(&self.documents(), Extract::read)
    }

    pub(crate) fn overlay(&self) -> anyhow::Result<Overlay> {
        read(&self.folder.join("source/overlay.txt"), Overlay::read)
    }

    /// The true facts of each version, as far as they are known.
    pub fn corrected(&self) -> anyhow::Result<Extract> {
        self.overlay()?.correct(self.extract()?)
    }
}

fn read<T>(path: &Path, parse: impl Fn(&str) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let read = || parse(&fs::read_to_string(path)?);
    read().with_context(|| path.display().to_string())
}
