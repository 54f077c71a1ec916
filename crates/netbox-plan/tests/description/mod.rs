//! Descriptions at random, and a NetBox with what they take for granted.

use netbox_plan::Desired;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A document of regions, sites, devices, their interfaces and addresses, and a virtual chassis.
#[derive(Debug, Clone)]
pub(crate) struct Description {
    pub(crate) regions: Vec<Option<(usize, &'static str)>>,
    pub(crate) sites: Vec<Option<(Option<usize>, &'static str)>>,
    pub(crate) devices: Vec<Option<Device>>,
    has_chassis: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) site: usize,
    pub(crate) status: Option<&'static str>,
    pub(crate) ports: usize,
    pub(crate) has_primary: bool,
    pub(crate) tags: Option<Vec<usize>>,
    pub(crate) mgmt: Option<&'static str>,
}

const TEXTS: [&str; 3] = ["", "old", "new"];

pub(crate) fn description() -> impl Strategy<Value = Description> {
    let text = proptest::sample::select(TEXTS.to_vec());
    let region = proptest::option::of((0..3usize, text.clone()));
    let site = proptest::option::of((proptest::option::of(0..3usize), text.clone()));
    let status = proptest::option::of(proptest::sample::select(vec!["active", "planned"]));
    let tags = proptest::option::of(proptest::sample::subsequence(vec![0, 1, 2], 0..3));
    let device = (0..3usize, status, 0..3usize, any::<bool>(), tags, proptest::option::of(text));
    let device = device.prop_map(|(site, status, ports, has_primary, tags, mgmt)| Device {
        site,
        status,
        ports,
        has_primary,
        tags,
        mgmt,
    });
    (
        proptest::collection::vec(region, 3),
        proptest::collection::vec(site, 3),
        proptest::collection::vec(proptest::option::of(device), 3),
        any::<bool>(),
    )
        .prop_map(|(regions, sites, devices, has_chassis)| Description {
            regions,
            sites,
            devices,
            has_chassis,
        })
}

impl Description {
    /// As a document whose lists are turned by `turn`.
    pub(crate) fn document(&self, turn: usize) -> Value {
        let mut lists: Map<String, Value> = Map::new();
        let mut add = |path: &str, object: Value| {
            let list = lists.entry(path.to_owned()).or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().push(object);
        };
        for n in 0..3 {
            add("extras/tags", json!({"slug": format!("t{n}"), "name": format!("T{n}")}));
        }
        for (n, (parent, text)) in
            self.regions.iter().enumerate().filter_map(|(n, region)| Some((n, (*region)?)))
        {
            let mut region = json!({"slug": format!("r{n}"), "name": format!("R{n}"), "description": text});
            // A parent comes before its children in the alphabet, so that there is no circle of regions.
            if parent < n && self.regions[parent].is_some() {
                region["parent"] = json!({"slug": format!("r{parent}")});
            }
            add("dcim/regions", region);
        }
        for (n, (region, text)) in self.sites.iter().enumerate().filter_map(|(n, site)| Some((n, (*site)?))) {
            let mut site = json!({"slug": format!("s{n}"), "name": format!("S{n}"), "description": text});
            if let Some(region) = region {
                let is_there = self.regions[region].is_some();
                site["region"] = if is_there { json!({"slug": format!("r{region}")}) } else { Value::Null };
            }
            add("dcim/sites", site);
        }
        let mut members = Vec::new();
        for (n, device) in
            self.devices.iter().enumerate().filter_map(|(n, device)| Some((n, device.as_ref()?)))
        {
            let site = if self.sites[device.site].is_some() {
                format!("s{}", device.site)
            } else {
                "home".to_owned()
            };
            let own = json!({"name": format!("d{n}"), "site": {"slug": site}});
            let mut fields = json!({
                "name": format!("D{n}").to_lowercase(), "site": {"slug": site}, "role": {"slug": "leaf"},
                "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"},
            });
            if let Some(status) = device.status {
                fields["status"] = status.into();
            }
            if let Some(tags) = &device.tags {
                fields["tags"] = tags.iter().map(|tag| json!({"slug": format!("t{tag}")})).collect();
            }
            let mut ports: Vec<Value> = (0..device.ports)
                .map(|port| json!({"name": format!("eth{port}"), "type": "virtual"}))
                .collect();
            if let Some(text) = device.mgmt {
                ports.push(json!({"name": "mgmt0", "type": "virtual", "description": text}));
            }
            fields["interfaces"] = ports.into();
            if device.ports > 0 {
                let address = format!("10.0.0.{}/24", n + 1);
                add(
                    "ipam/ip-addresses",
                    json!({
                        "address": address, "assigned_object": {"dcim/interfaces": {"device": own, "name": "eth0"}},
                    }),
                );
                if device.has_primary {
                    fields["primary_ip4"] = json!({"address": address});
                }
            }
            if self.has_chassis {
                fields["virtual_chassis"] = json!({"name": "vc"});
                fields["vc_position"] = n.into();
                members.push(own);
            }
            add("dcim/devices", fields);
        }
        if let Some(master) = members.first() {
            add("dcim/virtual-chassis", json!({"name": "vc", "master": master}));
        }
        for list in lists.values_mut() {
            let list = list.as_array_mut().unwrap();
            let turns = turn % list.len();
            list.rotate_left(turns);
        }
        lists.into()
    }

    pub(crate) fn desired(&self, turn: usize) -> Desired {
        serde_json::from_value(self.document(turn)).unwrap()
    }

    /// A device moves to another site with its name only if the description recognises it there, so that the devices of
    /// a former description stay: they are not described any more.
    pub(crate) fn at_home(mut self) -> Self {
        for device in self.devices.iter_mut().flatten() {
            device.site = 0;
        }
        self.sites[0] = Some((None, ""));
        self
    }
}
