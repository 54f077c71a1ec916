//! Fields, and the facts about them.

use core::fmt;

use crate::{
    endpoint::Endpoint,
    entries::entries,
    kind::Kind,
    name,
    table::{CHOICES, FACTS, FIELDS, FORMS},
    version::Versions,
};

/// A field of the objects of an endpoint.
///
/// ```
/// use netbox_schema::{Kind, endpoint};
///
/// let name = endpoint("dcim/devices").unwrap().field("name").unwrap();
/// assert_eq!(name.kind(), Kind::Text);
/// assert!(name.nullable().contains(4, 7) && name.required().is_empty());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Field(u16);

/// The kind of a field, or of a filter's values, in some versions.
///
/// ```
/// use netbox_schema::{Kind, endpoint};
///
/// let tags = endpoint("extras/config-context-profiles").unwrap().field("tags").unwrap();
/// let forms: Vec<_> = tags.forms().map(|form| (form.versions().to_string(), form.kind())).collect();
/// assert_eq!(forms, [("4.4".to_owned(), Kind::Texts), ("4.5-4.7".to_owned(), Kind::ForeignKeys)]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form(u16);

/// A value that a field can have.
///
/// ```
/// let status = netbox_schema::endpoint("dcim/sites").unwrap().field("status").unwrap();
/// assert!(status.choices().any(|choice| choice.value() == "active"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Choice(u16);

entries! {
    /// The fields of an endpoint, in the order of their names.
    Fields of Field
}

entries! {
    /// The forms of a field or a filter from the oldest version on: one, unless NetBox changed its mind.
    Forms of Form
}

entries! {
    /// The choices of a field, in NetBox's order; those that newer versions lack come last.
    Choices of Choice
}

impl Field {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        name::name(FIELDS[self.0 as usize][0])
    }

    /// The versions that have the field, in answers or in writes.
    pub const fn versions(self) -> Versions {
        self.readable().or(self.writable())
    }

    /// The versions that answer with the field; empty for a field that only writes take, such as a password.
    pub const fn readable(self) -> Versions {
        self.set(0)
    }

    /// The versions that take the field when an object is created or changed. All others silently ignore it.
    pub const fn writable(self) -> Versions {
        self.set(1)
    }

    /// The versions that answer with the field and ignore it in writes.
    pub const fn read_only(self) -> Versions {
        self.readable().without(self.writable())
    }

    /// The versions that create no object without the field.
    pub const fn required(self) -> Versions {
        self.set(2)
    }

    /// The versions in which the field can be null in an answer.
    pub const fn nullable(self) -> Versions {
        self.set(3)
    }

    /// The versions in which objects that refer to this one usually show the field: those with the field in the brief
    /// form.
    ///
    /// Some references show less; only `id`, `url` and `display` are in all of them.
    pub const fn nested(self) -> Versions {
        self.set(4)
    }

    /// The versions in which the endpoint's list can be ordered by the field. All others silently ignore such an order,
    /// fail on it, or repeat objects.
    ///
    /// ```
    /// use netbox_schema::endpoint;
    ///
    /// let sites = endpoint("dcim/sites").unwrap();
    /// assert!(sites.field("name").unwrap().orders().contains(4, 7));
    /// assert!(sites.field("display").unwrap().orders().is_empty() && sites.field("tags").unwrap().orders().is_empty());
    /// ```
    ///
    /// A counter, such as `device_count`, orders a list only while the answer has the counter: NetBox fails if
    /// `fields`, `omit` or `brief` omits it.
    pub const fn orders(self) -> Versions {
        self.set(5)
    }

    /// The forms of the field, each for the versions that agree on it.
    pub const fn forms(self) -> Forms {
        Forms::new(self.fact(6), self.fact(6) + self.fact(7))
    }

    /// The kind of the field in the newest version that has the field.
    pub const fn kind(self) -> Kind {
        self.newest().kind()
    }

    /// The kind of the field in version `major.minor`, if that version has the field.
    pub const fn kind_in(self, major: u16, minor: u16) -> Option<Kind> {
        let mut form = self.fact(6);
        while form < self.fact(6) + self.fact(7) {
            if Form(form).versions().contains(major, minor) {
                return Some(Form(form).kind());
            }
            form += 1;
        }
        None
    }

    /// The endpoint that the field refers to in the newest version that has the field; `None` if it refers to none.
    ///
    /// A foreign key refers by ids. The items of a [list](Kind::List) are maps, in which the id stands under the field's
    /// name in the singular: `rear_port` in `rear_ports`. [Texts](Kind::Texts) are slugs.
    pub const fn target(self) -> Option<Endpoint> {
        self.newest().target()
    }

    /// The values that the field can have; empty for a field without choices.
    pub const fn choices(self) -> Choices {
        Choices::new(self.fact(8), self.fact(8) + self.fact(9))
    }

    const fn newest(self) -> Form {
        Form(self.fact(6) + self.fact(7) - 1)
    }

    const fn set(self, column: usize) -> Versions {
        Versions::from_bits(self.fact(column))
    }

    const fn fact(self, column: usize) -> u16 {
        FACTS[FIELDS[self.0 as usize][1] as usize][column]
    }
}

/// Whether NetBox ignores a field called `name` in all writes: ids, URLs, counters, the times of creation and change,
/// and names that begin with an underscore. Use this for objects of which only the names of fields are known.
///
/// ```
/// use netbox_schema::is_read_only_name;
///
/// assert!(is_read_only_name("device_count") && is_read_only_name("_occupied") && !is_read_only_name("name"));
/// ```
pub const fn is_read_only_name(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"id"
            | b"url"
            | b"display"
            | b"display_url"
            | b"created"
            | b"last_updated"
            | [b'_', ..]
            | [.., b'_', b'c', b'o', b'u', b'n', b't']
    )
}

impl Form {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The versions that have this form.
    pub const fn versions(self) -> Versions {
        Versions::from_bits(FORMS[self.0 as usize][0])
    }

    /// The kind of the value in JSON.
    pub const fn kind(self) -> Kind {
        Kind::ALL[FORMS[self.0 as usize][1] as usize]
    }

    /// The endpoint of the objects that the value refers to.
    pub const fn target(self) -> Option<Endpoint> {
        match FORMS[self.0 as usize][2] {
            0 => None,
            after => Some(Endpoint::at(after - 1)),
        }
    }
}

impl Choice {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The value; for an [`IntegerChoice`](Kind::IntegerChoice), in digits.
    pub const fn value(self) -> &'static str {
        name::name(CHOICES[self.0 as usize][0])
    }

    /// The versions that have it.
    pub const fn versions(self) -> Versions {
        Versions::from_bits(CHOICES[self.0 as usize][1])
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field")
            .field("name", &self.name())
            .field("readable", &self.readable())
            .field("writable", &self.writable())
            .field("required", &self.required())
            .field("nullable", &self.nullable())
            .field("nested", &self.nested())
            .field("orders", &self.orders())
            .field("forms", &self.forms())
            .field("choices", &self.choices())
            .finish()
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("versions", &self.versions())
            .field("kind", &self.kind())
            .field("target", &self.target())
            .finish()
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Choice({}, {})", self.value(), self.versions())
    }
}
