//! Brings a NetBox to the state that a data set describes.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use anyhow::{Context as _, anyhow, bail};
use serde_json::{Value, json};

use self::table::Table;
use super::{
    api::{Api, Upload},
    dataset::{Dataset, ME, Object, Origin, Set},
    refusal::Refusal,
    rule::{Fields, file},
};
use crate::progress::Progress;

mod table;
#[cfg(test)]
mod tests;

/// Objects in one write: few enough to be answered within a proxy's time-out, though each device brings dozens of
/// components with it.
const BATCH: usize = 50;

/// Where what NetBox makes of templates is found.
const COMPONENTS: [&str; 12] = [
    "dcim/console-ports",
    "dcim/console-server-ports",
    "dcim/cooling-intakes",
    "dcim/cooling-outflows",
    "dcim/device-bays",
    "dcim/front-ports",
    "dcim/interfaces",
    "dcim/inventory-items",
    "dcim/module-bays",
    "dcim/power-outlets",
    "dcim/power-ports",
    "dcim/rear-ports",
];

/// The work that was done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Done {
    pub(super) created: usize,
    pub(super) changed: usize,
    pub(super) found: usize,
}

impl fmt::Display for Done {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts =
            [(self.created, "created"), (self.changed, "changed"), (self.found, "found as they shall be")];
        let told: Vec<_> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        formatter.write_str(&told.join(", "))
    }
}

/// Creates what is missing and completes what is there, set after set, and stops at the first error.
///
/// # Errors
///
/// If NetBox refuses a request, or has sites that are not of the data set: it isn't ours to fill then.
pub(super) fn fill(api: &dyn Api, dataset: &Dataset, progress: &Progress) -> anyhow::Result<Done> {
    refuse_a_strangers(api, dataset)?;
    let me = api.me().map_err(|refusal| anyhow!(refusal.reason))?;
    let mut filler =
        Filler { api, dataset, ids: HashMap::from([(ME.to_owned(), id(&me)?)]), tables: HashMap::new() };
    let mut total = Done::default();
    for set in &dataset.sets {
        let title = if set.about.is_empty() {
            set.endpoint.clone()
        } else {
            format!("{} ({})", set.endpoint, set.about)
        };
        progress.begin(&title);
        let done = filler.set(set, progress)?;
        progress.end(&format!("{title}: {done}"));
        total.created += done.created;
        total.changed += done.changed;
        total.found += done.found;
    }
    Ok(total)
}

fn refuse_a_strangers(api: &dyn Api, dataset: &Dataset) -> anyhow::Result<()> {
    let sites = dataset.sets.iter().filter(|set| set.endpoint == "dcim/sites").flat_map(|set| &set.objects);
    let ours: HashSet<_> = sites.filter_map(|site| site.fields.get("slug")).collect();
    let theirs = list(api, "dcim/sites", "id,name,slug")?;
    match theirs.iter().find(|site| !site.get("slug").is_some_and(|slug| ours.contains(slug))) {
        Some(site) => bail!(
            "this NetBox isn't empty: its site {} is not of the data set, and other people's data is left alone",
            site.get("name").unwrap_or(&Value::Null)
        ),
        None => Ok(()),
    }
}

struct Filler<'a> {
    api: &'a dyn Api,
    dataset: &'a Dataset,
    /// The ids of the objects that are known to be there, by reference.
    ids: HashMap<String, u64>,
    /// The objects at each endpoint seen so far. A table is read once, and kept up to date by the answers to writes,
    /// until a device or a module is created: NetBox creates their components by itself.
    tables: HashMap<&'a str, Table>,
}

/// Objects that wait to be sent together, with the bodies to send.
type Batch<'a> = Vec<(&'a Object, Fields)>;

impl<'a> Filler<'a> {
    fn set(&mut self, set: &'a Set, progress: &Progress) -> anyhow::Result<Done> {
        if !self.tables.contains_key(set.endpoint.as_str()) {
            self.look(set)?;
        }
        if let Origin::OfSource(source) = &set.origin {
            self.sync(set, source)?;
        }
        let mut done = Done::default();
        let (mut missing, mut different) = (Batch::new(), Batch::new());
        for object in &set.objects {
            if missing.len() == BATCH || self.resolve(object).is_err() {
                // An object may refer to one of its own set, which needs its id first: a region to its parent.
                done.created += self.create(set, &mut missing, progress)?;
            }
            let body = self.resolve(object)?;
            let Some(shown) = self.tables[set.endpoint.as_str()].find(&body) else {
                if object.files().next().is_some() {
                    done.created += self.upload(set, object, &body, progress)?;
                } else {
                    missing.push((object, body));
                }
                continue;
            };
            self.ids.insert(object.reference.clone(), shown.id);
            if shown.agrees(&body) {
                done.found += 1;
                progress.advance(1);
            } else {
                different.push((object, body));
            }
        }
        done.created += self.create(set, &mut missing, progress)?;
        for batch in different.chunks(BATCH) {
            done.changed += self.change(set, batch, progress)?;
        }
        Ok(done)
    }

    /// Asks what is at the endpoint of `set`.
    fn look(&mut self, set: &'a Set) -> anyhow::Result<()> {
        let fields: Vec<_> = self.dataset.fields(&set.endpoint).into_iter().chain(["id"]).collect();
        let objects = list(self.api, &set.endpoint, &fields.join(","))?;
        self.tables.insert(&set.endpoint, Table::new(&set.key, objects));
        Ok(())
    }

