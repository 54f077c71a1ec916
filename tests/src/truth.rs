//! Whether a model tells of an object what NetBox does: nothing lost, nothing invented; and whether what it writes back
//! leaves the object as it was.

use netbox_core::{Client, Error, ErrorKind, Mode, Model, Outcome, Transport, Version};
use netbox_schema::Method;
use serde_json::{Map, Value};

mod compare;

pub use compare::differences;

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

/// A ready-made model.
pub struct Entry<T: Transport> {
    /// The endpoint.
    pub endpoint: &'static str,
    /// The path of the struct below `netbox_models`, such as `dcim::Rack`.
    pub model: String,
    read: fn(&Client<T>, u32) -> Outcome<'_, T, Result<Reading, Error>>,
    put: fn(&Client<T>, u64) -> Outcome<'_, T, Result<(), Error>>,
}

impl<T: Transport> Entry<T> {
    fn of<M: Model>() -> Self {
        let (app, _) = M::ENDPOINT.split_once('/').unwrap_or_default();
        let name = std::any::type_name::<M>().rsplit("::").next().unwrap_or_default();
        Self {
            endpoint: M::ENDPOINT,
            model: format!("{app}::{name}"),
            read: |client, most| T::Mode::run(read_once::<M, T>(client, most)),
            put: |client, id| T::Mode::run(put::<M, T>(client, id)),
        }
    }

    /// Whether NetBox of that version has a way to write objects back.
    pub fn is_writable(&self, version: Version) -> bool {
        let detail = netbox_schema::endpoint(self.endpoint).map(netbox_schema::Endpoint::detail);
        detail.is_some_and(|detail| detail.of(Method::Put).contains(version.major(), version.minor()))
    }
}

macro_rules! entries {
    ($($model:path)+) => {
        /// All of the ready-made models.
        pub fn entries<T: Transport>() -> Vec<Entry<T>> {
            vec![$(Entry::of::<$model>()),+]
        }
    };
}

netbox_models::for_each_model!(entries);

/// How often objects that change meanwhile are read again.
const TRIES: usize = 3;

/// Reads objects of one model, as many as `most` at most, by a list and the first of them by its id, and compares them
/// with all that NetBox sends; none if this NetBox lacks the endpoint.
///
/// # Errors
///
/// If NetBox doesn't answer, or the model can't be read of what it answers.
pub fn read<'c, T: Transport>(
    client: &'c Client<T>,
    entry: &'c Entry<T>,
    most: u32,
) -> Outcome<'c, T, Result<Reading, Error>> {
    T::Mode::run(async move {
        let mut reading = T::Mode::lift((entry.read)(client, most)).await?;
        for _ in 1..TRIES {
            if reading.wrong.is_empty() {
                break;
            }
            reading = T::Mode::lift((entry.read)(client, most)).await?;
        }
        Ok(reading)
    })
}

async fn read_once<M: Model, T: Transport>(client: &Client<T>, most: u32) -> Result<Reading, Error> {
    let endpoint = M::ENDPOINT;
    let mut reading = Reading { endpoint, objects: 0, wrong: Vec::new() };
    let list = format!("{endpoint}/?limit={most}&ordering=id");
    let all: Value = match T::Mode::lift(client.raw().get(&list)).await {
        Err(error) if error.kind() == ErrorKind::NoEndpoint => return Ok(reading),
        all => all?,
    };
    let all: Vec<&Map<String, Value>> =
        all["results"].as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    let mut pages = client.query::<M>().page_size(most).pages();
    let models = T::Mode::lift(pages.next_page()).await.transpose()?.unwrap_or_default();
    reading.objects = all.len();
    if !all.iter().map(|object| object["id"].as_u64()).eq(models.iter().map(|model| Some(model.id()))) {
        reading.wrong.push(format!("{endpoint}: other objects are listed"));
        return Ok(reading);
    }
    for (raw, model) in all.iter().zip(&models) {
        reading.wrong.extend(compare::differences::<M>(raw, model));
    }
    if let Some(first) = models.first() {
        let raw: Map<String, Value> =
            T::Mode::lift(client.raw().get(&format!("{endpoint}/{}/", first.id()))).await?;
        let model = T::Mode::lift(client.get::<M>(first.id())).await?;
        reading.wrong.extend(compare::differences::<M>(&raw, &model));
    }
    Ok(reading)
}

async fn put<M: Model, T: Transport>(client: &Client<T>, id: u64) -> Result<(), Error> {
    let mut record = T::Mode::lift(client.get::<M>(id)).await?;
    T::Mode::lift(record.put()).await
}

/// What can't be put back, and why.
pub const NEVER: [(&str, &str); 4] = [
    ("extras/image-attachments", "NetBox wants the file again"),
    ("extras/notifications", "NetBox refuses the type of object that it made them for itself"),
    ("users/tokens", "no addresses that it is limited to come back as an empty list"),
    ("users/users", "NetBox wants the password"),
];

/// What NetBox sets whenever it saves an object.
pub const SET_BY_SAVING: [&str; 2] = ["last_updated", "data_synced"];

/// Puts back objects of one model, as many as `most` at most, and gives how many that were, and where one is not as it
/// was before.
///
/// # Errors
///
/// If NetBox doesn't answer, or refuses what it sent.
pub fn put_back<'c, T: Transport>(
    client: &'c Client<T>,
    entry: &'c Entry<T>,
    most: u32,
) -> Outcome<'c, T, Result<(usize, Vec<String>), Error>> {
    T::Mode::run(async move {
        let path = format!("{}/?limit={most}&ordering=id&fields=id", entry.endpoint);
        let list: Value = T::Mode::lift(client.raw().get(&path)).await?;
        let ids: Vec<u64> = list["results"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|object| object["id"].as_u64())
            .collect();
        let mut wrong = Vec::new();
        for id in &ids {
            let path = format!("{}/{id}/", entry.endpoint);
            let before: Map<String, Value> = T::Mode::lift(client.raw().get(&path)).await?;
            T::Mode::lift((entry.put)(client, *id)).await?;
            let after: Map<String, Value> = T::Mode::lift(client.raw().get(&path)).await?;
            for (name, before) in before.iter().filter(|(name, _)| !SET_BY_SAVING.contains(&name.as_str())) {
                if after.get(name) != Some(before) {
                    wrong.push(format!("{path} {name}: was {before}, is {:?}", after.get(name)));
                }
            }
        }
        Ok((ids.len(), wrong))
    })
}
