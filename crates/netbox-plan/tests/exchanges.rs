//! Values that only one object may have go from one object to another, also in circles, and with deletions on the way.

mod netbox;

use std::{collections::BTreeMap, sync::Arc};

use netbox::{Fault, Netbox, server};
use netbox_plan::Desired;
use proptest::prelude::*;
use serde_json::{Value, json};

const DEVICES: usize = 4;
const PORTS: usize = 2;
const ADDRESSES: usize = 3;

/// Devices with an asset tag each, of which some are there, the ports that are connected, and the devices that have addresses,
/// as primary ones or not.
#[derive(Debug, Clone)]
struct Room {
    tags: Vec<Option<usize>>,
    is_there: Vec<bool>,
    cables: Vec<[(usize, usize); 2]>,
    addresses: Vec<Option<(usize, bool)>>,
}

fn room() -> impl Strategy<Value = Room> {
    let tags = (
        Just((0..DEVICES).collect::<Vec<_>>()).prop_shuffle(),
        prop::collection::vec(any::<bool>(), DEVICES),
    );
    let tags =
        tags.prop_map(|(tags, has)| tags.into_iter().zip(has).map(|(tag, has)| has.then_some(tag)).collect());
    let ports: Vec<_> = (0..DEVICES).flat_map(|device| (0..PORTS).map(move |port| (device, port))).collect();
    let is_there = prop::collection::vec(prop::bool::weighted(0.8), DEVICES);
    let addresses = prop::collection::vec(prop::option::of((0..DEVICES, any::<bool>())), ADDRESSES);
    (tags, is_there, Just(ports).prop_shuffle(), 0..=DEVICES * PORTS / 2, addresses).prop_map(
        |(tags, is_there, ports, count, mut addresses)| {
            let mut primaries = [false; DEVICES];
            for address in &mut addresses {
                *address = address.filter(|(device, _)| is_there[*device]);
                if let Some((device, is_primary)) = address {
                    *is_primary &= !primaries[*device];
                    primaries[*device] |= *is_primary;
                }
            }
            let cables = ports.chunks(2).map(|ends| [ends[0], ends[1]]);
            let connects = |ends: &[(usize, usize); 2]| ends.iter().all(|(device, _)| is_there[*device]);
            let cables = cables.filter(connects).take(count).collect();
            Room { tags, is_there, cables, addresses }
        },
    )
}

impl Room {
    /// The primary address of a device.
    fn primary(&self, device: usize) -> Option<usize> {
        self.addresses.iter().position(|address| *address == Some((device, true)))
    }

    /// Whether an address moves away from a device that goes, and that it is the primary one of: NetBox does not allow that.
    fn loses_primary(&self, next: &Self) -> bool {
        let mut moves = self.addresses.iter().zip(&next.addresses);
        moves.any(|(before, after)| {
            matches!((before, after), (Some((device, true)), Some(_)) if !next.is_there[*device])
        })
    }

