//! What is to be written: models with their fields, enums, and which features need which of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail, ensure};

use super::{
    merged::{Merged, MergedField, span},
    part::{PARTS, Part},
    variant::{pascal, variant},
    words::{EnumWords, Words},
};
use crate::schema::{Extract, vocabulary::Kind};

/// All models, and the enums that several of them share.
pub(super) struct Plan {
    pub(super) models: Vec<Model>,
    pub(super) enums: Vec<Enum>,
}

pub(super) struct Model {
    pub(super) endpoint: String,
    pub(super) name: String,
    pub(super) object_type: Option<String>,
    pub(super) doc: String,
    pub(super) fields: Vec<Field>,
    /// Those that no other model has.
    pub(super) enums: Vec<Enum>,
    pub(super) part: Option<&'static Part>,
    /// The models and shared enums that its fields name: their apps, by their names.
    pub(super) uses: BTreeMap<String, String>,
}

pub(super) struct Field {
    /// In JSON.
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) attributes: Vec<String>,
    pub(super) doc: Option<String>,
}

pub(super) struct Enum {
    /// Of the model, or of the enum itself if it is shared.
    pub(super) app: String,
    pub(super) name: String,
    pub(super) doc: String,
    /// Whether its values are numbers.
    pub(super) numbers: bool,
    pub(super) variants: Vec<Variant>,
}

pub(super) struct Variant {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) doc: Option<String>,
}

impl Plan {
    pub(super) fn of(extract: &Extract, words: &Words) -> anyhow::Result<Self> {
        let endpoints = Merged::all(extract);
        check_named(&endpoints, words)?;
        let wanted: Vec<&Merged> =
            endpoints.iter().filter(|endpoint| words.models.contains_key(&endpoint.path)).collect();
        let enums = shared(&wanted, words)?;
        let models = wanted
            .iter()
            .map(|endpoint| model(endpoint, words).with_context(|| endpoint.path.clone()))
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { models, enums })
    }

    /// The apps whose features need the model or shared enum `name`, by the name: those from whose models it is reached.
    pub(super) fn needs(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let by_name: BTreeMap<&str, &Model> = self.models.iter().map(|model| (&*model.name, model)).collect();
        let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for model in &self.models {
            let mut reached: Vec<&str> = vec![&model.name];
            let mut seen = BTreeSet::new();
            while let Some(name) = reached.pop() {
                if seen.insert(name) {
                    needs.entry(name).or_default().insert(model.app());
                    reached.extend(
                        by_name.get(name).into_iter().flat_map(|model| model.uses.keys().map(String::as_str)),
                    );
                }
            }
        }
        needs
    }
}

impl Model {
    pub(super) fn app(&self) -> &str {
        app_of(&self.endpoint)
    }
}

fn app_of(endpoint: &str) -> &str {
    endpoint.split('/').next().unwrap_or_default()
}

/// Each endpoint has a model, or a reason to have none; and nothing else has.
fn check_named(endpoints: &[Merged], words: &Words) -> anyhow::Result<()> {
    for endpoint in endpoints {
        let path = &endpoint.path;
        match (words.models.contains_key(path), words.none.contains_key(path)) {
            (true, true) => bail!("{path} has a model in models.txt, and none"),
            (false, false) => {
                bail!("{path} is not in models.txt: name its model, or say with `none` why it has none")
            }
            (true, false) if !endpoint.ordinary => {
                bail!("{path} is no ordinary list of objects: say so in models.txt")
            }
            (false, true) if endpoint.ordinary => {
                bail!("{path} is an ordinary list of objects: name its model")
            }
            _ => {}
        }
    }
    let known = |path: &String| endpoints.iter().any(|endpoint| endpoint.path == *path);
    if let Some(path) = words.models.keys().chain(words.none.keys()).find(|path| !known(path)) {
        bail!("models.txt has {path}, which NetBox doesn't");
    }
    for key in words.fields.keys() {
        let is = |endpoint: &Merged| match key.split_once('.') {
            Some((path, name)) => endpoint.path == path && endpoint.field(name).is_some(),
            None => endpoint.field(key).is_some(),
        };
        ensure!(endpoints.iter().any(is), "fields.txt has {key}, which NetBox doesn't");
    }
    Ok(())
}

