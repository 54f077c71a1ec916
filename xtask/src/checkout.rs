//! The checkout that a command works in: the one around the current directory, wherever the program was built.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

/// The root of the checkout.
///
/// # Errors
///
/// If the current directory is in none.
pub fn root() -> anyhow::Result<PathBuf> {
    let here = env::current_dir().context("the current directory")?;
    let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    root.map(Path::to_owned).with_context(|| {
        format!("{} is not in a checkout of this repository: change to one first", here.display())
    })
}

/// The path of the file or folder `name` of the checkout, whose presence [`run`](crate::run) makes sure of.
pub fn path(name: &str) -> PathBuf {
    root().unwrap_or_default().join(name)
}
