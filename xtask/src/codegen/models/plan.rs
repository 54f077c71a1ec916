//! The plan of the generated code: models with their fields, enums, and which features need which of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail, ensure};

use super::{
    merged::{Merged, MergedField, span},
    part::{PARTS, Part},
    variant::variant,
    words::{EnumWords, Words},
};
use crate::schema::{Extract, vocabulary::Kind};

mod field;

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
    /// The app of the model, or of the enum itself if it is shared.
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
        // The type and id by which a generic reference is written are in the reference.
        let is_part = |(generic, name): (&&str, &String)| {
            let dangling = words.of_field(&endpoint.path, generic).is_some_and(|said| said.dangling);
            !dangling && (field.name == format!("{name}_type") || field.name == format!("{name}_id"))
        };
        if generic.iter().any(is_part) {
            continue;
        }
        let field = field::field(endpoint, field, generic.get(&*field.name), words, &mut model)
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
