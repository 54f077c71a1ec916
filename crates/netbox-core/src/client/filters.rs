//! The filters that only the server knows: those of plugins, of custom objects, and of a NetBox that is newer than this
//! library.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use netbox_schema::custom_object_type;
use serde::Deserialize;

use super::{api::Api, custom_fields::Aim, document::Document, handle::Client, learnt::Description};
use crate::{
    names::CustomObjectType,
    question::Question,
    wire::{ApiPath, Call, Error, Fetch, Mode, Outcome, Params, Server, Version},
};

impl<C: Mode> Client<C> {
    /// Reads the server's own description of its filters now, rather than when a query first needs it.
    ///
    /// NetBox ignores filters that it does not know, so a query with a filter on a list that this library does not know needs
    /// the description: a list of a plugin, or one of a NetBox newer than the library. A newer NetBox may also have dropped a
    /// filter that this library knows, so updates and deletions by query there need the description, too; reads follow it once
    /// it is loaded. The client reads the description once. Before it refuses a filter, it asks the server for the versions of
    /// NetBox and its plugins, and reads the description again if they changed. That is one request for some 13 MB, and more
    /// with plugins. NetBox 4.7.3 takes up to a minute to write it the first time, keeps it for a day, and sends it within a
    /// second or two from then on. The filters of custom objects take two small requests instead, and are asked for again
    /// before one is refused.
    ///
    /// # Errors
    ///
    /// [`Error::is_forbidden`] if the server shows the description to users alone, and this client has no token.
    /// [`Error::is_timeout`] if NetBox needs longer than the transport waits: [`Client::timeout`](crate::Client::timeout) gives it
    /// time.
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
        C::run(async { self.api().describe(None).await.map(drop) })
    }
}

impl Api {
    /// Makes sure that the server knows each part of `question`. If only the server can say that, it is asked.
    pub(crate) async fn settle(&self, question: &mut Question, aim: Aim) -> Result<(), Error> {
        question.check_itself()?;
        if !question.is_void() && self.must_ask(question, aim) {
            self.ask_for_filters(question).await?;
        }
        self.number_types(question).await?;
        question.check(&self.vocabulary(question.path()))?;
        if question.is_void() { Ok(()) } else { self.check_custom_filters(question, aim).await }
    }

    /// Checks `question` again if a refusal showed the version, which was `before` until then, and says whether that
    /// version needs another form of the question.
    pub(crate) async fn settle_again(
        &self,
        question: &mut Question,
        before: Option<Version>,
    ) -> Result<bool, Error> {
        if before.is_some() || self.version().is_none() {
            return Ok(false);
        }
        let asked = question.filter_params();
        self.number_types(question).await?;
        question.check(&self.vocabulary(question.path()))?;
        Ok(question.filter_params() != asked)
    }

    fn must_ask(&self, question: &Question, aim: Aim) -> bool {
        let path = question.path().as_str();
        let is_below_an_object = path.split('/').any(|part| part.parse::<u64>().is_ok());
        if aim == Aim::Read && is_below_an_object && !path.starts_with(PLUGINS) {
            return false;
        }
        let vocabulary = self.vocabulary(question.path());
        // A newer NetBox may have lost a filter, and whatever matches without it would be written.
        let may_lack = aim == Aim::Write && vocabulary.is_of_other_version();
        question.checked_names().any(|name| may_lack || vocabulary.must_ask_for(name))
    }

    async fn ask_for_filters(&self, question: &mut Question) -> Result<(), Error> {
        let path = question.path().clone();
        let mut choose =
            |described: &Description| described.filters(&path).map(|filters| question.choose(&filters));
        match self.described(&path) {
            Some(described) if choose(&described) == Some(true) => Ok(()),
            described => {
                let now = self.description_now(&path, described).await;
                match choose(&*now.map_err(|error| unknown(&path, error))?) {
                    Some(_) => Ok(()),
                    None => Err(Error::query(format!(
                        "nobody knows the filters of {path}: the server does not describe such a list. Check its \
                         spelling; `param_unchecked` sends a filter that NetBox may ignore"
                    ))),
                }
            }
        }
    }

