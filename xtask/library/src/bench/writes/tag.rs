//! The tags that are written.

use anyhow::bail;
use netbox_core::{Blocking, NetboxModel};
use netbox_tests::Counting;
use serde::{Deserialize, Serialize};

/// The beginning of all slugs.
const PREFIX: &str = "bench-writes-";

/// The description by which tags are known to be those of a run; no run changes it.
const MARK: &str = "made by `cargo xtask bench writes`, which deletes it";

/// The colour of new tags, and the one that they are given.
const NEW: &str = "9e9e9e";
pub(super) const CHANGED: &str = "4caf50";

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
pub(super) struct Tag {
    pub(super) id: u64,
    pub(super) slug: String,
    pub(super) color: String,
    description: String,
}

/// A tag to create, in NetBox's words; pynetbox is given the same.
#[derive(Debug, Serialize)]
pub(super) struct NewTag {
    name: String,
    slug: String,
    color: &'static str,
    description: &'static str,
}

impl NewTag {
    pub(super) fn new(number: usize) -> Self {
        let slug = format!("{PREFIX}{number}");
        Self { name: slug.clone(), slug, color: NEW, description: MARK }
    }
}

/// Deletes the tags that an interrupted run left behind, and returns how many there were.
///
/// # Errors
///
/// If there are tags that look like those of a run but aren't. Nothing is deleted then.
pub(super) fn clear(client: &Counting<Blocking>) -> anyhow::Result<usize> {
    let found = client.query::<Tag>().filter(Tag::SLUG.starts_with(PREFIX)).all()?;
    if let Some(tag) = found.iter().find(|tag| tag.description != MARK) {
        bail!(
            "there is a tag `{}`, which no run of this benchmark made: is this a NetBox whose contents matter? If \
             not, delete it",
            tag.slug
        );
    }
    client.delete_many::<Tag>(found.iter().map(|tag| tag.id)).send()?;
    Ok(found.len())
}
