//! Whether a model tells of an object what NetBox does: nothing lost, nothing invented; and whether what it writes back
//! leaves the object as it was.

use std::collections::BTreeSet;

use netbox_core::{Client, Error, ErrorKind, Mode, Model, Outcome, Query, Version};
use netbox_schema::{Endpoint, Method, Versions};
use serde_json::{Map, Value};

mod compare;

pub use compare::{changes, differences};

/// What came of reading the objects of an endpoint through its model.
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
    /// Of those that were made first.
    pub oldest: u32,
    /// Of those that were made last.
    pub newest: u32,
    /// Of those that have all that they can have.
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
    read: fn(&Client<C>, Sample) -> Outcome<'_, C, Result<Reading, Error>>,
    put: fn(&Client<C>, u64) -> Outcome<'_, C, Result<(), Error>>,
}

impl<C: Mode> Entry<C> {
    fn of<M: Model>() -> Self {
        let (app, _) = M::ENDPOINT.split_once('/').unwrap_or_default();
        let name = std::any::type_name::<M>().rsplit("::").next().unwrap_or_default();
        Self {
            endpoint: M::ENDPOINT,
            model: format!("{app}::{name}"),
            read: |client, sample| C::run(read_once::<M, C>(client, sample)),
            put: |client, id| C::run(put::<M, C>(client, id)),
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
        let mut reading = C::lift((entry.read)(client, sample)).await?;
        for _ in 1..TRIES {
            if reading.wrong.is_empty() {
                break;
            }
            reading = C::lift((entry.read)(client, sample)).await?;
        }
        Ok(reading)
    })
}

async fn read_once<M: Model, C: Mode>(client: &Client<C>, sample: Sample) -> Result<Reading, Error> {
    let mut reading = Reading { endpoint: M::ENDPOINT, objects: 0, wrong: Vec::new() };
    let count = match C::lift(client.query::<M>().count()).await {
        Err(error) if error.kind() == ErrorKind::NoEndpoint => return Ok(reading),
        count => count?,
    };
    let Sample { oldest, newest, specimens } = sample;
    let query = client.query::<M>().page_size(oldest);
    let first = reading.take(client, query, &format!("limit={oldest}")).await?;
    // Some lists take no offset, and are short.
    let offset = count.saturating_sub(newest.into());
    if newest > 0 && offset > oldest.into() {
        let query = client.query::<M>().offset(offset).page_size(newest);
        reading.take(client, query, &format!("limit={newest}&offset={offset}")).await?;
    }
    if specimens > 0 && has_tags(M::ENDPOINT, client.version()) {
        let query = client.query::<M>().tag(SPECIMEN).page_size(specimens);
        let first = reading.take(client, query, &format!("limit={specimens}&tag={SPECIMEN}")).await?;
        if first.is_none() {
            reading.wrong.push(format!("{}: there is no specimen", M::ENDPOINT));
        }
    }
    if let Some(id) = first {
        let path = format!("{}/{id}/", M::ENDPOINT);
        let raw: Map<String, Value> = C::lift(client.raw().get(&path)).await?;
        let model = C::lift(client.get::<M>(id)).await?;
        reading.wrong.extend(compare::differences::<M>(&raw, &model));
    }
    Ok(reading)
}

impl Reading {
    /// Reads the first page of `query`, compares it with what NetBox sends for the same `asked` in full, and gives the
    /// first id.
    async fn take<M: Model, C: Mode>(
        &mut self,
        client: &Client<C>,
        query: Query<M, C>,
        asked: &str,
    ) -> Result<Option<u64>, Error> {
        let path = format!("{}/?{asked}&ordering=id", M::ENDPOINT);
        let all: Value = C::lift(client.raw().get(&path)).await?;
        let all: Vec<&Map<String, Value>> =
            all["results"].as_array().into_iter().flatten().filter_map(Value::as_object).collect();
        let mut pages = query.pages();
        let models = C::lift(pages.next_page()).await.transpose()?.unwrap_or_default();
        if !all.iter().map(|object| object["id"].as_u64()).eq(models.iter().map(|model| Some(model.id()))) {
            self.wrong.push(format!("{path}: other objects are listed"));
            return Ok(None);
        }
        self.objects += all.len();
        for (raw, model) in all.iter().zip(&models) {
            self.wrong.extend(compare::differences::<M>(raw, model));
        }
        Ok(models.first().map(|model| model.id()))
    }
}

async fn put<M: Model, C: Mode>(client: &Client<C>, id: u64) -> Result<(), Error> {
    let mut record = C::lift(client.get::<M>(id)).await?;
    C::lift(record.put()).await
}

/// What can't be put back, and why.
pub const NEVER: [(&str, &str); 4] = [
    ("extras/image-attachments", "NetBox wants the file again"),
    ("extras/notifications", "NetBox refuses the type of object that it made them for itself"),
    ("users/tokens", "no addresses that it is limited to come back as an empty list"),
    ("users/users", "NetBox wants the password"),
];

/// Puts back the oldest object of one model and a specimen, and gives how many that were, and where one is not as it was
/// before.
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
            C::lift((entry.put)(client, *id)).await?;
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
