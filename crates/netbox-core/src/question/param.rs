use std::net::IpAddr;

use crate::{
    model::Fk,
    value::{Choice, ChoiceSet, Date, Decimal, IpPrefix, Timestamp},
};

/// A value, or a list of values, that a filter given by name can be compared with: text, numbers, booleans, addresses,
/// times, choices, references and records.
///
/// No other crate can implement this trait.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error};
/// use netbox_core::query::ParamValue;
///
/// fn count(client: &Client<Blocking>, filter: &str, value: impl ParamValue) -> Result<u64, Error> {
///     client.query_at("dcim/devices").param(filter, value).count()
/// }
///
/// fn run(client: &Client<Blocking>) -> Result<(), Error> {
///     count(client, "site", ["dm-berlin", "dm-paris"])?;
///     count(client, "position__gte", 20)?;
///     count(client, "has_primary_ip", true)?;
///     Ok(())
/// }
/// ```
pub trait ParamValue: sealed::Values {}

impl<V: sealed::Values> ParamValue for V {}

pub(crate) mod sealed {
    pub trait Values {
        /// The values as they go into the URL.
        fn into_values(self) -> Vec<String>;
    }
}

use sealed::Values;

macro_rules! values {
    ($($value:ty),+) => {
        $(
            impl Values for $value {
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
    IpAddr, &IpAddr, IpPrefix, &IpPrefix, Choice, &Choice, Date, &Date, Decimal, &Decimal, Timestamp, &Timestamp
}

impl<C: ChoiceSet + ToString> Values for C {
    fn into_values(self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl<M> Values for &Fk<M> {
    fn into_values(self) -> Vec<String> {
        vec![self.id().to_string()]
    }
}

impl<V: Values> Values for Vec<V> {
    fn into_values(self) -> Vec<String> {
        self.into_iter().flat_map(V::into_values).collect()
    }
}

impl<V: Values, const N: usize> Values for [V; N] {
    fn into_values(self) -> Vec<String> {
        self.into_iter().flat_map(V::into_values).collect()
    }
}

impl<'v, V> Values for &'v [V]
where
    &'v V: Values,
{
    fn into_values(self) -> Vec<String> {
        self.iter().flat_map(<&V>::into_values).collect()
    }
}

impl<'v, V> Values for &'v Vec<V>
where
    &'v V: Values,
{
    fn into_values(self) -> Vec<String> {
        self.as_slice().into_values()
    }
}