    /// The room as it shall be, with nothing else in it.
    fn desired(&self, server: &Arc<Netbox>) -> Desired {
        let there = || (0..DEVICES).filter(|n| self.is_there[*n]);
        let devices: Vec<Value> = there()
            .map(|n| {
                let ports = (0..PORTS).map(|port| json!({"name": format!("eth{port}"), "type": "virtual"}));
                json!({
                    "name": format!("d{n}"), "site": {"slug": "home"}, "role": {"slug": "leaf"},
                    "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"},
                    "asset_tag": self.tags[n].map(|tag| format!("A{tag}")), "interfaces": ports.collect::<Vec<_>>(),
                    "primary_ip4": self.primary(n).map(|n| json!({"address": format!("10.0.0.{n}/24")})),
                })
            })
            .collect();
        let end = |(device, port): (usize, usize)| json!([{"dcim/interfaces": {"device": {"name": format!("d{device}")}, "name": format!("eth{port}")}}]);
        let cables: Vec<Value> = self
            .cables
            .iter()
            .map(|[a, b]| json!({"a_terminations": end(*a), "b_terminations": end(*b)}))
            .collect();
        let addresses = self.addresses.iter().enumerate().filter_map(|(n, device)| {
            let port = json!({"device": {"name": format!("d{}", (*device)?.0)}, "name": "eth0"});
            Some(json!({"address": format!("10.0.0.{n}/24"), "assigned_object": {"dcim/interfaces": port}}))
        });
        let mut desired: Desired = serde_json::from_value(json!({
            "dcim/devices": devices, "dcim/cables": cables, "ipam/ip-addresses": addresses.collect::<Vec<_>>(),
        }))
        .unwrap();
        desired.prune(server.client().query_at("ipam/ip-addresses").at_most(ADDRESSES));
        desired.prune(server.client().query_at("dcim/devices").at_most(DEVICES));
        desired.prune(server.client().query_at("dcim/cables").at_most(DEVICES));
        desired
    }

    /// Checks that none was deleted and created again of the addresses that `former` had, too, all of which were marked.
    fn check_kept(&self, former: &Self, server: &Netbox) {
        let dump = server.dump();
        for n in (0..ADDRESSES).filter(|n| former.addresses[*n].is_some() && self.addresses[*n].is_some()) {
            let address = &dump[&format!("ipam/ip-addresses   10.0.0.{n}/24")];
            assert_eq!(address.get("description"), Some(&json!("kept")), "10.0.0.{n}/24");
        }
    }

    /// The asset tags by device, and the ports that are connected.
    fn check(&self, server: &Netbox) {
        let dump = server.dump();
        let of = |path: &str| {
            let own = dump.iter().filter(move |(name, _)| name.split(' ').next() == Some(path));
            own.map(|(name, fields)| (name.clone(), fields.clone())).collect::<BTreeMap<_, _>>()
        };
        let tags: Vec<Value> = of("dcim/devices")
            .into_values()
            .map(|fields| fields.get("asset_tag").cloned().unwrap_or_default())
            .collect();
        let there = (0..DEVICES).filter(|n| self.is_there[*n]);
        let expected: Vec<Value> =
            there.map(|n| self.tags[n].map_or(Value::Null, |tag| format!("A{tag}").into())).collect();
        assert_eq!(tags, expected);
        let addresses = of("ipam/ip-addresses");
        let expected = self.addresses.iter().flatten().map(|(device, _)| {
            json!(format!("dcim/interfaces  dcim/devices dcim/sites   home  d{device} eth0"))
        });
        let on = addresses.into_values().map(|fields| fields["assigned_object_id"].clone());
        assert_eq!(on.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        let cables = of("dcim/cables");
        assert_eq!(cables.len(), self.cables.len());
        for ends in &self.cables {
            let port = |(device, port): (usize, usize)| {
                format!("dcim/interfaces  dcim/devices dcim/sites   home  d{device} eth{port}")
            };
            let [a, b] = ends.map(port);
            let is_it = |fields: &netbox::Fields| {
                let ends = (&fields["a_terminations"], &fields["b_terminations"]);
                ends == (&json!([a]), &json!([b])) || ends == (&json!([b]), &json!([a]))
            };
            assert!(cables.values().any(is_it), "{a} and {b} are not connected: {cables:?}");
        }
    }
}

#[track_caller]
fn apply(server: &Arc<Netbox>, desired: &Desired) {
    let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
    let (text, counts) = (plan.to_string(), (plan.changes(), plan.deletes()));
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(applied.deleted(), counts.1, "{applied}\n{text}");
    assert!(applied.changed() >= counts.0, "{applied}\n{text}");
    let again = desired.plan(&server.client()).unwrap();
    assert!(again.is_empty(), "{again}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_room_becomes_any_other(former in room(), next in room()) {
        let server = server();
        apply(&server, &former.desired(&server));
        former.check(&server);
        server.touch_all("ipam/ip-addresses", "description", "kept");
        let desired = next.desired(&server);
        if former.loses_primary(&next) {
            let error = desired.plan(&server.client()).unwrap_err().to_string();
            prop_assert!(error.contains("wait for each other in a circle"), "{}", error);
        } else {
            apply(&server, &desired);
            next.check(&server);
            next.check_kept(&former, &server);
        }
    }

    #[test]
    fn a_room_that_became_half_of_another_becomes_it_then(
        former in room(),
        next in room(),
        after in 0..8usize,
        is_carried_out: bool,
    ) {
        let server = server();
        apply(&server, &former.desired(&server));
        server.touch_all("ipam/ip-addresses", "description", "kept");
        let desired = next.desired(&server);
        prop_assume!(!former.loses_primary(&next));
        let plan = desired.plan(&server.client()).unwrap();
        server.fail(Some(Fault { after, is_carried_out }));
        let _ = plan.apply().keep_going().send();
        server.fail(None);
        apply(&server, &desired);
        next.check(&server);
        next.check_kept(&former, &server);
    }
}

