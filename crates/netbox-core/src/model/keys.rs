use super::{fk::Fk, resource::Model};

/// A field that holds references: `Fk<M>`, `Option<Fk<M>>` or `Vec<Fk<M>>`.
///
/// The accessors that [`derive(NetboxModel)`](derive@crate::NetboxModel) makes of `#[fk]` fields use this trait. No
/// other type can implement it.
///
/// ```
/// # use netbox_core::{Fk, NetboxModel};
/// use netbox_core::fk::ForeignKeys;
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64 }
/// /// The ids that a field of any form refers to.
/// fn ids(field: &impl ForeignKeys) -> Vec<u64> {
///     field.keys().map(|key| key.id()).collect()
/// }
///
/// assert_eq!(ids(&vec![Fk::<Tag>::new(3), Fk::new(7)]), [3, 7]);
/// assert!(ids(&None::<Fk<Tag>>).is_empty());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a foreign key",
    note = "a foreign key is an `Fk<M>`, an `Option<Fk<M>>` or a `Vec<Fk<M>>`"
)]
pub trait ForeignKeys: sealed::Sealed + Send + Sync {
    /// The model that the references refer to.
    type Target: Model;

    /// As many `T` as there are references: `&T`, `Option<&T>` or `Vec<&T>`.
    type Objects<'a, T: Sync + 'a>: Send + 'a
    where
        Self: 'a;

    /// The references, in order.
    fn keys(&self) -> impl Iterator<Item = &Fk<Self::Target>> + Send;

    /// The objects that `get` has of the references, if it has all of them.
    #[doc(hidden)]
    fn objects<'a, T: Sync + 'a>(
        &'a self,
        get: impl FnMut(&'a Fk<Self::Target>) -> Option<&'a T>,
    ) -> Option<Self::Objects<'a, T>>;

    /// The objects, if all of them are here already.
    fn cached(&self) -> Option<Self::Objects<'_, Self::Target>> {
        self.objects(Fk::cached)
    }
}

impl<M: Model> ForeignKeys for Fk<M> {
    type Target = M;
    type Objects<'a, T: Sync + 'a> = &'a T;

    fn keys(&self) -> impl Iterator<Item = &Fk<M>> + Send {
        std::iter::once(self)
    }

    fn objects<'a, T: Sync + 'a>(&'a self, mut get: impl FnMut(&'a Fk<M>) -> Option<&'a T>) -> Option<&'a T> {
        get(self)
    }
}

impl<M: Model> ForeignKeys for Option<Fk<M>> {
    type Target = M;
    type Objects<'a, T: Sync + 'a> = Option<&'a T>;

    fn keys(&self) -> impl Iterator<Item = &Fk<M>> + Send {
        self.iter()
    }

    fn objects<'a, T: Sync + 'a>(
        &'a self,
        get: impl FnMut(&'a Fk<M>) -> Option<&'a T>,
    ) -> Option<Option<&'a T>> {
        match self.as_ref().map(get) {
            Some(object) => object.map(Some),
            None => Some(None),
        }
    }
}

impl<M: Model> ForeignKeys for Vec<Fk<M>> {
    type Target = M;
    type Objects<'a, T: Sync + 'a> = Vec<&'a T>;

    fn keys(&self) -> impl Iterator<Item = &Fk<M>> + Send {
        self.iter()
    }

    fn objects<'a, T: Sync + 'a>(
        &'a self,
        get: impl FnMut(&'a Fk<M>) -> Option<&'a T>,
    ) -> Option<Vec<&'a T>> {
        self.iter().map(get).collect()
    }
}

mod sealed {
    pub trait Sealed {}
    impl<M> Sealed for super::Fk<M> {}
    impl<M> Sealed for Option<super::Fk<M>> {}
    impl<M> Sealed for Vec<super::Fk<M>> {}
}
