use std::{any::Any, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeStruct};

use crate::slot::Slot;
use crate::{
    base::{ApiPath, endpoint_of_url, id_of_url},
    client::Client,
    error::Error,
    mode::Mode,
    model::{Model, object_type_of},
    transport::{Outcome, Transport},
};

/// A reference to an object of one of several types, such as an IP address's `assigned_object`.
///
/// It reads the nested object, whose URL tells its type, as well as NetBox's `{"object_type": …, "object_id": …}`.
///
/// # Examples
///
/// ```
/// use netbox_core::{Blocking, Client, Error, GenericFk, NetboxModel, Transport};
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
/// fn interface<T: Transport<Mode = Blocking>>(client: &Client<T>, address: &Address) -> Result<(), Error> {
///     match &address.assigned_object {
///         Some(object) if object.is::<Interface>() => println!("{}", object.resolve::<Interface, _>(client)?.name),
///         Some(object) => println!("on a {}", object.object_type()),
///         None => println!("free"),
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct GenericFk {
    object_type: String,
    id: u64,
    display: Option<String>,
    slot: Slot<Arc<dyn Any + Send + Sync>>,
}

impl GenericFk {
    /// The reference to the object of type `object_type`, such as `dcim.interface`, with that id.
    pub fn new(object_type: impl Into<String>, id: u64) -> Self {
        Self { object_type: object_type.into(), id, display: None, slot: Slot::default() }
    }

    /// NetBox's name of the type, such as `dcim.interface`.
    pub fn object_type(&self) -> &str {
        &self.object_type
    }

    /// The id of the object.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// What NetBox calls the object, if the reference came with that.
    pub fn display(&self) -> Option<&str> {
        self.display.as_deref()
    }

    /// Whether the object is an `M`.
    pub fn is<M: Model>(&self) -> bool {
        match M::OBJECT_TYPE {
            Some(object_type) => self.object_type == object_type,
            None => self.object_type == object_type_of(M::ENDPOINT),
        }
    }

    /// The object, fetched through `client` unless it is here.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongType`](crate::ErrorKind::WrongType) if the object is no `M`; nothing is sent then. Otherwise
    /// as for [`Fk::get`](crate::Fk::get).
    pub fn resolve<'a, M: Model, T: Transport>(
        &'a self,
        client: &'a Client<T>,
    ) -> Outcome<'a, T, Result<Arc<M>, Error>> {
        T::Mode::run(async move {
            if !self.is::<M>() {
                let text = format!("{self:?} is not one of {}", M::ENDPOINT);
                return Err(Error::wrong_type(text));
            }
            let endpoint = ApiPath::of_endpoint(M::ENDPOINT);
            let fetch = || async { Ok(Arc::new(client.read::<M>(&endpoint, self.id).await?.into_inner())) };
            let kept = self.slot.get_or_fetch(async { Ok::<_, Error>(fetch().await? as Arc<_>) }).await?;
            match Arc::clone(kept).downcast::<M>() {
                Ok(object) => Ok(object),
                // What is kept was read into another struct for the same endpoint.
                Err(_) => fetch().await,
            }
        })
    }
}

/// By type and id.
impl PartialEq for GenericFk {
    fn eq(&self, other: &Self) -> bool {
        (&self.object_type, self.id) == (&other.object_type, other.id)
    }
}

impl Eq for GenericFk {}

impl fmt::Debug for GenericFk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.object_type, self.id)?;
        self.display.iter().try_for_each(|display| write!(f, " ({display})"))
    }
}

/// As NetBox wants it in the ends of a cable: `{"object_type": …, "object_id": …}`.
impl Serialize for GenericFk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_struct("GenericFk", 2)?;
        pair.serialize_field("object_type", &self.object_type)?;
        pair.serialize_field("object_id", &self.id)?;
        pair.end()
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    Pair { object_type: String, object_id: u64, object: Option<Display> },
    Nested { id: Option<u64>, url: String, display: Option<String> },
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
                Ok(Self { display, ..Self::new(object_type, object_id) })
            }
            Form::Nested { id, url, display } => {
                let endpoint = endpoint_of_url(&url)
                    .ok_or_else(|| de::Error::custom(format!("the URL {url} tells no object type")))?;
                let id = id.or_else(|| id_of_url(&url)).ok_or_else(|| de::Error::missing_field("id"))?;
                Ok(Self { display, ..Self::new(object_type_of(endpoint), id) })
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
        for json in [nested, pair] {
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

    proptest! {
        #[test]
        fn any_json_is_read_or_refused(json in any_json()) {
            let _ = serde_json::from_value::<GenericFk>(json);
        }
    }
}
