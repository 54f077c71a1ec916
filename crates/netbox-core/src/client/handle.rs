use std::{fmt, marker::PhantomData, time::Duration};

use super::{api::Api, status::Status};
use crate::wire::{Error, Mode, Outcome, Version};

/// A client of one NetBox, [`Blocking`](crate::Blocking) or [`Async`](crate::Async).
///
/// The transport that it is built with decides the mode `C`: every call blocks, or returns a future. A clone is cheap and
/// shares everything.
///
/// # Examples
///
/// ```no_run
/// # use netbox_core::{Blocking, Client, NetboxModel, transport::Transport};
/// # #[derive(Debug, serde::Deserialize, NetboxModel)]
/// # #[netbox(endpoint = "dcim/sites")]
/// # struct Site { id: u64, name: String }
/// # fn run(transport: impl Transport<Mode = Blocking> + 'static) -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder("https://netbox.example.com").token("nbt_…").build(transport)?;
/// for site in client.query::<Site>().filter(Site::NAME.starts_with("DM-")).iter() {
///     println!("{}", site?.name);
/// }
/// # Ok(()) }
/// ```
pub struct Client<C> {
    api: Api,
    mode: PhantomData<fn() -> C>,
}

impl<C: Mode> Client<C> {
    pub(crate) fn of(api: Api) -> Self {
        Self { api, mode: PhantomData }
    }

    /// The version of the server, once an answer has shown it.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, Version};
    /// async fn has_tag_changes(client: &Client<Async>) -> Result<bool, Error> {
    ///     client.status().await?;
    ///     Ok(client.version() >= Some(Version::new(4, 6)))
    /// }
    /// ```
    pub fn version(&self) -> Option<Version> {
        self.api.version()
    }

    /// The root URL of the NetBox, as the client understood the URL that it was built with:
    /// `https://netbox.example.com` for `netbox.example.com/api/`.
    pub fn base_url(&self) -> &str {
        self.api.base().as_str()
    }

    /// The schema id of the branch that the client reads and writes on, with NetBox's branching plugin; `None` on main.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client};
    /// fn place(client: &Client<Blocking>) -> String {
    ///     format!("{} on {}", client.base_url(), client.branch().unwrap_or("main"))
    /// }
    /// ```
    pub fn branch(&self) -> Option<&str> {
        self.api.home().branch()
    }

    /// The versions of NetBox and of its plugins.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error};
    /// async fn has_branches(client: &Client<Async>) -> Result<bool, Error> {
    ///     Ok(client.status().await?.plugins.contains_key("netbox_branching"))
    /// }
    /// ```
    pub fn status(&self) -> Outcome<'_, C, Result<Status, Error>> {
        C::run(self.api().status())
    }

    /// Returns the same client, which resolves references `together`, the default, or each by itself.
    ///
    /// With `together`, the first access to a reference fetches, in one request, all objects of the same endpoint that
    /// the references of the page refer to, as far as their ids fit into one URL. A loop over many objects then costs
    /// about one request for each page and endpoint. Otherwise, each access to an object that is not here costs a
    /// request, and fetches only that object.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, #[fk] site: Fk<Site> }
    /// fn site_of_one(client: &Client<Blocking>) -> Result<String, Error> {
    ///     let racks = client.query::<Rack>().all()?;
    ///     let client = client.batching(false);
    ///     Ok(racks[0].site(&client)?.name.clone())           // one site is fetched
    /// }
    /// ```
    #[must_use]
    pub fn batching(&self, together: bool) -> Self {
        Self::of(self.api.batching(together))
    }

    /// Returns the same client, each of whose exchanges may take that long, whatever the limit of its transport is.
    ///
    /// Records that this client reads keep the limit for what they send. To limit the requests of one query or one bulk
    /// write, use [`Query::timeout`](crate::Query::timeout) and [`Bulk::timeout`](crate::bulk::Bulk::timeout).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn render(client: &Client<Blocking>) -> Result<String, Error> {
    ///     let patient = client.timeout(Duration::from_secs(300));
    ///     patient.query_at("dcim/devices").export("a template that takes minutes")
    /// }
    /// ```
    #[must_use]
    pub fn timeout(&self, time: Duration) -> Self {
        Self::of(self.api.timeout(time))
    }

    pub(crate) fn api(&self) -> &Api {
        &self.api
    }
}

impl<C> Clone for Client<C> {
    fn clone(&self) -> Self {
        Self { api: self.api.clone(), mode: PhantomData }
    }
}

impl<C> fmt::Debug for Client<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", self.api.base())
            .field("version", &self.api.version())
            .finish_non_exhaustive()
    }
}
