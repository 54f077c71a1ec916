//! References with a selection of the fields of their objects.

use std::marker::PhantomData;

use super::{
    fetch::{Batch, gather},
    one::misread,
    prefetch::{Prefetch, Resolve, Step, Then, To, kept},
    source::Source,
};
use crate::{
    client::{Api, Client},
    model::{Field, ForeignKeys, GenericFk, GenericKeys, Link, Model, PartOf, Reading, Row, Select},
    wire::{AnyObject, Error, Extent, Mode, Outcome},
};

/// References, with a selection of the fields of their objects; made by [`Field::select`] and [`Field::select_as`], and
/// by the same methods of [`To`].
///
/// Pass it to [`Query::prefetch`](crate::Query::prefetch) to fetch the rows of these references early, and get each row
/// by [`of`](Self::of), which fetches those that were not prefetched.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, slug: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, name: Option<String>, #[fk] site: Fk<Site> }
/// fn slugs(client: &Client<Blocking>) -> Result<(), Error> {
///     let slugs = Device::SITE.select(Site::SLUG);
///     for device in client.query::<Device>().prefetch(slugs) {
///         let device = device?;
///         println!("{:?} is in {}", device.name, slugs.of(client, &device.site)?);    // no request
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct KeySelection<P, W> {
    step: P,
    wanted: W,
}

impl<M, V: ForeignKeys, F> Field<M, V, F> {
    /// Selects fields of the objects that these references refer to, as rows like those of
    /// [`Query::select`](crate::Query::select).
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/regions")] struct Region { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")]
    /// # struct Site { id: u64, name: String, slug: String, #[fk] region: Option<Fk<Region>> }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, name: Option<String>, serial: String, #[fk] site: Fk<Site> }
    /// fn places(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let sites = Device::SITE.select((Site::SLUG, Site::REGION));
    ///     let devices = client.query::<Device>().select((Device::NAME, Device::SITE));
    ///     for row in devices.prefetch(sites.then(Site::REGION)) {
    ///         let (name, site) = row?;
    ///         let (slug, region) = sites.of(client, &site)?;      // no request
    ///         let region = match region {
    ///             Some(region) => &region.get(client)?.name,      // no request
    ///             None => "nowhere",
    ///         };
    ///         println!("{name:?} is in {slug}, {region}");
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn select<S: Select<V::Target>>(self, fields: S) -> KeySelection<Self, Fields<S>> {
        KeySelection { step: self, wanted: Fields(fields) }
    }

    /// Reads the objects that these references refer to as an `N`, a struct that has some of their fields; see
    /// [`Query::select_as`](crate::Query::select_as).
    pub fn select_as<N: PartOf<V::Target>>(self) -> KeySelection<Self, Part<N>> {
        KeySelection { step: self, wanted: Part(PhantomData) }
    }
}

impl<M, V, N: Model> To<M, V, N> {
    /// Selects fields of the objects that these references refer to; see [`Field::select`].
    pub fn select<S: Select<N>>(self, fields: S) -> KeySelection<Self, Fields<S>> {
        KeySelection { step: self, wanted: Fields(fields) }
    }

    /// Reads the objects that these references refer to as a `P`, a struct that has some of their fields.
    pub fn select_as<P: PartOf<N>>(self) -> KeySelection<Self, Part<P>> {
        KeySelection { step: self, wanted: Part(PhantomData) }
    }
}

impl<P, W> KeySelection<P, W> {
    /// A chain of references to resolve together: this one, and then a field of the objects that it refers to, which
    /// must be among the selected fields.
    pub fn then<B>(self, next: B) -> Then<Self, B> {
        Then::new(self, next)
    }
}

impl<M: Model, V: ForeignKeys, F, W: Wanted<V::Target>> KeySelection<Field<M, V, F>, W> {
    /// The row of the object that `key` refers to: the one that is here, or else fetched, together with those of the other
    /// keys of its page. A key that may be none has an `Option` of a row, and a list of keys a list of rows.
    ///
    /// # Errors
    ///
    /// As for [`Fk::get`](crate::Fk::get).
    pub fn of<'a, C: Mode, K: ForeignKeys<Target = V::Target>>(
        &self,
        client: &'a Client<C>,
        key: &'a K,
    ) -> Outcome<'a, C, Result<K::Objects<'a, W::Row>, Error>> {
        let (wanted, api) = (self.wanted, client.api());
        C::run(gather(api, key, move || batch(wanted), move |key| wanted.find(&key.link, api)))
    }
}

