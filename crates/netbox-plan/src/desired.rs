//! The description of what a NetBox shall hold.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use netbox_core::{
    Client, Error, Mode, Model, Object, Outcome, Patch, Query, Resource, bulk::Targets, field::Field,
    patch::IntoPatch, transport::BoxFuture,
};
use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};
use serde_json::{Map, Value};

use crate::{
    export,
    handle::{Handle, holds_handle},
    mistake::{Mistake, PlanError},
    plan::{self, Plan},
};

/// The objects that a NetBox shall hold, and what of each matters: fields that are not named are left alone.
///
/// Objects are added in any order, by [`object`](Desired::object) or by reading a document with serde, to which more can be
/// added. Nothing is asked before [`plan`](Desired::plan), which reads, and nothing is written before [`Plan::apply`].
///
/// ```
/// use netbox_core::{Blocking, Client, Fk, NetboxModel, Patch, Ref};
/// use netbox_plan::Desired;
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")]
/// # struct Site { id: u64, name: String, slug: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/locations")]
/// # struct Location { id: u64, name: String, slug: String, #[fk] site: Fk<Site> }
///
/// fn describe(client: &Client<Blocking>) -> Result<(), Box<dyn std::error::Error>> {
///     let mut desired = Desired::new();
///     let ams = desired.object::<Site>(Patch::new().set(Site::SLUG, "ams1").set(Site::NAME, "Amsterdam 1"));
///     for hall in 1..=4 {
///         let name = format!("Hall {hall}");
///         let slug = format!("hall-{hall}");
///         desired.object::<Location>(
///             Patch::new().set(Location::SITE, &ams).set(Location::NAME, name).set(Location::SLUG, slug),
///         );
///     }
///     let plan = desired.plan(client)?;
///     println!("{plan}");
///     plan.apply().message("halls of Amsterdam").send()?;
///     Ok(())
/// }
/// ```
pub struct Desired {
    number: u64,
    pub(crate) wants: Vec<Want>,
    /// How many objects of each endpoint there are.
    counts: BTreeMap<String, usize>,
    /// Fields by which the objects of an endpoint are recognised, where the caller says so.
    pub(crate) keys: BTreeMap<String, Vec<String>>,
    pub(crate) prunes: Vec<Prune>,
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) omissions: Vec<Mistake>,
}

/// An object as it is described.
#[derive(Debug, Clone)]
pub(crate) struct Want {
    pub(crate) place: String,
    pub(crate) endpoint: String,
    pub(crate) fields: Map<String, Value>,
}

/// Objects of which those that are not described are deleted.
#[derive(Clone)]
pub(crate) struct Prune {
    pub(crate) endpoint: String,
    pub(crate) home: Home,
    pub(crate) expected: std::ops::RangeInclusive<usize>,
    pub(crate) ids: Arc<dyn Fn() -> BoxFuture<'static, Result<Vec<u64>, Error>> + Send + Sync>,
    /// Whether NetBox may refuse its query for ever, since it asks by what another prune has deleted.
    pub(crate) may_be_refused: bool,
}

impl Prune {
    /// How many objects it may delete.
    pub(crate) fn at_most(&self) -> usize {
        *self.expected.end()
    }

    /// The same prune, which may delete so many objects less.
    pub(crate) fn after(&self, deleted: usize) -> Self {
        Self { expected: 0..=self.at_most().saturating_sub(deleted), ..self.clone() }
    }
}

/// A NetBox, and the branch there.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Home {
    url: String,
    branch: Option<String>,
}

impl Home {
    pub(crate) fn of<C: Mode>(client: &Client<C>) -> Self {
        Self { url: client.base_url().to_owned(), branch: client.branch().map(str::to_owned) }
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)?;
        match &self.branch {
            Some(schema_id) => write!(f, " on the branch {schema_id}"),
            None => Ok(()),
        }
    }
}

