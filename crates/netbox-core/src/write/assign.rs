//! What a field can be set to, and which can be cleared.

use serde::Serialize;
use serde_json::{Value, json};

use super::{json::to_json, reference::Ref, shape::key_set};
use crate::{
    fk::{Fk, GenericFk},
    model::{Model, Resource},
    record::Record,
    value::{Choice, ChoiceSet, Date, Decimal, IpPrefix, Timestamp},
};

/// What a field that holds a `V` can be set to by [`Patch::set`](crate::Patch::set).
///
/// | field | can be set to |
/// |---|---|
/// | any `V: Serialize`, or `Option<V>` | a `V` or `&V`; `Option<V>` to an `Option<V>` as well |
/// | `String` | `&str` |
/// | [`Choice`] | `&str`, `String`, integers |
/// | an enum of [`choice_set!`](crate::choice_set) | `&str`, `String`; of numbers, integers |
/// | [`Timestamp`], [`Date`], [`IpPrefix`] | `&str`, `String` |
/// | [`Decimal`] | `f64`, integers |
/// | [`Fk<M>`] | an id, `&Fk<M>`, `&M`, `&Record<M, _>`, a [`Ref`] |
/// | `Vec<Fk<M>>` | an array or `Vec` of these, or a slice, `&[_; N]` or `&Vec` of ids, keys, models or records; NetBox takes a [`Ref`] for tags only |
/// | [`GenericFk`] | a `&Record<M, _>` of any model |
///
/// What can be set in a field can be set in an optional one.
#[diagnostic::on_unimplemented(
    message = "a field that holds `{V}` can't be set to `{Self}`",
    label = "not a value of this field",
    note = "`netbox_core::Assign` lists what fields can be set to; a type of your own has to derive `serde::Serialize`"
)]
pub trait Assign<V> {
    /// The value as NetBox takes it.
    #[doc(hidden)]
    fn give(self) -> Given;
}

/// A field of which only the name is known; it can be set to all that serde writes, and to records.
#[derive(Debug)]
pub enum AnyField {}

/// A value as NetBox takes it, or why there is none.
#[derive(Debug)]
pub struct Given(Result<Value, String>);

impl Given {
    fn of(value: &(impl Serialize + ?Sized)) -> Self {
        Self(to_json(value))
    }

    fn list(given: impl Iterator<Item = Given>) -> Self {
        let values: Result<Vec<Value>, String> = given.map(|given| given.0).collect();
        Self(values.map(|values| {
            let ids: Option<Vec<u64>> = values.iter().map(Value::as_u64).collect();
            ids.map_or_else(|| values.into(), |ids| key_set(ids.into_iter()))
        }))
    }

    pub(crate) fn into_value(self) -> Result<Value, String> {
        self.0
    }
}

/// Fields that can be without a value: `Option`s, and lists.
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
        Given::of(&self)
    }
}

/// Its id.
#[diagnostic::do_not_recommend]
impl<M: Resource, T> Assign<AnyField> for &Record<M, T> {
    fn give(self) -> Given {
        id_of(self)
    }
}

/// A value for a field, and for an optional one.
macro_rules! assign {
    ($($generics:tt $field:ty: $($($value:ty)|+ => |$this:ident| $given:expr),+;)+) => {
        $($($(assign! { @one $generics $field, $value, $this, $given })+)+)+
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
        String => |value| Given::of(&value),
        i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 => |number| Given::of(&number);
    [C: ChoiceSet<Value = str>] C: &str => |value| Given::of(value), String => |value| Given::of(&value);
    [C: ChoiceSet<Value = i64>] C: i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 => |number| Given::of(&number);
    [] Timestamp: &str => |text| Given::of(text), String => |text| Given::of(&text);
    [] Date: &str => |text| Given::of(text), String => |text| Given::of(&text);
    [] IpPrefix: &str => |text| Given::of(text), String => |text| Given::of(&text);
    [] Decimal:
        f64 | i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64 => |number| Given::of(&number);
    [M: Model] Fk<M>:
        u64 | &u64 => |id| Given::of(&id),
        &M => |model| Given::of(&model.id()),
        Ref | &Ref => |reference| Given::of(&reference);
    [M: Model, T] Fk<M>: &Record<M, T> => |record| id_of(record);
    [M: Resource, T] GenericFk: &Record<M, T> => |record| match record.key() {
        Some(id) => Given::of(&GenericFk::new(record.object_type(), id)),
        None => id_of(record),
    };
}

/// Lists of references. A `Vec` of any `X` would be a `Vec<Fk<M>>` too, which serde writes.
macro_rules! assign_list {
    ($([$($generics:tt)*] $list:ty $(where $item:ty)?;)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<$($generics)*> Assign<Vec<Fk<M>>> for $list
            $(where $item: Assign<Fk<M>>)?
            {
                fn give(self) -> Given {
                    Given::list(self.into_iter().map(Assign::<Fk<M>>::give))
                }
            }
        )+
    };
}

assign_list! {
    [M: Model, X, const N: usize] [X; N] where X;
    ['l, M: Model, X, const N: usize] &'l [X; N] where &'l X;
    ['l, M: Model, X] &'l [X] where &'l X;
    ['l, M: Model, X] Vec<&'l X> where &'l X;
    [M: Model] Vec<u64>;
    [M: Model] Vec<Ref>;
    [M: Model] &Vec<u64>;
    [M: Model] &Vec<M>;
    [M: Model, T] &Vec<Record<M, T>>;
}

fn id_of<M: Resource, T>(record: &Record<M, T>) -> Given {
    let id = record.key().map(Value::from);
    Given(id.ok_or_else(|| "the record has no id to refer to it by".to_owned()))
}
