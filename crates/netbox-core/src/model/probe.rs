//! Values of which it is not known whether serde can write them: models may hold types that are only ever read.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::{form::Form, generic::GenericFk};
use crate::value::{polymorphic, to_json};

/// A value of some type; [`probe`](ProbeSerialize::probe) it through a reference, with both traits in scope.
///
/// The compiler takes the first method that fits: that of [`ProbeSerialize`] for what serde can write, and for all
/// else, one reference further, that of [`ProbeUnknown`].
#[derive(Debug)]
pub struct Probe<'v, V: ?Sized>(pub &'v V);

/// The result of a probe.
#[derive(Debug)]
pub enum Probed {
    /// The value that serde writes, or the reason why it fails.
    Written(Result<Value, String>),
    /// serde can't write the type of that name.
    Unknown(&'static str),
}

/// For what serde can write.
pub trait ProbeSerialize {
    /// Writes the value with serde.
    fn probe(&self) -> Probed;
}

impl<V: Serialize + ?Sized> ProbeSerialize for Probe<'_, V> {
    fn probe(&self) -> Probed {
        Probed::Written(to_json(self.0))
    }
}

/// For all else.
pub trait ProbeUnknown {
    /// The name of the type.
    fn probe(&self) -> Probed;
}

impl<V: ?Sized> ProbeUnknown for &Probe<'_, V> {
    fn probe(&self) -> Probed {
        Probed::Unknown(std::any::type_name::<V>())
    }
}

/// A field that holds a generic reference, or may hold one.
pub trait GenericKey {
    /// The reference, if there is one.
    fn key(&self) -> Option<&GenericFk>;
}

impl GenericKey for GenericFk {
    fn key(&self) -> Option<&GenericFk> {
        Some(self)
    }
}

impl GenericKey for Option<GenericFk> {
    fn key(&self) -> Option<&GenericFk> {
        self.as_ref()
    }
}

/// Puts the field `name` into `form`.
pub fn put(form: &mut Form, name: &str, probed: Probed) {
    match probed {
        Probed::Written(Ok(value)) => form.field(name, &value),
        Probed::Written(Err(why)) => form.refuse(format!("`{name}` can't be written as JSON: {why}")),
        Probed::Unknown(kind) => form.refuse(format!(
            "serde can't write the {kind} in `{name}`, so that changes of it can't be seen: derive `Serialize` for it, or \
             annotate the field with `#[netbox(read_only)]`"
        )),
    }
}

/// Puts the field `name`, which refers to objects of several types, into `form` of a custom object.
pub fn put_polymorphic(form: &mut Form, name: &str, probed: Probed) {
    let probed = match probed {
        Probed::Written(Ok(value)) => Probed::Written(Ok(polymorphic(&value))),
        other => other,
    };
    put(form, name, probed);
}

/// Puts the read-only field `name` into `form`, if serde can write it.
pub fn put_read_only(form: &mut Form, name: &str, probed: Probed) {
    if let Probed::Written(Ok(value)) = probed {
        form.read_only(name, &value);
    }
}

/// Puts the fields of a flattened map, as NetBox sends them, into `form`.
pub fn put_flattened(form: &mut Form, probed: Probed) {
    match probed {
        Probed::Written(Ok(Value::Object(map))) => form.read(&map, &BTreeSet::new()),
        Probed::Written(Ok(_)) => form.refuse("what is flattened is no map"),
        Probed::Written(Err(why)) => {
            form.refuse(format!("what is flattened can't be written as JSON: {why}"));
        }
        Probed::Unknown(kind) => {
            form.refuse(format!("serde can't write the {kind} that is flattened: derive `Serialize` for it"));
        }
    }
}
