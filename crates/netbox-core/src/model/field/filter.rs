use std::{fmt, marker::PhantomData};

use super::{
    constant::Field,
    lookup::kind::{Emptiable, Filters, Kind, Negatable, Ordered, Reference, Several, Textual},
    operand::{Operand, Operands},
};

/// A condition on the objects of model `M`, made by the lookups of a [`Field`].
///
/// A query returns the objects that match all of its filters.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, Query, Record, field::Filter};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
/// # struct Device { id: u64, name: Option<String>, #[fk] site: Fk<Site> }
/// /// The filters for the options of a command.
/// fn filters(name: Option<&str>, site: Option<&str>) -> Vec<Filter<Device>> {
///     let name = name.map(|name| Device::NAME.contains(name));
///     name.into_iter().chain(site.map(|site| Device::SITE.named(site))).collect()
/// }
///
/// fn count(client: &Client<Blocking>, filters: Vec<Filter<Device>>) -> Result<u64, Error> {
///     filters.into_iter().fold(client.query::<Device>(), Query::filter).count()
/// }
///
/// assert_eq!(format!("{:?}", filters(Some("leaf"), None)), "[Filter(name__ic=leaf)]");
/// ```
pub struct Filter<M> {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    model: PhantomData<fn(&M)>,
}

impl<M> Clone for Filter<M> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), values: self.values.clone(), model: PhantomData }
    }
}

impl<M> fmt::Debug for Filter<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filter({}={})", self.name, self.values.join("|"))
    }
}

// The bounds are on the methods, so that the error for a lookup that a field does not have is the one of its kind.
impl<M, V, F> Field<M, V, F> {
    /// Matches if the field is `value`. The comparison of text is case-sensitive.
    ///
    /// ```
    /// # use netbox_core::{Fk, NetboxModel, value::Choice};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, name: Option<String>, status: Choice, #[fk] site: Fk<Site> }
    /// let filters = [Device::NAME.eq("leaf-1"), Device::STATUS.eq("active"), Device::SITE.eq(7)];
    /// assert_eq!(format!("{filters:?}"), "[Filter(name=leaf-1), Filter(status=active), Filter(site_id=7)]");
    /// ```
    pub fn eq(self, value: impl Operand<F::Kind>) -> Filter<M>
    where
        F: Filters<V>,
    {
        self.lookup("", [value.to_param()])
    }

    /// Matches if the field is not `value`.
    pub fn ne(self, value: impl Operand<F::Kind>) -> Filter<M>
    where
        F: Filters<V, Kind: Negatable>,
    {
        self.lookup("__n", [value.to_param()])
    }

    /// Matches if the field is one of `values`. Without values nothing matches, and no request is sent. A filter by
    /// tags takes one value, since NetBox ANDs several tags.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, value::Choice};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, status: Choice }
    /// fn planned(client: &Client<Blocking>) -> Result<u64, Error> {
    ///     client.query::<Device>().filter(Device::STATUS.any_of(["planned", "staged"])).count()
    /// }
    /// ```
    pub fn any_of(self, values: impl Operands<F::Kind>) -> Filter<M>
    where
        F: Filters<V, Kind: Several>,
    {
        self.lookup("", values.to_params())
    }

    /// Matches if the field is none of `values`, of which there must be at least one.
    pub fn none_of(self, values: impl Operands<F::Kind>) -> Filter<M>
    where
        F: Filters<V, Kind: Negatable>,
    {
        self.lookup("__n", values.to_params())
    }

    /// Matches if the field has no value.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, serial: String }
    /// fn without_serial(client: &Client<Blocking>) -> Result<Vec<u64>, Error> {
    ///     client.query::<Device>().filter(Device::SERIAL.is_empty()).ids()
    /// }
    /// ```
    pub fn is_empty(self) -> Filter<M>
    where
        F: Filters<V, Kind: Emptiable>,
    {
        self.lookup("__empty", ["true".to_owned()])
    }

    /// Matches if the field has a value.
    pub fn is_not_empty(self) -> Filter<M>
    where
        F: Filters<V, Kind: Emptiable>,
    {
        self.lookup("__empty", ["false".to_owned()])
    }

