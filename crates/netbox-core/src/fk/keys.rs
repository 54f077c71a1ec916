use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use super::Fk;
use crate::{
    client::Client, error::Error, mode::Mode, model::Model, transport::Outcome, transport::Transport,
};

/// A field that holds references: `Fk<M>`, `Option<Fk<M>>` or `Vec<Fk<M>>`.
///
/// What the accessors that [`derive(NetboxModel)`](derive@crate::NetboxModel) makes of `#[fk]` fields rest on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a foreign key",
    note = "a foreign key is an `Fk<M>`, an `Option<Fk<M>>` or a `Vec<Fk<M>>`"
)]
pub trait ForeignKeys: Send + Sync {
    /// The model that is referred to.
    type Target: Model;

    /// The objects: `&M`, `Option<&M>` or `Vec<&M>`.
    type Objects<'a>: Send + 'a
    where
        Self: 'a;

    /// The references, in order.
    fn keys(&self) -> impl Iterator<Item = &Fk<Self::Target>> + Send;

    /// The objects, those that are not here yet fetched through `client`.
    fn objects<'a, T: Transport>(
        &'a self,
        client: &'a Client<T>,
    ) -> Outcome<'a, T, Result<Self::Objects<'a>, Error>>;
}

impl<M: Model> ForeignKeys for Fk<M> {
    type Target = M;
    type Objects<'a> = &'a M;

    fn keys(&self) -> impl Iterator<Item = &Fk<M>> + Send {
        std::iter::once(self)
    }

    fn objects<'a, T: Transport>(&'a self, client: &'a Client<T>) -> Outcome<'a, T, Result<&'a M, Error>> {
        self.get(client)
    }
}

impl<M: Model> ForeignKeys for Option<Fk<M>> {
    type Target = M;
    type Objects<'a> = Option<&'a M>;

    fn keys(&self) -> impl Iterator<Item = &Fk<M>> + Send {
        self.iter()
    }

    fn objects<'a, T: Transport>(
        &'a self,
        client: &'a Client<T>,
    ) -> Outcome<'a, T, Result<Option<&'a M>, Error>> {
        T::Mode::run(async move {
            match self {
                Some(key) => key.resolve(client).await.map(Some),
                None => Ok(None),
            }
        })
    }
}

impl<M: Model> ForeignKeys for Vec<Fk<M>> {
    type Target = M;
    type Objects<'a> = Vec<&'a M>;

    fn keys(&self) -> impl Iterator<Item = &Fk<M>> + Send {
        self.iter()
    }

    fn objects<'a, T: Transport>(
        &'a self,
        client: &'a Client<T>,
    ) -> Outcome<'a, T, Result<Vec<&'a M>, Error>> {
        T::Mode::run(async move {
            resolve_all(client, self.iter()).await?;
            let mut objects = Vec::with_capacity(self.len());
            for key in self {
                // Asks once more for what did not come, so that its error is that of the object.
                objects.push(key.resolve(client).await?);
            }
            Ok(objects)
        })
    }
}

/// Resolves `keys` with one request for all their ids, or as few as the length of URLs allows. What does not come
/// stays unresolved: that it is gone or hidden is told when it is asked for by itself.
pub(super) async fn resolve_all<'k, T: Transport, M: Model>(
    client: &Client<T>,
    keys: impl Iterator<Item = &'k Fk<M>> + Send,
) -> Result<(), Error> {
    let mut waiting: HashMap<u64, Vec<&Fk<M>>> = HashMap::new();
    let mut ids = Vec::new();
    for key in keys.filter(|key| !key.is_resolved()) {
        match waiting.entry(key.id()) {
            Entry::Occupied(mut same) => same.get_mut().push(key),
            Entry::Vacant(new) => {
                new.insert(vec![key]);
                ids.push(key.id());
            }
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    ids.sort_unstable();
    let mut pages = client.query::<M>().with_ids(&ids).walk();
    while let Some(page) = pages.advance().await {
        for object in page? {
            let object = Arc::new(object);
            for key in waiting.get(&object.id()).into_iter().flatten() {
                key.fill(Arc::clone(&object));
            }
        }
    }
    Ok(())
}
