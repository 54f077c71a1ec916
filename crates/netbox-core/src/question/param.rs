use std::{net::IpAddr, time::SystemTime};

use crate::{
    model::{Fk, Operand, kind},
    value::{Choice, ChoiceSet, Date, Decimal, IpPrefix, Timestamp},
};

/// A value, or a list of values, that a filter given by name can be compared with: text, numbers, booleans, addresses,
/// times, choices, references and records.
/// Times are those of [`SystemTime`], [`Timestamp`] and [`Date`], and of chrono and jiff by their features.
///
/// No other crate can implement this trait.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error};
/// use std::time::{Duration, SystemTime};
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
///     count(client, "created__gte", SystemTime::now() - Duration::from_secs(60 * 60))?;
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a filter can't be compared with a `{Self}`",
    label = "not a value that goes into a URL",
    note = "a filter by name takes text, numbers, booleans, addresses, times, choices, references, records, and lists of these; \
            times of chrono and jiff need the feature `chrono_0_4` or `jiff_0_2`",
    note = "the text of any other value may do: `.param(name, value.to_string())`"
)]
pub trait ParamValue: sealed::Values {}

#[diagnostic::do_not_recommend]
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

/// Times, written as in a lookup of a field.
macro_rules! moments {
    ($($(#[$feature:meta])? [$($generics:tt)*] $moment:ty;)+) => {
        $(
            $(#[$feature])?
            impl<$($generics)*> Values for $moment {
                fn into_values(self) -> Vec<String> {
                    vec![Operand::<kind::Moment>::to_param(&self)]
                }
            }

            $(#[$feature])?
            impl<$($generics)*> Values for &$moment {
                fn into_values(self) -> Vec<String> {
                    vec![Operand::<kind::Moment>::to_param(self)]
                }
            }
        )+
    };
}

moments! {
    [] SystemTime;
    #[cfg(feature = "chrono_0_4")] [Z: chrono::TimeZone] chrono::DateTime<Z>;
    #[cfg(feature = "jiff_0_2")] [] jiff::Timestamp;
}

#[diagnostic::do_not_recommend]
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

#[diagnostic::do_not_recommend]
impl<V: Values> Values for Vec<V> {
    fn into_values(self) -> Vec<String> {
        self.into_iter().flat_map(V::into_values).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Values, const N: usize> Values for [V; N] {
    fn into_values(self) -> Vec<String> {
        self.into_iter().flat_map(V::into_values).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<'v, V> Values for &'v [V]
where
    &'v V: Values,
{
    fn into_values(self) -> Vec<String> {
        self.iter().flat_map(<&V>::into_values).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<'v, V> Values for &'v Vec<V>
where
    &'v V: Values,
{
    fn into_values(self) -> Vec<String> {
        self.as_slice().into_values()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[track_caller]
    fn check_time(time: impl Values) {
        assert_eq!(time.into_values(), ["2026-11-28T10:00:00Z"]);
    }

    #[test]
    fn times_are_written_as_netbox_takes_them() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_860_000);
        check_time(time);
        check_time([&time]);
        check_time([time]);
        check_time(Timestamp::from(time));
        #[cfg(feature = "chrono_0_4")]
        check_time(chrono::DateTime::parse_from_rfc3339("2026-11-28T11:00:00+01:00").unwrap());
        #[cfg(feature = "jiff_0_2")]
        check_time(jiff::Timestamp::from_second(1_795_860_000).unwrap());
    }
}
