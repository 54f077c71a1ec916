//! The lists of a real NetBox of each version, as `fixtures/lists/RELEASE.json.gz` has them: the first and last objects of
//! each. A NetBox that has these and nothing else answers from memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::PathBuf,
    time::Duration,
};

use bytes::Bytes;
use flate2::read::GzDecoder;
use http::{Method, StatusCode};
use netbox_core::{
    Blocking, Version,
    transport::{Request, Response, Transport, TransportError},
};
use netbox_schema::{Endpoint, Versions};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{recordings, truth};

/// An object as NetBox sent it.
pub type Sent = Map<String, Value>;

/// A NetBox that has the recorded objects of a release, and creates any of them anew.
#[derive(Debug)]
pub struct Lists {
    release: String,
    objects: BTreeMap<String, Vec<Sent>>,
    /// The keys that the answer to a create lacks, by endpoint.
    lacking: BTreeMap<String, BTreeSet<String>>,
    /// The server's description of itself, in OpenAPI.
    pub document: Value,
}

/// A list, as it was recorded.
#[derive(Deserialize)]
struct Recorded {
    results: Vec<Sent>,
}

/// The releases whose lists are there, the oldest first.
///
/// # Panics
///
/// If there is no such folder.
pub fn releases() -> Vec<String> {
    let files = fs::read_dir(folder()).expect("the recorded lists are there");
    let mut releases: Vec<_> = files
        .filter_map(|file| Some(file.ok()?.file_name().to_str()?.strip_suffix(".json.gz")?.to_owned()))
        .collect();
    releases.sort_by_key(|release| release.parse::<Version>().ok());
    releases
}

impl Lists {
    /// The NetBox of that release.
    ///
    /// # Panics
    ///
    /// If its lists can't be read.
    pub fn of(release: &str) -> Self {
        let file = File::open(folder().join(format!("{release}.json.gz"))).expect("recorded lists");
        let lists: BTreeMap<String, Value> =
            serde_json::from_reader(GzDecoder::new(file)).expect("lists as JSON");
        let objects = lists.into_iter().filter_map(|(path, list)| {
            let endpoint = path.strip_prefix("/api/")?.strip_suffix('/')?.to_owned();
            Some((endpoint, Recorded::deserialize(list).ok()?.results))
        });
        let keys = fs::read_to_string(folder().join(format!("{release}.keys.txt"))).unwrap_or_default();
        Self {
            release: release.to_owned(),
            objects: objects.collect(),
            lacking: keys.lines().filter_map(lacking).collect(),
            document: Value::Null,
        }
    }

    /// The same NetBox, if it said that it were another release.
    #[must_use]
    pub fn called(mut self, release: &str) -> Self {
        release.clone_into(&mut self.release);
        self
    }

    /// The objects of a list, to be changed; a list that is not there is added.
    pub fn objects_mut(&mut self, endpoint: &str) -> &mut Vec<Sent> {
        self.objects.entry(endpoint.to_owned()).or_default()
    }

    /// The version, without the patch.
    ///
    /// # Panics
    ///
    /// If the release has no such name.
    pub fn version(&self) -> Version {
        self.release.parse().expect("a release")
    }

    /// The objects of a list, none if this NetBox lacks it.
    pub fn objects(&self, endpoint: &str) -> &[Sent] {
        self.objects.get(endpoint).map(Vec::as_slice).unwrap_or_default()
    }

    /// The keys that the answer to a create lacks.
    pub fn lacking(&self, endpoint: &str) -> Option<&BTreeSet<String>> {
        self.lacking.get(endpoint)
    }

