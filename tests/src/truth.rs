//! Whether a model has the values of an object that NetBox sends, with nothing lost or invented; and whether the object
//! stays as it was when the model is written back.

use std::collections::BTreeSet;

use netbox_core::{Async, Blocking, Client, Error, ErrorKind, Mode, Model, Outcome, Version, patch::Form};
use netbox_schema::{Endpoint, Method, Versions};
use serde_json::{Map, Value};

mod compare;

pub use compare::{changes, differences, is_same};

/// The result of reading the objects of an endpoint through its model.
#[derive(Debug)]
pub struct Reading {
    /// The endpoint.
    pub endpoint: &'static str,
    /// How many objects were read.
    pub objects: usize,
    /// Where the model differs from the JSON.
    pub wrong: Vec<String>,
}

/// How many objects of each model are read at most.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// How many objects to read of those that were created first.
    pub oldest: u32,
    /// How many objects to read of those that were created last.
    pub newest: u32,
    /// How many objects to read of those with a value in every field that they can have.
    pub specimens: u32,
}

/// The tag of the objects in the data set that have all that they can have.
const SPECIMEN: &str = "specimen";

/// A ready-made model.
pub struct Entry<C: Mode> {
    /// The endpoint.
    pub endpoint: &'static str,
    /// The path of the struct below `netbox_models`, such as `dcim::Rack`.
    pub model: String,
    ask: fn(&Client<C>, Ask) -> Outcome<'_, C, Result<Vec<Shown>, Error>>,
}

/// A question to a model.
#[derive(Debug, Clone, Copy)]
enum Ask {
    /// To list a page.
    List(Page),
    /// To read the object with that id.
    Get(u64),
    /// To read the object with that id, and to put it back.
    Put(u64),
}

/// An object as its model has it, whatever that is.
#[derive(Debug)]
pub struct Shown {
    endpoint: &'static str,
    id: u64,
    fields: &'static [&'static str],
    form: Form,
}

impl Shown {
    /// The fields of an object that `model` has.
    pub fn of<M: Model>(model: &M) -> Self {
        let mut form = Form::default();
        model.write(&mut form);
        Self { endpoint: M::ENDPOINT, id: model.id(), fields: M::FIELDS.unwrap_or_default(), form }
    }
}

/// The objects of a list to read.
#[derive(Debug, Clone, Copy)]
struct Page {
    size: u32,
    offset: u64,
    specimens: bool,
}

impl Page {
    /// The parameters that ask for the same objects.
    fn params(self) -> String {
        let Self { size, offset, specimens } = self;
        let offset = if offset > 0 { format!("&offset={offset}") } else { String::new() };
        let tag = if specimens { format!("&tag={SPECIMEN}") } else { String::new() };
        format!("limit={size}{offset}{tag}&ordering=id")
    }
}

impl<C: Mode> Entry<C> {
    fn of<M: Model>() -> Self {
        let (app, _) = M::ENDPOINT.split_once('/').unwrap_or_default();
        let name = std::any::type_name::<M>().rsplit("::").next().unwrap_or_default();
        Self {
            endpoint: M::ENDPOINT,
            model: format!("{app}::{name}"),
            ask: |client, what| C::run(ask::<M, C>(client, what)),
        }
    }

    /// Whether NetBox of that version has the endpoint.
    pub fn exists(&self, version: Version) -> bool {
        has(self.endpoint, version, Endpoint::versions)
    }

    /// Whether NetBox of that version has a way to write objects back.
    pub fn is_writable(&self, version: Version) -> bool {
        has(self.endpoint, version, |endpoint| endpoint.detail().of(Method::Put))
    }
}

macro_rules! entries {
    ($($model:path)+) => {
        /// All of the ready-made models.
        pub fn entries<C: Mode>() -> Vec<Entry<C>> {
            vec![$(Entry::of::<$model>()),+]
        }
    };
}

netbox_models::for_each_model!(entries);

/// The entries in both modes: since this crate compiles them, those that use them need not.
pub static COMPILED: (fn() -> Vec<Entry<Blocking>>, fn() -> Vec<Entry<Async>>) = (entries, entries);

/// How often objects that change meanwhile are read again.
const TRIES: usize = 3;

/// Reads objects of one model, by lists and one of them by its id, and compares them with all that NetBox sends; none if
/// this NetBox lacks the endpoint.
///
/// # Errors
///
/// If NetBox doesn't answer, or the model can't be read of what it answers.
pub fn read<'c, C: Mode>(
    client: &'c Client<C>,
    entry: &'c Entry<C>,
    sample: Sample,
) -> Outcome<'c, C, Result<Reading, Error>> {
    C::run(async move {
        let mut reading = read_once(client, entry, sample).await?;
        for _ in 1..TRIES {
            if reading.wrong.is_empty() {
                break;
            }
            reading = read_once(client, entry, sample).await?;
        }
        Ok(reading)
    })
}

