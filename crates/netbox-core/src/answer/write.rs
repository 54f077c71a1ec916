//! Creating, updating and deleting by id.

use http::Method;

use super::{place, record::Record};
use crate::{
    client::{Api, Client},
    model::{Model, Object, Resource},
    names::Purpose,
    wire::{Answer, ApiPath, Call, Error, Mode, Outcome, Params},
    write::{IntoPatch, Patch},
};

impl<C: Mode> Client<C> {
    /// Creates an object.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if NetBox refuses a value, [`ErrorKind::Body`](crate::ErrorKind::Body) if a name is
    /// unknown, a field is read-only, or a required one is missing: nothing was sent then. If the object was created,
    /// and the answer can't be read, [`Error::created`] returns its URL. [`Error::is_conflict`] if somebody else took a unique
    /// value at the same time, and [`ErrorKind::Version`](crate::ErrorKind::Version) if this NetBox is too old for a message, or
    /// for tags that are added or removed.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String, slug: String }
    /// async fn add(client: &Client<Async>) -> Result<u64, Error> {
    ///     let berlin = Patch::new().set(Site::NAME, "Berlin").set(Site::SLUG, "berlin");
    ///     Ok(client.create::<Site>(berlin).await?.id)
    /// }
    /// ```
    pub fn create<M: Model>(&self, patch: impl IntoPatch<M>) -> Outcome<'_, C, Result<Record<M, C>, Error>> {
        let patch = patch.into_patch();
        C::run(create(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)), patch))
    }

    /// Creates an object at the path of a list, without a struct.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn add(client: &Client<Blocking>) -> Result<Option<u64>, Error> {
    ///     let fields = serde_json::json!({"name": "W1", "size": 4});
    ///     Ok(client.create_at("plugins/acme/widgets", fields)?.id())
    /// }
    /// ```
    pub fn create_at(
        &self,
        path: &str,
        patch: impl IntoPatch<Object>,
    ) -> Outcome<'_, C, Result<Record<Object, C>, Error>> {
        let (path, patch) = (ApiPath::parse(path), patch.into_patch());
        C::run(create(self.api(), path, patch))
    }

    /// Changes the object with that id, even if somebody else changed it meanwhile; [`Record::save`] checks for that
    /// first. A patch that changes nothing is not sent; the object is read instead.
    ///
    /// # Errors
    ///
    /// As for [`create`](Client::create), and [`Error::is_not_found`] if there is no such object.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, Fk, NetboxModel, Patch, value::Choice};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, status: Choice, #[fk] tenant: Option<Fk<Tenant>> }
    /// async fn retire(client: &Client<Async>, id: u64) -> Result<(), Error> {
    ///     let patch = Patch::new().set(Device::STATUS, "offline").clear(Device::TENANT);
    ///     client.update::<Device>(id, patch.message("lease ended")).await?;
    ///     Ok(())
    /// }
    /// ```
    pub fn update<M: Model>(
        &self,
        id: u64,
        patch: impl IntoPatch<M>,
    ) -> Outcome<'_, C, Result<Record<M, C>, Error>> {
        let patch = patch.into_patch();
        C::run(update(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)), id, patch))
    }

    /// Changes the object with that id below the path of a list, without a struct; see [`update`](Client::update).
    pub fn update_at(
        &self,
        path: &str,
        id: u64,
        patch: impl IntoPatch<Object>,
    ) -> Outcome<'_, C, Result<Record<Object, C>, Error>> {
        let (path, patch) = (ApiPath::parse(path), patch.into_patch());
        C::run(update(self.api(), path, id, patch))
    }

    /// Deletes the object with that id.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is none, [`Error::is_conflict`] if other objects depend on it.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// fn remove(client: &Client<Blocking>, id: u64) -> Result<(), Error> {
    ///     match client.delete::<Site>(id) {
    ///         Err(error) if error.is_not_found() => Ok(()),       // somebody was faster
    ///         deleted => deleted,
    ///     }
    /// }
    /// ```
    pub fn delete<M: Model>(&self, id: u64) -> Outcome<'_, C, Result<(), Error>> {
        C::run(async move { place::delete(self.api(), &ApiPath::of_endpoint(M::ENDPOINT), id, None).await })
    }

    /// Deletes the object with that id below the path of a list.
    pub fn delete_at(&self, path: &str, id: u64) -> Outcome<'_, C, Result<(), Error>> {
        let path = ApiPath::parse(path);
        C::run(async move { place::delete(self.api(), &path?, id, None).await })
    }
}

pub(super) async fn create<M: Resource, C: Mode>(
    api: &Api,
    path: Result<ApiPath, Error>,
    patch: Patch<M>,
) -> Result<Record<M, C>, Error> {
    let path = path?;
    let answer = post(api, &path, patch.retyped()).await?;
    match Record::of(api, &path, None, &answer) {
        Err(error) if error.is_decode() => read_again(api, &path, &answer, error).await,
        record => record,
    }
}

/// Reads an object that was created, and that the `answer` does not hold whole: before 4.5, NetBox omits its counters.
async fn read_again<M: Resource, C: Mode>(
    api: &Api,
    path: &ApiPath,
    answer: &Answer,
    error: Error,
) -> Result<Record<M, C>, Error> {
    let Some(id) = answer.json::<Object>().ok().and_then(|object| object.id()) else { return Err(error) };
    let read = Record::read(api, Ok(path.clone()), id).await;
    read.map_err(|why| error.unread_for(&why))
}

async fn post(api: &Api, path: &ApiPath, patch: Patch<()>) -> Result<Answer, Error> {
    let body = api.checked(path, patch, Purpose::Create).await?;
    api.exchange(Call::new(Method::POST, path.clone(), Params::default()).with_json(&body.into())).await
}

async fn update<M: Resource, C: Mode>(
    api: &Api,
    path: Result<ApiPath, Error>,
    id: u64,
    patch: Patch<M>,
) -> Result<Record<M, C>, Error> {
    let path = path?;
    if patch.is_empty() {
        return Record::read(api, Ok(path), id).await;
    }
    let answer = change(api, &path, id, patch.retyped()).await?;
    Record::of(api, &path, Some(id), &answer)
}

async fn change(api: &Api, path: &ApiPath, id: u64, patch: Patch<()>) -> Result<Answer, Error> {
    let body = api.checked(path, patch, Purpose::Update).await?;
    api.exchange(Call::new(Method::PATCH, path.join(id), Params::default()).with_json(&body.into())).await
}
