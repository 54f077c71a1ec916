//! Whether a model tells of an object what NetBox does: nothing lost, nothing invented.

use netbox_core::{Client, Error, ErrorKind, Form, Mode, Model, Outcome, Transport};
use serde_json::{Map, Value};

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

/// Reads objects of one model: as many as the number says at most, or none if this NetBox lacks the endpoint.
pub type Check<T> = for<'c> fn(&'c Client<T>, u32) -> Outcome<'c, T, Result<Reading, Error>>;

macro_rules! checks {
    ($($model:path)+) => {
        /// A check for each of the ready-made models.
        pub fn checks<T: Transport>() -> Vec<Check<T>> {
            vec![$(|client, most| T::Mode::run(check::<$model, T>(client, most))),+]
        }
    };
}

netbox_models::for_each_model!(checks);

/// How often objects that change meanwhile are read again.
const TRIES: usize = 3;

async fn check<M: Model, T: Transport>(client: &Client<T>, most: u32) -> Result<Reading, Error> {
    let mut reading = read::<M, T>(client, most).await?;
    for _ in 1..TRIES {
        if reading.wrong.is_empty() {
            break;
        }
        reading = read::<M, T>(client, most).await?;
    }
    Ok(reading)
}

async fn read<M: Model, T: Transport>(client: &Client<T>, most: u32) -> Result<Reading, Error> {
    let mut reading = Reading { endpoint: M::ENDPOINT, objects: 0, wrong: Vec::new() };
    let path = format!("{}/?limit={most}&ordering=id", M::ENDPOINT);
    let list = match T::Mode::lift(client.raw().get::<Value>(&path)).await {
        Err(error) if error.kind() == ErrorKind::NoEndpoint => return Ok(reading),
        list => list?,
    };
    let list: Vec<&Map<String, Value>> =
        list["results"].as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    reading.objects = list.len();
    if list.is_empty() {
        return Ok(reading);
    }
    let mut pages = client.query::<M>().page_size(most).pages();
    let page = T::Mode::lift(pages.next_page()).await.transpose()?.unwrap_or_default();
    let ids = list.iter().map(|object| object["id"].as_u64());
    if !ids.eq(page.iter().map(|record| Some(record.id()))) {
        reading.wrong.push("other objects are listed".to_owned());
        return Ok(reading);
    }
    for (raw, record) in list.iter().zip(&page) {
        reading.wrong.extend(differences::<M>(raw, record));
    }
    let id = page[0].id();
    let raw = T::Mode::lift(client.raw().get::<Value>(&format!("{}/{id}/", M::ENDPOINT))).await?;
    let record = T::Mode::lift(client.get::<M>(id)).await?;
    let raw = raw.as_object().ok_or_else(Map::new);
    reading.wrong.extend(differences::<M>(raw.unwrap_or_else(|_| list[0]), &record));
    Ok(reading)
}

/// Where `model` differs from the `raw` object that it was read of.
pub fn differences<M: Model>(raw: &Map<String, Value>, model: &M) -> Vec<String> {
    let mut form = Form::default();
    model.write(&mut form);
    let fields = M::FIELDS.unwrap_or_default();
    let mut wrong = Vec::new();
    let mut differs =
        |name: &str, how: String| wrong.push(format!("{} {} {name}: {how}", M::ENDPOINT, model.id()));
    for (name, sent) in raw {
        match form.value::<Value>(name) {
            Some(read) if is_same(&read, sent) && is_of_type(&read, raw.get(&format!("{name}_type"))) => {}
            Some(read) => differs(name, format!("{sent} was read as {read}")),
            // It is written as a type and an id, which are compared by themselves.
            None if fields.contains(&&**name) && is_written_as_pair(sent, &form) => {}
            None => differs(name, format!("{sent} was lost")),
        }
    }
    for name in form.names().filter(|name| !raw.contains_key(*name)) {
        let read = form.value::<Value>(name).unwrap_or_default();
        if !is_nothing(&read) {
            differs(name, format!("{read} was invented"));
        }
    }
    wrong
}

/// Whether `read`, in the form in which it is written, is what NetBox `sent`.
fn is_same(read: &Value, sent: &Value) -> bool {
    match (read, sent) {
        _ if read == sent => true,
        (Value::Number(read), Value::Number(sent)) => read.as_f64() == sent.as_f64(),
        (read, Value::Object(sent)) if sent.len() == 2 && sent.contains_key("label") => {
            sent.get("value").is_some_and(|sent| is_same(read, sent))
        }
        (Value::Number(read), Value::Object(sent)) => read.as_u64() == id_of(sent),
        (Value::Object(read), Value::Object(sent)) if read.contains_key("object_type") => {
            let id = read.get("object_id").and_then(Value::as_u64);
            match sent.get("object_type") {
                Some(kind) => read.get("object_type") == Some(kind) && id == sent["object_id"].as_u64(),
                None => id == id_of(sent),
            }
        }
        (Value::Object(read), Value::Object(sent)) => {
            read.len() == sent.len()
                && read.iter().all(|(name, read)| sent.get(name).is_some_and(|sent| is_same(read, sent)))
        }
        (Value::Array(read), Value::Array(sent)) if read.iter().all(Value::is_u64) => {
            let id = |sent: &Value| sent.as_object().map_or_else(|| sent.as_u64(), id_of);
            let mut sent: Vec<_> = sent.iter().map(id).collect();
            sent.sort_unstable();
            sent.into_iter().eq(read.iter().map(Value::as_u64))
        }
        (Value::Array(read), Value::Array(sent)) => {
            read.len() == sent.len() && read.iter().zip(sent).all(|(read, sent)| is_same(read, sent))
        }
        _ => false,
    }
}

/// Whether the generic references in `read`, if it has any, are of the type that NetBox says.
fn is_of_type(read: &Value, sent: Option<&Value>) -> bool {
    match (read, sent) {
        (Value::Array(items), Some(_)) => items.iter().all(|item| is_of_type(item, sent)),
        (Value::Object(read), Some(sent)) => read.get("object_type").is_none_or(|read| read == sent),
        _ => true,
    }
}

fn is_written_as_pair(sent: &Value, form: &Form) -> bool {
    let id = sent.as_object().map(id_of);
    let ids = form.names().filter(|name| name.ends_with("_id")).filter_map(|name| form.value::<Value>(name));
    ids.into_iter().any(|read| match id {
        Some(id) => read.as_u64() == id,
        None => sent.is_null() && read.is_null(),
    })
}

/// The id of a nested object, which may be in its URL alone.
fn id_of(object: &Map<String, Value>) -> Option<u64> {
    let url = object.get("url")?.as_str()?;
    match object.get("id") {
        Some(id) => id.as_u64(),
        None => url.trim_end_matches('/').rsplit('/').next()?.parse().ok(),
    }
}

/// What stands for a field that a version lacks.
fn is_nothing(read: &Value) -> bool {
    match read {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
