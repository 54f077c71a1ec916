//! The form of the files of a data set.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// The fields of an object, as NetBox takes them but for references.
pub(super) type Fields = Map<String, Value>;

/// Objects of one endpoint, spelt out or described by a loop.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) endpoint: String,
    /// A description of these objects, for readers of the file and for the command's output.
    #[serde(default)]
    pub(super) about: String,
    /// Loops such as `site in data-centre, rack in 1-8`; each turn makes one of each of the `objects`.
    #[serde(default, rename = "for")]
    pub(super) loops: Option<String>,
    /// Fields that all the objects have.
    #[serde(default)]
    pub(super) common: Fields,
    #[serde(default)]
    pub(super) objects: Vec<Fields>,
    /// The component templates from which NetBox makes these objects when a device is created.
    #[serde(default)]
    pub(super) from: Option<String>,
    /// The data source of which NetBox makes these objects when it reads it.
    #[serde(default)]
    pub(super) sync: Option<String>,
}

/// The name of the file that stands in place of a value.
pub(super) fn file(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) if fields.len() == 1 => fields.get("file")?.as_str(),
        _ => None,
    }
}

/// Everything that stands in the files.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// In the order of the files' names, then of their lines: an object follows those that it refers to.
    pub(super) rules: Vec<Rule>,
    /// `lists.json`: what loops go over, by name.
    pub(super) lists: BTreeMap<String, Vec<Value>>,
    /// `keys.json`: the fields that distinguish objects, for endpoints where it's neither `slug` nor `name`.
    pub(super) keys: BTreeMap<String, Vec<String>>,
    /// `files/*`: what is uploaded, by name.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Source {
    pub(super) fn read(directory: &Path) -> anyhow::Result<Source> {
        let mut source = Source::default();
        for path in paths(directory)? {
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            match path.file_name().and_then(|name| name.to_str()) {
                Some("lists.json") => source.lists = parse(&path)?,
                Some("keys.json") => source.keys = parse(&path)?,
                _ => source.rules.extend(parse::<Vec<Rule>>(&path)?),
            }
        }
        for path in paths(&directory.join("files"))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            source.files.insert(name, content);
        }
        Ok(source)
    }
}

/// The entries of a directory, in the order of their names.
fn paths(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
        .with_context(|| format!("cannot list {}", directory.display()))?;
    paths.sort();
    Ok(paths)
}

fn parse<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("cannot understand {}", path.display()))
}
