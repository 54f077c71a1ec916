//! Endpoints: the places of a model's objects.

use core::fmt;

use crate::{
    control::Control,
    entries::entries,
    field::{Field, Fields},
    filter::{Filter, Filters, split},
    key::Keys,
    name::{self, Span},
    route::{Methods, Route, Routes},
    table::{CONTROLS, ENDPOINTS, FIELDS, FILTERS, ROUTES},
    version::Versions,
};

/// An endpoint of NetBox, such as `dcim/devices`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Endpoint(u16);

entries! {
    /// Endpoints, in the order of their paths.
    Endpoints of Endpoint
}

/// The endpoint at `path` below `/api/`, without slashes around it: `dcim/devices`.
///
/// `None` if no version has it, and for plugins' endpoints, which the table does not know.
///
/// ```
/// use netbox_schema::endpoint;
///
/// assert_eq!(endpoint("dcim/devices").unwrap().versions().to_string(), "4.3-4.7");
/// assert_eq!(endpoint("dcim/device"), None);
/// assert_eq!(endpoint("plugins/acme/widgets"), None);
/// ```
pub const fn endpoint(path: &str) -> Option<Endpoint> {
    match name::find(&ENDPOINTS, Span { start: 0, end: COUNT }, path) {
        Some(row) => Some(Endpoint(row)),
        None => None,
    }
}

/// The endpoint that lists the objects whose type NetBox calls `object_type`; the first, where several do.
///
/// ```
/// use netbox_schema::{endpoint, endpoint_of_type};
///
/// assert_eq!(endpoint_of_type("dcim.frontport"), endpoint("dcim/front-ports"));
/// assert_eq!(endpoint_of_type("dcim.front-port"), None);
/// ```
pub const fn endpoint_of_type(object_type: &str) -> Option<Endpoint> {
    let mut row = 0;
    while row < COUNT {
        match Endpoint(row).column(6) {
            after if after > 0 && name::is(after - 1, object_type) => return Some(Endpoint(row)),
            _ => row += 1,
        }
    }
    None
}

/// The endpoint that lists the objects of which `name` is NetBox's name without its app, whether or not its words stand apart.
/// Filters have such names for objects to which those of their list refer by way of others.
///
/// ```
/// use netbox_schema::{endpoint, endpoint_called};
///
/// assert_eq!(endpoint_called("site_group"), endpoint("dcim/site-groups"));
/// assert_eq!(endpoint_called("vminterface"), endpoint("virtualization/interfaces"));
/// assert_eq!(endpoint_called("site_groups"), None);
/// ```
pub fn endpoint_called(name: &str) -> Option<Endpoint> {
    let model = name.replace('_', "");
    endpoints().find(|endpoint| {
        let object_type = endpoint.object_type().and_then(|known| known.split_once('.'));
        object_type.is_some_and(|(_, known)| known == model)
    })
}

/// All endpoints.
///
/// ```
/// let of_dcim = netbox_schema::endpoints().filter(|endpoint| endpoint.path().starts_with("dcim/"));
/// assert!(of_dcim.count() > 40);
/// ```
pub const fn endpoints() -> Endpoints {
    Endpoints::new(0, COUNT)
}

/// After the last endpoint is a row that says where its parts end.
const COUNT: u16 = name::whole(&ENDPOINTS).end - 1;