#[test]
fn values_go_round_in_one_plan() {
    let device = |n: usize, tag: usize| {
        json!({
            "name": format!("d{n}"), "site": {"slug": "home"}, "role": {"slug": "leaf"},
            "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"}, "asset_tag": format!("A{tag}"),
        })
    };
    let desired = |devices: [Value; 3]| -> Desired {
        serde_json::from_value(json!({"dcim/devices": devices})).unwrap()
    };
    let server = server();
    apply(&server, &desired([device(0, 0), device(1, 1), device(2, 2)]));
    let plan = desired([device(0, 1), device(1, 2), device(2, 0)]).plan(&server.client()).unwrap();
    server.requests();
    assert_eq!(plan.apply().send().unwrap().changed(), 3);
    let writes: Vec<_> = server.requests().into_iter().filter(|one| one.starts_with("PATCH")).collect();
    // The first device is without its tag meanwhile.
    assert_eq!(writes.len(), 4, "{writes:?}");
    // A tag that nobody else takes stays until it is replaced.
    let plan = desired([device(0, 7), device(1, 2), device(2, 0)]).plan(&server.client()).unwrap();
    server.requests();
    plan.apply().send().unwrap();
    assert_eq!(server.requests().iter().filter(|one| one.starts_with("PATCH")).count(), 1);
}

/// Makes a NetBox as `document` says, whose objects of `path` are recognised by the field `by`.
#[track_caller]
fn apply_by(server: &Arc<Netbox>, path: &str, by: &str, document: Value) {
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.by_at(path, [by]);
    apply(server, &desired);
}

#[test]
fn places_go_round_where_only_a_part_of_them_is_described() {
    let server = server();
    let rack = server.put("dcim/racks", json!({"name": "r1", "site": 4}));
    for n in 0..3 {
        server.put(
            "dcim/devices",
            json!({
                "name": format!("d{n}"), "site": 4, "role": 3, "device_type": 2, "rack": rack, "position": n + 1,
                "face": "front",
            }),
        );
    }
    let devices = [2, 3, 1].iter().enumerate().map(
        |(n, position)| json!({"name": format!("d{n}"), "site": {"slug": "home"}, "position": position}),
    );
    let desired = json!({"dcim/devices": devices.collect::<Vec<_>>()});
    apply(&server, &serde_json::from_value(desired).unwrap());
}

#[test]
fn positions_in_a_chassis_go_round_and_its_master_stays_in_it() {
    let server = server();
    let document = |positions: [usize; 3]| -> Desired {
        let devices = positions.iter().enumerate().map(|(n, position)| {
            json!({
                "name": format!("d{n}"), "site": {"slug": "home"}, "role": {"slug": "leaf"},
                "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"},
                "virtual_chassis": {"name": "vc"}, "vc_position": position,
            })
        });
        let chassis = json!({"name": "vc", "master": {"name": "d0", "site": {"slug": "home"}}});
        let document =
            json!({"dcim/devices": devices.collect::<Vec<_>>(), "dcim/virtual-chassis": [chassis]});
        serde_json::from_value(document).unwrap()
    };
    document([1, 2, 3]).plan(&server.client()).unwrap().apply().send().unwrap();
    for positions in [[2, 3, 1], [3, 2, 1], [1, 3, 2]] {
        apply(&server, &document(positions));
    }
}

