//! Enums of the choices of a field.

use serde::{Deserialize, Deserializer, de};

use super::choice::Choice;

/// An enum of the choices of a field, made by [`choice_set!`](crate::choice_set).
///
/// It can be set to a bare value, wherever it can be set to one of its variants.
pub trait ChoiceSet {
    /// What NetBox has for a value: [`str`] or [`i64`].
    type Value: ?Sized;
}

/// Declares an enum of the choices of a field, for models to hold in place of a [`Choice`](crate::Choice).
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
/// assert_eq!(RackStatus::from("for sale"), RackStatus::Other("for sale".into()));
/// assert_eq!(RackStatus::Deprecated.as_str(), "deprecated");
///
/// // In filters and patches, a variant and its value are the same.
/// let filters = [Rack::STATUS.eq(RackStatus::Active), Rack::STATUS.eq("active"), Rack::WIDTH.eq(19)];
/// let patch = Patch::new().set(Rack::STATUS, "for sale").set(Rack::WIDTH, RackWidth::Standard);
/// let patch: Patch<Rack> = patch.set(Rack::AIRFLOW, "front-to-rear");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # What it makes
///
/// - The enum, with a variant `Other` beside those that are listed: what choices there are is also up to the server's
///   configuration, to plugins, and to new versions. `Other` holds a `String`, or an `i64`.
/// - `as_str`, or `value` for numbers, for the value as NetBox has it; `From` the value, and [`Display`].
/// - `Deserialize`, from NetBox's `{"value": …, "label": …}` and from the bare value; labels are not kept.
///   `Serialize`, to the bare value, as NetBox takes it.
/// - [`Lookup`](crate::Lookup) and [`Operand`](crate::Operand), for filters, and [`ChoiceSet`].
/// - `Debug`, `Clone`, `PartialEq`, `Eq` and `Hash`. More can be derived beside them, and it can be compared with a
///   bare value.
///
/// A value that a variant stands for is never in `Other`, unless somebody puts it there: make one from a value with
/// `From`.
///
/// [`Display`]: std::fmt::Display
#[macro_export]
macro_rules! choice_set {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $value:literal),+ $(,)? }) => {
        $crate::choice_set! { @enum [$(#[$meta])*] $vis $name String [$($(#[$doc])* $variant $value)+] }

        #[allow(dead_code)]
        impl $name {
            /// The value, as NetBox has it.
            $vis fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)+
                    Self::Other(value) => value,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    other => Self::Other(::std::string::String::from(other)),
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
        $crate::choice_set! { @enum [$(#[$meta])* #[derive(Copy)]] $vis $name i64 [$($(#[$doc])* $variant $value)+] }

        #[allow(dead_code)]
        impl $name {
            /// The value, as NetBox has it.
            $vis fn value(&self) -> i64 {
                match *self {
                    $(Self::$variant => $value,)+
                    Self::Other(value) => value,
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    other => Self::Other(other),
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

    (@enum [$(#[$meta:meta])*] $vis:vis $name:ident $other:ident [$($(#[$doc:meta])* $variant:ident $value:literal)+]) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        $vis enum $name {
            $(
                #[doc = concat!("`", $value, "`.")]
                $(#[$doc])*
                $variant,
            )+
            /// Any other value.
            Other($other),
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

        impl $crate::ChoiceSet for $name {
            type Value = $value;
        }

        impl $crate::Lookup for $name {
            type Kind = $crate::kind::Selection;
        }

        impl $crate::Operand<$crate::kind::Selection> for $name {
            fn to_param(&self) -> ::std::string::String {
                ::std::string::ToString::to_string(&self.$get())
            }
        }

        impl $crate::Operand<$crate::kind::Selection> for &$name {
            fn to_param(&self) -> ::std::string::String {
                ::std::string::ToString::to_string(&self.$get())
            }
        }
    };
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
            (json!({"value": "new", "label": "New"}), Status::Other("new".into()), json!("new")),
            (json!(""), Status::Other(String::new()), json!("")),
        ] {
            assert_eq!(serde_json::from_value::<Status>(read).unwrap(), status);
            assert_eq!(json!(status), written);
        }
        for (read, width, written) in [
            (json!({"value": 19, "label": "19 inches"}), Width::Standard, json!(19)),
            (json!(10), Width::Narrow, json!(10)),
            (json!({"value": 42, "label": "?"}), Width::Other(42), json!(42)),
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
        assert_eq!((Status::QInQ.to_string(), Width::Narrow.to_string()), ("q-in-q".into(), "10".into()));
    }

    proptest! {
        #[test]
        fn a_value_stays_what_it_is(text in ".*", number: i64) {
            let status = Status::from(&*text);
            prop_assert_eq!(status.as_str(), text);
            prop_assert_eq!(Width::from(number).value(), number);
        }
    }
}
