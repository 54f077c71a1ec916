//! Cables and the paths through them.

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::{one, place::Place, record::Record, route};
use crate::{
    client::Client,
    model::{GenericFk, Model, Object, Resource},
    value::{Choice, Decimal},
    wire::{ApiPath, Call, Error, Mode, Outcome, Params},
};

/// One cable of a path, with the objects at its ends; made by [`Record::trace`].
///
/// ```
/// # use netbox_core::{Async, Error, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")] struct Interface { id: u64 }
/// /// The labels of the cables from an interface to the other end.
/// async fn labels(interface: &Record<Interface, Async>) -> Result<Vec<String>, Error> {
///     let hops = interface.trace().await?;
///     Ok(hops.into_iter().filter_map(|hop| hop.cable).map(|cable| cable.label).collect())
/// }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Hop {
    /// The ends on this side.
    pub near: Vec<Object>,
    /// The cable; `None` where the path ends at a port without one, or leads to a site or a provider's network.
    pub cable: Option<TracedCable>,
    /// The ends on the other side; none where the path ends.
    pub far: Vec<Object>,
}

/// A cable of a path, or a wireless link.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel, route::Hop};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/cables")] struct Cable { id: u64, comments: String }
/// fn show(client: &Client<Blocking>, hop: &Hop) -> Result<(), Error> {
///     match &hop.cable {
///         Some(cable) if cable.key.is::<Cable>() => {
///             println!("{}: {}", cable.label, client.resolve::<Cable>(&cable.key)?.comments);
///         }
///         Some(_) => println!("wireless"),
///         None => println!("the end"),
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct TracedCable {
    /// Refers to the whole object: a `dcim.cable` or a `wireless.wirelesslink`.
    #[serde(flatten)]
    pub key: GenericFk,
    /// The type, such as `cat6a`.
    pub r#type: Option<Choice>,
    /// The status, such as `connected`.
    pub status: Choice,
    /// The text printed on it.
    #[serde(default)]
    pub label: String,
    /// Six hexadecimal digits, or nothing.
    #[serde(default)]
    pub color: String,
    /// In the unit of `length_unit`.
    pub length: Option<Decimal>,
    /// The unit, such as `m`.
    pub length_unit: Option<Choice>,
    /// The description.
    pub description: String,
}

impl<'de> Deserialize<'de> for Hop {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (near, cable, far): (_, Value, _) = Deserialize::deserialize(deserializer)?;
        // Where there is none, NetBox sends an empty list.
        let cable = cable.is_object().then(|| TracedCable::deserialize(cable)).transpose();
        Ok(Self { near, cable: cable.map_err(de::Error::custom)?, far })
    }
}

/// A way through cables and patch panels; made by [`Record::paths`].
///
/// ```
/// # use netbox_core::{Blocking, Error, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/front-ports")] struct FrontPort { id: u64 }
/// fn show(port: &Record<FrontPort, Blocking>) -> Result<(), Error> {
///     for path in port.paths()? {
///         let nodes: Vec<_> = path.path.iter().flatten().filter_map(|node| node.display()).collect();
///         println!("{}{}", nodes.join(" – "), if path.is_complete { "" } else { " – ?" });
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct CablePath {
    /// The id of the path.
    pub id: u64,
    /// Ends and cables, alternating.
    pub path: Vec<Vec<Object>>,
    /// Whether all cables of the path are connected.
    pub is_active: bool,
    /// Whether the path leads from end to end.
    pub is_complete: bool,
    /// Whether the path leads to several places.
    pub is_split: bool,
}

impl<M: Resource, C: Mode> Record<M, C> {
    /// The cables from this interface, console (server) port, power port, outlet or feed to the other end; empty if it
    /// has no cable.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")] struct Interface { id: u64 }
    /// fn far(client: &Client<Blocking>) -> Result<Option<String>, Error> {
    ///     let hops = client.get::<Interface>(7)?.trace()?;
    ///     let end = hops.last().and_then(|hop| hop.far.first());
    ///     Ok(end.and_then(|end| end.display()).map(str::to_owned))
    /// }
    /// ```
    pub fn trace(&self) -> Outcome<'_, C, Result<Vec<Hop>, Error>>
    where
        M: route::Trace,
    {
        self.detail("trace")
    }

    /// The paths that lead through this front or rear port, or circuit termination.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/front-ports")] struct FrontPort { id: u64 }
    /// fn is_in_use(client: &Client<Blocking>) -> Result<bool, Error> {
    ///     Ok(client.get::<FrontPort>(7)?.paths()?.iter().any(|path| path.is_complete && path.is_active))
    /// }
    /// ```
    pub fn paths(&self) -> Outcome<'_, C, Result<Vec<CablePath>, Error>>
    where
        M: route::Paths,
    {
        self.detail("paths")
    }
}

impl<C: Mode> Client<C> {
    /// The device at the other end of the cable of an interface; the interface and its device are given by their names.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is no such interface, or no interface at the other end.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, name: Option<String> }
    /// fn neighbour(client: &Client<Blocking>) -> Result<Option<String>, Error> {
    ///     Ok(client.connected_device::<Device>("leaf-1", "xe-0/0/0")?.into_inner().name)
    /// }
    /// ```
    pub fn connected_device<'c, M: Model>(
        &'c self,
        peer_device: &'c str,
        peer_interface: &'c str,
    ) -> Outcome<'c, C, Result<Record<M, C>, Error>> {
        C::run(async move {
            let peer =
                Params::default().with("peer_device", peer_device).with("peer_interface", peer_interface);
            let call = Call::get(ApiPath::of_endpoint("dcim/connected-device"), peer);
            let answer = self.api().exchange(call).await?;
            let model: M = one::object(&answer, None)?;
            Ok(Record::new(model, Place::new(self.api().clone(), ApiPath::of_endpoint(M::ENDPOINT), None)))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hop(cable: Value) -> Result<Hop, serde_json::Error> {
        serde_json::from_str(&json!([[{"id": 1}], cable, []]).to_string())
    }

    #[test]
    fn a_hop_has_a_cable_or_a_wireless_link_or_nothing() {
        // As 4.7.3 sends them.
        let cable = json!({
            "id": 2, "url": "https://h/api/dcim/cables/2/", "display_url": "https://h/dcim/cables/2/", "type": "cat6",
            "status": "connected", "label": "L", "color": "aa0000", "length": 1.5, "length_unit": "m", "description": "",
        });
        let cable = hop(cable).unwrap().cable.unwrap();
        assert_eq!(cable.key, GenericFk::new("dcim.cable", 2));
        assert!(cable.r#type.is_some_and(|kind| kind == "cat6") && cable.status == "connected");
        assert_eq!(cable.length, Some("1.5".parse().unwrap()));
        let link = json!({
            "id": 1, "url": "https://h/api/wireless/wireless-links/1/", "type": null, "status": "connected",
            "length": null, "length_unit": null, "description": "",
        });
        let link = hop(link).unwrap().cable.unwrap();
        assert_eq!((link.key, link.label.as_str()), (GenericFk::new("wireless.wirelesslink", 1), ""));
        assert!(hop(json!([])).unwrap().cable.is_none());
        let error = hop(json!({"id": 2, "url": "https://h/api/dcim/cables/2/"})).unwrap_err();
        assert!(error.to_string().contains("missing field `status`"), "{error}");
    }
}