    fn answer(&self, request: &Request) -> (StatusCode, Value) {
        const NOT_FOUND: StatusCode = StatusCode::NOT_FOUND;
        let path = request.uri().path().trim_start_matches("/api/").trim_end_matches('/');
        if path == "schema" {
            return (StatusCode::OK, self.document.clone());
        }
        if request.method() == Method::OPTIONS {
            return (StatusCode::OK, self.options(path));
        }
        if path == "status" {
            return (StatusCode::OK, json!({"netbox-version": self.release, "plugins": {}}));
        }
        let (endpoint, id) = match path.rsplit_once('/') {
            Some((endpoint, id)) if id.bytes().all(|byte| byte.is_ascii_digit()) => {
                (endpoint, id.parse::<u64>().ok())
            }
            _ => (path, None),
        };
        let Some(objects) = self.objects.get(endpoint) else {
            return (NOT_FOUND, json!({"detail": "Not found."}));
        };
        if request.method() == Method::POST {
            return (StatusCode::CREATED, self.created(endpoint, objects, request.body()));
        }
        if let Some(id) = id {
            return match objects.iter().find(|object| object["id"] == json!(id)) {
                Some(object) if request.method() == Method::PUT => put(object, request.body()),
                Some(object) => (StatusCode::OK, json!(object)),
                None => (NOT_FOUND, json!({"detail": "No object matches the given query."})),
            };
        }
        let query = request.uri().query().unwrap_or_default();
        let values = |name: &str| -> Vec<&str> {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).collect()
        };
        let ids: Vec<u64> = values("id").iter().filter_map(|id| id.parse().ok()).collect();
        let is_asked =
            |object: &&Sent| ids.is_empty() || object["id"].as_u64().is_some_and(|id| ids.contains(&id));
        let all: Vec<&Sent> = objects.iter().filter(is_asked).collect();
        let limit = values("limit").first().and_then(|limit| limit.parse().ok()).unwrap_or(50);
        let page: Vec<&Sent> = all.iter().copied().take(limit).collect();
        (StatusCode::OK, json!({"count": all.len(), "next": null, "previous": null, "results": page}))
    }

    /// The answer to OPTIONS: the facts of the schema about NetBox's own fields, and the names of others.
    fn options(&self, path: &str) -> Value {
        let version = self.version();
        let has = |versions: Versions| versions.contains(version.major(), version.minor());
        let names = self.objects(path).iter().flat_map(Sent::keys).map(|name| (name.clone(), json!({})));
        let mut fields: Sent = names.collect();
        let known = netbox_schema::endpoint(path).into_iter().flat_map(Endpoint::fields);
        for field in known.filter(|field| has(field.versions())) {
            let facts = json!({"read_only": !has(field.writable()), "required": has(field.required())});
            fields.insert(field.name().to_owned(), facts);
        }
        json!({"name": path, "actions": {"POST": fields}})
    }

    /// The answer of that release to the creation of these objects.
    fn created(&self, endpoint: &str, objects: &[Sent], body: &[u8]) -> Value {
        let created = |object: &Sent| {
            let lacks = |key: &String| self.lacking(endpoint).is_some_and(|lacking| lacking.contains(key));
            json!(object.iter().filter(|(key, _)| !lacks(key)).collect::<BTreeMap<_, _>>())
        };
        match serde_json::from_slice(body) {
            Ok(Value::Array(items)) => objects.iter().take(items.len()).map(created).collect(),
            _ => objects.first().map(created).unwrap_or_default(),
        }
    }
}

impl Transport for Lists {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        let (status, body) = self.answer(&request);
        let mut response = Response::new(Bytes::from(body.to_string()));
        *response.status_mut() = status;
        let version = self.version().to_string();
        for (name, value) in [("api-version", &*version), ("content-type", "application/json")] {
            response.headers_mut().insert(name, value.parse().expect("a header"));
        }
        Ok(response)
    }

    fn sleep(&self, _: Duration) {}
}

/// The answer to a PUT of an object: NetBox accepts the object if it is as it was.
fn put(object: &Sent, body: &[u8]) -> (StatusCode, Value) {
    let body: Sent = serde_json::from_slice(body).unwrap_or_default();
    let was = |name: &str, value: &Value| object.get(name).is_some_and(|sent| truth::is_same(value, sent));
    let changed = body.iter().filter(|(name, value)| !was(name, value));
    let refused: Sent =
        changed.map(|(name, value)| (name.clone(), json!([format!("was put back as {value}")]))).collect();
    if refused.is_empty() {
        (StatusCode::OK, json!(object))
    } else {
        (StatusCode::BAD_REQUEST, json!(refused))
    }
}

fn folder() -> PathBuf {
    recordings::fixtures().join("lists")
}

/// Reads a line such as `ipam/vlans POST lacks ['prefix_count'] PATCH lacks [] …`.
fn lacking(line: &str) -> Option<(String, BTreeSet<String>)> {
    let (endpoint, keys) = line.split_once(" POST lacks [")?;
    let (keys, _) = keys.split_once(']')?;
    let keys = keys.split(", ").map(|key| key.trim_matches('\'').to_owned());
    Some((endpoint.to_owned(), keys.collect()))
}
