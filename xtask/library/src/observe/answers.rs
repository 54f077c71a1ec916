//! The answers of a NetBox.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    path::Path,
    time::Duration,
};

use anyhow::Context as _;
use netbox_core::{Blocking, Client, ErrorKind};
use netbox_transport_ureq::UreqTransport;
use serde_json::{Map, Value};

use xtask::schema::{
    Extract,
    facts::{Endpoint, Facts, LIST},
    file,
    version::Version,
    vocabulary::Method,
};

use crate::progress::Progress;

/// The objects of one NetBox, as they are when they are read whole.
#[derive(Debug, PartialEq)]
pub(super) struct Answers {
    pub(super) version: Version,
    /// By the paths of endpoints, such as `dcim/devices`.
    pub(super) objects: BTreeMap<String, Vec<Map<String, Value>>>,
    /// The endpoints that were asked for, and are not there.
    pub(super) absent: BTreeSet<String>,
}

/// How many objects of a list are read from a server, from its beginning and from its end.
const FIRST: u64 = 1000;
const LAST: u64 = 100;

impl Answers {
    pub(super) fn new(version: Version) -> Self {
        Self { version, objects: BTreeMap::new(), absent: BTreeSet::new() }
    }

    /// Reads a file with an object of JSON: paths, such as `/api/dcim/sites/`, and what is answered there. The version
    /// is in the answer of `/api/status/`, or else in the name of the file.
    pub(super) fn of_file(path: &Path) -> anyhow::Result<Self> {
        let answers: BTreeMap<String, Value> = file::json(path, "object of paths and answers")?;
        let status = answers.get("/api/status/").and_then(|status| status["netbox-version"].as_str());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let version = status
            .into_iter()
            .chain(name.split(|c: char| !c.is_ascii_digit() && c != '.'))
            .find_map(|text| text.parse().ok())
            .with_context(|| format!("neither {name} nor a status in it tells the version of its NetBox"))?;
        let mut all = Self::new(version);
        for (path, answer) in answers {
            all.add(&path, answer);
        }
        Ok(all)
    }

    /// Reads all endpoints of a server, with the token in `NETBOX_TOKEN` if it is set: those that it lists itself, and
    /// those that `extract` has in its version.
    pub(super) fn of_server(url: &str, extract: &Extract) -> anyhow::Result<Self> {
        let transport = UreqTransport::builder().timeout(Duration::from_secs(300)).build()?;
        let mut client = Client::builder(url);
        if let Ok(token) = env::var("NETBOX_TOKEN") {
            client = client.token(&token);
        }
        let client = client.build(transport)?;
        let mut all = Self::new(client.status()?.netbox_version.parse()?);
        let mut paths = readable(&extract.release(all.version)?.facts);
        paths.extend(listed(&client, &paths)?);
        let progress = Progress::new(paths.len());
        for path in paths {
            progress.begin(&path);
            all.read(&client, &path).with_context(|| path.clone())?;
            progress.advance(1);
        }
        Ok(all)
    }

