//! Brings a NetBox to the state that a data set describes.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use anyhow::{Context as _, anyhow, bail, ensure};
use serde_json::{Value, json};

use super::{
    api::Api,
    compare::{agrees, written},
    dataset::{Dataset, ME, Object, Set},
    progress::Progress,
    refusal::{Item, Refusal},
    rule::Fields,
};

/// Objects in one write: few enough to be answered well within a server's time-out.
const BATCH: usize = 100;

/// Objects on one page: as many as NetBox gives by default.
const PAGE: &str = "1000";

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Done {
    pub(super) created: usize,
    pub(super) changed: usize,
    pub(super) found: usize,
}

impl fmt::Display for Done {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Done { created, changed, found } = self;
        match (created, changed) {
            (0, 0) => write!(formatter, "nothing to do, {found} found as they shall be"),
            _ => write!(formatter, "{created} created, {changed} changed, {found} found as they shall be"),
        }
    }
}

/// Creates what is missing and completes what is there, set after set, and stops at the first error.
///
/// # Errors
///
/// If NetBox refuses a request, or has sites that are not of the data set: it isn't ours to fill then.
pub(super) fn fill(api: &dyn Api, dataset: &Dataset, progress: &Progress) -> anyhow::Result<Done> {
    let mut filler = Filler { api, ids: HashMap::new() };
    filler.refuse_a_strangers(dataset)?;
    let user = filler.get("authentication-check/", &[])?;
    filler.ids.insert(ME.to_owned(), id(&user)?);
    let mut total = Done::default();
    for set in &dataset.sets {
        let title = if set.about.is_empty() { set.endpoint.clone() } else { format!("{} ({})", set.endpoint, set.about) };
        progress.begin(&title);
        let done = filler.set(set, progress)?;
        progress.end(&format!("{title}: {done}"));
        total.created += done.created;
        total.changed += done.changed;
        total.found += done.found;
    }
    Ok(total)
}

struct Filler<'a> {
    api: &'a dyn Api,
    /// The ids of the objects that are known to be there, by reference.
    ids: HashMap<String, u64>,
}

/// Objects that wait to be sent together, with the bodies to send.
type Batch<'a> = Vec<(&'a Object, Fields)>;

