//! What a server says of the endpoints that are not NetBox's own.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex},
};

use http::Method;
use serde::Deserialize;

use super::Client;
use crate::{
    base::ApiPath,
    error::Error,
    exchange::Call,
    lock::lock,
    mode::Mode,
    params::Params,
    transport::{Outcome, Transport},
    version::Server,
};

/// The filters of lists, by their paths, as the server's schema has them: of those of plugins, and of all where the table
/// of NetBox's own lacks the server's version.
#[derive(Default)]
pub(super) struct Loaded(Mutex<HashMap<String, Arc<BTreeSet<String>>>>);

impl<T: Transport> Client<T> {
    /// Reads the server's own schema, so that the filters of plugins' endpoints are checked as well; those of NetBox's
    /// own endpoints are without it. Without this call, a mistyped filter of a plugin's list answers with everything.
    /// Of a NetBox that is newer than this library, it also tells the filters of NetBox's own endpoints, of which those
    /// that are new are refused before.
    ///
    /// It is one request, for about 13 MB, which NetBox takes seconds to write. What it says is kept by this client and
    /// its clones; after the plugins changed, call it again.
    ///
    /// # Errors
    ///
    /// [`Error::is_forbidden`] if the server shows its schema to users alone, and this client has no token.
    ///
    /// ```no_run
    /// # use netbox_core::{Blocking, Client, Error, Transport};
    /// # fn run<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
    /// client.load_schema()?;
    /// let wrong = client.query_at("plugins/acme/widgets").param("colour", "red").all();
    /// assert!(wrong.unwrap_err().to_string().contains("did you mean `color`?"));
    /// # Ok(()) }
    /// ```
    pub fn load_schema(&self) -> Outcome<'_, T, Result<(), Error>> {
        T::Mode::run(async move {
            let params = Params::default().with("format", "json");
            let call = Call::new(Method::GET, ApiPath::of_endpoint("schema"), params);
            let document: Document = self.exchange(call).await?.json()?;
            *self.loaded() = document.filters(matches!(Server::of(self.version()), Server::Known(_)));
            Ok(())
        })
    }

    /// The filters of the list at `path`, if the schema was loaded and has it.
    pub(crate) fn loaded_filters(&self, path: &ApiPath) -> Option<Arc<BTreeSet<String>>> {
        self.loaded().get(path.as_str()).cloned()
    }

    fn loaded(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<BTreeSet<String>>>> {
        lock(&self.0.learnt.loaded.0)
    }
}

/// As much of an OpenAPI document as tells filters.
#[derive(Deserialize)]
struct Document {
    paths: BTreeMap<String, Verbs>,
}

#[derive(Deserialize)]
struct Verbs {
    get: Option<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    parameters: Vec<Parameter>,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: String,
}

impl Document {
    /// The filters of all lists, but for those of NetBox's own if the table here `has_own`, and corrects them.
    fn filters(self, has_own: bool) -> HashMap<String, Arc<BTreeSet<String>>> {
        let lists = self.paths.into_iter().filter_map(|(path, Verbs { get })| {
            // A NetBox below a path of its own has that before it.
            let path = path.split_once("/api/")?.1.trim_matches('/').to_owned();
            let own = has_own && netbox_schema::endpoint(&path).is_some();
            let get = get.filter(|_| !own && !path.contains('{'))?;
            let query = get.parameters.into_iter().filter(|parameter| parameter.place == "query");
            Some((path, Arc::new(query.map(|parameter| parameter.name).collect())))
        });
        lists.collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json as value;

    use crate::{
        Blocking,
        test::{Canned, json},
    };

    #[test]
    fn what_plugins_filter_by_is_checked_once_it_is_known() {
        let parameters = value!([{"name": "color", "in": "query"}, {"name": "id", "in": "query"}]);
        let document = value!({"openapi": "3.0.3", "paths": {
            "/nb/api/plugins/acme/widgets/": {"get": {"parameters": parameters}, "post": {}},
            "/nb/api/plugins/acme/widgets/{id}/": {"get": {"parameters": [{"name": "id", "in": "path"}]}},
            "/nb/api/dcim/sites/": {"get": {"parameters": parameters}},
        }});
        let client = Canned::<Blocking>::client(move |request| {
            if request.uri().path().ends_with("/schema/") {
                json(200, &document)
            } else {
                json(200, &value!({"count": 0, "next": null, "results": []}))
            }
        });
        let ask = |path: &str, name: &str| client.query_at(path).param(name, "red").all().map(drop);
        ask("plugins/acme/widgets", "colour").unwrap();

        client.load_schema().unwrap();
        let told = ask("plugins/acme/widgets", "colour").unwrap_err().to_string();
        assert!(told.contains("did you mean `color`?"), "{told}");
        ask("plugins/acme/widgets", "color").unwrap();
        ask("plugins/acme/gadgets", "colour").unwrap();
        ask("dcim/sites", "name").unwrap();
        assert_eq!(
            client.transport().targets().iter().filter(|target| target.starts_with("schema/")).count(),
            1
        );
    }

    #[test]
    fn a_newer_netbox_tells_its_own_filters() {
        let document = value!({"openapi": "3.0.3", "paths": {
            "/api/dcim/sites/": {"get": {"parameters": [{"name": "orbit", "in": "query"}]}},
        }});
        let client = Canned::<Blocking>::client(move |request| {
            let mut answer = if request.uri().path().ends_with("/schema/") {
                json(200, &document)
            } else {
                json(200, &value!({"count": 0, "next": null, "results": []}))
            };
            answer.headers_mut().insert("api-version", "9.9".parse().unwrap());
            answer
        });
        let ask = |name: &str| client.query_at("dcim/sites").param(name, "low").all().map(drop);
        ask("name").unwrap();
        let told = ask("orbit").unwrap_err().to_string();
        assert!(told.contains("what 9.9 has is not known before `load_schema`"), "{told}");
        client.load_schema().unwrap();
        ask("orbit").unwrap();
        assert!(ask("orbti").unwrap_err().to_string().contains("did you mean `orbit`?"));
    }
}
