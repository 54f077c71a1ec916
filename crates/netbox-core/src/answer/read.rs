//! Reading single objects.

use super::{query::Query, record::Record};
use crate::{
    client::Client,
    model::{Model, Object},
    names::Options,
    wire::{ApiPath, Error, Mode, Outcome},
};

impl<C: Mode> Client<C> {
    /// Starts a query for the objects of model `M`: all of them, until it is narrowed. Nothing is sent yet.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// fn sites(client: &Client<Blocking>) -> Result<(), Error> {
    ///     for site in client.query::<Site>().filter(Site::NAME.starts_with("DM-")) {
    ///         println!("{}", site?.name);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn query<M: Model>(&self) -> Query<M, C> {
        Query::new(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)))
    }

    /// Starts a query for the objects at a path below `/api/`, without a struct: a list, a plugin's list, or a sub-resource such as
    /// `ipam/prefixes/7/available-ips`. A sub-resource that is a plain list has no pages: it ends after as many objects as
    /// a page has (see [`page_size`](Query::page_size)), or at the server's largest page.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn widgets(client: &Client<Blocking>) -> Result<(), Error> {
    ///     for widget in client.query_at("plugins/acme/widgets") {
    ///         println!("{}", widget?.get::<String>("name")?);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn query_at(&self, path: &str) -> Query<Object, C> {
        Query::new(self.api(), ApiPath::parse(path).and_then(ApiPath::of_list))
    }

    /// Reads the object with that id.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is none, or none that this token may view.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// async fn name(client: &Client<Async>, id: u64) -> Result<String, Error> {
    ///     Ok(client.get::<Site>(id).await?.into_inner().name)
    /// }
    /// ```
    pub fn get<M: Model>(&self, id: u64) -> Outcome<'_, C, Result<Record<M, C>, Error>> {
        C::run(Record::read(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)), id))
    }

    /// Reads the object with that id; `None` if there is none that this token may view.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// fn name(client: &Client<Blocking>, id: u64) -> Result<String, Error> {
    ///     Ok(client.find::<Site>(id)?.map_or("a site that is gone".to_owned(), |site| site.name.clone()))
    /// }
    /// ```
    pub fn find<M: Model>(&self, id: u64) -> Outcome<'_, C, Result<Option<Record<M, C>>, Error>> {
        C::run(
            async move { if_found(Record::read(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)), id).await) },
        )
    }

    /// Reads the object with that id below the path of a list, without a struct.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn size(client: &Client<Blocking>, id: u64) -> Result<u64, Error> {
    ///     client.get_at("plugins/acme/widgets", id)?.get("size")
    /// }
    /// ```
    pub fn get_at(&self, path: &str, id: u64) -> Outcome<'_, C, Result<Record<Object, C>, Error>> {
        C::run(Record::read(self.api(), ApiPath::parse(path), id))
    }

    /// Asks which fields can be written at the endpoint of `M`, as NetBox describes them: which are required, and their
    /// choices.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// async fn statuses(client: &Client<Async>) -> Result<Vec<String>, Error> {
    ///     let options = client.options::<Site>().await?;
    ///     Ok(options.choices("status")?.iter().map(|status| status.as_str().to_owned()).collect())
    /// }
    /// ```
    pub fn options<M: Model>(&self) -> Outcome<'_, C, Result<Options, Error>> {
        C::run(async move { self.api().ask_options(&ApiPath::of_endpoint(M::ENDPOINT)).await })
    }

    /// Asks which fields can be written at the path of a list, without a struct.
    pub fn options_at(&self, path: &str) -> Outcome<'_, C, Result<Options, Error>> {
        let path = ApiPath::parse(path);
        C::run(async move { self.api().ask_options(&path?).await })
    }
}

/// `None` in place of the error that there is no such object.
pub(super) fn if_found<R>(found: Result<R, Error>) -> Result<Option<R>, Error> {
    match found {
        Err(error) if error.is_not_found() => Ok(None),
        found => found.map(Some),
    }
}
