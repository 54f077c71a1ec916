use std::fmt;

use serde_json::Value;

use super::link::Link;
use crate::wire::{ApiPath, endpoint_of_url};

/// A reference that an [`Object`](crate::Object) holds, recognised by its shape: an object with an `id` and a `url`.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error};
/// fn show(client: &Client<Blocking>) -> Result<(), Error> {
///     let device = client.get_at("dcim/devices", 7)?;
///     if let Some(key) = device.fk("site")? {
///         println!("{}/{}: {}", key.endpoint(), key.id(), key.display().unwrap_or_default());
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct ObjectFk {
    endpoint: ApiPath,
    pub(crate) link: Link,
}

impl ObjectFk {
    /// The references that a field with that value holds: one, or a list of them.
    pub(super) fn recognise_all(value: &Value) -> Vec<Self> {
        match value {
            Value::Array(values) => values.iter().filter_map(Self::recognise).collect(),
            value => Vec::from_iter(Self::recognise(value)),
        }
    }

    /// The reference that `value` is, or the one in NetBox's `{"object_type": …, "object_id": …, "object": …}`.
    fn recognise(value: &Value) -> Option<Self> {
        let value = if value.get("url").is_some() { value } else { value.get("object")? };
        let endpoint = endpoint_of_url(value.get("url")?.as_str()?)?;
        let id = value.get("id")?.as_u64()?;
        let display = value.get("display").and_then(Value::as_str);
        let link = Link::read(endpoint, id, display, None);
        Some(Self { endpoint: ApiPath::of_endpoint(endpoint), link })
    }

    /// The id of the object.
    pub fn id(&self) -> u64 {
        self.link.id()
    }

    /// NetBox's name for the object.
    pub fn display(&self) -> Option<&str> {
        self.link.display()
    }

    /// The endpoint of the object, such as `dcim/regions`.
    pub fn endpoint(&self) -> &str {
        self.endpoint.as_str()
    }
}

/// By endpoint and id.
impl PartialEq for ObjectFk {
    fn eq(&self, other: &Self) -> bool {
        (&self.endpoint, self.id()) == (&other.endpoint, other.id())
    }
}

impl Eq for ObjectFk {}

/// NetBox's name for the object, or else its id.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error};
/// fn show(client: &Client<Blocking>) -> Result<(), Error> {
///     if let Some(site) = client.get_at("dcim/devices", 7)?.fk("site")? {
///         println!("at {site}");
///     }
///     Ok(())
/// }
/// ```
impl fmt::Display for ObjectFk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.display() {
            Some(display) => f.pad(display),
            None => self.id().fmt(f),
        }
    }
}

impl fmt::Debug for ObjectFk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.endpoint, self.id())?;
        self.display().into_iter().try_for_each(|display| write!(f, " ({display})"))
    }
}
