//! An object together with where it came from.

use std::{borrow::Borrow, fmt, ops::Deref};

use http::HeaderValue;

use crate::{
    base::ApiPath,
    client::Client,
    error::Error,
    mode::Mode,
    model::Resource,
    transport::{Outcome, Transport},
};

/// A model, or an [`Object`](crate::Object), as it was read from NetBox, with the client that it was read by.
///
/// It dereferences to the model, so that its fields and methods are at hand.
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
/// fn watch<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
///     let mut site = client.get::<Site>(7)?;
///     println!("{} has {:?}", site.name, site.etag());
///     site.refresh()
/// }
/// ```
pub struct Record<M, T> {
    model: M,
    client: Client<T>,
    endpoint: ApiPath,
    etag: Option<HeaderValue>,
}

impl<M: Resource, T: Transport> Record<M, T> {
    /// Where this object is in NetBox's API; `None` if it has no id.
    pub fn url(&self) -> Option<String> {
        Some(self.client.url(&self.endpoint.join(self.model.key()?)))
    }

    /// Reads the object again, and forgets which of its foreign keys were resolved.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if it is gone. The record stays as it was then.
    pub fn refresh(&mut self) -> Outcome<'_, T, Result<(), Error>> {
        T::Mode::run(async move {
            let id = self
                .model
                .key()
                .ok_or_else(|| Error::query("an object without an id can't be read again"))?;
            *self = self.client.read(&self.endpoint, id).await?;
            Ok(())
        })
    }
}

impl<M, T> Record<M, T> {
    pub(crate) fn new(model: M, client: Client<T>, endpoint: ApiPath, etag: Option<HeaderValue>) -> Self {
        Self { model, client, endpoint, etag }
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
}

impl<M, T> Deref for Record<M, T> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.model
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
        }
    }
}

/// The same object with the same contents.
impl<M: PartialEq, T> PartialEq for Record<M, T> {
    fn eq(&self, other: &Self) -> bool {
        self.endpoint == other.endpoint && self.model == other.model
    }
}

impl<M: Eq, T> Eq for Record<M, T> {}

impl<M: fmt::Debug, T> fmt::Debug for Record<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.model.fmt(f)
    }
}
