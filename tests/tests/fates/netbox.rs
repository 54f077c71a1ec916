//! A NetBox in memory that knows what it has carried out.

use std::{
    collections::BTreeMap,
    marker::PhantomData,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use http::{Method, StatusCode};
use netbox_core::{
    Mode, Outcome,
    transport::{Request, Response, Transport, TransportError},
};
use serde_json::{Map, Value, json};

const BASE: &str = "https://h/api";

/// How a server is, as a client sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The version, in minor releases of 4.
    pub(crate) minor: u16,
    /// A proxy strips the headers that only NetBox sets.
    pub(crate) strips: bool,
    /// The client has had an answer of the server before.
    pub(crate) is_known: bool,
}

/// All objects have the same fields, whatever their endpoint is.
pub(crate) struct NetBox {
    kind: Kind,
    state: Mutex<State>,
}

struct State {
    objects: BTreeMap<(String, u64), Value>,
    next_id: u64,
    /// How often each thing was done: `POST extras/tags`, `created tag-9`, `updated 1`, `deleted 1`.
    done: BTreeMap<String, usize>,
}

impl NetBox {
    pub(crate) fn new(kind: Kind) -> Arc<Self> {
        let mut objects = BTreeMap::new();
        for (endpoint, ids) in [
            ("core/data-sources", 1..=1),
            ("dcim/device-types", 1..=1),
            ("extras/config-templates", 1..=1),
            ("extras/tags", 1..=5),
            ("ipam/prefixes", 1..=1),
        ] {
            for id in ids {
                let name = format!("tag-{id}");
                let object = json!({"name": name, "slug": name, "color": "000000", "revision": 0});
                objects.insert((endpoint.to_owned(), id), placed(endpoint, id, object));
            }
        }
        Arc::new(Self { kind, state: Mutex::new(State { objects, next_id: 9, done: BTreeMap::new() }) })
    }

    /// How often that was done.
    pub(crate) fn done(&self, what: &str) -> usize {
        self.state().done.get(what).copied().unwrap_or_default()
    }

    /// How many writes were carried out.
    pub(crate) fn writes(&self) -> usize {
        let state = self.state();
        let methods = ["POST ", "PUT ", "PATCH ", "DELETE "];
        let writes =
            state.done.iter().filter(|(what, _)| methods.iter().any(|method| what.starts_with(method)));
        writes.map(|(_, times)| times).sum()
    }

