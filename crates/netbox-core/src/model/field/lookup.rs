use crate::{
    model::{fk::Fk, resource::Model},
    value::{Choice, ChoiceSet, Date, Decimal, IpPrefix, Timestamp},
};

/// The lookups by which a field can be filtered, by the type of its value.
///
/// | type | kind | lookups |
/// |---|---|---|
/// | `String` | [`Text`](kind::Text) | `eq ne any_of none_of`, `contains starts_with …`, `is_empty` |
/// | integers, floats, [`Decimal`] | [`Number`](kind::Number) | `eq ne any_of none_of`, `gt gte lt lte`, `is_empty` |
/// | `bool` | [`Flag`](kind::Flag) | `eq` |
/// | [`Choice`], [`choice_set!`](crate::choice_set) | [`Selection`](kind::Selection) | as text |
/// | [`Timestamp`], [`Date`] | [`Moment`](kind::Moment) | `eq ne any_of none_of`, `gt gte lt lte` |
/// | [`IpPrefix`], `IpAddr` | [`Address`](kind::Address) | `eq any_of` |
/// | `Vec` of text, integers or choices | [`List`](kind::List) | `eq any_of`: whether it holds a value |
/// | `Fk<M>`, `Vec<Fk<M>>` | [`Key<M>`](kind::Key) | `eq ne any_of none_of` by id, object or key, `named`, `is_null` |
///
/// An `Option` of any of these has the same. NetBox has no filter by a whole [`GenericFk`](crate::fk::GenericFk) or
/// [`CustomFields`](crate::value::CustomFields), but several by name: `.param("site_id", 7)`, `.param("cf_owner", "x")`. A type
/// of your own takes part by naming its kind:
///
/// ```
/// use netbox_core::field::{Lookup, Operand, kind};
///
/// struct Slug(String);
///
/// impl Lookup for Slug {
///     type Kind = kind::Text;
/// }
///
/// // The operand need not be of the field's type, so it says how it goes into a URL.
/// impl Operand<kind::Text> for Slug {
///     fn to_param(&self) -> String {
///         self.0.clone()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no lookups",
    note = "filter by name: `.param(\"name__ic\", \"x\")`; or implement `netbox_core::field::Lookup`, if the type is your own",
    note = "NetBox filters a `GenericFk` by one name for each type, `.param(\"site_id\", 7)` or `.param(\"interface_id\", 7)`, and \
            `CustomFields` by the name of each: `.param(\"cf_owner\", \"x\")`"
)]
pub trait Lookup {
    /// One of the types in [`kind`].
    type Kind: kind::Kind;
}

impl<V: Lookup> Lookup for Option<V> {
    type Kind = V::Kind;
}

macro_rules! lookups {
    ($($kind:ident: $($value:ty),+;)+) => {
        $($(impl Lookup for $value { type Kind = kind::$kind; })+)+
    };
}

lookups! {
    Text: String;
    Number: u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64, Decimal;
    Flag: bool;
    Selection: Choice;
    Moment: Timestamp, Date;
    Address: IpPrefix, std::net::IpAddr, std::net::Ipv4Addr, std::net::Ipv6Addr;
    List: Vec<Choice>, Vec<String>, Vec<u8>, Vec<u16>, Vec<u32>, Vec<u64>, Vec<i32>, Vec<i64>;
}

impl<S: ChoiceSet> Lookup for Vec<S> {
    type Kind = kind::List;
}

#[cfg(feature = "chrono_0_4")]
impl<Z: chrono::TimeZone> Lookup for chrono::DateTime<Z> {
    type Kind = kind::Moment;
}

#[cfg(feature = "jiff_0_2")]
impl Lookup for jiff::Timestamp {
    type Kind = kind::Moment;
}

impl<M: Model> Lookup for Fk<M> {
    type Kind = kind::Key<M>;
}

impl<M: Model> Lookup for Vec<Fk<M>> {
    type Kind = kind::Key<M>;
}

/// The kinds of values that NetBox distinguishes in filters, and whether it filters by a field at all.
pub mod kind {
    use std::{borrow::Cow, marker::PhantomData};

    use super::Lookup;
    use crate::model::resource::Model;

    /// NetBox filters by the field, as far as the library knows. A [`Field`](crate::field::Field) is of this
    /// kind unless its constant says [`Unfiltered`].
    #[derive(Debug, Clone, Copy)]
    pub enum Filtered {}

    /// NetBox has no filter by the field: not in any version that the library knows.
    ///
    /// ```compile_fail,E0277
    /// # use netbox_core::{Fk, NetboxModel};
    /// #[derive(serde::Deserialize, NetboxModel)]
    /// #[netbox(endpoint = "dcim/sites")]
    /// struct Site {
    ///     id: u64,
    ///     display: String,
    /// }
    ///
    /// let filter = Site::DISPLAY.contains("DM-"); // error: NetBox has no filter by this field
    /// ```
    #[derive(Debug, Clone, Copy)]
    pub enum Unfiltered {}

