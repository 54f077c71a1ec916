//! Files that a command writes, and that are kept in the repository.

use std::fs;

use anyhow::{Context as _, bail};

use crate::checkout::path;

/// Writes `text` to the file `name` of the repository, unless it is there; with `check`, fails instead if it isn't.
pub fn keep(name: &str, text: &str, check: bool, command: &str) -> anyhow::Result<()> {
    let path = path(name);
    if fs::read_to_string(&path).is_ok_and(|now| now == text) {
        println!("{name} is as it would be written");
        return Ok(());
    }
    if check {
        bail!("{name} is stale: run `cargo xtask {command}`, and commit it");
    }
    fs::write(&path, text).with_context(|| name.to_owned())
}

/// The content of the file `name` of the repository.
pub fn content(name: &str) -> anyhow::Result<String> {
    fs::read_to_string(path(name)).with_context(|| name.to_owned())
}
