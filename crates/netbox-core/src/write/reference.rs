use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::Value;

use crate::{
    model::{Fk, Model, list},
    value::{AnyField, Assign, Given, assign},
};

/// A reference to the one object with certain attributes, in place of its id.
///
/// NetBox looks up the object when the reference is written, among the objects that the token may view, and refuses the
/// write if none or several match. A `Ref` works for single references and tags; lists of references take only ids. A
/// value that JSON lacks, such as NaN, makes the write an error.
///
/// ```
/// # use netbox_core::{Fk, NetboxModel, Patch, Ref};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")]
/// # struct Rack { id: u64, name: String, #[fk] site: Fk<Site> }
/// let rack: Patch<Rack> = Patch::new().set(Rack::NAME, "R1").set(Rack::SITE, Ref::by("slug", "ams"));
/// let location = Ref::by("name", "Hall 1").and("site", Ref::by("slug", "ams"));
/// assert_eq!(serde_json::to_string(&location)?, r#"{"name":"Hall 1","site":{"slug":"ams"}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Ref(Result<BTreeMap<String, Value>, String>);

impl Ref {
    /// A reference to the object whose attribute `name` is `value`: text, a number, or a reference to yet another
    /// object.
    pub fn by(name: &str, value: impl Assign<AnyField>) -> Self {
        Self(Ok(BTreeMap::new())).and(name, value)
    }

    /// Adds a condition: the attribute `name` is `value`.
    #[must_use]
    pub fn and(self, name: &str, value: impl Assign<AnyField>) -> Self {
        Self(self.0.and_then(|mut attributes| {
            let value = value.give().into_value().map_err(|why| format!("`{name}`: {why}"))?;
            attributes.insert(name.to_owned(), value);
            Ok(attributes)
        }))
    }
}

impl Serialize for Ref {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ok(attributes) => attributes.serialize(serializer),
            Err(why) => Err(S::Error::custom(why)),
        }
    }
}

/// A reference to a tag: by its id, its slug, an object, or a [`Ref`].
///
/// ```
/// # use netbox_core::{Object, Patch, Ref};
/// use netbox_core::patch::TagRef;
///
/// let tags = [TagRef::from("spare"), TagRef::from(7), TagRef::from(Ref::by("name", "To be tested"))];
/// let patch: Patch<Object> = Patch::new().add_tags(tags);
/// let expected = serde_json::json!([{"slug": "spare"}, 7, {"name": "To be tested"}]);
/// assert_eq!(patch.value("add_tags"), Some(expected));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TagRef(pub(crate) Result<Value, String>);

impl From<u64> for TagRef {
    fn from(id: u64) -> Self {
        Self(Ok(id.into()))
    }
}

/// By its slug.
impl From<&str> for TagRef {
    fn from(slug: &str) -> Self {
        Self(Ok(serde_json::json!({ "slug": slug })))
    }
}

impl From<Ref> for TagRef {
    fn from(reference: Ref) -> Self {
        Self(reference.0.map(|attributes| attributes.into_iter().collect()))
    }
}

impl<M> From<&Fk<M>> for TagRef {
    fn from(key: &Fk<M>) -> Self {
        key.id().into()
    }
}

assign! {
    [M: Model] Fk<M>: Ref | &Ref => |reference| Given::of(&reference);
}

#[diagnostic::do_not_recommend]
impl<M: Model> Assign<Vec<Fk<M>>> for Vec<Ref> {
    fn give(self) -> Given {
        list(self.into_iter().map(Assign::<Fk<M>>::give))
    }
}
