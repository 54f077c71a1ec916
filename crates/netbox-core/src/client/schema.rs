//! The filters of a server's own schema, for the endpoints that are not NetBox's own.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde::Deserialize;

use super::handle::Client;
use crate::{
    names::Filters,
    wire::{ApiPath, Call, Error, Mode, Outcome, Params, Server, lock},
};

impl<C: Mode> Client<C> {
    /// Reads the server's own schema, so that the filters of plugins' endpoints are checked as well; those of NetBox's
    /// own endpoints are without it. Without this call, a mistyped filter of a plugin's list answers with everything.
    /// For a NetBox newer than this library it also tells the filters of NetBox's own endpoints; without it, the new ones
    /// among them are refused.
    ///
    /// It is one request, for about 13 MB, which NetBox takes seconds to write. What it says is kept by this client and
    /// its clones; after the plugins changed, call it again.
    ///
    /// # Errors
    ///
    /// [`Error::is_forbidden`] if the server shows its schema to users alone, and this client has no token.
    ///
    /// ```no_run
    /// # use netbox_core::{Blocking, Client, Error};
    /// # fn run(client: &Client<Blocking>) -> Result<(), Error> {
    /// client.load_schema()?;
    /// let wrong = client.query_at("plugins/acme/widgets").param("colour", "red").all();
    /// assert!(wrong.unwrap_err().to_string().contains("did you mean `color`?"));
    /// # Ok(()) }
    /// ```
    pub fn load_schema(&self) -> Outcome<'_, C, Result<(), Error>> {
        C::run(async move {
            let params = Params::default().with("format", "json");
            let call = Call::get(ApiPath::of_endpoint("schema"), params);
            let document: Document = self.api().exchange(call).await?.json()?;
            let filters = document.filters(matches!(Server::of(self.version()), Server::Known(_)));
            *lock(&self.api().learnt().filters) = filters;
            Ok(())
        })
    }
}

/// The parts of an OpenAPI document that list filters.
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
    fn filters(self, has_own: bool) -> HashMap<String, Filters> {
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
