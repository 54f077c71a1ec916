//! Fetching the references of many objects together.

use std::{borrow::Borrow, collections::HashSet, marker::PhantomData, sync::Arc};

use super::{fetch::Batch, source::Source};
use crate::{
    client::{Api, Client},
    model::{Field, ForeignKeys, GenericKeys, Link, Model},
    wire::{AnyObject, Error, Extent, Mode, Outcome},
};

/// The references of objects of model `M` to resolve together: a field of foreign keys, or a chain of such.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, #[fk] site: Fk<Site> }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, #[fk] rack: Option<Fk<Rack>> }
/// fn devices(client: &Client<Blocking>) -> Result<(), Error> {
///     for device in client.query::<Device>().prefetch(Device::RACK.then(Rack::SITE)).iter() {
///         let device = device?;
///         if let Some(rack) = device.rack(client)? {         // no request
///             println!("{}", rack.site(client)?.name);       // no request
///         }
///     }
///     Ok(())
/// }
/// ```
///
/// No other type can implement this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no foreign key of `{M}`",
    note = "name a foreign key of the model that is asked for, or a chain that begins with one: \
            `Device::RACK.then(Rack::SITE)`"
)]
pub trait Prefetch<M: Model>: sealed::Resolve<M, To = Self::Target> + Send + Sync + 'static {
    /// The model at the end of the chain.
    type Target: Model;
}

mod sealed {
    use super::{Api, Error, Link, Model, Source};

    pub trait Resolve<M: Model> {
        type To: Model;

        /// The name of the field that the chain begins with.
        fn field(&self) -> &'static str;

        fn resolve(&self, api: &Api, from: &Source<'_, M>) -> impl Future<Output = Result<(), Error>> + Send;

        /// The objects at the end of the chain, each once.
        fn resolved<'s>(&self, api: &Api, from: &Source<'s, M>) -> Result<Source<'s, Self::To>, Error>;

        /// The fields that the objects at the end of the chain have, if they are not whole.
        fn selected(&self) -> Option<Vec<&'static str>> {
            None
        }

        /// A field in the chain that the objects before it lack.
        fn lacking(&self) -> Option<&'static str> {
            None
        }
    }

    /// The references in one field.
    pub trait Step<M: Model> {
        /// The model that the references refer to.
        type To: Model;

        fn name(&self) -> &'static str;

        fn links<'s>(&self, from: &Source<'s, M>) -> Result<Vec<&'s Link>, Error>;
    }
}

/// A step without a selection resolves whole objects.
macro_rules! whole {
    ([$($generics:tt)*] $step:ty, $target:ty) => {
        impl<$($generics)*> Resolve<M> for $step {
            type To = $target;

            fn field(&self) -> &'static str {
                Step::name(self)
            }

            async fn resolve(&self, api: &Api, from: &Source<'_, M>) -> Result<(), Error> {
                let links = self.links(from)?;
                Batch::of::<$target>(<$target>::ENDPOINT).resolve(api, &mut links.into_iter()).await
            }

            fn resolved<'s>(&self, api: &Api, from: &Source<'s, M>) -> Result<Source<'s, $target>, Error> {
                Ok(Source::of_kept(kept(api, &self.links(from)?, &Extent::of::<$target>())))
            }
        }
    };
}

pub(super) use sealed::{Resolve, Step};

impl<M, V: ForeignKeys, F> Field<M, V, F> {
    /// A chain of references to resolve together: this one, and then a field of the objects that it refers to.
    pub fn then<P: Prefetch<V::Target>>(self, next: P) -> Then<Self, P> {
        Then { first: self, next }
    }
}

impl<M: Model, V: ForeignKeys + 'static, F: 'static> Prefetch<M> for Field<M, V, F> {
    type Target = V::Target;
}

whole! { [M: Model, V: ForeignKeys + 'static, F: 'static] Field<M, V, F>, V::Target }

impl<M: Model, V: ForeignKeys + 'static, F> Step<M> for Field<M, V, F> {
    type To = V::Target;

    fn name(&self) -> &'static str {
        (*self).name()
    }

    fn links<'s>(&self, from: &Source<'s, M>) -> Result<Vec<&'s Link>, Error> {
        let values = from.values(self.of_kind())?;
        Ok(values.into_iter().flat_map(V::keys).map(|key| &key.link).collect())
    }
}

/// The references of a field that refer to an `N`, made by [`Field::to`].
///
/// ```
/// # use netbox_core::{Async, Client, Error, NetboxModel, fk::GenericFk};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")] struct Interface { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/ip-addresses")]
/// # struct Address { id: u64, assigned_object: Option<GenericFk> }
/// async fn names(client: &Client<Async>) -> Result<(), Error> {
///     let names = Address::ASSIGNED_OBJECT.to::<Interface>().select(Interface::NAME);
///     for address in client.query::<Address>().prefetch(names).all().await? {
///         if let Some(object) = address.assigned_object.as_ref().filter(|object| object.is::<Interface>()) {
///             let name = names.of(client, object).await?;     // no request
///             println!("{name}");
///         }
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct To<M, V, N> {
    field: Field<M, V>,
    target: PhantomData<fn() -> N>,
}

