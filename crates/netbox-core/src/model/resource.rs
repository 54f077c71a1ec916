//! The traits of objects.

use serde::{Deserializer, de::DeserializeOwned};

use super::{form::Form, generic::GenericFk, object_type::object_type_of};
use crate::{
    value::{Assign, Given, assign},
    wire::Error,
};

/// A struct that models the objects of one NetBox endpoint.
///
/// [`derive(NetboxModel)`](derive@crate::NetboxModel) implements it. A hand-written implementation needs an endpoint
/// and an id, and, for records that can be changed, the way in which they are written:
///
/// ```
/// use netbox_core::{Model, patch::Form};
///
/// #[derive(serde::Deserialize)]
/// struct Vlan { id: u64, vid: u16 }
///
/// impl Model for Vlan {
///     const ENDPOINT: &'static str = "ipam/vlans";
///     const FIELDS: Option<&'static [&'static str]> = Some(&["id", "vid"]);
///
///     fn id(&self) -> u64 {
///         self.id
///     }
///
///     fn write(&self, form: &mut Form) {
///         form.field("vid", &self.vid);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a NetBox model",
    note = "annotate it with `#[derive(serde::Deserialize, netbox_core::NetboxModel)]`"
)]
pub trait Model: DeserializeOwned + Send + Sync + 'static {
    /// The path below `/api/`, such as `dcim/devices`, without slashes around it.
    const ENDPOINT: &'static str;

    /// The names of the fields in NetBox's JSON, so that no others are requested; `None` requests all.
    const FIELDS: Option<&'static [&'static str]> = None;

    /// NetBox's name of the type, such as `dcim.device`, where it does not follow from the endpoint.
    const OBJECT_TYPE: Option<&'static str> = None;

    /// The id of this object.
    fn id(&self) -> u64;

    /// Puts the fields of this object that can be written into `form`. The default puts in none, so that a record can
    /// be read and deleted, but not saved.
    fn write(&self, form: &mut Form) {
        form.refuse(format!(
            "the model of {} does not say how it is written: derive it, or implement `Model::write`",
            Self::ENDPOINT
        ));
    }
}

/// The type of a list's items: a model, or an object without a struct, which may lack an id.
///
/// All models implement this trait, and so does [`Object`](crate::Object); no other type can.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel};
/// use netbox_core::{Query, Resource};
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// /// The URL of the first object, with a struct for it or without.
/// fn first_url<M: Resource>(query: Query<M, Blocking>) -> Result<Option<String>, Error> {
///     Ok(query.first()?.and_then(|record| record.url()))
/// }
///
/// fn run(client: &Client<Blocking>) -> Result<(), Error> {
///     first_url(client.query::<Site>())?;
///     first_url(client.query_at("plugins/acme/widgets"))?;
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a NetBox model",
    note = "annotate it with `#[derive(serde::Deserialize, netbox_core::NetboxModel)]`"
)]
pub trait Resource: DeserializeOwned + Send + Sync + sealed::Sealed + 'static {
    /// The fields to ask for, or all.
    #[doc(hidden)]
    const SELECTED: Option<&'static [&'static str]>;

    /// The id, if it has one.
    #[doc(hidden)]
    fn key(&self) -> Option<u64>;

    /// The endpoint that the object lives at, if it says so itself.
    #[doc(hidden)]
    fn home(&self) -> Option<&str>;

    /// NetBox's name of the type, if all objects of this Rust type have the same.
    #[doc(hidden)]
    fn object_type() -> Option<String>;

    /// The fields that can be written at `endpoint`.
    #[doc(hidden)]
    fn form(&self, endpoint: &str) -> Form;

    /// Reads an object of an answer with a deserializer of `serde_json`.
    #[doc(hidden)]
    fn read<'de, D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        Self::deserialize(json)
    }
}

impl<M: Model> Resource for M {
    const SELECTED: Option<&'static [&'static str]> = M::FIELDS;

    fn key(&self) -> Option<u64> {
        Some(self.id())
    }

    fn home(&self) -> Option<&str> {
        None
    }

    fn object_type() -> Option<String> {
        Some(type_of::<M>())
    }

    fn form(&self, _: &str) -> Form {
        let mut form = Form::at(M::ENDPOINT);
        self.write(&mut form);
        form
    }
}

fn type_of<M: Model>() -> String {
    M::OBJECT_TYPE.map_or_else(|| object_type_of(M::ENDPOINT), str::to_owned)
}

/// The reference to that object.
///
/// ```
/// # use netbox_core::{NetboxModel, fk::GenericFk};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64 }
/// assert_eq!(GenericFk::from(&Device { id: 7 }), GenericFk::new("dcim.device", 7));
/// ```
impl<M: Model> From<&M> for GenericFk {
    fn from(model: &M) -> Self {
        Self::new(type_of::<M>(), model.id())
    }
}

assign! {
    [M: Model] GenericFk: &M => |model| Given::of(&GenericFk::from(model));
}

/// Lists of objects as generic references, such as the ends of a cable.
macro_rules! assign_list {
    ($([$($generics:tt)*] $list:ty;)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<'l, $($generics)*> Assign<Vec<GenericFk>> for $list
            where
                GenericFk: From<&'l X>,
            {
                fn give(self) -> Given {
                    Given::of(&self.into_iter().map(GenericFk::from).collect::<Vec<_>>())
                }
            }
        )+
    };
}

assign_list! {
    [X, const N: usize] [&'l X; N];
    [X, const N: usize] &'l [X; N];
    [X] &'l [X];
    [X] Vec<&'l X>;
    [X] &'l Vec<X>;
}

impl GenericFk {
    /// Whether this refers to an `M`.
    pub fn is<M: Model>(&self) -> bool {
        match M::OBJECT_TYPE {
            Some(object_type) => self.object_type() == object_type,
            None => self.object_type() == object_type_of(M::ENDPOINT),
        }
    }

    pub(crate) fn check_is<M: Model>(&self) -> Result<(), Error> {
        if self.is::<M>() {
            Ok(())
        } else {
            Err(Error::wrong_type(format!("{self:?} is not one of {}", M::ENDPOINT)))
        }
    }
}

pub(super) mod sealed {
    pub trait Sealed {}
    impl<M: super::Model> Sealed for M {}
}
