//! An object together with where it came from.

use std::{
    borrow::Borrow,
    fmt,
    ops::{Deref, DerefMut},
};

use http::{HeaderValue, Method};

use crate::{
    base::ApiPath,
    client::Client,
    error::Error,
    exchange::Call,
    mode::Mode,
    model::{Resource, object_type_of},
    params::Params,
    transport::{Outcome, Transport},
    write::Form,
};

mod save;

/// A model, or an [`Object`](crate::Object), as it was read from NetBox, with the client that it was read by.
///
/// It dereferences to the model, so that its fields and methods are at hand. The first change keeps a copy of what
/// was there, and [`save`](Record::save) sends what differs.
///
/// ```
/// use netbox_core::{Blocking, Client, Error, NetboxModel, Transport};
///
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "dcim/sites")]
/// struct Site {
///     id: u64,
///     name: String,
/// }
///
/// fn rename<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
///     let mut site = client.get::<Site>(7)?;
///     site.name = "Amsterdam 2".into();
///     site.message("moved").save()?;
///     Ok(())
/// }
/// ```
pub struct Record<M, T> {
    model: M,
    client: Client<T>,
    endpoint: ApiPath,
    etag: Option<HeaderValue>,
    touched: Option<Box<Touched>>,
}

/// Endpoints whose `ETag` stays the same whatever changes.
const WITHOUT_VERSIONS: [&str; 4] =
    ["users/tokens", "extras/bookmarks", "extras/notifications", "extras/subscriptions"];

/// What is kept of a record that is to be written.
#[derive(Default, Clone)]
struct Touched {
    before: Option<Before>,
    message: Option<String>,
}

/// What a record was before it was changed.
#[derive(Clone)]
struct Before {
    id: Option<u64>,
    form: Form,
}

impl<M: Resource, T: Transport> Record<M, T> {
    /// Where this object is in NetBox's API; `None` if it has no id.
    pub fn url(&self) -> Option<String> {
        Some(self.client.url(&self.endpoint.join(self.key()?)))
    }

    /// Reads the object again, and forgets which of its foreign keys were resolved, and changes that were not saved.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if it is gone. The record stays as it was then.
    pub fn refresh(&mut self) -> Outcome<'_, T, Result<(), Error>> {
        T::Mode::run(async move {
            *self = self.client.read(&self.endpoint, self.id_to("be read again")?).await?;
            Ok(())
        })
    }

    /// What NetBox answers at the sub-resource `name` of this object, in a type of yours:
    /// `interface.detail::<Value>("trace")`. It is read once and is no list of pages; for such a list, see
    /// [`Client::query_at`].
    pub fn detail<'r, R: serde::de::DeserializeOwned + Send + 'r>(
        &'r self,
        name: &'r str,
    ) -> Outcome<'r, T, Result<R, Error>> {
        T::Mode::run(async move {
            let path = ApiPath::parse(&format!("{}/{name}", self.path()?))?;
            self.client.exchange(Call::new(Method::GET, path, Params::default())).await?.json()
        })
    }

    pub(crate) fn path(&self) -> Result<ApiPath, Error> {
        Ok(self.endpoint.join(self.id_to("be asked for anything")?))
    }

    pub(crate) fn id_to(&self, what: &str) -> Result<u64, Error> {
        self.key().ok_or_else(|| Error::body(format!("an object without an id can't {what}")))
    }
}

impl<M: Resource, T> Record<M, T> {
    /// The id that the object was read with, whatever the model says now.
    pub(crate) fn key(&self) -> Option<u64> {
        match self.before() {
            Some(before) => before.id,
            None => self.model.key(),
        }
    }

    /// NetBox's name of the type.
    pub(crate) fn object_type(&self) -> String {
        M::object_type().unwrap_or_else(|| object_type_of(self.endpoint.as_str()))
    }
}

impl<M, T> Record<M, T> {
    pub(crate) fn new(model: M, client: Client<T>, endpoint: ApiPath, etag: Option<HeaderValue>) -> Self {
        let etag = etag.filter(|_| !WITHOUT_VERSIONS.contains(&endpoint.as_str()));
        Self { model, client, endpoint, etag, touched: None }
    }

    /// The model alone.
    pub fn into_inner(self) -> M {
        self.model
    }

    /// The client that this was read by.
    pub fn client(&self) -> &Client<T> {
        &self.client
    }

    /// The version of the object, if NetBox told it: 4.6 and later do for an object that was read by itself.
    pub fn etag(&self) -> Option<&str> {
        self.etag.as_ref().and_then(|etag| etag.to_str().ok())
    }

    pub(crate) fn endpoint(&self) -> &ApiPath {
        &self.endpoint
    }

    fn before(&self) -> Option<&Before> {
        self.touched.as_ref()?.before.as_ref()
    }
}

impl<M, T> Deref for Record<M, T> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.model
    }
}

/// The first time, it keeps a copy of what can be written.
impl<M: Resource, T> DerefMut for Record<M, T> {
    fn deref_mut(&mut self) -> &mut M {
        let touched = self.touched.get_or_insert_default();
        if touched.before.is_none() {
            touched.before = Some(Before { id: self.model.key(), form: self.model.form() });
        }
        &mut self.model
    }
}

impl<M, T> Borrow<M> for Record<M, T> {
    fn borrow(&self) -> &M {
        &self.model
    }
}

impl<M: Clone, T> Clone for Record<M, T> {
    fn clone(&self) -> Self {
        Self {
            model: self.model.clone(),
            client: self.client.clone(),
            endpoint: self.endpoint.clone(),
            etag: self.etag.clone(),
            touched: self.touched.clone(),
        }
    }
}

/// The same object, of the same NetBox and branch, with the same contents.
impl<M: PartialEq, T> PartialEq for Record<M, T> {
    fn eq(&self, other: &Self) -> bool {
        let same_place = self.endpoint == other.endpoint && self.client.is_of_same(&other.client);
        same_place && self.model == other.model
    }
}

impl<M: Eq, T> Eq for Record<M, T> {}

impl<M: fmt::Debug, T> fmt::Debug for Record<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.model.fmt(f)
    }
}

#[cfg(test)]
mod tests;
