//! References to objects of any type.

use std::{fmt, hash};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeStruct};

use super::{link::Link, object_type::object_type_of};
use crate::wire::{endpoint_of_url, id_of_url};

/// A reference to an object of one of several types, such as an IP address's `assigned_object`.
///
/// A `GenericFk` deserializes from the nested object, whose URL shows its type, as well as from NetBox's
/// `{"object_type": …, "object_id": …}` and the `{"_content_type": …, "id": …}` of custom objects.
///
/// # Examples
///
/// ```
/// use netbox_core::{Blocking, Client, Error, NetboxModel, fk::GenericFk};
///
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "ipam/ip-addresses")]
/// struct Address {
///     id: u64,
///     assigned_object: Option<GenericFk>,
/// }
///
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "dcim/interfaces")]
/// struct Interface {
///     id: u64,
///     name: String,
/// }
///
/// fn interface(client: &Client<Blocking>, address: &Address) -> Result<(), Error> {
///     match &address.assigned_object {
///         Some(object) if object.is::<Interface>() => println!("{}", client.resolve::<Interface>(object)?.name),
///         Some(object) => println!("on a {}", object.object_type()),
///         None => println!("free"),
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct GenericFk {
    object_type: Box<str>,
    pub(crate) link: Link,
}

impl GenericFk {
    /// The reference to the object of type `object_type`, such as `dcim.interface`, with that id.
    ///
    /// ```
    /// use netbox_core::{Object, Patch, fk::GenericFk};
    ///
    /// let end = GenericFk::new("dcim.interface", 7);
    /// let cable: Patch<Object> = Patch::new().field("a_terminations", [&end]);
    /// let written = serde_json::json!([{"object_type": "dcim.interface", "object_id": 7}]);
    /// assert_eq!(cable.value("a_terminations"), Some(written));
    /// ```
    pub fn new(object_type: impl Into<String>, id: u64) -> Self {
        Self { object_type: object_type.into().into_boxed_str(), link: Link::new(id, None, None) }
    }

    fn read(object_type: String, id: u64, display: Option<&str>) -> Self {
        let link = Link::read(&object_type, id, display, None);
        Self { object_type: object_type.into_boxed_str(), link }
    }

    /// NetBox's name of the type, such as `dcim.interface`.
    pub fn object_type(&self) -> &str {
        &self.object_type
    }

    /// The list that holds the objects of the type, such as `dcim/interfaces`; `None` if this library does not know the
    /// type, as it is with those of plugins. NetBox 4.4 and later tell the lists of all types in `core/object-types`.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// use netbox_core::fk::GenericFk;
    ///
    /// fn show(client: &Client<Blocking>, key: &GenericFk) -> Result<(), Error> {
    ///     if let Some(endpoint) = key.endpoint() {
    ///         println!("{}", client.get_at(endpoint, key.id())?.text("description").unwrap_or_default());
    ///     }
    ///     Ok(())
    /// }
    ///
    /// assert_eq!(GenericFk::new("dcim.interface", 7).endpoint(), Some("dcim/interfaces"));
    /// ```
    pub fn endpoint(&self) -> Option<&'static str> {
        netbox_schema::endpoint_of_type(&self.object_type).map(netbox_schema::Endpoint::path)
    }

    /// The id of the object.
    pub fn id(&self) -> u64 {
        self.link.id()
    }

    /// NetBox's name for the object, if the reference came with it.
    pub fn display(&self) -> Option<&str> {
        self.link.display()
    }

    /// Whether the object, or a selection of its fields, is here already.
    pub fn is_resolved(&self) -> bool {
        self.link.slot().is_filled()
    }
}

/// A field that holds generic references: a `GenericFk`, an `Option<GenericFk>` or a `Vec<GenericFk>`. No other type
/// can implement this trait.
///
/// ```
/// use netbox_core::fk::{GenericFk, GenericKeys};
///
/// /// The types of the objects that a field of any form refers to.
/// fn types(field: &impl GenericKeys) -> Vec<&str> {
///     field.keys().map(|key| key.object_type()).collect()
/// }
///
/// let ends = vec![GenericFk::new("dcim.interface", 7), GenericFk::new("dcim.rearport", 9)];
/// assert_eq!(types(&ends), ["dcim.interface", "dcim.rearport"]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a generic reference",
    note = "a generic reference is a `GenericFk`, an `Option<GenericFk>` or a `Vec<GenericFk>`"
)]
pub trait GenericKeys: sealed::Sealed + Send + Sync {
    /// The references, in order.
    fn keys(&self) -> impl Iterator<Item = &GenericFk> + Send;
}