    /// Whether a field that holds a `V` has lookups: [`Filtered`] or [`Unfiltered`].
    ///
    /// [`Field::eq`](crate::field::Field::eq) and all other lookups demand it.
    #[diagnostic::on_unimplemented(
        message = "NetBox has no filter by this field",
        label = "the field has no lookups",
        note = "NetBox may filter by something near under another name, such as changes by `time_after`: \
                `.param(\"time_after\", \"2026-11-28\")`"
    )]
    pub trait Filters<V> {
        /// The kind that follows from the type of the value.
        type Kind: Kind;
    }

    impl<V: Lookup> Filters<V> for Filtered {
        type Kind = V::Kind;
    }

    /// One of the kinds of values in this module; [`Lookup::Kind`] names one for each type.
    pub trait Kind: sealed::Sealed {
        /// The name of the filter for equality on the field `name`.
        #[doc(hidden)]
        fn filter(name: &'static str) -> Cow<'static, str> {
            Cow::Borrowed(name)
        }
    }

    /// Kinds with the lookups of text.
    ///
    /// [`Field::contains`](crate::field::Field::contains) demands this.
    #[diagnostic::on_unimplemented(
        message = "a field of kind `{Self}` has no lookups of text",
        label = "only text and choices have this lookup"
    )]
    pub trait Textual: Kind {}

    /// Kinds with an order.
    ///
    /// [`Field::gt`](crate::field::Field::gt) demands this.
    #[diagnostic::on_unimplemented(
        message = "a field of kind `{Self}` has no order to filter by",
        label = "only numbers and timestamps have this lookup"
    )]
    pub trait Ordered: Kind {}

    /// Kinds that can be asked whether there is a value at all.
    ///
    /// [`Field::is_empty`](crate::field::Field::is_empty) demands this.
    #[diagnostic::on_unimplemented(
        message = "NetBox can't tell whether a field of kind `{Self}` is empty",
        label = "only text, choices and numbers have this lookup"
    )]
    pub trait Emptiable: Kind {}

    /// Kinds that can be compared with several values.
    ///
    /// [`Field::any_of`](crate::field::Field::any_of) demands this.
    #[diagnostic::on_unimplemented(
        message = "a field of kind `{Self}` is filtered by one value",
        label = "use `eq`"
    )]
    pub trait Several: Kind {}

    /// Kinds that can be asked for anything but a value.
    ///
    /// [`Field::ne`](crate::field::Field::ne) demands this.
    #[diagnostic::on_unimplemented(
        message = "NetBox can't be asked what a field of kind `{Self}` is not",
        label = "only text, choices, numbers, timestamps and foreign keys have this lookup"
    )]
    pub trait Negatable: Kind {}

    /// Kinds that refer to objects: [`Key`].
    ///
    /// [`Field::named`](crate::field::Field::named) demands this.
    #[diagnostic::on_unimplemented(
        message = "a field of kind `{Self}` is no foreign key",
        label = "only foreign keys have this lookup"
    )]
    pub trait Reference: Kind {}

    macro_rules! kinds {
        ($($(#[$doc:meta])* $name:ident: $($lookups:ident),*;)+) => {
            $(
                $(#[$doc])*
                ///
                /// [`Lookup`] lists the types of this kind, and their lookups.
                #[derive(Debug, Clone, Copy)]
                pub enum $name {}
                impl sealed::Sealed for $name {}
                impl Kind for $name {}
                $(
                    // The errors of these traits say which kinds there are.
                    #[diagnostic::do_not_recommend]
                    impl $lookups for $name {}
                )*
            )+
        };
    }

    kinds! {
        /// Text.
        Text: Several, Negatable, Textual, Emptiable;
        /// Numbers.
        Number: Several, Negatable, Ordered, Emptiable;
        /// Yes or no.
        Flag: ;
        /// A value from a list of choices.
        Selection: Several, Negatable, Textual, Emptiable;
        /// Timestamps and dates. NetBox declares `__empty` for them and fails on it before 4.7.
        Moment: Several, Negatable, Ordered;
        /// IP addresses and prefixes.
        Address: Several;
        /// Lists of values, of which one is compared.
        List: Several;
    }

    /// References to objects of model `M`.
    ///
    /// [`Lookup`] lists the types of this kind, and their lookups.
    #[derive(Debug, Clone, Copy)]
    pub struct Key<M>(PhantomData<M>);

    impl<M> sealed::Sealed for Key<M> {}
    #[diagnostic::do_not_recommend]
    impl<M: Model> Several for Key<M> {}
    #[diagnostic::do_not_recommend]
    impl<M: Model> Negatable for Key<M> {}
    #[diagnostic::do_not_recommend]
    impl<M: Model> Reference for Key<M> {}

    impl<M: Model> Kind for Key<M> {
        fn filter(name: &'static str) -> Cow<'static, str> {
            Cow::Owned(format!("{name}_id"))
        }
    }

    mod sealed {
        pub trait Sealed {}
    }
}
