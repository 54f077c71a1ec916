//! Allocation of the next free addresses, prefixes, VLAN ids and AS numbers.

use std::{fmt, marker::PhantomData};

use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{record::Record, route, taken};
use crate::{
    client::Api,
    model::{Body, GenericFk, Object, Reading, Resource},
    names::{Purpose, Refusal},
    value::IpPrefix,
    wire::{ApiPath, Call, Error, Mode, Outcome, Params, since},
    write::{IntoPatch, Patch},
};

/// The free `A`s of a prefix, a range or a group, which can be allocated as objects of model `M`.
///
/// An allocation is one request, whatever its size, and NetBox carries out one at a time: two callers never get the
/// same `A`. The library never sends the request again, unless it certainly never left or the database undid it.
///
/// # Examples
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch, value::IpPrefix};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "ipam/ip-addresses")]
/// struct Address {
///     id: u64,
///     address: IpPrefix,
///     description: String,
/// }
///
/// fn three(client: &Client<Blocking>) -> Result<(), Error> {
///     let prefix = client.get::<Prefix>(7)?;
///     let pool = prefix.available_ips().of::<Address>();
///     match pool.with(Patch::new().set(Address::DESCRIPTION, "printer")).allocate(3) {
///         Err(error) if error.is_exhausted() => println!("there are no three left"),
///         taken => taken?.iter().for_each(|address| println!("{:?}", address.address)),
///     }
///     Ok(())
/// }
/// ```
#[must_use = "nothing is taken before `allocate`"]
pub struct Pool<M, A, C> {
    api: Api,
    path: Result<ApiPath, Error>,
    /// The endpoint of the allocated objects.
    home: &'static str,
    /// The fields that NetBox sets itself, whatever is sent.
    given: &'static [&'static str],
    common: Patch<M>,
    types: PhantomData<fn() -> (A, C)>,
}

/// A free address.
///
/// ```
/// # use netbox_core::{Blocking, Error, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
/// fn free(prefix: &Record<Prefix, Blocking>) -> Result<Vec<std::net::IpAddr>, Error> {
///     Ok(prefix.available_ips().peek(5)?.iter().map(|free| free.address.address()).collect())
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct AvailableIp {
    /// 4 or 6.
    pub family: u8,
    /// The address, with the length of the prefix that it is free in.
    pub address: IpPrefix,
    /// The VRF of that prefix.
    pub vrf: Option<GenericFk>,
}

/// A free prefix; smaller ones can be allocated from it.
///
/// ```
/// # use netbox_core::{Blocking, Error, NetboxModel, Record, value::IpPrefix};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
/// fn largest(prefix: &Record<Prefix, Blocking>) -> Result<Option<IpPrefix>, Error> {
///     let free = prefix.available_prefixes().peek(1000)?;
///     Ok(free.iter().map(|free| free.prefix).min_by_key(|prefix| prefix.length()))
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct AvailablePrefix {
    /// 4 or 6.
    pub family: u8,
    /// The prefix.
    pub prefix: IpPrefix,
    /// The VRF of the prefix that it is free in.
    pub vrf: Option<GenericFk>,
}

/// A VLAN id that is free in a group.
///
/// ```
/// # use netbox_core::{Blocking, Error, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlan-groups")] struct VlanGroup { id: u64 }
/// fn next(group: &Record<VlanGroup, Blocking>) -> Result<Option<u16>, Error> {
///     Ok(group.available_vlans().peek(1)?.first().map(|free| free.vid))
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct AvailableVlan {
    /// 1 to 4094.
    pub vid: u16,
}

/// An AS number that is free in a range.
///
/// ```
/// # use netbox_core::{Async, Error, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/asn-ranges")] struct AsnRange { id: u64 }
/// async fn next(range: &Record<AsnRange, Async>) -> Result<Option<u32>, Error> {
///     Ok(range.available_asns().peek(1).await?.first().map(|free| free.asn))
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct AvailableAsn {
    /// Up to 4294967295.
    pub asn: u32,
}

impl<M: Resource, C: Mode> Record<M, C> {
    /// The free addresses of a prefix or an IP range.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
    /// fn next(client: &Client<Blocking>) -> Result<String, Error> {
    ///     client.get::<Prefix>(7)?.available_ips().allocate_one()?.get("address")
    /// }
    /// ```
    pub fn available_ips(&self) -> Pool<Object, AvailableIp, C>
    where
        M: route::AvailableIps,
    {
        Pool::below(self, "available-ips", "ipam/ip-addresses", &["address", "vrf"])
    }