    pub(crate) fn answer(&self, request: &Request) -> Response {
        let (status, content, etag) = self.state().carry_out(request, self.kind.minor);
        let mut answer = http::Response::builder().status(status);
        if !self.kind.strips {
            answer = answer.header("x-request-id", "5d0c0b9e-0000-4000-8000-000000000001");
            if request.uri().path().starts_with("/api/") {
                answer = answer.header("api-version", format!("4.{}", self.kind.minor));
            }
        }
        if let Some(etag) = etag.filter(|_| self.kind.minor >= 6) {
            answer = answer.header("etag", etag);
        }
        let (kind, body) = match content {
            Content::Json(body) => ("application/json", body.to_string().into()),
            Content::Text(kind, text) => (kind, Bytes::from_static(text.as_bytes())),
            Content::None => return answer.body(Bytes::new()).unwrap(),
        };
        answer.header("content-type", kind).body(body).unwrap()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

enum Content {
    Json(Value),
    Text(&'static str, &'static str),
    None,
}

type Answered = (StatusCode, Content, Option<String>);

fn ok(body: Value) -> Answered {
    (StatusCode::OK, Content::Json(body), None)
}

fn refused(status: StatusCode, detail: &str) -> Answered {
    (status, Content::Json(json!({"detail": detail})), None)
}

fn placed(endpoint: &str, id: u64, mut object: Value) -> Value {
    object["id"] = id.into();
    object["url"] = format!("{BASE}/{endpoint}/{id}/").into();
    object["display"] = object["name"].clone();
    object
}

impl State {
    fn carry_out(&mut self, request: &Request, minor: u16) -> Answered {
        let uri = request.uri();
        let path = uri.path().strip_prefix("/api/").unwrap_or(uri.path()).trim_matches('/');
        let query = Query(uri.query().unwrap_or_default());
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        match path {
            "graphql" => return ok(json!({"data": {"tag_list": [{"name": "tag-1"}]}})),
            "media/door.png" => return (StatusCode::OK, Content::Text("image/png", "\u{1}PNG"), None),
            "status" => return ok(json!({"netbox-version": format!("4.{minor}.3"), "plugins": {}})),
            "core/jobs/9" => return ok(self.job()),
            _ => {}
        }
        if *request.method() == Method::OPTIONS {
            let field =
                |kind: &str| json!({"type": kind, "required": false, "read_only": false, "label": ""});
            let fields =
                ["name", "slug", "color", "description"].map(|name| (name.to_owned(), field("string")));
            let mut fields: Map<_, _> = fields.into_iter().collect();
            fields.insert("front_image".to_owned(), field("image upload"));
            let about = json!({"name": "Tags", "description": "", "renders": [], "parses": []});
            let mut about = about.as_object().unwrap().clone();
            about.insert("actions".to_owned(), json!({"POST": fields}));
            return ok(about.into());
        }
        if request.method().is_safe() {
            return self.read(path, &query);
        }
        if let Some(etags) = request.headers().get("if-match").map(|etags| etags.to_str().unwrap()) {
            let has =
                |id: &Value| self.etag(path, id.as_u64().unwrap()).is_none_or(|etag| etags.contains(&etag));
            let ids = body.as_array().into_iter().flatten().map(|item| &item["id"]);
            let own = path.rsplit('/').next().and_then(|id| id.parse::<u64>().ok()).map(Value::from);
            if !own.iter().chain(ids).all(has) {
                return refused(StatusCode::PRECONDITION_FAILED, "Precondition failed.");
            }
        }
        let answered = self.write(request.method(), path, body);
        if answered.0.is_success() {
            if *request.method() != Method::POST || !path.ends_with("/render") {
                self.note(format!("{} {path}", request.method()));
            }
            if query.get("background").is_some() {
                let job = json!({"id": 9, "url": format!("{BASE}/core/jobs/9/"), "status": "pending"});
                let Content::Json(data) = answered.1 else {
                    panic!("bulk updates answer with what they wrote")
                };
                self.objects.insert(("core/jobs".to_owned(), 9), data);
                return (StatusCode::ACCEPTED, Content::Json(json!({"job": job})), None);
            }
        }
        answered
    }

    fn job(&self) -> Value {
        let data = self.objects.get(&("core/jobs".to_owned(), 9)).cloned();
        let status = json!({"value": "completed", "label": "Completed"});
        let data = json!({"data": data, "status_code": 200});
        json!({"id": 9, "url": format!("{BASE}/core/jobs/9/"), "status": status, "data": data})
    }

    fn read(&self, path: &str, query: &Query<'_>) -> Answered {
        if path.ends_with("/available-ips") {
            return ok(json!([{"family": 4, "address": "192.0.2.1/24", "vrf": null}]));
        }
        if query.get("export").is_some() {
            return (StatusCode::OK, Content::Text("text/plain", "tag-1\n"), None);
        }
        if let Some((endpoint, id)) = split(path) {
            return match self.objects.get(&(endpoint.to_owned(), id)) {
                Some(object) => (StatusCode::OK, Content::Json(object.clone()), self.etag(path, id)),
                None => refused(StatusCode::NOT_FOUND, "No Tag matches the given query."),
            };
        }
        let number = |name| query.get(name).and_then(|value| value.parse::<u64>().ok());
        let after =
            number("id__gt").or(number("start").map(|start| start.saturating_sub(1))).unwrap_or_default();
        let ids: Vec<u64> = query.all("id").filter_map(|id| id.parse().ok()).collect();
        let is_asked = |id: u64, object: &Value| {
            id > after
                && (ids.is_empty() || ids.contains(&id))
                && query.all("slug").all(|slug| object["slug"] == slug)
        };
        let rows = self.objects.iter().filter(|((at, id), object)| at == path && is_asked(*id, object));
        let rows: Vec<&Value> = rows.map(|(_, object)| object).collect();
        let limit = usize::try_from(number("limit").unwrap_or(50)).unwrap();
        let next = (rows.len() > limit).then(|| format!("{BASE}/{path}/?limit={limit}&offset={limit}"));
        let page: Vec<&Value> = rows.iter().copied().take(limit).collect();
        let count = number("start").is_none().then_some(rows.len());
        ok(json!({"count": count, "next": next, "previous": null, "results": page}))
    }

    fn write(&mut self, method: &Method, path: &str, body: Value) -> Answered {
        let created = |object| (StatusCode::CREATED, Content::Json(object), None);
        if path.starts_with("extras/scripts/upload") {
            let module = json!({"id": 3, "display": "audit"});
            return if method == Method::POST { created(module) } else { ok(module) };
        }
        if path.starts_with("extras/scripts/") {
            let job = placed("core/jobs", 9, json!({"name": "Run"}));
            return ok(placed("extras/scripts", 1, json!({"name": "Run", "result": job})));
        }
        if path.ends_with("/render") {
            return ok(
                json!({"configtemplate": placed("extras/config-templates", 1, json!({})), "content": "x"}),
            );
        }
        if let Some(source) = path.strip_suffix("/sync") {
            return self.change(source, Value::Null);
        }
        let home = match path {
            "users/tokens/provision" => "users/tokens",
            _ if path.ends_with("/available-ips") => "ipam/ip-addresses",
            _ => path,
        };
        match (method.as_str(), body) {
            ("POST", Value::Array(items)) => {
                created(items.into_iter().map(|item| self.create(home, item)).collect())
            }
            ("POST", item) => created(self.create(home, item)),
            ("DELETE", Value::Array(items)) => {
                for item in items {
                    self.delete(home, item["id"].as_u64().unwrap());
                }
                (StatusCode::NO_CONTENT, Content::None, None)
            }
            ("DELETE", _) => {
                let (endpoint, id) = split(path).unwrap();
                if !self.objects.contains_key(&(endpoint.to_owned(), id)) {
                    return refused(StatusCode::NOT_FOUND, "No Tag matches the given query.");
                }
                self.delete(endpoint, id);
                (StatusCode::NO_CONTENT, Content::None, None)
            }
            (_, Value::Array(items)) => {
                let mut written = Vec::new();
                for item in items {
                    let (_, content, _) = self.change(&format!("{home}/{}", item["id"]), item);
                    let Content::Json(object) = content else { panic!("a change answers with the object") };
                    written.push(object);
                }
                ok(written.into())
            }
            (_, item) => self.change(path, item),
        }
    }

    fn create(&mut self, endpoint: &str, item: Value) -> Value {
        let id = self.next_id;
        self.next_id += 1;
        let mut object =
            json!({"name": "", "slug": "", "color": "000000", "revision": 0, "key": "0123456789"});
        merge(&mut object, item);
        self.note(format!("created {}", object["slug"].as_str().unwrap()));
        let object = placed(endpoint, id, object);
        self.objects.insert((endpoint.to_owned(), id), object.clone());
        object
    }

    fn change(&mut self, path: &str, item: Value) -> Answered {
        let (endpoint, id) = split(path).unwrap();
        let Some(object) = self.objects.get_mut(&(endpoint.to_owned(), id)) else {
            return refused(StatusCode::NOT_FOUND, "No Tag matches the given query.");
        };
        merge(object, item);
        object["revision"] = (object["revision"].as_u64().unwrap() + 1).into();
        let object = object.clone();
        self.note(format!("updated {id}"));
        (StatusCode::OK, Content::Json(object), self.etag(path, id))
    }

    fn delete(&mut self, endpoint: &str, id: u64) {
        self.objects.remove(&(endpoint.to_owned(), id));
        self.note(format!("deleted {id}"));
    }

    fn etag(&self, path: &str, id: u64) -> Option<String> {
        let endpoint = split(path).map_or(path, |(endpoint, _)| endpoint);
        let object = self.objects.get(&(endpoint.to_owned(), id))?;
        Some(format!("W/\"{}\"", object["revision"]))
    }

    fn note(&mut self, what: String) {
        *self.done.entry(what).or_default() += 1;
    }
}

/// The endpoint and the id of the path of an object.
fn split(path: &str) -> Option<(&str, u64)> {
    let (endpoint, id) = path.rsplit_once('/')?;
    Some((endpoint, id.parse().ok()?))
}

fn merge(object: &mut Value, item: Value) {
    if let Value::Object(fields) = item {
        object.as_object_mut().unwrap().extend(fields);
    }
}

struct Query<'q>(&'q str);

impl<'q> Query<'q> {
    fn get(&self, name: &str) -> Option<&'q str> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &'q str> {
        let pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        let name = name.to_owned();
        pairs.filter(move |(other, _)| *other == name).map(|(_, value)| value)
    }
}

/// The way to a [`NetBox`], without a network.
pub(crate) struct Wired<C>(Arc<NetBox>, PhantomData<fn() -> C>);

impl<C> Wired<C> {
    pub(crate) fn to(netbox: &Arc<NetBox>) -> Self {
        Self(Arc::clone(netbox), PhantomData)
    }
}

impl<C: Mode> Transport for Wired<C> {
    type Mode = C;

    fn send(&self, request: Request) -> Outcome<'_, C, Result<Response, TransportError>> {
        C::run(async move { Ok(self.0.answer(&request)) })
    }

    fn sleep(&self, _: Duration) -> Outcome<'_, C, ()> {
        C::run(async {})
    }
}
