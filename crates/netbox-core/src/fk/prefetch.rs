use std::{collections::HashSet, ptr};

use super::{ForeignKeys, keys::resolve_all};
use crate::{client::Client, error::Error, field::Field, model::Model, transport::Transport};

/// Which references of the objects of model `M` to resolve together: a field of foreign keys, or a chain of such.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, Prefetch, Transport};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, #[fk] site: Fk<Site> }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, #[fk] rack: Option<Fk<Rack>> }
/// fn devices<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
///     for device in client.query::<Device>().prefetch(Device::RACK.then(Rack::SITE)).iter() {
///         let device = device?;
///         if let Some(rack) = device.rack(client)? {         // no request
///             println!("{}", rack.site(client)?.name);       // no request
///         }
///     }
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no foreign key of `{M}`",
    note = "name a foreign key of the model that is asked for, or a chain that begins with one: \
            `Device::RACK.then(Rack::SITE)`"
)]
pub trait Prefetch<M: Model>: Send + Sync + 'static {
    /// The model at the end of the chain.
    type Target: Model;

    /// Continues the chain with a field of what the last one refers to.
    fn then<P: Prefetch<Self::Target>>(self, next: P) -> Then<Self, P>
    where
        Self: Sized,
    {
        Then { first: self, next }
    }

    #[doc(hidden)]
    fn resolve<T: Transport>(
        &self,
        client: &Client<T>,
        models: &[&M],
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// What is resolved at the end of the chain, each object once.
    #[doc(hidden)]
    fn resolved<'m>(&self, models: &[&'m M]) -> Vec<&'m Self::Target>;
}

impl<M: Model, V: ForeignKeys + 'static> Prefetch<M> for Field<M, V> {
    type Target = V::Target;

    async fn resolve<T: Transport>(&self, client: &Client<T>, models: &[&M]) -> Result<(), Error> {
        let keys: Vec<_> = models.iter().flat_map(|model| self.of(model).keys()).collect();
        resolve_all(client, keys.into_iter()).await
    }

    fn resolved<'m>(&self, models: &[&'m M]) -> Vec<&'m V::Target> {
        let mut seen = HashSet::new();
        let objects = models.iter().flat_map(|model| self.of(model).keys()).filter_map(|key| key.cached());
        objects.filter(|object| seen.insert(ptr::from_ref(*object))).collect()
    }
}

/// A chain of foreign keys, made by [`Prefetch::then`].
#[derive(Debug, Clone, Copy)]
pub struct Then<A, B> {
    first: A,
    next: B,
}

impl<M: Model, A: Prefetch<M>, B: Prefetch<A::Target>> Prefetch<M> for Then<A, B> {
    type Target = B::Target;

    async fn resolve<T: Transport>(&self, client: &Client<T>, models: &[&M]) -> Result<(), Error> {
        self.first.resolve(client, models).await?;
        let between = self.first.resolved(models);
        self.next.resolve(client, &between).await
    }

    fn resolved<'m>(&self, models: &[&'m M]) -> Vec<&'m B::Target> {
        self.next.resolved(&self.first.resolved(models))
    }
}
