//! Enums of the choices of a field.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

use super::choice::Choice;

/// An enum of the choices of a field, made by [`choice_set!`](crate::choice_set).
///
/// A field of such a type can be set to a bare value, too.
///
/// ```
/// use netbox_core::{Blocking, Client, Error, choice_set, value::ChoiceSet};
///
/// choice_set! {
///     enum DeviceStatus { Active = "active", Failed = "failed" }
/// }
///
/// /// How many objects of a list have that status, whichever set it is of.
/// fn count(client: &Client<Blocking>, path: &str, status: impl ChoiceSet + ToString) -> Result<u64, Error> {
///     client.query_at(path).param("status", status).count()
/// }
///
/// fn failed(client: &Client<Blocking>) -> Result<u64, Error> {
///     count(client, "dcim/devices", DeviceStatus::Failed)
/// }
/// ```
pub trait ChoiceSet {
    /// The type of a value in NetBox: [`str`] or [`i64`].
    type Value: ?Sized;
}

/// The value of a choice that an enum of [`choice_set!`](crate::choice_set) has no variant for.
///
/// Only the enum itself makes an `Unlisted`, from a value that none of its variants stands for. Compare the enum with a
/// bare value instead of matching on this: the comparison still holds once a later version of the enum has a variant
/// for the value.
///
/// ```
/// netbox_core::choice_set! {
///     pub enum Status {
///         Active = "active",
///     }
/// }
///
/// fn describe(status: &Status) -> String {
///     match status {
///         status if *status == "for sale" => "up for sale".to_owned(),
///         Status::Active => "in use".to_owned(),
///         Status::Other(value) => format!("in the unknown state {value}"),
///     }
/// }
///
/// assert_eq!(describe(&Status::from("for sale")), "up for sale");
/// assert_eq!(describe(&Status::from("haunted")), "in the unknown state haunted");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unlisted<V>(V);

impl Unlisted<String> {
    /// The value, as NetBox has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Unlisted<i64> {
    /// The value, as NetBox has it.
    pub fn value(&self) -> i64 {
        self.0
    }
}