impl GenericKeys for GenericFk {
    fn keys(&self) -> impl Iterator<Item = &GenericFk> + Send {
        std::iter::once(self)
    }
}

impl GenericKeys for Option<GenericFk> {
    fn keys(&self) -> impl Iterator<Item = &GenericFk> + Send {
        self.iter()
    }
}

impl GenericKeys for Vec<GenericFk> {
    fn keys(&self) -> impl Iterator<Item = &GenericFk> + Send {
        self.iter()
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::GenericFk {}
    impl Sealed for Option<super::GenericFk> {}
    impl Sealed for Vec<super::GenericFk> {}
}

/// By type and id.
impl PartialEq for GenericFk {
    fn eq(&self, other: &Self) -> bool {
        (&self.object_type, self.id()) == (&other.object_type, other.id())
    }
}

impl Eq for GenericFk {}

impl hash::Hash for GenericFk {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        (&self.object_type, self.id()).hash(state);
    }
}

impl fmt::Debug for GenericFk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.object_type, self.id())?;
        self.display().into_iter().try_for_each(|display| write!(f, " ({display})"))
    }
}

/// NetBox's name for the object, or else its type and id.
impl fmt::Display for GenericFk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.display() {
            Some(display) => f.pad(display),
            None => write!(f, "{} {}", self.object_type, self.id()),
        }
    }
}

/// Writes the form that NetBox expects in the ends of a cable: `{"object_type": …, "object_id": …}`.
impl Serialize for GenericFk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_struct("GenericFk", 2)?;
        pair.serialize_field("object_type", &self.object_type)?;
        pair.serialize_field("object_id", &self.id())?;
        pair.end()
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    Pair {
        object_type: String,
        object_id: u64,
        object: Option<Display>,
    },
    /// As the plugin custom-objects sends it.
    Polymorphic {
        _content_type: String,
        id: u64,
        display: Option<String>,
    },
    Nested {
        id: Option<u64>,
        url: String,
        display: Option<String>,
    },
}

#[derive(Deserialize)]
struct Display {
    display: Option<String>,
}

impl<'de> Deserialize<'de> for GenericFk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Form::deserialize(deserializer)? {
            Form::Pair { object_type, object_id, object } => {
                let display = object.and_then(|object| object.display);
                Ok(Self::read(object_type, object_id, display.as_deref()))
            }
            Form::Polymorphic { _content_type: object_type, id, display } => {
                Ok(Self::read(object_type, id, display.as_deref()))
            }
            Form::Nested { id, url, display } => {
                let endpoint = endpoint_of_url(&url)
                    .ok_or_else(|| de::Error::custom(format!("the URL {url} tells no object type")))?;
                let id = id.or_else(|| id_of_url(&url)).ok_or_else(|| de::Error::missing_field("id"))?;
                Ok(Self::read(object_type_of(endpoint), id, display.as_deref()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test::any_json;

    #[test]
    fn both_forms_are_read() {
        let nested = r#"{"id":9,"url":"https://h/nb/api/dcim/interfaces/9/","display":"xe-0","cable":null}"#;
        let pair = r#"{"object_type":"dcim.interface","object_id":9,"object":{"id":9,"display":"xe-0"}}"#;
        let polymorphic = r#"{"_content_type":"dcim.interface","id":9,"display":"xe-0"}"#;
        for json in [nested, pair, polymorphic] {
            let key: GenericFk = serde_json::from_str(json).unwrap();
            assert_eq!(key, GenericFk::new("dcim.interface", 9));
            let written = serde_json::to_string(&key).unwrap();
            assert_eq!(written, r#"{"object_type":"dcim.interface","object_id":9}"#);
            assert_eq!(format!("{key:?}"), "dcim.interface 9 (xe-0)");
        }
    }

    #[test]
    fn an_id_can_be_in_the_url_alone() {
        let job: GenericFk =
            serde_json::from_str(r#"{"url":"https://h/api/core/jobs/7/","user":null}"#).unwrap();
        assert_eq!(job, GenericFk::new("core.job", 7));
    }

    #[test]
    fn the_list_of_a_type_is_known_unless_it_is_of_a_plugin() {
        let listed = |object_type| GenericFk::new(object_type, 7).endpoint();
        assert_eq!(listed("virtualization.vminterface"), Some("virtualization/interfaces"));
        assert_eq!(listed("acme.widget"), None);
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused(json in any_json()) {
            let _ = serde_json::from_value::<GenericFk>(json);
        }
    }
}