impl Desired {
    /// A description of nothing.
    pub fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Self {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            wants: Vec::new(),
            counts: BTreeMap::new(),
            keys: BTreeMap::new(),
            prunes: Vec::new(),
            mistakes: Vec::new(),
            omissions: Vec::new(),
        }
    }

    /// Adds an object with the fields of `patch`, and returns a handle for other objects to refer to it.
    ///
    /// NetBox's own keys decide which object that is: a site's slug, a device's name and site, an interface's device and
    /// name; see [`by`](Desired::by) for others.
    pub fn object<M: Model>(&mut self, patch: Patch<M>) -> Handle<M> {
        let number = self.wants.len();
        self.describe(M::ENDPOINT, &patch);
        Handle::new(number, self.number)
    }

    /// Adds an object of an endpoint that has no model, such as one of a plugin; [`by_at`](Desired::by_at) names the fields by
    /// which a plugin's objects are recognised. Other objects refer to it by its attributes.
    ///
    /// A plugin's object refers to others by their attributes, too, as in `{"slug": "ams1"}`. It waits for an object of the
    /// same description only if the endpoint of that one, which is NetBox's own, stands around them:
    /// `{"dcim/sites": {"slug": "ams1"}}`.
    ///
    /// ```
    /// # use netbox_core::Patch;
    /// # use netbox_plan::Desired;
    /// let mut desired = Desired::new();
    /// desired.by_at("plugins/bgp/community", ["value"]);
    /// let community = Patch::new().field("value", "65000:99").field("description", "no export");
    /// desired.object_at("plugins/bgp/community", community);
    /// ```
    pub fn object_at(&mut self, endpoint: &str, patch: impl IntoPatch<Object>) -> &mut Self {
        self.describe(endpoint, &patch.into_patch());
        self
    }

    fn describe<M>(&mut self, endpoint: &str, patch: &Patch<M>) {
        let mut fields = Map::new();
        for name in patch.names() {
            fields.insert(name.to_owned(), patch.value(name).unwrap_or_default());
        }
        let place = self.add(endpoint, fields).to_owned();
        if let Err(error) = patch.check() {
            self.mistakes.push(Mistake::new(place, error.to_string()));
        }
    }

    /// Recognises the objects of model `M` by these fields, in place of NetBox's own keys; all of them are needed in
    /// each description of such an object.
    ///
    /// ```
    /// # use netbox_core::{NetboxModel, Patch};
    /// # use netbox_plan::Desired;
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, name: Option<String>, serial: String }
    /// let mut desired = Desired::new();
    /// // A device keeps its serial number when it is renamed.
    /// desired.by([Device::SERIAL]);
    /// desired.object::<Device>(Patch::new().set(Device::SERIAL, "JAE1234").set(Device::NAME, "leaf-1"));
    /// ```
    pub fn by<M: Model, V, F>(&mut self, fields: impl IntoIterator<Item = Field<M, V, F>>) -> &mut Self {
        self.by_at(M::ENDPOINT, fields.into_iter().map(Field::name))
    }

    /// Recognises the objects of an endpoint by these fields, by their names; for a plugin's endpoint, of which no key is
    /// known.
    pub fn by_at<N: Into<String>>(
        &mut self,
        endpoint: &str,
        fields: impl IntoIterator<Item = N>,
    ) -> &mut Self {
        self.keys.insert(endpoint.trim_matches('/').to_owned(), fields.into_iter().map(Into::into).collect());
        self
    }

    /// Deletes the objects that match and are not described, if there are as many as expected: `at_most(20)` of a query
    /// allows up to 20 deletions. NetBox deletes with an object all that belongs to it, such as the interfaces of a device and
    /// the regions below a region, and the bound does not count these. If a described object is among them, there is no plan.
    ///
    /// The query has to be of a client of the NetBox and of the branch that the plan is for. NetBox refuses a filter by
    /// an object that does not exist. Such a query finds nothing if another prune deletes objects of that type, since an
    /// earlier run may have deleted this one. Otherwise, it finds nothing if the plan creates objects:
    /// [`send`](crate::Apply::send) then asks again, and a second refusal is an error.
    ///
    /// With a new device or module, NetBox makes components of the templates of its type. Those that match and are not
    /// described are deleted, too, within the same bound, once the objects of the description are there.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Fk, NetboxModel};
    /// # use netbox_plan::Desired;
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64 }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")]
    /// # struct Interface { id: u64, #[fk] device: Fk<Device> }
    /// # fn run(client: &Client<Blocking>, mut desired: Desired) {
    /// desired.prune(client.query::<Interface>().filter(Interface::DEVICE.named("leaf-1")).at_most(20));
    /// # }
    /// ```
    pub fn prune<M: Resource, C: Mode>(&mut self, targets: Targets<M, C>) -> &mut Self {
        let endpoint = targets.query().endpoint().to_owned();
        let home = Home::of(&targets.query().client());
        let expected = targets.expected();
        let ids = move || -> BoxFuture<'static, Result<Vec<u64>, Error>> {
            let ids = targets.ids();
            Box::pin(C::lift(ids))
        };
        self.prunes.push(Prune { endpoint, home, expected, ids: Arc::new(ids), may_be_refused: false });
        self
    }

    /// Compares the description with what NetBox holds, and returns what has to be written. This only reads.
    ///
    /// # Errors
    ///
    /// [`PlanError::Mistakes`] lists all that is wrong with the description, each with its place;
    /// [`PlanError::Netbox`] is a request that failed.
    pub fn plan<'d, C: Mode>(&'d self, client: &'d Client<C>) -> Outcome<'d, C, Result<Plan<C>, PlanError>> {
        C::run(plan::plan(self, client))
    }

    /// Describes what a NetBox holds: the objects that the queries find, with every field that can be written and is not empty,
    /// and with references by key in place of ids; [`omissions`](Desired::omissions) says what could not be described. With
    /// serde, the description is a document to keep, to compare, and to apply to another NetBox.
    ///
    /// # Errors
    ///
    /// [`PlanError::Netbox`] if a request fails, and [`PlanError::Mistakes`] for a query of a plugin's endpoint, since its
    /// fields are not known.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client};
    /// # use netbox_plan::Desired;
    /// fn backup(client: &Client<Blocking>) -> Result<String, Box<dyn std::error::Error>> {
    ///     let sites = client.query_at("dcim/sites").param("region", "nl");
    ///     let racks = client.query_at("dcim/racks").param("region", "nl");
    ///     let desired = Desired::export(client, [sites, racks])?;
    ///     Ok(serde_json::to_string_pretty(&desired)?)
    /// }
    /// ```
    pub fn export<C: Mode>(
        client: &Client<C>,
        queries: impl IntoIterator<Item = Query<Object, C>>,
    ) -> Outcome<'_, C, Result<Self, PlanError>> {
        C::run(export::export(client, queries.into_iter().collect()))
    }

    /// The fields that an [export](Desired::export) left out, by their places, since they refer to an object that nothing
    /// identifies but its id, such as a job, or that the token may not view; and the objects, by their paths, that would need
    /// such a field to be recognised, or that are never described, such as journal entries. Empty for all other descriptions.
    pub fn omissions(&self) -> &[Mistake] {
        &self.omissions
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Adds an object, and returns its place.
    pub(crate) fn add(&mut self, endpoint: &str, fields: Map<String, Value>) -> &str {
        let endpoint = endpoint.trim_matches('/');
        let count = self.counts.entry(endpoint.to_owned()).or_default();
        let place = format!("{endpoint}[{count}]");
        *count += 1;
        let number = self.wants.len();
        self.wants.push(Want { place, endpoint: endpoint.to_owned(), fields });
        &self.wants[number].place
    }
}

impl Default for Desired {
    fn default() -> Self {
        Self::new()
    }
}

/// As a map of endpoints to lists of objects, which can be read again. The keys named by [`by`](Desired::by), and the
/// prunes, are not in it. If an object refers to another by a [`Handle`], which means nothing in a document, this is an error.
impl Serialize for Desired {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut lists: BTreeMap<&str, Vec<&Map<String, Value>>> = BTreeMap::new();
        for want in &self.wants {
            if let Some((name, _)) = want.fields.iter().find(|(_, value)| holds_handle(value)) {
                return Err(S::Error::custom(format_args!(
                    "{}.{name} is a handle: a document refers to objects by their attributes, as with `Ref::by`",
                    want.place
                )));
            }
            lists.entry(&want.endpoint).or_default().push(&want.fields);
        }
        let mut map = serializer.serialize_map(Some(lists.len()))?;
        for (endpoint, objects) in lists {
            map.serialize_entry(endpoint, &objects)?;
        }
        map.end()
    }
}

impl fmt::Debug for Desired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desired")
            .field("objects", &self.wants.len())
            .field("prunes", &self.prunes.len())
            .finish_non_exhaustive()
    }
}