impl Endpoint {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The path below `/api/`: `dcim/devices`.
    pub const fn path(self) -> &'static str {
        name::name(self.column(0))
    }

    /// The versions that have the endpoint.
    pub const fn versions(self) -> Versions {
        Versions::from_bits(self.column(1))
    }

    /// The methods of the endpoint itself: to list objects, to create one or several, to write or delete several.
    pub const fn methods(self) -> Methods {
        Methods::at(self.column(2))
    }

    /// The methods of a single object, at `dcim/devices/7`; empty if the endpoint has no single objects.
    pub const fn detail(self) -> Methods {
        Methods::at(self.column(3))
    }

    /// The versions that obey `control`. All others silently ignore it.
    ///
    /// ```
    /// use netbox_schema::{Control, endpoint};
    ///
    /// let sites = endpoint("dcim/sites").unwrap();
    /// assert!(sites.supports(Control::Start).contains(4, 6) && !sites.supports(Control::Start).contains(4, 5));
    /// ```
    pub const fn supports(self, control: Control) -> Versions {
        Versions::from_bits(CONTROLS[self.column(4) as usize][control as usize])
    }

    /// The versions that send an object which is read by itself with an `ETag` that changes whenever the object does.
    ///
    /// All other versions send no `ETag`, or one that never changes, so that `If-Match` protects nothing.
    ///
    /// ```
    /// use netbox_schema::endpoint;
    ///
    /// assert_eq!(endpoint("dcim/sites").unwrap().versioned().to_string(), "4.6-4.7");
    /// assert!(endpoint("users/tokens").unwrap().versioned().is_empty());
    /// ```
    pub const fn versioned(self) -> Versions {
        Versions::from_bits(self.column(5))
    }

    /// NetBox's name for the type of the endpoint's objects: `dcim.frontport`. `None` if the endpoint lists no objects.
    ///
    /// ```
    /// use netbox_schema::endpoint;
    ///
    /// assert_eq!(endpoint("dcim/front-ports").unwrap().object_type(), Some("dcim.frontport"));
    /// assert_eq!(endpoint("virtualization/interfaces").unwrap().object_type(), Some("virtualization.vminterface"));
    /// assert_eq!(endpoint("status").unwrap().object_type(), None);
    /// ```
    pub const fn object_type(self) -> Option<&'static str> {
        match self.column(6) {
            0 => None,
            after => Some(name::name(after - 1)),
        }
    }

    /// The routes below the endpoint's objects.
    pub const fn routes(self) -> Routes {
        let Span { start, end } = self.span(7);
        Routes::new(start, end)
    }

    /// The route `name` below the endpoint's objects: `available-ips`, `trace`, `render-config`.
    ///
    /// ```
    /// use netbox_schema::{Method, endpoint};
    ///
    /// let free = endpoint("ipam/prefixes").unwrap().route("available-ips").unwrap();
    /// assert!(free.methods().of(Method::Post).contains(4, 7) && free.methods().of(Method::Put).is_empty());
    /// ```
    pub const fn route(self, name: &str) -> Option<Route> {
        match name::find(&ROUTES, self.span(7), name) {
            Some(row) => Some(Route::at(row)),
            None => None,
        }
    }

    /// The fields, in the order of their names. Empty where NetBox declares none.
    pub const fn fields(self) -> Fields {
        let Span { start, end } = self.span(8);
        Fields::new(start, end)
    }

    /// The field `name`, as it is spelt in JSON. Custom fields are one field, `custom_fields`, which holds them all.
    pub const fn field(self, name: &str) -> Option<Field> {
        match name::find(&FIELDS, self.span(8), name) {
            Some(row) => Some(Field::at(row)),
            None => None,
        }
    }

    /// The filters, in the order of their names.
    pub const fn filters(self) -> Filters {
        let Span { start, end } = self.span(9);
        Filters::new(start, end)
    }

    /// The filter `name`, without a lookup: `name`, `site_id`, `q`.
    pub const fn filter(self, name: &str) -> Option<Filter> {
        match name::find(&FILTERS, self.span(9), name) {
            Some(row) => Some(Filter::at(row)),
            None => None,
        }
    }

    /// The versions in which `parameter`, such as `name__ic`, filters: those that have the filter with that lookup.
    ///
    /// All other versions ignore the parameter and answer with everything, or can't answer at all. The table does not
    /// know filters by custom fields, `cf_…`.
    ///
    /// ```
    /// use netbox_schema::endpoint;
    ///
    /// let sites = endpoint("dcim/sites").unwrap();
    /// assert_eq!(sites.accepts("tag__any").to_string(), "4.6-4.7");
    /// assert!(sites.accepts("nmae").is_empty());
    /// ```
    pub const fn accepts(self, parameter: &str) -> Versions {
        let (name, lookup) = split(parameter);
        match (self.filter(name), lookup) {
            (Some(filter), Some(lookup)) => filter.lookup(lookup),
            _ => Versions::NONE,
        }
    }

    /// The keys of the objects, in the order of preference. Empty where nothing makes two objects the same, as for journal
    /// entries, and where NetBox alone makes the objects.
    ///
    /// ```
    /// use netbox_schema::endpoint;
    ///
    /// assert_eq!(endpoint("dcim/sites").unwrap().keys().len(), 2);
    /// assert!(endpoint("extras/journal-entries").unwrap().keys().is_empty());
    /// ```
    pub const fn keys(self) -> Keys {
        let Span { start, end } = self.span(10);
        Keys::new(start, end)
    }

    const fn column(self, column: usize) -> u16 {
        ENDPOINTS[self.0 as usize][column]
    }

    /// The rows of its own, in the array whose beginning is in `column`.
    const fn span(self, column: usize) -> Span {
        Span { start: self.column(column), end: ENDPOINTS[self.0 as usize + 1][column] }
    }
}

/// Its path.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.path())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.path())
    }
}
