//! The kinds of values in JSON.

use core::fmt;

/// The kind of a value in the JSON that NetBox sends.
///
/// New kinds may be added; a `match` needs an arm for kinds that it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A string: names, slugs, addresses, URLs, UUIDs, colours, times of day.
    Text,
    /// A whole number.
    Integer,
    /// A number that may have a fraction.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A string of the form `2026-11-23`.
    Date,
    /// A string of the form `2026-11-23T09:32:11.058697Z`.
    DateTime,
    /// `{"value": "active", "label": "Active"}`, and the bare value when written.
    Choice,
    /// A choice whose value is a number.
    IntegerChoice,
    /// One of a list of strings, without a label.
    BareChoice,
    /// One of a list of numbers, without a label.
    BareIntegerChoice,
    /// The URL of a file, which is written as a part of a multipart request.
    File,
    /// The nested form of an object of the target endpoint, and its id when written.
    ForeignKey,
    /// The id of an object of the target endpoint, both ways.
    BareKey,
    /// The nested form of an object of some model, which a field beside it names.
    Generic,
    /// An object whose keys are free.
    Object,
    /// Any JSON.
    Json,
    /// A list of strings.
    Texts,
    /// A list of whole numbers.
    Integers,
    /// A list of bare choices.
    BareChoices,
    /// A list of nested forms of objects of the target endpoint.
    ForeignKeys,
    /// A list of nested forms of objects of some model, which a field beside it names.
    Generics,
    /// A list of `{"object_type": "dcim.interface", "object_id": 9, "object": {…}}`, the last only when read.
    GenericObjects,
    /// A list of anything else: of pairs, of ranges, of objects that have no endpoint.
    List,
}

impl Kind {
    /// All of them, in the order of their numbers.
    pub const ALL: &'static [Self] = &[
        Self::Text,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Date,
        Self::DateTime,
        Self::Choice,
        Self::IntegerChoice,
        Self::BareChoice,
        Self::BareIntegerChoice,
        Self::File,
        Self::ForeignKey,
        Self::BareKey,
        Self::Generic,
        Self::Object,
        Self::Json,
        Self::Texts,
        Self::Integers,
        Self::BareChoices,
        Self::ForeignKeys,
        Self::Generics,
        Self::GenericObjects,
        Self::List,
    ];

    /// The name for people: `foreign-key`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Choice => "choice",
            Self::IntegerChoice => "integer-choice",
            Self::BareChoice => "bare-choice",
            Self::BareIntegerChoice => "bare-integer-choice",
            Self::File => "file",
            Self::ForeignKey => "foreign-key",
            Self::BareKey => "bare-key",
            Self::Generic => "generic",
            Self::Object => "object",
            Self::Json => "json",
            Self::Texts => "texts",
            Self::Integers => "integers",
            Self::BareChoices => "bare-choices",
            Self::ForeignKeys => "foreign-keys",
            Self::Generics => "generics",
            Self::GenericObjects => "generic-objects",
            Self::List => "list",
        }
    }

    /// Whether every value of this kind refers to objects of a known endpoint.
    pub const fn has_target(self) -> bool {
        matches!(self, Self::ForeignKey | Self::ForeignKeys | Self::BareKey)
    }

    /// Whether values of this kind can refer to objects of a known endpoint.
    pub const fn may_have_target(self) -> bool {
        self.has_target() || matches!(self, Self::List | Self::Texts)
    }
}

/// Its [name](Kind::name).
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