impl<M, V: GenericKeys, N: Model, W: Wanted<N>> KeySelection<To<M, V, N>, W> {
    /// The row of the object that `key` refers to: the one that is here, or else fetched.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongType`](crate::ErrorKind::WrongType) if the object is no `N`; nothing is sent then. Otherwise as for
    /// [`Fk::get`](crate::Fk::get).
    pub fn of<'a, C: Mode>(
        &self,
        client: &'a Client<C>,
        key: &'a GenericFk,
    ) -> Outcome<'a, C, Result<&'a W::Row, Error>> {
        let (wanted, api) = (self.wanted, client.api());
        C::run(async move {
            key.check_is::<N>()?;
            if wanted.find(&key.link, api).is_none() {
                batch(wanted).object(api, &key.link).await?;
            }
            wanted.find(&key.link, api).ok_or_else(misread)
        })
    }
}

impl<M: Model, P: Step<M> + Send + Sync + 'static, W: Wanted<P::To>> Prefetch<M> for KeySelection<P, W> {
    type Target = W::To;
}

impl<M: Model, P: Step<M> + Sync, W: Wanted<P::To>> Resolve<M> for KeySelection<P, W> {
    type To = W::To;

    fn field(&self) -> &'static str {
        self.step.name()
    }

    async fn resolve(&self, api: &Api, from: &Source<'_, M>) -> Result<(), Error> {
        let links = self.step.links(from)?;
        batch(self.wanted).resolve(api, &mut links.into_iter()).await
    }

    fn resolved<'s>(&self, api: &Api, from: &Source<'s, M>) -> Result<Source<'s, W::To>, Error> {
        let links = self.step.links(from)?;
        Ok(W::source(kept(api, &links, &self.wanted.reading().extent)))
    }

    fn selected(&self) -> Option<Vec<&'static str>> {
        self.wanted.reading().fields().map(<[_]>::to_vec)
    }
}

fn batch<M: Model, W: Wanted<M>>(wanted: W) -> Batch {
    Batch::reading(M::ENDPOINT, wanted.reading())
}

/// Some fields.
#[derive(Debug, Clone, Copy)]
pub struct Fields<S>(S);

/// The fields of model `N`.
#[derive(Debug)]
pub struct Part<N>(PhantomData<fn() -> N>);

impl<N> Clone for Part<N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N> Copy for Part<N> {}

/// The part of objects of model `M` that is wanted.
pub trait Wanted<M: Model>: Copy + Send + Sync + 'static {
    /// The model whose fields a chain goes on by.
    type To: Model;
    type Row: Send + Sync + 'static;

    fn reading(self) -> Reading;

    /// The row that a reference keeps of it.
    fn find<'s>(self, link: &'s Link, api: &Api) -> Option<&'s Self::Row>;

    fn source(kept: Vec<&AnyObject>) -> Source<'_, Self::To>;
}

impl<M: Model, S: Select<M>> Wanted<M> for Fields<S> {
    type To = M;
    type Row = S::Row;

    fn reading(self) -> Reading {
        Reading::of_rows(self.0)
    }

    fn find<'s>(self, link: &'s Link, api: &Api) -> Option<&'s S::Row> {
        let kept = link.slot().find(|extent| extent.is_some::<S>(|names| self.0.are(names)), api.home())?;
        kept.downcast_ref::<Row<S::Row>>().map(|row| &row.row)
    }

    fn source(kept: Vec<&AnyObject>) -> Source<'_, M> {
        Source::of_kept_rows::<S::Row>(kept)
    }
}

impl<M: Model, N: PartOf<M>> Wanted<M> for Part<N> {
    type To = N;
    type Row = N;

    fn reading(self) -> Reading {
        Reading::of::<N>()
    }

    fn find<'s>(self, link: &'s Link, api: &Api) -> Option<&'s N> {
        link.slot().get(&Extent::of::<N>(), api.home())?.downcast_ref()
    }

    fn source(kept: Vec<&AnyObject>) -> Source<'_, N> {
        Source::of_kept(kept)
    }
}