#[test]
fn values_that_several_objects_may_have_are_exchanged_freely() {
    let server = server();
    for cluster in ["c1", "c2"] {
        server.put("virtualization/clusters", json!({"name": cluster, "type": null}));
    }
    let machines = |names: [&str; 2]| {
        let machine = |n: usize| json!({"name": names[n], "serial": format!("S{n}"), "cluster": {"name": format!("c{}", n + 1)}});
        json!({"virtualization/virtual-machines": [machine(0), machine(1)]})
    };
    let regions = |names: [&str; 2]| {
        let region = |n: usize| json!({"slug": format!("r{n}"), "name": names[n], "parent": {"slug": (["eu", "us"][n])}});
        let top = |slug: &str| json!({"slug": slug, "name": slug});
        json!({"dcim/regions": [region(0), region(1), top("eu"), top("us")]})
    };
    let vrfs = |names: [&str; 2]| {
        let vrf = |n: usize| json!({"rd": format!("1:{n}"), "name": names[n]});
        json!({"ipam/vrfs": [vrf(0), vrf(1)]})
    };
    let racks = |names: [&str; 2]| {
        let rack =
            |n: usize| json!({"asset_tag": format!("A{n}"), "name": names[n], "site": {"slug": "home"}});
        json!({"dcim/racks": [rack(0), rack(1)]})
    };
    for names in [["x", "y"], ["y", "x"]] {
        apply_by(&server, "virtualization/virtual-machines", "serial", machines(names));
        apply_by(&server, "dcim/regions", "slug", regions(names));
        apply_by(&server, "ipam/vrfs", "rd", vrfs(names));
        apply_by(&server, "dcim/racks", "asset_tag", racks(names));
    }
}

#[test]
fn names_that_cannot_be_exchanged_are_told() {
    let server = server();
    for (slug, name) in [("a", "One"), ("b", "Two")] {
        server.put("dcim/sites", json!({"slug": slug, "name": name}));
    }
    let document = json!({"dcim/sites": [{"slug": "a", "name": "Two"}, {"slug": "b", "name": "One"}]});
    let desired: Desired = serde_json::from_value(document).unwrap();
    assert_eq!(
        desired.plan(&server.client()).unwrap_err().to_string(),
        "dcim/sites[0]: these wait for each other in a circle, since each refers to the next, or gets a value that only \
             one object may have and that the next still has: dcim/sites[0] -> dcim/sites[1] -> dcim/sites[0]; give one of \
             them another value first",
    );
}

#[test]
fn an_object_is_the_described_one_whatever_a_reference_says_of_it() {
    let server = server();
    let rack = server.put("dcim/racks", json!({"name": "r1", "site": 4, "asset_tag": "A1", "u_height": 42}));
    for reference in [json!({"name": "r1"}), json!({"name": "r1", "site": {"slug": "home"}}), json!(rack)] {
        let document = json!({
            "dcim/racks": [{"asset_tag": "A1", "u_height": 48}],
            "dcim/devices": [{
                "name": "new", "site": {"slug": "home"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"},
                "rack": reference, "position": 45, "face": "front",
            }],
        });
        let desired: Desired = serde_json::from_value(document).unwrap();
        let plan = desired.plan(&server.client()).unwrap().to_string();
        assert!(plan.starts_with("~ dcim/racks"), "{reference}: {plan}");
    }
    // The parent may go that the region leaves.
    let top = server.put("dcim/regions", json!({"name": "Europe", "slug": "eu"}));
    server.put("dcim/regions", json!({"name": "Netherlands", "slug": "nl", "parent": top}));
    let document = json!({
        "dcim/regions": [{"slug": "nl", "parent": null}],
        "dcim/sites": [{"slug": "home", "region": {"name": "Netherlands"}}],
    });
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(server.client().query_at("dcim/regions").param("slug", "eu").at_most(1));
    let plan = desired.plan(&server.client()).unwrap();
    assert_eq!((plan.changes(), plan.deletes()), (2, 1), "{plan}");
    plan.apply().send().unwrap();
    assert!(desired.plan(&server.client()).unwrap().is_empty());
}
