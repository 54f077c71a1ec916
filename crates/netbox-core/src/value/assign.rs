//! The values that a field can be set to, and the fields that can be cleared.

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    choice::Choice, choice_set::ChoiceSet, date::Date, decimal::Decimal, ip_prefix::IpPrefix, json::to_json,
    timestamp::Timestamp,
};

/// A value that a field of type `V` can be set to by [`Patch::set`](crate::Patch::set).
///
/// | field | can be set to |
/// |---|---|
/// | any `V: Serialize`, or `Option<V>` | a `V` or `&V`; `Option<V>` to an `Option<V>` as well |
/// | `String` | `&str` |
/// | [`Choice`] | `&str`, `String`, integers |
/// | an enum of [`choice_set!`](crate::choice_set) | `&str`, `String`; of numbers, integers |
/// | [`Timestamp`], [`Date`], [`IpPrefix`] | `&str`, `String` |
/// | [`Decimal`] | `f64`, integers |
/// | [`Fk<M>`](crate::Fk) | an id, `&Fk<M>`, `&M`, `&Record<M, _>`, a [`Ref`](crate::Ref) |
/// | `Vec<Fk<M>>` | an array or `Vec` of these, or a slice, `&[_; N]` or `&Vec` of ids, keys, models or records; NetBox takes a [`Ref`](crate::Ref) for tags only |
/// | [`GenericFk`](crate::fk::GenericFk) | `&M` or a `&Record<M, _>` of any model |
/// | `Vec<GenericFk>` | an array, a `Vec` or a slice of models or records of one model |
///
/// An optional field can be set to the same values.
///
/// ```
/// # use netbox_core::{Fk, NetboxModel, Patch, Ref, value::Assign};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64 }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, name: String, #[fk] site: Fk<Site> }
/// /// A new rack, at a site that is known by its id, its slug or its record.
/// fn rack(name: &str, site: impl Assign<Fk<Site>>) -> Patch<Rack> {
///     Patch::new().set(Rack::NAME, name).set(Rack::SITE, site)
/// }
///
/// assert_eq!(rack("R1", 7_u64).value::<u64>("site"), Some(7));
/// let by_slug = rack("R2", Ref::by("slug", "ams"));
/// assert_eq!(by_slug.value::<serde_json::Value>("site"), Some(serde_json::json!({"slug": "ams"})));
/// ```
#[diagnostic::on_unimplemented(
    message = "a field that holds `{V}` can't be set to `{Self}`",
    label = "not a value of this field",
    note = "a foreign key can be set to an id, an object, an `Fk`, and by its slug to `Ref::by(\"slug\", \"dm-berlin\")`; a \
            `GenericFk`, which has a type as well, to an object or to `GenericFk::new(\"dcim.device\", 7)`",
    note = "`netbox_core::value::Assign` lists what fields can be set to; a type of your own has to derive `serde::Serialize`"
)]
pub trait Assign<V> {
    /// The value as NetBox takes it.
    #[doc(hidden)]
    fn give(self) -> Given;
}

/// A field of which only the name is known; it can be set to all that serde writes. A record, if serde can write its model,
/// is written as its id, also within a list or a map.
///
/// [`Patch::field`](crate::Patch::field), [`Patch::custom_field`](crate::Patch::custom_field) and
/// [`Object::set`](crate::Object::set) set such fields.
#[derive(Debug)]
pub enum AnyField {}

/// A value as NetBox takes it, or why there is none.
#[doc(hidden)]
#[derive(Debug)]
pub struct Given(Result<Value, String>);

impl Given {
    pub(crate) fn of(value: &(impl Serialize + ?Sized)) -> Self {
        Self(to_json(value))
    }

    pub(crate) fn refused(why: &str) -> Self {
        Self(Err(why.to_owned()))
    }

    pub(crate) fn map(self, change: impl FnOnce(Value) -> Value) -> Self {
        Self(self.0.map(change))
    }

    pub(crate) fn into_value(self) -> Result<Value, String> {
        self.0
    }
}

/// Fields that can be without a value: `Option`s, and lists.
///
/// ```
/// # use netbox_core::{Fk, NetboxModel, Patch, field::Field, value::Clear};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64 }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")]
/// # struct Site { id: u64, #[fk] tenant: Option<Fk<Tenant>>, #[fk] tags: Vec<Fk<Tag>> }
/// fn without<V: Clear>(field: Field<Site, V>) -> Patch<Site> {
///     Patch::new().clear(field).message("audited")
/// }
///
/// assert_eq!(without(Site::TENANT).value::<Option<u64>>("tenant"), Some(None));
/// assert_eq!(without(Site::TAGS).value::<Vec<u64>>("tags"), Some(Vec::new()));
/// ```
#[diagnostic::on_unimplemented(
    message = "a field that holds `{Self}` can't be cleared: it always has a value",
    label = "neither an `Option` nor a list",
    note = "text that may be empty is cleared with `set(field, \"\")`"
)]
pub trait Clear {
    #[doc(hidden)]
    fn cleared() -> Given;
}

impl<V> Clear for Option<V> {
    fn cleared() -> Given {
        Given(Ok(Value::Null))
    }
}

impl<V> Clear for Vec<V> {
    fn cleared() -> Given {
        Given(Ok(json!([])))
    }
}

impl<V: Serialize> Assign<V> for V {
    fn give(self) -> Given {
        Given::of(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Serialize> Assign<V> for &V {
    fn give(self) -> Given {
        Given::of(self)
    }
}

impl<V: Serialize> Assign<Option<V>> for V {
    fn give(self) -> Given {
        Given::of(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Serialize> Assign<Option<V>> for &V {
    fn give(self) -> Given {
        Given::of(self)
    }
}

impl<V: Serialize> Assign<AnyField> for V {
    fn give(self) -> Given {
        // A record is its id within a value, which the content of an `Option` is.
        Given::of(&Some(self))
    }
}

/// Implements [`Assign`] of values for a type of field, and for an `Option` of it.
macro_rules! assign {
    ($($generics:tt $field:ty: $($($value:ty)|+ => |$this:ident| $given:expr),+;)+) => {
        $($($($crate::value::assign! { @one $generics $field, $value, $this, $given })+)+)+
    };
    (@one [$($generics:tt)*] $field:ty, $value:ty, $this:ident, $given:expr) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Assign<$field> for $value {
            fn give(self) -> Given {
                let $this = self;
                $given
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Assign<Option<$field>> for $value {
            fn give(self) -> Given {
                let $this = self;
                $given
            }
        }
    };
}

assign! {
    [] String: &str => |text| Given::of(text);
    [] Choice:
        &str => |value| Given::of(value),
        String | &String => |value| Given::of(&value),
        i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 => |number| Given::of(&number);
    [C: ChoiceSet<Value = str>] C: &str => |value| Given::of(value), String | &String => |value| Given::of(&value);
    [C: ChoiceSet<Value = i64>] C: i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 => |number| Given::of(&number);
    [] Timestamp: &str => |text| Given::of(text), String | &String => |text| Given::of(&text);
    [] Date: &str => |text| Given::of(text), String | &String => |text| Given::of(&text);
    [] IpPrefix: &str => |text| Given::of(text), String | &String => |text| Given::of(&text);
    [] Decimal:
        f64 | i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 => |number| Given::of(&number);
}

pub(crate) use assign;