impl<M: Model, V: GenericKeys + 'static, F> Field<M, V, F> {
    /// The references in this field that refer to an `N`, to resolve them together; [`Client::resolve`] returns the
    /// objects afterwards.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, fk::GenericFk};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, name: Option<String> }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")]
    /// # struct Interface { id: u64, name: String, #[fk] device: Fk<Device> }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/ip-addresses")]
    /// # struct Address { id: u64, assigned_object: Option<GenericFk> }
    /// fn devices(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let on_interfaces = Address::ASSIGNED_OBJECT.to::<Interface>().then(Interface::DEVICE);
    ///     for address in client.query::<Address>().prefetch(on_interfaces).iter() {
    ///         let address = address?;
    ///         if let Some(object) = address.assigned_object.as_ref().filter(|object| object.is::<Interface>()) {
    ///             let interface = client.resolve::<Interface>(object)?;                   // no request
    ///             println!("{} {:?}", interface.name, interface.device(client)?.name);    // no request
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn to<N: Model>(self) -> To<M, V, N> {
        To { field: self.of_kind(), target: PhantomData }
    }
}

impl<M, V, N: Model> To<M, V, N> {
    /// A chain of references to resolve together: this one, and then a field of the `N`.
    pub fn then<P: Prefetch<N>>(self, next: P) -> Then<Self, P> {
        Then { first: self, next }
    }
}

impl<M, V, N> Clone for To<M, V, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, V, N> Copy for To<M, V, N> {}

impl<M: Model, V: GenericKeys + 'static, N: Model> Prefetch<M> for To<M, V, N> {
    type Target = N;
}

whole! { [M: Model, V: GenericKeys + 'static, N: Model] To<M, V, N>, N }

impl<M: Model, V: GenericKeys + 'static, N: Model> Step<M> for To<M, V, N> {
    type To = N;

    fn name(&self) -> &'static str {
        self.field.name()
    }

    fn links<'s>(&self, from: &Source<'s, M>) -> Result<Vec<&'s Link>, Error> {
        let keys = from.values(self.field)?.into_iter().flat_map(V::keys);
        Ok(keys.filter(|key| key.is::<N>()).map(|key| &key.link).collect())
    }
}

/// The objects that the references keep, each once.
pub(super) fn kept<'s>(api: &Api, links: &[&'s Link], extent: &Extent) -> Vec<&'s AnyObject> {
    let mut seen = HashSet::new();
    let kept = links.iter().filter_map(|link| link.slot().get(extent, api.home()));
    kept.filter(|object| seen.insert(Arc::as_ptr(object))).collect()
}

/// A chain of foreign keys, made by [`Field::then`].
///
/// ```
/// # use netbox_core::{Async, Client, Error, Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/regions")] struct Region { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, #[fk] region: Option<Fk<Region>> }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, #[fk] site: Fk<Site> }
/// async fn regions(client: &Client<Async>) -> Result<(), Error> {
///     let racks = client.query::<Rack>().prefetch(Rack::SITE.then(Site::REGION)).all().await?;
///     for rack in &racks {
///         let site = rack.site(client).await?;                        // no request
///         if let Some(region) = site.region(client).await? {          // no request
///             println!("rack {} is in {}", rack.id, region.name);
///         }
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Then<A, B> {
    first: A,
    next: B,
}

impl<M: Model, A: Prefetch<M>, B: Prefetch<A::Target>> Prefetch<M> for Then<A, B> {
    type Target = B::Target;
}

impl<A, B> Then<A, B> {
    pub(super) fn new(first: A, next: B) -> Self {
        Self { first, next }
    }

    /// A longer chain: this one, and then a field of the objects at its end.
    pub fn then<C>(self, next: C) -> Then<A, Then<B, C>> {
        Then { first: self.first, next: Then { first: self.next, next } }
    }
}

impl<M: Model, A: Prefetch<M>, B: Prefetch<A::Target>> Resolve<M> for Then<A, B> {
    type To = B::Target;

    fn field(&self) -> &'static str {
        self.first.field()
    }

    async fn resolve(&self, api: &Api, from: &Source<'_, M>) -> Result<(), Error> {
        self.first.resolve(api, from).await?;
        let between = self.first.resolved(api, from)?;
        self.next.resolve(api, &between).await
    }

    fn resolved<'s>(&self, api: &Api, from: &Source<'s, M>) -> Result<Source<'s, B::Target>, Error> {
        self.next.resolved(api, &self.first.resolved(api, from)?)
    }

    fn selected(&self) -> Option<Vec<&'static str>> {
        self.next.selected()
    }

    fn lacking(&self) -> Option<&'static str> {
        let between = || {
            let next = self.next.field();
            self.first.selected().filter(|fields| !fields.contains(&next)).map(|_| next)
        };
        self.first.lacking().or_else(between).or_else(|| self.next.lacking())
    }
}

impl<C: Mode> Client<C> {
    /// Resolves references of objects that were read already; [`Query::prefetch`](crate::Query::prefetch) resolves them
    /// while reading.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, Fk, NetboxModel, Record};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/regions")] struct Region { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String, #[fk] region: Option<Fk<Region>> }
    /// async fn show(client: &Client<Async>, sites: &[Record<Site, Async>]) -> Result<(), Error> {
    ///     client.prefetch(sites, Site::REGION).await?;
    ///     for site in sites {
    ///         let region = site.region(client).await?;        // no request
    ///         println!("{} is in {:?}", site.name, region.map(|region| &region.name));
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn prefetch<'a, M, P, R>(&'a self, models: &'a [R], which: P) -> Outcome<'a, C, Result<(), Error>>
    where
        M: Model,
        P: Prefetch<M>,
        R: Borrow<M> + Sync,
    {
        C::run(async move {
            let models = models.iter().map(Borrow::borrow).collect();
            which.resolve(self.api(), &Source::Whole(models)).await
        })
    }
}
