//! Objects of a description, which others refer to before they have ids.

use std::{fmt, marker::PhantomData};

use netbox_core::{
    Fk, Model,
    fk::GenericFk,
    value::{AnyField, Assign, Given},
};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::{Value, json};

/// The member of a JSON object that stands for an object of a description, which has no id yet.
pub(crate) const HANDLE: &str = "$desired";

/// An object of a [`Desired`](crate::Desired), for others to refer to: `.set(Device::SITE, &site)`.
pub struct Handle<M> {
    pub(crate) number: usize,
    /// Which description it is of.
    pub(crate) of: u64,
    model: PhantomData<fn() -> M>,
}

/// Several of them, for a field that holds a list: `.set(Site::ASNS, Handles::from([&one, &other]))`.
pub struct Handles<M>(Vec<Handle<M>>);

/// The handle that a value of JSON stands for.
pub(crate) struct Meant {
    pub(crate) number: usize,
    pub(crate) of: u64,
}

impl<M> Handle<M> {
    pub(crate) fn new(number: usize, of: u64) -> Self {
        Self { number, of, model: PhantomData }
    }

    fn value(&self) -> Value {
        json!({ HANDLE: [self.of, self.number] })
    }
}

/// Whether a value is a handle, or has one within it.
pub(crate) fn holds_handle(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(holds_handle),
        Value::Object(map) => map.contains_key(HANDLE) || map.values().any(holds_handle),
        _ => false,
    }
}

/// The handle that `value` stands for, if it stands for one.
pub(crate) fn meant(value: &Value) -> Option<Meant> {
    let pair = value.as_object().filter(|map| map.len() == 1)?.get(HANDLE)?.as_array()?;
    let number = usize::try_from(pair.get(1)?.as_u64()?).ok()?;
    Some(Meant { of: pair.first()?.as_u64()?, number })
}

/// A value for [`Assign`], or why there is none.
struct Said(Result<Value, String>);

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ok(value) => value.serialize(serializer),
            Err(why) => Err(S::Error::custom(why)),
        }
    }
}

fn given(value: Result<Value, String>) -> Given {
    Assign::<AnyField>::give(Said(value))
}

/// A reference to an object of any model.
fn generic<M: Model>(handle: &Handle<M>) -> Result<Value, String> {
    let object_type = netbox_schema::endpoint(M::ENDPOINT).and_then(netbox_schema::Endpoint::object_type);
    let object_type = object_type.ok_or_else(|| {
        format!(
            "the `object_type` of objects of {} is not known: set the fields with the type and the id by their names",
            M::ENDPOINT
        )
    })?;
    Ok(json!({"object_type": object_type, "object_id": handle.value()}))
}

macro_rules! assign {
    ($($value:ty => $field:ty: |$this:ident| $given:expr;)+) => {$(
        impl<M: Model> Assign<$field> for $value {
            fn give(self) -> Given {
                let $this = self;
                given($given)
            }
        }
    )+};
}

assign! {
    &Handle<M> => Fk<M>: |handle| Ok(handle.value());
    &Handle<M> => Option<Fk<M>>: |handle| Ok(handle.value());
    &Handle<M> => GenericFk: |handle| generic(handle);
    &Handle<M> => Option<GenericFk>: |handle| generic(handle);
    &Handle<M> => Vec<GenericFk>: |handle| generic(handle).map(|one| json!([one]));
    Handles<M> => Vec<Fk<M>>: |handles| Ok(handles.0.iter().map(Handle::value).collect());
    Handles<M> => Vec<GenericFk>: |handles| handles.0.iter().map(generic).collect();
}

impl<'h, M: 'h, const N: usize> From<[&'h Handle<M>; N]> for Handles<M> {
    fn from(handles: [&'h Handle<M>; N]) -> Self {
        handles.into_iter().collect()
    }
}

impl<'h, M: 'h> FromIterator<&'h Handle<M>> for Handles<M> {
    fn from_iter<I: IntoIterator<Item = &'h Handle<M>>>(handles: I) -> Self {
        Self(handles.into_iter().copied().collect())
    }
}

impl<M> Clone for Handle<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Handle<M> {}

impl<M> fmt::Debug for Handle<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({})", self.number)
    }
}

impl<M> fmt::Debug for Handles<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}
