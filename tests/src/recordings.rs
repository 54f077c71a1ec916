//! Where the recordings are: `fixtures/cassettes/VERSION/SCENARIO.json`.

use std::{env, fs, path::PathBuf};

/// The version of NetBox that the tests run against, and whose recordings are complete.
pub const NEWEST: &str = "4.7";

/// The versions of which there are recordings, the oldest first.
///
/// # Panics
///
/// If there is no such folder.
pub fn versions() -> impl Iterator<Item = String> {
    let folders = fs::read_dir(root()).expect("the recordings are there");
    let mut versions: Vec<_> =
        folders.filter_map(|folder| folder.ok()?.file_name().into_string().ok()).collect();
    versions.sort();
    versions.into_iter()
}

/// The file with the recording of the scenario `name` from that version.
pub fn path(version: &str, name: &str) -> PathBuf {
    root().join(version).join(name).with_extension("json")
}

/// The folder `fixtures` of the checkout around the current directory.
///
/// # Panics
///
/// If the current directory is in no checkout.
pub fn fixtures() -> PathBuf {
    let here = env::current_dir().expect("the current directory");
    let mut fixtures = here.ancestors().map(|folder| folder.join("fixtures"));
    fixtures
        .find(|fixtures| fixtures.join("cassettes").is_dir())
        .expect("the current directory is in a checkout of this repository")
}

fn root() -> PathBuf {
    fixtures().join("cassettes")
}
