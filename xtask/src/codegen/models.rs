//! `cargo xtask codegen models`: the models of netbox-models.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail, ensure};
use lexopt::Parser;

use self::{plan::Plan, words::Words};
use crate::{
    checkout, flag,
    schema::{Extract, Source},
};

mod merged;
mod part;
mod plan;
mod source;
mod variant;
mod words;

const HELP: &str = "\
cargo xtask codegen models [--check]

Writes the models of crates/netbox-models: of each endpoint that lists ordinary objects, what all versions together have.
What they have is taken from the sources of netbox-schema; what they are called, what they mean, and what else
netbox-schema can't tell, from the texts in crates/netbox-models/source. rustfmt has to be there.

  --check   write nothing, and fail if a file is not as it would be written, or should not be there";

pub(super) fn run(arguments: Parser) -> anyhow::Result<()> {
    let Some(check) = flag::read(arguments, "check", HELP)? else { return Ok(()) };
    Files::of(&Source::of_repository().corrected()?)?.put(check)
}

/// The files of netbox-models that are generated, by their paths below `src`.
pub(super) struct Files {
    texts: BTreeMap<String, String>,
    size: String,
}

impl Files {
    /// # Errors
    ///
    /// If the sources do not decide on a model, a field or a choice.
    pub(super) fn of(extract: &Extract) -> anyhow::Result<Self> {
        let plan = Plan::of(extract, &words()?)?;
        let fields: usize = plan.models.iter().map(|model| model.fields.len()).sum();
        let enums = plan.enums.len() + plan.models.iter().map(|model| model.enums.len()).sum::<usize>();
        let size = format!("{} models with {fields} fields, {enums} enums", plan.models.len());
        Ok(Self { texts: formatted(source::files(&plan))?, size })
    }

    /// Writes them, or checks that they have been written.
    pub(super) fn put(&self, check: bool) -> anyhow::Result<()> {
        put(&folder().join("src"), &self.texts, check)?;
        println!("{}", self.size);
        Ok(())
    }
}

/// The endpoints that have no model, and why.
pub fn without_model() -> anyhow::Result<BTreeMap<String, String>> {
    Ok(words()?.none)
}

fn words() -> anyhow::Result<Words> {
    Words::read(&folder().join("source"))
}

fn folder() -> PathBuf {
    checkout::path("crates/netbox-models")
}

/// As rustfmt has them.
fn formatted(files: BTreeMap<String, String>) -> anyhow::Result<BTreeMap<String, String>> {
    let folder = std::env::temp_dir().join(format!("netbox-codegen-models-{}", std::process::id()));
    let outcome = format_in(&folder, files);
    drop(fs::remove_dir_all(&folder));
    outcome
}

fn format_in(folder: &Path, files: BTreeMap<String, String>) -> anyhow::Result<BTreeMap<String, String>> {
    let paths: Vec<PathBuf> = files.keys().map(|name| folder.join(name)).collect();
    for (path, text) in paths.iter().zip(files.values()) {
        write(path, text)?;
    }
    let root = checkout::root()?;
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--config-path"]).arg(root.join("rustfmt.toml")).args(&paths);
    let output = rustfmt.output().context("rustfmt")?;
    ensure!(output.status.success(), "rustfmt: {}", String::from_utf8_lossy(&output.stderr));
    let read = |path: &PathBuf| fs::read_to_string(path).with_context(|| path.display().to_string());
    files.keys().cloned().zip(&paths).map(|(name, path)| Ok((name, read(path)?))).collect()
}

/// Writes the files, and removes those that are no longer there; or checks that all is so.
fn put(folder: &Path, files: &BTreeMap<String, String>, check: bool) -> anyhow::Result<()> {
    let stale = |path: &Path| -> anyhow::Result<()> {
        bail!("{} is stale: run `cargo xtask codegen models`, and commit it", path.display())
    };
    for (app, _) in source::APPS {
        for entry in fs::read_dir(folder.join(app)).into_iter().flatten() {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if files.contains_key(&format!("{app}/{name}")) {
                continue;
            }
            if check {
                stale(&path)?;
            }
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|now| now == *text) {
            continue;
        }
        if check {
            stale(&path)?;
        }
        write(&path, text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::write(path, text)
    };
    write().with_context(|| path.display().to_string())
}
