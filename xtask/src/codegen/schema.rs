//! `cargo xtask codegen schema`: the table of netbox-schema.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use lexopt::{Arg, Parser};

use super::models;
use crate::schema::{Document, Extract, Source, reading, table};

const HELP: &str = "\
cargo xtask codegen schema [--check] [DOCUMENT…]

Writes crates/netbox-schema/src/table.rs in two steps, of which the second needs no document:

1. Each DOCUMENT, an OpenAPI document of NetBox as .json or .json.gz or a folder of these, is read into
   crates/netbox-schema/source/documents.txt, in place of that of the same minor version. Documents of other versions
   stay as they are there. A NetBox sends its own as /api/schema/?format=json, without a token.
2. documents.txt, corrected by source/overlay.txt, is encoded as the table, and the models are written anew, as by
   `cargo xtask codegen models`. A line of the overlay that matches nothing or changes nothing is an error.

A document should be of a NetBox without plugins; of those that there are, the routes below plugins/ are left out.

  --check     write nothing, and fail if a file is not as it would be written: without documents, if the table is not
              what documents.txt and overlay.txt make it; with them, also if documents.txt is not what they say";

pub(super) fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut check = false;
    let mut documents = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("check") => check = true,
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Value(path) => documents.extend(files(Path::new(&path))?),
            other => return Err(other.unexpected().into()),
        }
    }
    let source = Source::of_repository();
    let mut extract = source.extract()?;
    for path in documents {
        let name = path.display().to_string();
        let document = Document::open(&path)?;
        let facts = reading::read(&document).with_context(|| name.clone())?;
        println!("{name}: NetBox {}, {} endpoints", document.number(), facts.endpoints.len());
        extract.add(document.number(), facts)?;
    }
    let text = extract.write();
    put(&source.documents(), &text, check)?;
    // From the text, which has an order for all versions, so that the table is the same with and without documents.
    let corrected = source.overlay()?.correct(Extract::read(&text)?)?;
    let (text, size) = table::write(&corrected)?;
    // A table that the models don't fit is not written.
    let models = models::Files::of(&corrected)?;
    put(&source.table(), &text, check)?;
    println!("{size}");
    models.put(check)
}

/// Writes the file, or checks that it has been written.
fn put(path: &Path, text: &str, check: bool) -> anyhow::Result<()> {
    if check {
        let is_so = fs::read_to_string(path).is_ok_and(|now| now == text);
        ensure!(is_so, "{} is stale: run `cargo xtask codegen schema`, and commit it", path.display());
        return Ok(());
    }
    fs::write(path, text).with_context(|| path.display().to_string())?;
    println!("{}: {} bytes", path.display(), text.len());
    Ok(())
}

/// The file, or the documents in the folder.
fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let plain = Path::new(name.strip_suffix(".gz").unwrap_or(&name));
        if plain.extension().is_some_and(|extension| extension == "json") {
            files.push(file);
        }
    }
    if files.is_empty() {
        bail!("there is no .json and no .json.gz in {}", path.display());
    }
    files.sort();
    Ok(files)
}