impl Filler<'_> {
    fn refuse_a_strangers(&self, dataset: &Dataset) -> anyhow::Result<()> {
        let sites = dataset.sets.iter().filter(|set| set.endpoint == "dcim/sites").flat_map(|set| &set.objects);
        let ours: HashSet<_> = sites.filter_map(|site| site.fields.get("slug")).collect();
        let theirs = self.list("dcim/sites", "id,name,slug")?;
        match theirs.iter().find(|site| !site.get("slug").is_some_and(|slug| ours.contains(slug))) {
            Some(site) => bail!(
                "this NetBox isn't empty: its site {} is not of the data set, and other people's data is left alone",
                site.get("name").unwrap_or(&Value::Null)
            ),
            None => Ok(()),
        }
    }

    fn set(&mut self, set: &Set, progress: &Progress) -> anyhow::Result<Done> {
        let mut done = Done::default();
        let there = self.there(set)?;
        let (mut missing, mut different) = (Batch::new(), Batch::new());
        for object in &set.objects {
            if missing.len() == BATCH || self.resolve(object).is_err() {
                // An object may refer to one of its own set, which needs its id first: a region to its parent.
                self.create(set, &mut missing, &mut done, progress)?;
            }
            let body = self.resolve(object)?;
            match there.get(&key_of(&set.key, &body)) {
                None => missing.push((object, body)),
                Some(shown) => {
                    self.ids.insert(object.reference.clone(), id(&Value::Object(shown.clone()))?);
                    if agrees(shown, &body) {
                        done.found += 1;
                        progress.advance(1);
                    } else {
                        different.push((object, body));
                    }
                }
            }
        }
        self.create(set, &mut missing, &mut done, progress)?;
        for batch in different.chunks(BATCH) {
            self.change(set, batch)?;
            done.changed += batch.len();
            progress.advance(batch.len());
        }
        Ok(done)
    }

    /// The objects at the set's endpoint, by key, with the fields that the set has to do with.
    fn there(&self, set: &Set) -> anyhow::Result<HashMap<String, Fields>> {
        let told = set.objects.iter().flat_map(|object| object.fields.keys()).chain(&set.key);
        let mut fields: Vec<_> = told.map(String::as_str).chain(["id"]).collect();
        fields.sort_unstable();
        fields.dedup();
        let objects = self.list(&set.endpoint, &fields.join(","))?;
        Ok(objects.into_iter().map(|object| (key_of(&set.key, &object), object)).collect())
    }

    fn create(&mut self, set: &Set, batch: &mut Batch<'_>, done: &mut Done, progress: &Progress) -> anyhow::Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let bodies: Vec<_> = batch.iter().map(|(_, body)| body).collect();
        let answer = self
            .api
            .post(&path(&set.endpoint), &json!(bodies))
            .map_err(|refusal| blame(refusal, set, |item| match item {
                Item::Index(index) => usize::try_from(index).ok().and_then(|index| batch.get(index)).map(|(object, _)| *object),
                Item::Id(_) => None,
            }))?;
        let created = answer.as_array().map(Vec::as_slice).unwrap_or_default();
        ensure!(created.len() == batch.len(), "{}: {} objects sent, {} created", set.endpoint, batch.len(), created.len());
        for ((object, _), created) in batch.iter().zip(created) {
            self.ids.insert(object.reference.clone(), id(created)?);
        }
        done.created += batch.len();
        progress.advance(batch.len());
        batch.clear();
        Ok(())
    }

    fn change(&self, set: &Set, batch: &[(&Object, Fields)]) -> anyhow::Result<()> {
        let bodies: Vec<_> = batch
            .iter()
            .map(|(object, body)| {
                let mut body = body.clone();
                body.insert("id".to_owned(), json!(self.ids[&object.reference]));
                body
            })
            .collect();
        self.api.patch(&path(&set.endpoint), &json!(bodies)).map_err(|refusal| {
            blame(refusal, set, |item| {
                let place = (0..).zip(batch).find(|(index, (object, _))| match item {
                    Item::Index(wanted) => *index == wanted,
                    Item::Id(id) => self.ids[&object.reference] == id,
                });
                place.map(|(_, (object, _))| *object)
            })
        })?;
        Ok(())
    }

    /// The fields of `object` with ids in place of references.
    fn resolve(&self, object: &Object) -> anyhow::Result<Fields> {
        let mut fields = object.fields.clone();
        fields.values_mut().try_for_each(|value| self.resolve_value(value)).with_context(|| object.reference.clone())?;
        Ok(fields)
    }

    fn resolve_value(&self, value: &mut Value) -> anyhow::Result<()> {
        match value {
            Value::String(text) if text.starts_with('@') => {
                *value = json!(self.ids.get(text).with_context(|| format!("{text} isn't there yet"))?);
                Ok(())
            }
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.resolve_value(item)),
            Value::Object(fields) => fields.values_mut().try_for_each(|value| self.resolve_value(value)),
            _ => Ok(()),
        }
    }

    fn list(&self, endpoint: &str, fields: &str) -> anyhow::Result<Vec<Fields>> {
        let mut objects = Vec::new();
        loop {
            let offset = objects.len().to_string();
            let query = [("fields", fields), ("ordering", "id"), ("limit", PAGE), ("offset", &offset)];
            let page = self.get(&path(endpoint), &query)?;
            let rows = page["results"].as_array().with_context(|| format!("{endpoint} doesn't answer with a list"))?;
            objects.extend(rows.iter().filter_map(Value::as_object).cloned());
            if page["next"].is_null() || rows.is_empty() {
                return Ok(objects);
            }
        }
    }

    fn get(&self, path: &str, query: &[(&str, &str)]) -> anyhow::Result<Value> {
        self.api.get(path, query).map_err(|refusal| anyhow!("{path}: {}", refusal.reason))
    }
}

fn path(endpoint: &str) -> String {
    format!("{endpoint}/")
}

/// The values of the key, in one text: the same for an object as it is shown and as it is written.
fn key_of(key: &[String], fields: &Fields) -> String {
    let values: Vec<_> = key.iter().map(|name| fields.get(name).map_or(&Value::Null, written)).collect();
    json!(values).to_string()
}

fn id(object: &Value) -> anyhow::Result<u64> {
    object["id"].as_u64().context("NetBox shows an object without its id")
}

/// The error of a refused batch: the endpoint, NetBox's reason, and a line for each item to blame.
fn blame<'a>(refusal: Refusal, set: &Set, object: impl Fn(Item) -> Option<&'a Object>) -> anyhow::Error {
    let mut message = format!("{}: {}", set.endpoint, refusal.reason);
    for (item, reason) in refusal.items {
        let name = object(item).map_or_else(|| format!("{item:?}"), |object| object.reference.clone());
        message += &format!("\n  {name}: {reason}");
    }
    anyhow!(message)
}