    /// Matches if the field refers to the object that NetBox knows by `name`: the slug where the object has one, else
    /// its name.
    ///
    /// Not every endpoint has this filter for every foreign key: for example, no endpoint has it for the racks and
    /// clusters of devices. Where NetBox lacks the filter, the query is an error: use [`eq`](Field::eq) with the id.
    ///
    /// ```
    /// # use netbox_core::{Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, #[fk] site: Fk<Site> }
    /// assert_eq!(format!("{:?}", Device::SITE.named("dm-berlin")), "Filter(site=dm-berlin)");
    /// ```
    pub fn named(self, name: &str) -> Filter<M>
    where
        F: Filters<V, Kind: Reference>,
    {
        Filter { name: self.filter_name().to_owned(), values: vec![name.to_owned()], model: PhantomData }
    }

    /// Matches if the field refers to nothing.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64 }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, #[fk] site: Fk<Site>, #[fk] rack: Option<Fk<Rack>> }
    /// fn not_mounted(client: &Client<Blocking>, site: &str) -> Result<u64, Error> {
    ///     client.query::<Device>().filter(Device::SITE.named(site)).filter(Device::RACK.is_null()).count()
    /// }
    /// ```
    pub fn is_null(self) -> Filter<M>
    where
        F: Filters<V, Kind: Reference>,
    {
        self.lookup("", ["null".to_owned()])
    }

    /// Matches if the field refers to an object.
    pub fn is_not_null(self) -> Filter<M>
    where
        F: Filters<V, Kind: Reference>,
    {
        self.lookup("__n", ["null".to_owned()])
    }

    fn lookup(self, suffix: &str, values: impl IntoIterator<Item = String>) -> Filter<M>
    where
        F: Filters<V>,
    {
        let name = F::Kind::filter(self.filter_name());
        Filter { name: format!("{name}{suffix}"), values: values.into_iter().collect(), model: PhantomData }
    }
}

macro_rules! text_lookups {
    ($($(#[$doc:meta])* $name:ident $suffix:literal;)+) => {
        impl<M, V, F> Field<M, V, F> {
            $(
                $(#[$doc])*
                pub fn $name(self, text: &str) -> Filter<M>
                where
                    F: Filters<V, Kind: Textual>,
                            {
                    self.lookup($suffix, [text.to_owned()])
                }
            )+
        }
    };
}

text_lookups! {
    /// Matches if the field contains `text`, in any case.
    ///
    /// ```
    /// # use netbox_core::NetboxModel;
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, name: Option<String> }
    /// assert_eq!(format!("{:?}", Device::NAME.contains("leaf")), "Filter(name__ic=leaf)");
    /// ```
    contains "__ic";
    /// Matches if the field does not contain `text`, in any case.
    not_contains "__nic";
    /// Matches if the field begins with `text`, in any case.
    starts_with "__isw";
    /// Matches if the field does not begin with `text`, in any case.
    not_starts_with "__nisw";
    /// Matches if the field ends with `text`, in any case.
    ends_with "__iew";
    /// Matches if the field does not end with `text`, in any case.
    not_ends_with "__niew";
    /// Matches if the field is `text`, in any case.
    eq_ignore_case "__ie";
    /// Matches if the field is not `text`, in any case.
    ne_ignore_case "__nie";
    /// Matches if the field matches the PostgreSQL regular expression `text`. NetBox answers a malformed one with a
    /// 500.
    matches "__regex";
    /// Matches if the field matches the PostgreSQL regular expression `text`, in any case.
    matches_ignore_case "__iregex";
}

macro_rules! order_lookups {
    ($($(#[$doc:meta])* $name:ident $suffix:literal;)+) => {
        impl<M, V, F> Field<M, V, F> {
            $(
                $(#[$doc])*
                ///
                /// Objects without a value never match.
                pub fn $name(self, value: impl Operand<F::Kind>) -> Filter<M>
                where
                    F: Filters<V, Kind: Ordered>,
                            {
                    self.lookup($suffix, [value.to_param()])
                }
            )+
        }
    };
}

order_lookups! {
    /// Matches if the field is greater or later than `value`.
    gt "__gt";
    /// Matches if the field is `value`, greater or later.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlans")] struct Vlan { id: u64, vid: u16 }
    /// fn extended(client: &Client<Blocking>) -> Result<u64, Error> {
    ///     client.query::<Vlan>().filter(Vlan::VID.gte(1006)).count()
    /// }
    /// ```
    gte "__gte";
    /// Matches if the field is less or earlier than `value`.
    lt "__lt";
    /// Matches if the field is `value`, less or earlier.
    lte "__lte";
}
