use std::net::IpAddr;

use crate::{
    model::Resource,
    record::Record,
    value::{Choice, Decimal, IpPrefix, Timestamp},
};

/// What a filter that is given by name can be compared with: text, numbers, booleans, records for their
/// ids, and lists of these.
pub trait ParamValue {
    /// As they go into the URL.
    #[doc(hidden)]
    fn into_values(self) -> Vec<String>;
}

macro_rules! values {
    ($($value:ty),+) => {
        $(
            impl ParamValue for $value {
                fn into_values(self) -> Vec<String> {
                    vec![self.to_string()]
                }
            }
        )+
    };
}

values! {
    &str, &&str, String, &String, bool, &bool,
    u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64,
    &u8, &u16, &u32, &u64, &usize, &i32, &i64, &f64,
    IpAddr, &IpAddr, IpPrefix, &IpPrefix, Choice, &Choice, Decimal, &Decimal, Timestamp, &Timestamp
}

/// Its id; of one without, nothing, which is refused.
impl<M: Resource, T> ParamValue for &Record<M, T> {
    fn into_values(self) -> Vec<String> {
        self.key().iter().map(ToString::to_string).collect()
    }
}

impl<V: ParamValue> ParamValue for Vec<V> {
    fn into_values(self) -> Vec<String> {
        self.into_iter().flat_map(V::into_values).collect()
    }
}

impl<V: ParamValue, const N: usize> ParamValue for [V; N] {
    fn into_values(self) -> Vec<String> {
        self.into_iter().flat_map(V::into_values).collect()
    }
}

impl<'v, V> ParamValue for &'v [V]
where
    &'v V: ParamValue,
{
    fn into_values(self) -> Vec<String> {
        self.iter().flat_map(<&V>::into_values).collect()
    }
}

impl<'v, V> ParamValue for &'v Vec<V>
where
    &'v V: ParamValue,
{
    fn into_values(self) -> Vec<String> {
        self.as_slice().into_values()
    }
}