fn shared(endpoints: &[&Merged], words: &Words) -> anyhow::Result<Vec<Enum>> {
    let shared = words.enums.iter().filter_map(|of| Some((of, of.app.as_deref()?)));
    shared
        .map(|(of, app)| {
            let fields: Vec<(&Merged, &MergedField)> = of
                .fields
                .iter()
                .map(|key| {
                    let (path, name) = key.split_once('.').unwrap_or_default();
                    let endpoint = endpoints.iter().find(|endpoint| endpoint.path == path);
                    let field = endpoint.and_then(|endpoint| Some((*endpoint, endpoint.field(name)?)));
                    field.with_context(|| format!("choices.txt has {key}, which NetBox doesn't"))
                })
                .collect::<Result<_, _>>()?;
            let mut places: Vec<String> = Vec::new();
            for (endpoint, _) in &fields {
                places.push(format!("`{}`", endpoint.path));
            }
            let mut names: Vec<String> =
                fields.iter().map(|(_, field)| format!("`{}`", field.name)).collect();
            names.dedup();
            let doc = format!("The values of {} in {}.", list(&names, "or"), list(&places, "and"));
            choices(app, &of.name, doc, &fields, Some(of))
        })
        .collect()
}

fn list(items: &[String], last: &str) -> String {
    match items {
        [items @ .., end] if !items.is_empty() => format!("{} {last} {end}", items.join(", ")),
        items => items.join(""),
    }
}

fn choices(
    app: &str,
    name: &str,
    doc: String,
    fields: &[(&Merged, &MergedField)],
    words: Option<&EnumWords>,
) -> anyhow::Result<Enum> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut versions: BTreeMap<&str, _> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for (_, field) in fields {
        all.extend(field.readable.iter().copied());
        for (value, having) in &field.choices {
            versions.entry(&**value).or_insert_with(BTreeSet::new).extend(having.iter().copied());
        }
    }
    let values = fields.iter().flat_map(|(_, field)| field.choices.iter().map(|(value, _)| value));
    for value in values {
        if variants.iter().any(|variant| variant.value == *value) {
            continue;
        }
        let said = words.and_then(|words| words.variants.get(value));
        let begin = words.and_then(|words| words.begin.as_deref());
        let variant = match said {
            Some(variant) => variant.clone(),
            None => variant(value, name, begin)?,
        };
        if let Some(other) = variants.iter().find(|other| other.name == variant) {
            bail!("{name}: `{value}` and `{}` would both be {variant}", other.value);
        }
        let doc = span(&versions[&**value], &all);
        variants.push(Variant { name: variant, value: value.clone(), doc });
    }
    ensure!(!variants.is_empty(), "{name} has no variants");
    let numbers = matches!(fields[0].1.kind, Kind::IntegerChoice | Kind::BareIntegerChoice);
    Ok(Enum { app: app.to_owned(), name: name.to_owned(), doc, numbers, variants })
}

fn model(endpoint: &Merged, words: &Words) -> anyhow::Result<Model> {
    let said = &words.models[&endpoint.path];
    let mut model = Model {
        endpoint: endpoint.path.clone(),
        name: said.name.clone(),
        object_type: said.object_type.clone(),
        doc: said.doc.clone(),
        fields: Vec::new(),
        enums: Vec::new(),
        part: PARTS.iter().find(|part| part.endpoint == endpoint.path),
        uses: BTreeMap::new(),
    };
    for target in model.part.map(|part| part.refers_to).unwrap_or_default() {
        used(&mut model, words, target)?;
    }
    let generic = written_generics(endpoint);
    for field in &endpoint.fields {
        // What a generic reference is written by is in the reference.
        let is_part = |(generic, name): (&&str, &String)| {
            let dangling = words.of_field(&endpoint.path, generic).is_some_and(|said| said.dangling);
            !dangling && (field.name == format!("{name}_type") || field.name == format!("{name}_id"))
        };
        if generic.iter().any(is_part) {
            continue;
        }
        let field = self::field(endpoint, field, generic.get(&*field.name), words, &mut model)
            .with_context(|| field.name.clone())?;
        model.fields.push(field);
    }
    Ok(model)
}

