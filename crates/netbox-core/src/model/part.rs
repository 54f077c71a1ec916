//! Structs that have some fields of another model.

use super::{fk::Fk, resource::Model, rows::Cell, target::is_same};

/// A model that has some fields of model `M`, for [`Query::select_as`](crate::Query::select_as) and keys: the same
/// objects, with fewer fields.
///
/// [`derive(NetboxModel)`](derive@crate::NetboxModel) implements it for a struct with `#[netbox(of = "M")]`, and compares its
/// fields with those of `M`.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Model, NetboxModel, Record};
/// use netbox_core::query::PartOf;
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")]
/// # struct Site { id: u64, name: String, slug: String, facility: String }
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(of = "Site")]
/// struct Place { id: u64, slug: String }
///
/// /// All objects of `M`, as far as a `P` needs them.
/// fn all<M: Model, P: PartOf<M>>(client: &Client<Blocking>) -> Result<Vec<Record<P, Blocking>>, Error> {
///     client.query::<M>().select_as::<P>().all()
/// }
///
/// fn slugs(client: &Client<Blocking>) -> Result<Vec<String>, Error> {
///     Ok(all::<Site, Place>(client)?.iter().map(|place| place.slug.clone()).collect())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared as some fields of `{M}`",
    note = "derive `NetboxModel` for it, and say of which model it has fields: `#[netbox(of = \"Device\")]`"
)]
pub trait PartOf<M: Model>: Model {
    /// The value of a reference, by its name in JSON.
    #[doc(hidden)]
    fn cell(&self, name: &str) -> Option<&Cell>;
}

/// A type that is the same as `W`.
#[diagnostic::on_unimplemented(
    message = "the model of `of` has another type here: `{W}`",
    label = "this is `{Self}`"
)]
pub trait SameAs<W> {}

impl<V> SameAs<V> for V {}

/// A foreign key as `W` is one: alone, optional or in a list.
#[diagnostic::on_unimplemented(
    message = "the model of `of` has another type here: `{W}`",
    label = "this is `{Self}`"
)]
pub trait SameKey<W> {
    /// Whether both refer to objects of the same endpoint.
    const IS_SAME: bool;
}

macro_rules! same_key {
    ($($ours:ty, $theirs:ty;)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<M: Model, N: Model> SameKey<$theirs> for $ours {
                const IS_SAME: bool = is_same(M::ENDPOINT, N::ENDPOINT);
            }
        )+
    };
}

same_key! {
    Fk<M>, Fk<N>;
    Option<Fk<M>>, Option<Fk<N>>;
    Vec<Fk<M>>, Vec<Fk<N>>;
}