async fn read_once<C: Mode>(client: &Client<C>, entry: &Entry<C>, sample: Sample) -> Result<Reading, Error> {
    let endpoint = entry.endpoint;
    let mut reading = Reading { endpoint, objects: 0, wrong: Vec::new() };
    let count = match C::lift(client.query_at(endpoint).count()).await {
        Err(error) if error.kind() == ErrorKind::NoEndpoint => return Ok(reading),
        count => count?,
    };
    let Sample { oldest, newest, specimens } = sample;
    let page = Page { size: oldest, offset: 0, specimens: false };
    let first = reading.take(client, entry, page).await?;
    // Some lists take no offset, and are short.
    let offset = count.saturating_sub(newest.into());
    if newest > 0 && offset > oldest.into() {
        reading.take(client, entry, Page { size: newest, offset, ..page }).await?;
    }
    if specimens > 0 && has_tags(endpoint, client.version()) {
        let page = Page { size: specimens, specimens: true, ..page };
        if reading.take(client, entry, page).await?.is_none() {
            reading.wrong.push(format!("{endpoint}: there is no specimen"));
        }
    }
    if let Some(id) = first {
        let raw: Map<String, Value> = C::lift(client.raw().get(&format!("{endpoint}/{id}/"))).await?;
        for shown in C::lift((entry.ask)(client, Ask::Get(id))).await? {
            reading.wrong.extend(compare::differences(&raw, &shown));
        }
    }
    Ok(reading)
}

async fn ask<M: Model, C: Mode>(client: &Client<C>, what: Ask) -> Result<Vec<Shown>, Error> {
    let records = match what {
        Ask::List(page) => {
            let mut query = client.query::<M>().page_size(page.size);
            if page.offset > 0 {
                query = query.offset(page.offset);
            }
            if page.specimens {
                query = query.tag(SPECIMEN);
            }
            C::lift(query.pages().next_page()).await.transpose()?.unwrap_or_default()
        }
        Ask::Get(id) | Ask::Put(id) => {
            let mut record = C::lift(client.get::<M>(id)).await?;
            if let Ask::Put(_) = what {
                C::lift(record.put()).await?;
            }
            vec![record]
        }
    };
    let mut shown = Vec::with_capacity(records.len());
    for record in &records {
        shown.push(Shown::of::<M>(record));
    }
    Ok(shown)
}

impl Reading {
    /// Reads one page, compares it with what NetBox sends for the same in full, and returns the first id.
    async fn take<C: Mode>(
        &mut self,
        client: &Client<C>,
        entry: &Entry<C>,
        page: Page,
    ) -> Result<Option<u64>, Error> {
        let path = format!("{}/?{}", entry.endpoint, page.params());
        let all: Value = C::lift(client.raw().get(&path)).await?;
        let all: Vec<&Map<String, Value>> =
            all["results"].as_array().into_iter().flatten().filter_map(Value::as_object).collect();
        let shown = C::lift((entry.ask)(client, Ask::List(page))).await?;
        if !all.iter().map(|object| object["id"].as_u64()).eq(shown.iter().map(|shown| Some(shown.id))) {
            self.wrong.push(format!("{path}: other objects are listed"));
            return Ok(None);
        }
        self.objects += all.len();
        for (raw, shown) in all.iter().zip(&shown) {
            self.wrong.extend(compare::differences(raw, shown));
        }
        Ok(shown.first().map(|shown| shown.id))
    }
}

/// The endpoints whose objects can't be put back, and why.
pub const NEVER: [(&str, &str); 4] = [
    ("extras/image-attachments", "NetBox wants the file again"),
    ("extras/notifications", "NetBox refuses the type of object that it made them for itself"),
    ("users/tokens", "no addresses that it is limited to come back as an empty list"),
    ("users/users", "NetBox wants the password"),
];

/// Puts back the oldest object of one model and a specimen, and returns how many objects that were, and where one is
/// not as it was before.
///
/// # Errors
///
/// If NetBox doesn't answer, or refuses what it sent.
pub fn put_back<'c, C: Mode>(
    client: &'c Client<C>,
    entry: &'c Entry<C>,
) -> Outcome<'c, C, Result<(usize, Vec<String>), Error>> {
    C::run(async move {
        let one = client.query_at(entry.endpoint).page_size(1);
        let mut objects = C::lift(one.clone().pages().next_page()).await.transpose()?.unwrap_or_default();
        if has_tags(entry.endpoint, client.version()) {
            let specimen = C::lift(one.tag(SPECIMEN).pages().next_page()).await;
            objects.extend(specimen.transpose()?.unwrap_or_default());
        }
        let ids: BTreeSet<u64> = objects.iter().filter_map(|object| object.id()).collect();
        let mut wrong = Vec::new();
        for id in &ids {
            let before = C::lift(client.get_at(entry.endpoint, *id)).await?;
            C::lift((entry.ask)(client, Ask::Put(*id))).await?;
            let after = C::lift(client.get_at(entry.endpoint, *id)).await?;
            let changes = changes(&before, &after).into_iter();
            wrong.extend(changes.map(|change| format!("{} {id}: {change}", entry.endpoint)));
        }
        Ok((ids.len(), wrong))
    })
}

fn has_tags(endpoint: &str, version: Option<Version>) -> bool {
    version.is_some_and(|version| has(endpoint, version, |endpoint| endpoint.accepts("tag")))
}

/// Whether that version is among those that have something of the endpoint.
fn has(endpoint: &str, version: Version, what: impl Fn(Endpoint) -> Versions) -> bool {
    let versions = netbox_schema::endpoint(endpoint).map(what);
    versions.is_some_and(|versions| versions.contains(version.major(), version.minor()))
}
