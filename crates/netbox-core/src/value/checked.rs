use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The name under which a record serializes, as a newtype of its model.
pub(crate) const RECORD: &str = "$netbox_core::Record";

/// The reason why a record can't stand for its object.
pub(crate) const NO_ID: &str = "the record has no id to refer to it by";

/// A value for NetBox: a number that is not finite is an error wherever it is, and a record within it is its id.
pub(super) struct Checked<'v, V: ?Sized>(pub(super) &'v V);

impl<V: Serialize + ?Sized> Serialize for Checked<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Checking { to: serializer, within: false })
    }
}

/// A part of a value for NetBox.
struct Part<'v, V: ?Sized>(&'v V);

impl<V: Serialize + ?Sized> Serialize for Part<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Checking { to: serializer, within: true })
    }
}

/// A serializer that passes everything on to another, except numbers that are not finite, and records.
struct Checking<S> {
    to: S,
    /// Whether this writes a part of a value.
    within: bool,
}

macro_rules! pass_on {
    ($($method:ident($($argument:ident: $kind:ty),*);)+) => {
        $(fn $method(self, $($argument: $kind),*) -> Result<S::Ok, S::Error> {
            self.to.$method($($argument),*)
        })+
    };
}

macro_rules! compound {
    ($($method:ident($($argument:ident: $kind:ty),*) -> $compound:ident;)+) => {
        $(fn $method(self, $($argument: $kind),*) -> Result<Parts<S::$compound>, S::Error> {
            self.to.$method($($argument),*).map(Parts)
        })+
    };
}

impl<S: Serializer> Serializer for Checking<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Parts<S::SerializeSeq>;
    type SerializeTuple = Parts<S::SerializeTuple>;
    type SerializeTupleStruct = Parts<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Parts<S::SerializeTupleVariant>;
    type SerializeMap = Parts<S::SerializeMap>;
    type SerializeStruct = Parts<S::SerializeStruct>;
    type SerializeStructVariant = Parts<S::SerializeStructVariant>;

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        if !value.is_finite() {
            return Err(infinite(value.into()));
        }
        // The nearest f64 has digits that the caller never wrote: 1.1 would go out as 1.100000023841858.
        let as_written: f64 = value.to_string().parse().map_err(S::Error::custom)?;
        self.to.serialize_f64(as_written)
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        if value.is_finite() { self.to.serialize_f64(value) } else { Err(infinite(value)) }
    }

    pass_on! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_i128(value: i128);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_u128(value: u128);
        serialize_char(value: char);
        serialize_str(value: &str);
        serialize_bytes(value: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    fn serialize_some<V: Serialize + ?Sized>(self, value: &V) -> Result<S::Ok, S::Error> {
        self.to.serialize_some(&Part(value))
    }

    fn serialize_newtype_struct<V: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &V,
    ) -> Result<S::Ok, S::Error> {
        if self.within && name == RECORD {
            return self.to.serialize_u64(id_of(value)?);
        }
        self.to.serialize_newtype_struct(name, &Part(value))
    }

    fn serialize_newtype_variant<V: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &V,
    ) -> Result<S::Ok, S::Error> {
        self.to.serialize_newtype_variant(name, index, variant, &Part(value))
    }

    compound! {
        serialize_seq(length: Option<usize>) -> SerializeSeq;
        serialize_tuple(length: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, length: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> SerializeTupleVariant;
        serialize_map(length: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, length: usize) -> SerializeStruct;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> SerializeStructVariant;
    }

    fn is_human_readable(&self) -> bool {
        self.to.is_human_readable()
    }
}

/// The parts of a compound value.
struct Parts<S>(S);

macro_rules! members {
    ($($compound:ident $method:ident $(, $key:ty)?;)+) => {
        $(impl<S: $compound> $compound for Parts<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            members! { @ $method $(, $key)? }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        })+
    };
    (@ $method:ident) => {
        fn $method<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), S::Error> {
            self.0.$method(&Part(value))
        }
    };
    (@ $method:ident, $key:ty) => {
        fn $method<V: Serialize + ?Sized>(&mut self, key: $key, value: &V) -> Result<(), S::Error> {
            self.0.$method(key, &Part(value))
        }
    };
}

members! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
    SerializeStruct serialize_field, &'static str;
    SerializeStructVariant serialize_field, &'static str;
}

impl<S: SerializeMap> SerializeMap for Parts<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<V: Serialize + ?Sized>(&mut self, key: &V) -> Result<(), S::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), S::Error> {
        self.0.serialize_value(&Part(value))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

fn infinite<E: serde::ser::Error>(value: f64) -> E {
    E::custom(format_args!("{value} is no number that JSON has"))
}

fn id_of<E: serde::ser::Error>(record: &(impl Serialize + ?Sized)) -> Result<u64, E> {
    let fields = serde_json::to_value(record).map_err(E::custom)?;
    fields["id"].as_u64().ok_or_else(|| E::custom(NO_ID))
}