    /// Has NetBox make what it lacks of `set`, from a data source.
    fn sync(&mut self, set: &'a Set, source: &str) -> anyhow::Result<()> {
        if self.first_missing(set)?.is_some() {
            let id = *self.ids.get(source).with_context(|| format!("{source} isn't there yet"))?;
            self.api.sync(id).map_err(|refusal| anyhow!("{source}: {}", refusal.reason))?;
            self.look(set)?;
        }
        match self.first_missing(set)? {
            Some(object) => bail!("{source} was read, and there is no {}", object.reference),
            None => Ok(()),
        }
    }

    fn first_missing(&self, set: &'a Set) -> anyhow::Result<Option<&'a Object>> {
        for object in &set.objects {
            if self.tables[set.endpoint.as_str()].find(&self.resolve(object)?).is_none() {
                return Ok(Some(object));
            }
        }
        Ok(None)
    }

    fn create(&mut self, set: &'a Set, batch: &mut Batch<'a>, progress: &Progress) -> anyhow::Result<usize> {
        let batch = std::mem::take(batch);
        if batch.is_empty() {
            return Ok(0);
        }
        let bodies: Vec<_> = batch.iter().map(|(_, body)| body.clone()).collect();
        let created =
            self.api.create(&set.endpoint, &bodies).map_err(|refusal| blame(set, &batch, &refusal))?;
        for ((object, _), created) in batch.iter().zip(&created) {
            self.ids.insert(object.reference.clone(), id(created)?);
        }
        if matches!(set.endpoint.as_str(), "dcim/devices" | "dcim/modules") {
            self.tables.retain(|endpoint, _| !COMPONENTS.contains(endpoint));
        }
        self.keep(set, created, progress)
    }

    fn change(
        &mut self,
        set: &'a Set,
        batch: &[(&Object, Fields)],
        progress: &Progress,
    ) -> anyhow::Result<usize> {
        let with_id = |(object, body): &(&Object, Fields)| (self.ids[&object.reference], without_files(body));
        let patches: Vec<_> = batch.iter().map(with_id).collect();
        let changed =
            self.api.update(&set.endpoint, &patches).map_err(|refusal| blame(set, batch, &refusal))?;
        batch.iter().try_for_each(|(object, _)| self.put_files(set, object))?;
        self.keep(set, changed, progress)
    }

    /// Makes an object that has files: it is made of one, or has some in its fields.
    fn upload(
        &mut self,
        set: &'a Set,
        object: &'a Object,
        body: &Fields,
        progress: &Progress,
    ) -> anyhow::Result<usize> {
        if !matches!(set.endpoint.as_str(), "extras/scripts" | "extras/image-attachments") {
            let made = self.create(set, &mut vec![(object, without_files(body))], progress)?;
            self.put_files(set, object)?;
            return Ok(made);
        }
        let (_, file) = object.files().next().context("an upload has a file")?;
        let content = &self.dataset.files[file];
        let upload = if set.endpoint == "extras/scripts" {
            Upload::Script { file, content }
        } else {
            Upload::Image {
                endpoint: object
                    .endpoint_of("object_id")
                    .context("`object_id` refers to what the image shows")?,
                id: body["object_id"].as_u64().context("`object_id` is an id by now")?,
                name: body["name"].as_str().unwrap_or_default(),
                file,
                content,
            }
        };
        self.send(object, &upload)?;
        self.look(set)?;
        let made = self.tables[set.endpoint.as_str()].find(body);
        let made = made.with_context(|| format!("{} was uploaded, and is not there", object.reference))?;
        self.ids.insert(object.reference.clone(), made.id);
        progress.advance(1);
        Ok(1)
    }

    /// Puts files into the fields of an object that is there.
    fn put_files(&self, set: &Set, object: &Object) -> anyhow::Result<()> {
        object.files().try_for_each(|(field, file)| {
            let (id, content) = (self.ids[&object.reference], self.dataset.files[file].as_slice());
            self.send(object, &Upload::Field { endpoint: &set.endpoint, id, field, file, content })
        })
    }

    fn send(&self, object: &Object, upload: &Upload<'_>) -> anyhow::Result<()> {
        self.api.upload(upload).map_err(|refusal| anyhow!("{}: {}", object.reference, refusal.reason))
    }

    fn keep(&mut self, set: &'a Set, objects: Vec<Value>, progress: &Progress) -> anyhow::Result<usize> {
        let count = objects.len();
        progress.advance(count);
        let table =
            self.tables.get_mut(set.endpoint.as_str()).context("a set is listed before it is written")?;
        table.keep(objects);
        Ok(count)
    }

    /// The fields of `object` with ids in place of references.
    fn resolve(&self, object: &Object) -> anyhow::Result<Fields> {
        let mut fields = object.fields.clone();
        fields
            .values_mut()
            .try_for_each(|value| self.resolve_value(value))
            .with_context(|| object.reference.clone())?;
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
}

fn without_files(body: &Fields) -> Fields {
    body.iter()
        .filter(|(_, value)| file(value).is_none())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn list(api: &dyn Api, endpoint: &str, fields: &str) -> anyhow::Result<Vec<Value>> {
    api.list(endpoint, fields).map_err(|refusal| anyhow!(refusal.reason))
}

/// The error of a refused batch: the endpoint, NetBox's reason, and a line for each item to blame.
fn blame(set: &Set, batch: &[(&Object, Fields)], refusal: &Refusal) -> anyhow::Error {
    let line = |(index, reason): &(usize, String)| format!("\n  {}: {reason}", batch[*index].0.reference);
    let blamed: String = refusal.items.iter().map(line).collect();
    anyhow!("{}: {}{blamed}", set.endpoint, refusal.reason)
}

fn id(object: &Value) -> anyhow::Result<u64> {
    object["id"].as_u64().context("NetBox shows an object without its id")
}
