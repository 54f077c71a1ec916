use std::{fmt, marker::PhantomData};

/// An order of the objects of model `M`; made by [`Field::asc`](crate::field::Field::asc) and
/// [`Field::desc`](crate::field::Field::desc).
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, name: String, u_height: u16 }
/// fn racks(client: &Client<Blocking>, tallest_first: bool) -> Result<Vec<Record<Rack, Blocking>>, Error> {
///     let order = if tallest_first { Rack::U_HEIGHT.desc() } else { Rack::NAME.asc() };
///     client.query::<Rack>().order(order).all()
/// }
/// ```
pub struct Order<M> {
    name: String,
    descending: bool,
    model: PhantomData<fn(&M)>,
}

impl<M> Order<M> {
    /// Ascending by the field of that name in NetBox's JSON, for objects without a struct. A name that NetBox would
    /// ignore is an error when the query is sent.
    pub fn asc(name: &str) -> Self {
        Self { name: name.to_owned(), descending: false, model: PhantomData }
    }

    /// Descending by the field of that name in NetBox's JSON.
    pub fn desc(name: &str) -> Self {
        Self { name: name.to_owned(), descending: true, model: PhantomData }
    }

    /// The name of the field, and whether the order is descending.
    pub(crate) fn into_parts(self) -> (String, bool) {
        (self.name, self.descending)
    }
}

impl<M> Clone for Order<M> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), descending: self.descending, model: PhantomData }
    }
}

impl<M> fmt::Debug for Order<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        f.debug_tuple("Order").field(&format!("{sign}{}", self.name)).finish()
    }
}
