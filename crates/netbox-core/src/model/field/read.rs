//! The way in which the value of a field is read from JSON: as the struct with that field reads it.

use std::marker::PhantomData;

use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error, Visitor},
    forward_to_deserialize_any,
};

use super::lookup::kind::{Filtered, Filters, Unfiltered};

/// How a field that holds a `V` is read.
#[diagnostic::on_unimplemented(
    message = "this field can't be selected",
    label = "serde reads the struct of this field as another type",
    note = "with serde's `from` or `try_from`, the fields of a struct are none of NetBox's"
)]
pub trait Reads<V> {
    /// Whether a function of the model's reads it.
    const BY_FUNCTION: bool;

    /// Reads a value.
    fn read<'de, D: Deserializer<'de>>(json: D) -> Result<V, D::Error>;

    /// The value where there is none of that name.
    fn absent<E: Error>(name: &'static str) -> Result<V, E>;
}

macro_rules! by_type {
    ($($kind:ty),+) => {
        $(
            impl<V: DeserializeOwned> Reads<V> for $kind {
                const BY_FUNCTION: bool = false;

                fn read<'de, D: Deserializer<'de>>(json: D) -> Result<V, D::Error> {
                    V::deserialize(json)
                }

                /// As serde does: an `Option` is none.
                fn absent<E: Error>(name: &'static str) -> Result<V, E> {
                    V::deserialize(Absent { name, error: PhantomData })
                }
            }
        )+
    };
}

by_type!(Filtered, Unfiltered);

/// Reads a value as a field of kind `F` is read.
pub(crate) struct Read<V, F>(PhantomData<fn() -> (V, F)>);

impl<V, F> Read<V, F> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, V, F: Reads<V>> DeserializeSeed<'de> for Read<V, F> {
    type Value = V;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<V, D::Error> {
        F::read(json)
    }
}

/// A field that the function of `R` reads, and that has the filters of kind `F`.
#[derive(Debug, Clone, Copy)]
pub struct ReadBy<F, R>(PhantomData<(F, R)>);

/// The function that reads a field; the derive makes a type of it.
pub trait Function<V> {
    /// Reads a value.
    fn read<'de, D: Deserializer<'de>>(json: D) -> Result<V, D::Error>;
}

/// Stands for the function that reads a struct as another type: there is none for its fields.
#[derive(Debug, Clone, Copy)]
pub enum OtherForm {}

#[diagnostic::do_not_recommend]
impl<V, F, R: Function<V>> Reads<V> for ReadBy<F, R> {
    const BY_FUNCTION: bool = true;

    fn read<'de, D: Deserializer<'de>>(json: D) -> Result<V, D::Error> {
        R::read(json)
    }

    fn absent<E: Error>(name: &'static str) -> Result<V, E> {
        Err(E::missing_field(name))
    }
}

#[diagnostic::do_not_recommend]
impl<V, F: Filters<V>, R> Filters<V> for ReadBy<F, R> {
    type Kind = F::Kind;
}

/// Stands where a value would.
struct Absent<E> {
    name: &'static str,
    error: PhantomData<E>,
}

impl<'de, E: Error> Deserializer<'de> for Absent<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}
