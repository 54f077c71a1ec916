use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::SystemTime,
};

use super::lookup::kind;
use crate::{
    model::{fk::Fk, resource::Model},
    value::{Choice, Date, Decimal, IpPrefix, Timestamp},
};

/// A value that a field of kind `K` can be compared with, passed by value or by reference.
///
/// ```
/// # use netbox_core::NetboxModel;
/// use netbox_core::field::{Operand, kind};
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlans")] struct Vlan { id: u64, vid: u16 }
/// /// A VLAN as the rest of the program knows it.
/// struct Segment { vid: u16, owner: String }
///
/// impl Operand<kind::Number> for &Segment {
///     fn to_param(&self) -> String {
///         self.vid.to_string()
///     }
/// }
///
/// let segment = Segment { vid: 100, owner: "campus".to_owned() };
/// assert_eq!(format!("{:?}", Vlan::VID.eq(&segment)), "Filter(vid=100)");
/// ```
#[diagnostic::on_unimplemented(
    message = "a field of kind `{K}` can't be compared with a `{Self}`",
    note = "a foreign key is compared with an id, an object or an `Fk`, and with a slug or a name by \
            `.named(\"dm-berlin\")`"
)]
pub trait Operand<K> {
    /// The text for the URL: NetBox's value, not its label.
    fn to_param(&self) -> String;
}

/// Several values that a field of kind `K` can be compared with: an array, a `Vec` or an iterator of [`Operand`]s.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, #[fk] site: Fk<Site> }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlans")] struct Vlan { id: u64, vid: u16 }
/// assert_eq!(format!("{:?}", Vlan::VID.any_of(100_u16..103)), "Filter(vid=100|101|102)");
///
/// fn devices(client: &Client<Blocking>, sites: &[Record<Site, Blocking>]) -> Result<u64, Error> {
///     client.query::<Device>().filter(Device::SITE.any_of(sites)).count()
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a field of kind `{K}` can't be compared with each of `{Self}`",
    label = "no list of values of that kind",
    note = "give the values as one array, `Vec` or iterator: `any_of([\"a\", \"b\"])`",
    note = "a foreign key is compared with ids, objects or `Fk`s, and with slugs or names by \
            `.param(\"site\", [\"dm-berlin\", \"dm-paris\"])`"
)]
pub trait Operands<K> {
    /// Each of them, as it goes into the URL.
    fn to_params(self) -> Vec<String>;
}

#[diagnostic::do_not_recommend]
impl<K, I: IntoIterator<Item: Operand<K>>> Operands<K> for I {
    fn to_params(self) -> Vec<String> {
        self.into_iter().map(|value| value.to_param()).collect()
    }
}

macro_rules! operands {
    ($($kind:ident: $($value:ty),+;)+) => {
        $($(
            #[diagnostic::do_not_recommend]
            impl Operand<kind::$kind> for $value {
                fn to_param(&self) -> String {
                    self.to_string()
                }
            }

            #[diagnostic::do_not_recommend]
            impl Operand<kind::$kind> for &$value {
                fn to_param(&self) -> String {
                    self.to_string()
                }
            }
        )+)+
    };
}

operands! {
    Text: &str, String, Cow<'_, str>;
    Number: u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64, Decimal;
    Flag: bool;
    Selection: &str, String, Cow<'_, str>, Choice, u8, u16, u32, u64, i8, i16, i32, i64;
    Moment: &str, String, Cow<'_, str>, Timestamp, Date;
    Address: &str, String, Cow<'_, str>, IpPrefix, IpAddr, Ipv4Addr, Ipv6Addr;
    List: &str, String, Cow<'_, str>, Choice, u8, u16, u32, u64, i8, i16, i32, i64;
}

macro_rules! moments {
    ($($(#[$when:meta])? [$($generics:tt)*] $kind:ty, |$time:ident| $text:expr;)+) => {
        $(
            $(#[$when])?
            #[diagnostic::do_not_recommend]
            impl<$($generics)*> Operand<kind::Moment> for $kind {
                fn to_param(&self) -> String {
                    let $time = self;
                    $text
                }
            }

            $(#[$when])?
            #[diagnostic::do_not_recommend]
            impl<$($generics)*> Operand<kind::Moment> for &$kind {
                fn to_param(&self) -> String {
                    (**self).to_param()
                }
            }
        )+
    };
}

moments! {
    [] SystemTime, |time| Timestamp::from(*time).to_string();
    #[cfg(feature = "chrono_0_4")]
    [Z: chrono::TimeZone] chrono::DateTime<Z>, |time| time.to_utc().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    #[cfg(feature = "jiff_0_2")]
    [] jiff::Timestamp, |time| time.to_string();
}

macro_rules! keys {
    ($([$($generics:tt)+] $key:ty, |$this:ident| $id:expr;)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<$($generics)+> Operand<kind::Key<M>> for $key {
                fn to_param(&self) -> String {
                    let $this = self;
                    $id.to_string()
                }
            }
        )+
    };
}

keys! {
    [M: Model] u64, |id| id;
    [M: Model] &u64, |id| id;
    [M: Model] &M, |model| model.id();
    [M: Model] Fk<M>, |key| key.id();
    [M: Model] &Fk<M>, |key| key.id();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_may_be_owned_borrowed_or_either() {
        let owned = "DM-Berlin".to_owned();
        let texts: [&dyn Operand<kind::Text>; 5] =
            [&"DM-Berlin", &&owned, &owned, &Cow::Borrowed("DM-Berlin"), &Cow::<str>::Owned(owned.clone())];
        assert!(texts.iter().all(|text| text.to_param() == owned));
    }
}