    /// The fields of the objects of `path` that hold JSON of the user's own, as the server describes them.
    pub(crate) async fn json_fields(&self, path: &ApiPath) -> Result<Arc<BTreeSet<String>>, Error> {
        let described = self.described(path);
        if let Some(fields) = described.as_ref().and_then(|described| described.json_fields(path)) {
            return Ok(fields);
        }
        let now = self.description_now(path, described).await?;
        Ok(now.json_fields(path).unwrap_or_default())
    }

    /// The server's description of the list at `path` as it was when it was last asked for.
    pub(super) fn described(&self, path: &ApiPath) -> Option<Arc<Description>> {
        self.contracts().descriptions.last(&part_with(path))
    }

    /// The server's description of the list at `path` as it is now. Its document follows from the versions of NetBox and its
    /// plugins, which are much shorter, so that it is read only if these are others than when it was `described`.
    async fn description_now(
        &self,
        path: &ApiPath,
        described: Option<Arc<Description>>,
    ) -> Result<Arc<Description>, Error> {
        if let Some((described, then)) =
            described.and_then(|described| Some((Arc::clone(&described), described.status.clone()?)))
        {
            let now = self.status().await?;
            if (now.netbox_version, now.plugins) == (then.netbox_version, then.plugins) {
                return Ok(described);
            }
        }
        self.describe(part_with(path)).await
    }

    /// Has the server describe this list of custom objects, or all lists of others, once for all who want it at the time.
    async fn describe(&self, list: Option<ApiPath>) -> Result<Arc<Description>, Error> {
        let load = || -> Fetch<Arc<Description>> {
            let (api, list) = (self.clone(), list.clone());
            Box::pin(async move {
                let described =
                    match list.as_ref().and_then(|path| Some((path, custom_object_type(path.as_str())?))) {
                        Some((path, slug)) => api.load_custom_objects(path, slug).await,
                        None => api.load_document().await,
                    };
                described.map(Arc::new)
            })
        };
        self.contracts().descriptions.ask(list.clone(), load).await
    }

    async fn load_document(&self) -> Result<Description, Error> {
        let status = Some(self.status().await?);
        let call = Call::get(ApiPath::of_endpoint("schema"), Params::default().with("format", "json"));
        let document: Document = self.exchange(call).await?.json()?;
        let json_fields = document.json_fields();
        let filters = document.filters(matches!(Server::of(self.version()), Server::Known(_)));
        Ok(Description { status, filters, json_fields })
    }

    async fn load_custom_objects(&self, path: &ApiPath, slug: &str) -> Result<Description, Error> {
        #[derive(Deserialize)]
        struct Page {
            results: Vec<CustomObjectType>,
        }
        let types = ApiPath::of_endpoint("plugins/custom-objects/custom-object-types");
        let call = Call::get(types, Params::default().with("slug", slug).with("limit", 2));
        let page: Page = self.exchange(call).await?.json()?;
        let mut described =
            Description { status: None, filters: HashMap::new(), json_fields: HashMap::new() };
        if let [of_type] = page.results.as_slice() {
            let status = self.status().await?;
            let plugin = status.plugins.get("netbox_custom_objects").and_then(|version| version.as_deref());
            let lookups = plugin.and_then(Version::parse) >= Some(Version::new(0, 7));
            let path = || path.as_str().to_owned();
            described.filters.insert(path(), of_type.filters(lookups));
            described.json_fields.insert(path(), Arc::new(of_type.json_fields()));
        }
        Ok(described)
    }
}

/// The list of custom objects at `path`, which is described by itself; `None` for any other.
fn part_with(path: &ApiPath) -> Option<ApiPath> {
    custom_object_type(path.as_str()).map(|_| path.clone())
}

const PLUGINS: &str = "plugins/";

/// The error for a list whose filters can't be known because of `error`.
fn unknown(path: &ApiPath, error: Error) -> Error {
    let text = format!(
        "the filters of {path} are not known, since the server's description of them can't be read: {}",
        error.reason()
    );
    error.reworded(text)
}