    /// The free prefixes within a prefix. To allocate some, set their length:
    /// `.with(Patch::new().field("prefix_length", 28))`.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
    /// fn split(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let pool = client.get::<Prefix>(7)?.available_prefixes().of::<Prefix>();
    ///     pool.with(Patch::new().field("prefix_length", 28)).allocate(2)?;
    ///     Ok(())
    /// }
    /// ```
    pub fn available_prefixes(&self) -> Pool<Object, AvailablePrefix, C>
    where
        M: route::AvailablePrefixes,
    {
        Pool::below(self, "available-prefixes", "ipam/prefixes", &["prefix", "vrf"])
    }

    /// The free VLAN ids of a VLAN group. Each VLAN needs a name of its own: see [`Pool::allocate_each`].
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlan-groups")] struct VlanGroup { id: u64 }
    /// fn two(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let names = ["voice", "guests"].map(|name| Patch::new().field("name", name));
    ///     client.get::<VlanGroup>(7)?.available_vlans().allocate_each(names)?;
    ///     Ok(())
    /// }
    /// ```
    pub fn available_vlans(&self) -> Pool<Object, AvailableVlan, C>
    where
        M: route::AvailableVlans,
    {
        Pool::below(self, "available-vlans", "ipam/vlans", &["vid", "group"])
    }

    /// The free numbers of an AS number range.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/asn-ranges")] struct AsnRange { id: u64 }
    /// fn first(client: &Client<Blocking>) -> Result<Option<u32>, Error> {
    ///     Ok(client.get::<AsnRange>(7)?.available_asns().peek(1)?.first().map(|free| free.asn))
    /// }
    /// ```
    pub fn available_asns(&self) -> Pool<Object, AvailableAsn, C>
    where
        M: route::AvailableAsns,
    {
        Pool::below(self, "available-asns", "ipam/asns", &["asn"])
    }
}

impl<A, C: Mode> Pool<Object, A, C> {
    fn below<M: Resource>(
        record: &Record<M, C>,
        name: &str,
        home: &'static str,
        given: &'static [&'static str],
    ) -> Self {
        Self {
            api: record.place().api.clone(),
            path: record.path().map(|path| path.join(name)),
            home,
            given,
            common: Patch::new(),
            types: PhantomData,
        }
    }

    /// The same pool, whose objects are allocated as model `M`.
    pub fn of<M: Resource>(self) -> Pool<M, A, C> {
        let Self { api, path, home, given, common, types } = self;
        Pool { api, path, home, given, common: common.retyped(), types }
    }
}

