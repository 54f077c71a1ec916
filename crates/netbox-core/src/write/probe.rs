//! Values of which it is not known whether serde can write them: models may hold types that are only ever read.

use serde::Serialize;
use serde_json::Value;

use super::Form;
use crate::fk::GenericFk;

/// A value of some type; [`probe`](ProbeSerialize::probe) it through a reference, with both traits in scope.
///
/// The compiler takes the first method that fits: that of [`ProbeSerialize`] for what serde can write, and for all
/// else, one reference further, that of [`ProbeUnknown`].
#[derive(Debug)]
pub struct Probe<'v, V: ?Sized>(pub &'v V);

/// What a probe found.
#[derive(Debug)]
pub enum Probed {
    /// What serde writes, or why it fails.
    Written(Result<Value, String>),
    /// serde can't write the type of that name.
    Unknown(&'static str),
}

/// For what serde can write.
pub trait ProbeSerialize {
    /// What serde writes.
    fn probe(&self) -> Probed;
}

impl<V: Serialize + ?Sized> ProbeSerialize for Probe<'_, V> {
    fn probe(&self) -> Probed {
        Probed::Written(serde_json::to_value(self.0).map_err(|error| error.to_string()))
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

impl Form {
    #[doc(hidden)]
    pub fn probed(&mut self, name: &str, probed: Probed) {
        match probed {
            Probed::Written(Ok(value)) => self.field(name, &value),
            Probed::Written(Err(why)) => self.refuse(format!("`{name}` can't be written as JSON: {why}")),
            Probed::Unknown(kind) => self.refuse(format!(
                "serde can't write the {kind} in `{name}`, so that changes of it can't be seen: derive `Serialize` for it, or \
                 annotate the field with `#[netbox(read_only)]`"
            )),
        }
    }

    /// The fields of a map that holds what else NetBox sends, in the form in which it sends them.
    #[doc(hidden)]
    pub fn flattened(&mut self, probed: Probed) {
        match probed {
            Probed::Written(Ok(Value::Object(map))) => self.read(&map),
            Probed::Written(Ok(_)) => self.refuse("what is flattened is no map"),
            Probed::Written(Err(why)) => {
                self.refuse(format!("what is flattened can't be written as JSON: {why}"));
            }
            Probed::Unknown(kind) => {
                self.refuse(format!(
                    "serde can't write the {kind} that is flattened: derive `Serialize` for it"
                ));
            }
        }
    }

    #[doc(hidden)]
    pub fn probed_read_only(&mut self, name: &str, probed: Probed) {
        if let Probed::Written(Ok(value)) = probed {
            self.read_only(name, &value);
        }
    }
}
