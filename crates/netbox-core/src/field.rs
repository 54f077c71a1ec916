//! One field of a model, as a constant: what filters, orders, prefetches and patches are named by.

use std::fmt;

mod filter;
mod lookup;
mod operand;
mod order;

pub use filter::Filter;
pub use lookup::{Lookup, kind};
pub use operand::Operand;
pub use order::Order;

/// The field of model `M` that holds a `V`.
///
/// [`derive(NetboxModel)`](derive@crate::NetboxModel) makes a constant of each field: `Site::NAME` is a
/// `Field<Site, String>`. Which lookups it has follows from `V`, see [`Lookup`].
///
/// ```
/// # use netbox_core::{Field, Model};
/// # #[derive(serde::Deserialize)] struct Site { id: u64, name: String }
/// # impl Model for Site { const ENDPOINT: &'static str = "dcim/sites"; fn id(&self) -> u64 { self.id } }
/// # impl Site { const NAME: Field<Site, String> = Field::new("name", |site| &site.name); }
/// let filter = Site::NAME.starts_with("DM-");
/// let order = Site::NAME.desc();
/// assert_eq!(Site::NAME.name(), "name");
/// ```
pub struct Field<M, V> {
    name: &'static str,
    filter: Option<&'static str>,
    get: fn(&M) -> &V,
}

impl<M, V> Field<M, V> {
    /// The field that NetBox's JSON calls `name`, and that `get` finds in the model.
    pub const fn new(name: &'static str, get: fn(&M) -> &V) -> Self {
        Self { name, filter: None, get }
    }

    /// The same field, where NetBox filters it by another name: `#[netbox(filter = "asn")]` on `asns`.
    #[must_use]
    pub const fn filtered_as(mut self, filter: &'static str) -> Self {
        self.filter = Some(filter);
        self
    }

    /// The name in NetBox's JSON.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// This field's value in `model`.
    pub fn of(self, model: &M) -> &V {
        (self.get)(model)
    }

    /// Ascending order by this field.
    pub fn asc(self) -> Order<M> {
        Order::asc(self.name)
    }

    /// Descending order by this field.
    pub fn desc(self) -> Order<M> {
        Order::desc(self.name)
    }
}

impl<M, V> Clone for Field<M, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, V> Copy for Field<M, V> {}

impl<M, V> fmt::Debug for Field<M, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.name).finish()
    }
}