/// The generic references that can be written, with the names that they are written by.
fn written_generics(endpoint: &Merged) -> BTreeMap<&str, String> {
    let generics = endpoint.fields.iter().filter(|field| field.kind == Kind::Generic);
    let pairs = generics.filter_map(|generic| {
        let is_written = |name: &str| {
            ["type", "id"].iter().all(|part| {
                endpoint.field(&format!("{name}_{part}")).is_some_and(|field| !field.writable.is_empty())
            })
        };
        let stems = endpoint.fields.iter().filter_map(|field| field.name.strip_suffix("_id"));
        let name = [&*generic.name].into_iter().chain(stems).find(|name| is_written(name))?;
        Some((&*generic.name, name.to_owned()))
    });
    pairs.collect()
}

/// Notes that the model refers to that of `endpoint`, and gives its name.
fn used(model: &mut Model, words: &Words, endpoint: &str) -> anyhow::Result<String> {
    let target = words.models.get(endpoint).with_context(|| format!("{endpoint} has no model"))?;
    model.uses.insert(target.name.clone(), app_of(endpoint).to_owned());
    Ok(target.name.clone())
}

fn field(
    endpoint: &Merged,
    field: &MergedField,
    written_as: Option<&String>,
    words: &Words,
    model: &mut Model,
) -> anyhow::Result<Field> {
    let said = words.of_field(&endpoint.path, &field.name);
    let mut attributes = Vec::new();
    let mut key = |arity: &str, model: &mut Model| -> anyhow::Result<String> {
        let target = field.target.as_ref().context("where does it point to?")?;
        attributes.push("#[fk]".to_owned());
        Ok(arity.replace('M', &used(model, words, target)?))
    };
    let is_list = matches!(
        field.kind,
        Kind::Texts
            | Kind::Integers
            | Kind::BareChoices
            | Kind::ForeignKeys
            | Kind::Generics
            | Kind::GenericObjects
            | Kind::List
            | Kind::Object
    );
    let said_type = said.and_then(|said| said.ty.clone());
    ensure!(
        said_type.is_some() || field.kinds.len() == 1,
        "it has several forms, and fields.txt has no type for all"
    );
    let ty = match (said_type, field.kind) {
        (Some(ty), Kind::Integers) if !ty.starts_with("Vec<") => format!("Vec<{ty}>"),
        (Some(ty), _) => ty,
        (None, Kind::Text) if is_address(endpoint, field) => "IpPrefix".to_owned(),
        (None, Kind::Text | Kind::File) => "String".to_owned(),
        (None, Kind::Integer) => integer(&field.name).to_owned(),
        (None, Kind::Number) => "Decimal".to_owned(),
        (None, Kind::Boolean) => "bool".to_owned(),
        (None, Kind::Date) => "Date".to_owned(),
        (None, Kind::DateTime) => "Timestamp".to_owned(),
        (None, Kind::Choice | Kind::IntegerChoice | Kind::BareChoice | Kind::BareIntegerChoice) => {
            choice(endpoint, field, words, model)?
        }
        (None, Kind::BareChoices) => format!("Vec<{}>", choice(endpoint, field, words, model)?),
        (None, Kind::ForeignKey | Kind::BareKey) => key("Fk<M>", model)?,
        (None, Kind::ForeignKeys) => key("Vec<Fk<M>>", model)?,
        (None, Kind::Generic) => "GenericFk".to_owned(),
        (None, Kind::Generics | Kind::GenericObjects) => "Vec<GenericFk>".to_owned(),
        (None, Kind::Texts) => "Vec<String>".to_owned(),
        (None, Kind::Integers) => "Vec<u32>".to_owned(),
        (None, Kind::Json) => "Value".to_owned(),
        (None, Kind::Object) if field.name == "custom_fields" => "CustomFields".to_owned(),
        (None, kind) => bail!("what is a {kind}? Say it in fields.txt"),
    };
    let everywhere = field.readable == endpoint.versions;
    // Of lists of keys some documents say that null is taken; none is ever sent.
    let nullable = field.nullable && field.kind != Kind::ForeignKeys;
    let ty = if nullable || (!everywhere && !is_list) { format!("Option<{ty}>") } else { ty };
    if !everywhere && !ty.starts_with("Option<") {
        attributes.push("#[serde(default)]".to_owned());
    }
    if said.is_some_and(|said| said.or_nulls) {
        attributes.push("#[serde(deserialize_with = \"Fk::or_none\")]".to_owned());
    }
    let is_key = attributes.iter().any(|attribute| attribute == "#[fk]");
    let mut netbox = Vec::new();
    if let Some(name) = written_as {
        if *name != field.name {
            netbox.push(format!("write = {name:?}"));
        }
    } else if (field.writable.is_empty() && !is_read_only_name(&field.name)) || field.kind == Kind::File {
        netbox.push("read_only".to_owned());
    }
    if let Some(filter) = said.and_then(|said| said.filter.as_deref()) {
        // The derive would refuse it, and this command is built with the models.
        ensure!(endpoint.filters.contains(filter), "there is no filter `{filter}`");
        netbox.push(format!("filter = {filter:?}"));
    }
    if !netbox.is_empty() {
        attributes.push(format!("#[netbox({})]", netbox.join(", ")));
    }
    // The one attribute that all others of a key follow.
    if is_key {
        attributes.sort_by_key(|attribute| attribute != "#[fk]");
    }
    let doc = [span(&field.readable, &endpoint.versions), said.and_then(|said| said.doc.clone())];
    let doc: Vec<String> = doc.into_iter().rev().flatten().collect();
    Ok(Field { name: field.name.clone(), ty, attributes, doc: (!doc.is_empty()).then(|| doc.join(" ")) })
}