    fn read(&mut self, client: &Client<Blocking>, path: &str) -> anyhow::Result<()> {
        let raw = client.raw();
        let first: Value = match raw.get(&format!("{path}/?limit={FIRST}")) {
            Ok(first) => first,
            Err(error) if error.kind() == ErrorKind::NoEndpoint => {
                self.absent.insert(path.to_owned());
                return Ok(());
            }
            // It answers to certain parameters alone, or to a POST.
            Err(error) if error.status().is_some_and(|status| status == 400 || status == 405) => {
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let count = first["count"].as_u64().unwrap_or_default();
        self.add(path, first);
        if count > FIRST {
            let offset = FIRST.max(count - LAST);
            self.add(path, raw.get(&format!("{path}/?limit={LAST}&offset={offset}"))?);
        }
        Ok(())
    }

    /// Adds an answer: a page, a list, or an object that is there by itself.
    pub(super) fn add(&mut self, path: &str, answer: Value) {
        let path = path.trim_matches('/');
        let path = path.strip_prefix("api/").unwrap_or(path);
        let objects = match answer {
            Value::Array(objects) => objects,
            Value::Object(mut page) => match page.remove("results") {
                Some(Value::Array(objects)) => objects,
                _ if page.get("status") == Some(&404.into()) => {
                    self.absent.insert(path.to_owned());
                    return;
                }
                // An error.
                _ if page.get("status").is_some_and(Value::is_number) => return,
                _ => vec![Value::Object(page)],
            },
            _ => return,
        };
        let objects = objects.into_iter().filter_map(|object| match object {
            Value::Object(object) => Some(object),
            _ => None,
        });
        self.objects.entry(path.to_owned()).or_default().extend(objects);
    }
}

/// The endpoints that can be read.
fn readable(facts: &Facts) -> BTreeSet<String> {
    let reads =
        |endpoint: &Endpoint| endpoint.routes.get(LIST).is_some_and(|methods| methods.contains(&Method::Get));
    facts.endpoints.iter().filter(|(_, endpoint)| reads(endpoint)).map(|(path, _)| path.clone()).collect()
}

/// The endpoints that the server lists of each app with a known one.
fn listed(client: &Client<Blocking>, known: &BTreeSet<String>) -> anyhow::Result<BTreeSet<String>> {
    let apps: BTreeSet<_> = known.iter().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    let mut paths = BTreeSet::new();
    for app in apps {
        let names = client.raw().get::<BTreeMap<String, Value>>(app)?.into_keys();
        paths.extend(names.map(|name| format!("{app}/{name}")));
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use netbox_replay::loopback::{Answer, Loopback};

    use super::*;

    #[test]
    fn a_server_is_asked_for_what_it_lists_and_what_is_known() {
        let known = Extract::read(
            "documents 4.7.3\n\ndcim/cables\n  route . GET POST\n\ndcim/racks\n  route . GET\n\ndcim/sites\n  route . GET\n\ndcim/imports\n  route . POST\n",
        );
        let server = Loopback::start(|request| {
            let query = request.uri().query().unwrap_or_default();
            let answer = match (request.uri().path(), query) {
                ("/api/status/", _) => Answer::json(r#"{"netbox-version": "4.7.3"}"#),
                ("/api/dcim/", _) => Answer::json(r#"{"cables": "…", "moons": "…"}"#),
                ("/api/dcim/cables/", "limit=1000") => {
                    Answer::json(r#"{"count": 1500, "results": [{"id": 1}]}"#)
                }
                ("/api/dcim/cables/", "limit=100&offset=1400") => {
                    Answer::json(r#"{"count": 1500, "results": [{"id": 2}]}"#)
                }
                ("/api/dcim/moons/", _) => Answer::json(r#"[{"id": 3}]"#),
                ("/api/dcim/racks/", _) => Answer::new(400).body(r#"{"detail": "Which?"}"#),
                _ => Answer::new(404).body(r#"<html data-netbox-version="4.7.3">"#),
            };
            answer.header("API-Version", "4.7")
        });
        let answers = Answers::of_server(server.url(), &known.unwrap()).unwrap();
        let ids =
            |path: &str| answers.objects[path].iter().map(|object| object["id"].clone()).collect::<Vec<_>>();
        assert_eq!((ids("dcim/cables"), ids("dcim/moons")), (vec![1.into(), 2.into()], vec![3.into()]));
        assert_eq!(answers.objects.len(), 2);
        assert!(answers.absent.iter().eq(["dcim/sites"]));
    }

    #[test]
    fn the_version_of_a_file_is_in_it_or_in_its_name() {
        let folder = env::temp_dir().join(format!("observe-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let read = |name: &str, text: &str| {
            std::fs::write(folder.join(name), text).unwrap();
            Answers::of_file(&folder.join(name)).map(|answers| answers.version.to_string())
        };
        let status = r#"{"/api/status/": {"netbox-version": "4.6.8"}}"#;
        assert_eq!(read("lists-4.3.7.json", status).unwrap(), "4.6");
        assert_eq!(read("lists-4.3.7.json", "{}").unwrap(), "4.3");
        let error = read("lists.json", "{}").unwrap_err().to_string();
        assert!(error.contains("neither lists.json nor a status in it"), "{error}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