impl<M: Resource, A: DeserializeOwned + Send + 'static, C: Mode> Pool<M, A, C> {
    /// Reads the first free ones, at most `most`. There are fewer if the server's largest page is smaller, which does not limit
    /// prefixes.
    pub fn peek<'q>(self, most: usize) -> Outcome<'q, C, Result<Vec<A>, Error>> {
        C::run(async move {
            let call = Call::get(self.path?, Params::default().with("limit", most.max(1)));
            let mut free: Vec<A> = self.api.exchange(call).await?.json()?;
            free.truncate(most);
            Ok(free)
        })
    }

    /// Sets fields of all allocated objects; a second call replaces the first. NetBox itself sets the address or prefix
    /// and its VRF, the VLAN id and its group, or the number: setting one of these is an error.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Error, NetboxModel, Patch, Record};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
    /// fn reserve(prefix: &Record<Prefix, Blocking>, count: usize) -> Result<(), Error> {
    ///     let pool = prefix.available_ips().with(Patch::new().field("status", "reserved"));
    ///     pool.allocate(count)?;
    ///     Ok(())
    /// }
    /// ```
    pub fn with(mut self, patch: impl IntoPatch<M>) -> Self {
        self.common = patch.into_patch();
        self
    }

    /// Allocates `count` objects, all or none. NetBox's answer lacks the counters that it adds when it reads objects,
    /// such as the number of prefixes of a VLAN: if the model has such a field, the objects are read again, with as
    /// few requests as their ids need.
    ///
    /// # Errors
    ///
    /// [`Error::is_exhausted`] if fewer than `count` are free, [`ErrorKind::Body`](crate::ErrorKind::Body) if a field is set
    /// that NetBox sets itself, and [`ErrorKind::Version`](crate::ErrorKind::Version) for the `prefix_length` of an address
    /// before 4.5.1. If the answer was lost, it is unknown whether NetBox
    /// allocated them. If NetBox did, and they can't be read as an `M`, [`Error::created`] returns their URLs, and the
    /// message describes them.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, value::IpPrefix};
    /// async fn next(client: &Client<Async>) -> Result<IpPrefix, Error> {
    ///     let prefix = client.get_at("ipam/prefixes", 7).await?;
    ///     let taken = prefix.available_ips().allocate(1).await?;
    ///     taken[0].get("address")
    /// }
    /// ```
    pub fn allocate<'q>(self, count: usize) -> Outcome<'q, C, Result<Vec<Record<M, C>>, Error>> {
        C::run(self.take((0..count).map(|_| Patch::new()).collect()))
    }

    /// Allocates one object.
    ///
    /// # Errors
    ///
    /// Those of [`allocate`](Pool::allocate).
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, value::IpPrefix};
    /// fn next(client: &Client<Blocking>) -> Result<IpPrefix, Error> {
    ///     client.get_at("ipam/prefixes", 7)?.available_ips().allocate_one()?.get("address")
    /// }
    /// ```
    pub fn allocate_one<'q>(self) -> Outcome<'q, C, Result<Record<M, C>, Error>> {
        C::run(async move { Ok(self.take(vec![Patch::new()]).await?.remove(0)) })
    }

    /// Allocates one object for each of `patches`, all or none, in their order. A field that a patch does not set has
    /// the value that [`with`](Pool::with) gives it.
    pub fn allocate_each<'q, P: IntoPatch<M>>(
        self,
        patches: impl IntoIterator<Item = P>,
    ) -> Outcome<'q, C, Result<Vec<Record<M, C>>, Error>> {
        C::run(self.take(patches.into_iter().map(IntoPatch::into_patch).collect()))
    }

    async fn take(self, patches: Vec<Patch<M>>) -> Result<Vec<Record<M, C>>, Error> {
        let (api, home) = (&self.api, ApiPath::of_endpoint(self.home));
        let patches = patches.into_iter().map(|patch| self.common.clone().and(patch).retyped());
        let bodies = allocations(api, &home, self.given, patches.collect()).await?;
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        let asked = bodies.len();
        let call = Call::new(Method::POST, self.path?, Params::default()).with_json(&bodies.into());
        let rows = taken::take(api, &home, call, asked, Reading::of::<M>()).await?;
        Ok(Record::all(api, &home, None, rows))
    }
}

/// The bodies that take one object each, which then live at `home`, and whose fields `given` NetBox sets itself. Addresses
/// and prefixes take a `prefix_length` beside their fields.
async fn allocations(
    api: &Api,
    home: &ApiPath,
    given: &[&str],
    patches: Vec<Patch<()>>,
) -> Result<Vec<Value>, Error> {
    const LENGTH: &str = "prefix_length";
    let mut bodies = api.bodies_of(home, patches, Purpose::Create).await?;
    let mut lengths = Vec::with_capacity(bodies.len());
    for body in &mut bodies {
        let Ok(body) = body else {
            lengths.push(None);
            continue;
        };
        let overridden = given.iter().filter(|name| body.contains_key(**name));
        Refusal::fields(home.as_str(), overridden.map(|name| Refusal::is_set_by_netbox(name)).collect())?;
        lengths.push(if given.contains(&"vrf") { body.remove(LENGTH) } else { None });
    }
    if given.contains(&"address") && lengths.iter().any(Option::is_some) {
        api.require("`prefix_length` of an address", since::ADDRESS_LENGTH).await?;
    }
    // A required field may be missing here, since NetBox may set it itself.
    api.check_bodies(home, &mut bodies, Purpose::Update).await?;
    let whole = |(body, length): (Result<Body, Error>, Option<Value>)| {
        let mut body = body?;
        body.extend(length.map(|length| (LENGTH.to_owned(), length)));
        Ok(body.into())
    };
    bodies.into_iter().zip(lengths).map(whole).collect()
}

impl<M, A, C> fmt::Debug for Pool<M, A, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("path", &self.path).finish_non_exhaustive()
    }
}
