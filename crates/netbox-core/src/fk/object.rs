use std::{fmt, sync::Arc};

use serde_json::Value;

use crate::slot::Slot;
use crate::{
    base::{ApiPath, endpoint_of_url},
    client::Client,
    error::Error,
    mode::Mode,
    object::Object,
    transport::{Outcome, Transport},
};

/// A reference that an [`Object`] holds, recognised by its shape: an object with an `id` and a `url`.
#[derive(Clone)]
pub struct ObjectFk {
    id: u64,
    display: Option<String>,
    endpoint: ApiPath,
    slot: Slot<Arc<Object>>,
}

impl ObjectFk {
    /// The reference that `value` is, or the one in NetBox's `{"object_type": …, "object_id": …, "object": …}`.
    pub(crate) fn recognise(value: &Value) -> Option<Self> {
        let value = if value.get("url").is_some() { value } else { value.get("object")? };
        let endpoint = ApiPath::of_endpoint(endpoint_of_url(value.get("url")?.as_str()?)?);
        let id = value.get("id")?.as_u64()?;
        let display = value.get("display").and_then(Value::as_str).map(str::to_owned);
        Some(Self { id, display, endpoint, slot: Slot::default() })
    }

    /// The id of the object.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// What NetBox calls the object.
    pub fn display(&self) -> Option<&str> {
        self.display.as_deref()
    }

    /// The endpoint of the object, such as `dcim/regions`.
    pub fn endpoint(&self) -> &str {
        self.endpoint.as_str()
    }

    /// The object, if it is here already.
    pub fn cached(&self) -> Option<&Object> {
        self.slot.get().map(|object| &**object)
    }

    /// The object: the one that is here, or else fetched through `client`, from the client's own base URL.
    pub fn get<'a, T: Transport>(
        &'a self,
        client: &'a Client<T>,
    ) -> Outcome<'a, T, Result<&'a Object, Error>> {
        T::Mode::run(async move {
            let fetch =
                async { Ok(Arc::new(client.read::<Object>(&self.endpoint, self.id).await?.into_inner())) };
            self.slot.get_or_fetch(fetch).await.map(|object| &**object)
        })
    }
}

/// By endpoint and id.
impl PartialEq for ObjectFk {
    fn eq(&self, other: &Self) -> bool {
        (&self.endpoint, self.id) == (&other.endpoint, other.id)
    }
}

impl Eq for ObjectFk {}

impl fmt::Debug for ObjectFk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.endpoint, self.id)?;
        self.display.iter().try_for_each(|display| write!(f, " ({display})"))
    }
}
