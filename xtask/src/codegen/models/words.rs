//! The hand-written part of the models: their names, what they mean, and facts that netbox-schema lacks.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, bail, ensure};

/// The texts in `crates/netbox-models/source`.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// By endpoint.
    pub(super) models: BTreeMap<String, ModelWords>,
    /// The endpoints that have no model, and why.
    pub(super) none: BTreeMap<String, String>,
    pub(super) enums: Vec<EnumWords>,
    /// By name, or by endpoint and name with a dot between them.
    pub(super) fields: BTreeMap<String, FieldWords>,
}

#[derive(Debug)]
pub(super) struct ModelWords {
    pub(super) name: String,
    /// NetBox's name of the type, where it does not follow from the endpoint.
    pub(super) object_type: Option<String>,
    pub(super) doc: String,
}

#[derive(Debug)]
pub(super) struct EnumWords {
    /// Where it lives if several models share it.
    pub(super) app: Option<String>,
    pub(super) name: String,
    /// Endpoints and names, with a dot between them.
    pub(super) fields: Vec<String>,
    /// The letters that variants begin with if their values begin with a digit.
    pub(super) begin: Option<String>,
    /// By value.
    pub(super) variants: BTreeMap<String, String>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct FieldWords {
    pub(super) ty: Option<String>,
    pub(super) filter: Option<String>,
    /// Whether a generic reference has its type and id beside it, since the object may be gone.
    pub(super) dangling: bool,
    /// Whether an object without an id stands for none.
    pub(super) or_nulls: bool,
    pub(super) doc: Option<String>,
}

impl Words {
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let mut words = Self::default();
        each(&folder.join("models.txt"), |head, lines| words.model(head, lines))?;
        each(&folder.join("choices.txt"), |head, lines| words.choices(head, lines))?;
        each(&folder.join("fields.txt"), |head, lines| words.field(head, lines))?;
        Ok(words)
    }

    /// The words about a field: those about this field alone, or else those about all fields of that name.
    pub(super) fn of_field(&self, endpoint: &str, name: &str) -> Option<&FieldWords> {
        self.fields.get(&format!("{endpoint}.{name}")).or_else(|| self.fields.get(name))
    }

    fn model(&mut self, head: &str, lines: &[&str]) -> anyhow::Result<()> {
        let (first, second) =
            head.split_once(' ').context("an endpoint and a name, or `none` and an endpoint")?;
        let doc = lines.join(" ");
        ensure!(!doc.is_empty(), "it is not said what it is");
        let known = if first == "none" {
            self.none.insert(second.to_owned(), doc).is_some()
        } else {
            let (name, object_type) = match second.split_once(' ') {
                Some((name, object_type)) => (name, Some(object_type.to_owned())),
                None => (second, None),
            };
            let words = ModelWords { name: name.to_owned(), object_type, doc };
            self.models.insert(first.to_owned(), words).is_some()
        };
        ensure!(!known, "it is there twice");
        Ok(())
    }

    fn choices(&mut self, head: &str, lines: &[&str]) -> anyhow::Result<()> {
        let (path, fields) = head.split_once(": ").context("a name and fields")?;
        let (app, name) = match path.split_once('/') {
            Some((app, name)) => (Some(app.to_owned()), name),
            None => (None, path),
        };
        let mut of = EnumWords {
            app,
            name: name.to_owned(),
            fields: fields.split(' ').map(str::to_owned).collect(),
            begin: None,
            variants: BTreeMap::new(),
        };
        for line in lines {
            let (value, variant) = line.split_once(' ').context("a value and a variant")?;
            if value == "begin" {
                of.begin = Some(variant.to_owned());
            } else {
                of.variants.insert(value.to_owned(), variant.to_owned());
            }
        }
        self.enums.push(of);
        Ok(())
    }

    fn field(&mut self, head: &str, lines: &[&str]) -> anyhow::Result<()> {
        let (head, ty) = match head.split_once(": ") {
            Some((head, ty)) => (head, Some(ty.to_owned())),
            None => (head, None),
        };
        let (head, dangling) = match head.strip_suffix(" with type and id") {
            Some(head) => (head, true),
            None => (head, false),
        };
        let (head, or_nulls) = match head.strip_suffix(" or nulls") {
            Some(head) => (head, true),
            None => (head, false),
        };
        let (name, filter) = match head.split_once(" filter ") {
            Some((name, filter)) => (name, Some(filter.to_owned())),
            None => (head, None),
        };
        let doc = (!lines.is_empty()).then(|| lines.join(" "));
        let words = FieldWords { ty, filter, dangling, or_nulls, doc };
        ensure!(words != FieldWords::default(), "nothing is said of it");
        let known = self.fields.insert(name.to_owned(), words);
        ensure!(known.is_none(), "it is there twice");
        Ok(())
    }
}

/// Gives each head with the indented lines below it.
fn each(path: &Path, mut give: impl FnMut(&str, &[&str]) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut items: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match (line.strip_prefix("  "), items.last_mut()) {
            (None, _) => items.push((line, Vec::new())),
            (Some(line), Some((_, lines))) => lines.push(line),
            (Some(_), None) => bail!("{}: `{line}` is below nothing", path.display()),
        }
    }
    items.into_iter().try_for_each(|(head, lines)| {
        give(head, &lines).with_context(|| format!("{}: {head}", path.display()))
    })
}