/// The enum of a field's choices.
fn choice(
    endpoint: &Merged,
    field: &MergedField,
    words: &Words,
    model: &mut Model,
) -> anyhow::Result<String> {
    let key = format!("{}.{}", endpoint.path, field.name);
    let said = words.enums.iter().find(|of| of.fields.contains(&key));
    if let Some(EnumWords { app: Some(app), name, .. }) = said {
        model.uses.insert(name.clone(), app.clone());
        return Ok(name.clone());
    }
    let name =
        said.map_or_else(|| format!("{}{}", model.name, pascal(&field.name)), |said| said.name.clone());
    let doc = format!("The values of [`{}::{}`].", model.name, field.name);
    model.enums.push(choices(endpoint.app(), &name, doc, &[(endpoint, field)], said)?);
    Ok(name)
}

/// NetBox's numbers have 32 bits at most, but for ids and what it counts.
fn integer(name: &str) -> &'static str {
    let counts = name.ends_with("_count") || name.starts_with("count_");
    if name == "id" || name.ends_with("_id") || counts { "u64" } else { "u32" }
}

fn is_address(endpoint: &Merged, field: &MergedField) -> bool {
    endpoint.app() == "ipam" && ["address", "prefix", "start_address", "end_address"].contains(&&*field.name)
}

/// What needs no `#[netbox(read_only)]`.
fn is_read_only_name(name: &str) -> bool {
    ["id", "url", "display", "display_url", "created", "last_updated"].contains(&name)
        || name.ends_with("_count")
        || name.starts_with('_')
}