impl<V: fmt::Debug> fmt::Debug for Unlisted<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<V: fmt::Display> fmt::Display for Unlisted<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Declares an enum of the choices of a field, for models to hold in place of a [`Choice`](crate::value::Choice).
///
/// ```
/// use netbox_core::{NetboxModel, Patch, choice_set};
/// # #[derive(serde::Deserialize, NetboxModel)]
/// # #[netbox(endpoint = "dcim/racks")]
/// # struct Rack { id: u64, status: RackStatus, width: RackWidth, airflow: Option<Airflow> }
///
/// choice_set! {
///     /// How a rack stands.
///     pub enum RackStatus {
///         Active = "active",
///         /// Nothing may be put in it any more.
///         Deprecated = "deprecated",
///     }
/// }
///
/// choice_set! {
///     /// How far apart the rails of a rack are, in inches.
///     pub enum RackWidth: i64 {
///         Standard = 19,
///     }
/// }
///
/// # choice_set! { enum Airflow { FrontToRear = "front-to-rear" } }
/// let read: RackStatus = serde_json::from_str(r#"{"value": "active", "label": "Active"}"#)?;
/// assert_eq!(read, RackStatus::Active);
/// let for_sale = RackStatus::from("for sale");
/// assert!(matches!(for_sale, RackStatus::Other(_)) && for_sale == "for sale");
/// assert_eq!(RackStatus::Deprecated.as_str(), "deprecated");
///
/// // In filters and patches, a variant and its value are the same.
/// let filters = [Rack::STATUS.eq(RackStatus::Active), Rack::STATUS.eq("active"), Rack::WIDTH.eq(19)];
/// let patch = Patch::new().set(Rack::STATUS, "for sale").set(Rack::WIDTH, RackWidth::Standard);
/// let patch: Patch<Rack> = patch.set(Rack::AIRFLOW, "front-to-rear");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Generated items
///
/// - The enum, with a variant `Other` beside the listed ones, since the server's configuration, plugins and new
///   versions of NetBox add choices. `Other` holds an [`Unlisted`](crate::value::Unlisted) value.
/// - `#[non_exhaustive]` on the enum, so that a crate with a public enum can add variants later.
/// - `as_str`, or `value` for numbers, which return NetBox's value; `From` the value, and [`Display`].
/// - `Deserialize`, from NetBox's `{"value": …, "label": …}` and from the bare value; labels are not kept.
///   `Serialize`, to the bare value, as NetBox takes it.
/// - [`Lookup`](crate::field::Lookup) and [`Operand`](crate::field::Operand), for filters, and [`ChoiceSet`].
/// - `Debug`, `Clone`, `PartialEq`, `Eq` and `Hash`; you can derive more. The enum can be compared with a bare value.
///
/// A value that a variant stands for is never in `Other`: only `From` the value puts one there.
///
/// [`Display`]: std::fmt::Display
#[macro_export]
macro_rules! choice_set {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $value:literal),+ $(,)? }) => {
        $crate::choice_set! { @enum [$(#[$meta])*] $vis $name [::std::string::String] [$($(#[$doc])* $variant $value)+] }

        #[allow(dead_code)]
        impl $name {
            /// The value, as NetBox has it.
            $vis fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)+
                    Self::Other(value) => value.as_str(),
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    other => Self::Other($crate::__private::unlisted(::std::string::String::from(other))),
                }
            }
        }

        impl ::core::cmp::PartialEq<str> for $name {
            fn eq(&self, value: &str) -> bool {
                self.as_str() == value
            }
        }

        impl ::core::cmp::PartialEq<&str> for $name {
            fn eq(&self, value: &&str) -> bool {
                self.as_str() == *value
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                $crate::__private::read_choice(deserializer, |value| Self::from(value))
            }
        }

        $crate::choice_set! { @traits $name str as_str }
    };

    ($(#[$meta:meta])* $vis:vis enum $name:ident: i64 { $($(#[$doc:meta])* $variant:ident = $value:literal),+ $(,)? }) => {
        $crate::choice_set! { @enum [$(#[$meta])* #[derive(Copy)]] $vis $name [i64] [$($(#[$doc])* $variant $value)+] }

        #[allow(dead_code)]
        impl $name {
            /// The value, as NetBox has it.
            $vis fn value(&self) -> i64 {
                match *self {
                    $(Self::$variant => $value,)+
                    Self::Other(value) => value.value(),
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    other => Self::Other($crate::__private::unlisted(other)),
                }
            }
        }

        impl ::core::cmp::PartialEq<i64> for $name {
            fn eq(&self, value: &i64) -> bool {
                self.value() == *value
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                $crate::__private::read_number(deserializer).map(Self::from)
            }
        }

        $crate::choice_set! { @traits $name i64 value }
    };

    (@enum [$(#[$meta:meta])*] $vis:vis $name:ident [$other:ty] [$($(#[$doc:meta])* $variant:ident $value:literal)+]) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $(
                #[doc = concat!("`", $value, "`.")]
                $(#[$doc])*
                $variant,
            )+
            /// Any other value.
            Other($crate::value::Unlisted<$other>),
        }
    };

    (@traits $name:ident $value:ident $get:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.$get(), f)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                $crate::__private::serde::Serialize::serialize(&self.$get(), serializer)
            }
        }

        impl $crate::value::ChoiceSet for $name {
            type Value = $value;
        }

        impl $crate::field::Lookup for $name {
            type Kind = $crate::field::kind::Selection;
        }

        impl $crate::field::Operand<$crate::field::kind::Selection> for $name {
            fn to_param(&self) -> ::std::string::String {
                ::std::string::ToString::to_string(&self.$get())
            }
        }

        impl $crate::field::Operand<$crate::field::kind::Selection> for &$name {
            fn to_param(&self) -> ::std::string::String {
                ::std::string::ToString::to_string(&self.$get())
            }
        }
    };
}

/// The content of `Other`: a value that no variant stands for.
pub fn unlisted<V>(value: V) -> Unlisted<V> {
    Unlisted(value)
}

/// Reads a choice in any form, and makes of its value what `from` does.
pub fn read_choice<'de, D: Deserializer<'de>, C>(
    deserializer: D,
    from: impl FnOnce(&str) -> C,
) -> Result<C, D::Error> {
    Choice::deserialize(deserializer).map(|choice| from(choice.as_str()))
}

/// Reads a choice whose value is a number, in any form.
pub fn read_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let choice = Choice::deserialize(deserializer)?;
    choice.as_i64().or_else(|| choice.as_str().parse().ok()).ok_or_else(|| {
        de::Error::invalid_value(de::Unexpected::Str(choice.as_str()), &"a choice whose value is a number")
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    choice_set! {
        enum Status {
            Active = "active",
            QInQ = "q-in-q",
        }
    }

    choice_set! {
        enum Width: i64 {
            Narrow = 10,
            Standard = 19,
        }
    }

    #[test]
    fn every_form_is_read_and_the_value_is_written() {
        for (read, status, written) in [
            (json!({"value": "active", "label": "Active"}), Status::Active, json!("active")),
            (json!("q-in-q"), Status::QInQ, json!("q-in-q")),
            (json!({"value": "new", "label": "New"}), Status::from("new"), json!("new")),
            (json!(""), Status::from(""), json!("")),
        ] {
            assert_eq!(serde_json::from_value::<Status>(read).unwrap(), status);
            assert_eq!(json!(status), written);
        }
        for (read, width, written) in [
            (json!({"value": 19, "label": "19 inches"}), Width::Standard, json!(19)),
            (json!(10), Width::Narrow, json!(10)),
            (json!({"value": 42, "label": "?"}), Width::from(42), json!(42)),
            (json!("19"), Width::Standard, json!(19)),
        ] {
            assert_eq!(serde_json::from_value::<Width>(read).unwrap(), width);
            assert_eq!(json!(width), written);
        }
        assert_eq!(serde_json::from_str::<Option<Status>>("null").unwrap(), None);
        let error = serde_json::from_str::<Width>(r#""wide""#).unwrap_err().to_string();
        assert!(error.contains("a choice whose value is a number"), "{error}");
    }

    #[test]
    fn a_choice_is_compared_and_shown_by_its_value() {
        assert!(Status::QInQ == "q-in-q" && Status::QInQ != *"active" && Width::Standard == 19);
        assert_eq!(format!("{:?} {:?}", Status::from("new"), Width::from(42)), r#"Other("new") Other(42)"#);
        assert_eq!((Status::QInQ.to_string(), Width::Narrow.to_string()), ("q-in-q".into(), "10".into()));
    }

    proptest! {
        #[test]
        fn a_value_stays_what_it_is(text in ".*", number: i64) {
            let status = Status::from(&*text);
            prop_assert_eq!(status.as_str(), &text);
            prop_assert_eq!(Width::from(number).value(), number);
            if let (Status::Other(text_held), Width::Other(number_held)) = (&status, Width::from(number)) {
                prop_assert_eq!((text_held.as_str(), number_held.value()), (&*text, number));
                prop_assert_eq!((text_held.to_string(), number_held.to_string()), (text, number.to_string()));
            }
        }
    }
}
