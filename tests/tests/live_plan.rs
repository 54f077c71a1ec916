//! Facts of desired state that only a real NetBox can prove: what it holds is described as it understands it, and writers
//! who race make no object twice and lose no change. Skipped unless `NETBOX_URL` is set.

use std::{error::Error, thread};

use netbox_core::{Async, Blocking, Client, bulk::Fate};
use netbox_plan::{ApplyError, Desired};
use serde_json::{Value, json};
use tokio::sync::RwLock;

mod clients;
mod describable;
mod server;

use clients::{asynchronous, blocking};
use describable::describable;

/// Tests that write share the NetBox with each other, and leave it alone while what it holds is described.
static SHARED: RwLock<()> = RwLock::const_new(());

/// Objects of this many of each endpoint are described.
const OF_EACH: u64 = 100;

#[test]
fn a_description_of_what_is_there_changes_nothing() {
    let Some(client) = blocking() else { return };
    let _shared = SHARED.blocking_write();
    let mut wrong = Vec::new();
    let mut described = 0;
    for endpoint in describable(&client) {
        let objects = client.query_at(endpoint.path()).limit(OF_EACH);
        let desired = Desired::export(&client, [objects]).unwrap();
        // As a document, it has nothing but what a user could write.
        let document = json!(desired);
        described += document[endpoint.path()].as_array().map_or(0, Vec::len);
        let desired: Desired = serde_json::from_value(document).unwrap();
        match desired.plan(&client) {
            Ok(plan) if plan.is_empty() => {}
            Ok(plan) => wrong.push(format!("{endpoint}: {plan}")),
            Err(error) => wrong.push(format!("{endpoint}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(described > 500, "only {described} objects were described");
}

/// A site with five locations, and a group of two VLANs, all of that `name`.
fn site(name: &str, description: &str) -> Desired {
    let location = |number: u8| {
        let slug = format!("{name}-{number}");
        json!({"slug": slug, "name": slug, "description": description})
    };
    let vlan = |vid: u16| json!({"vid": vid, "name": format!("{name}-{vid}"), "description": description});
    let document = json!({
        "dcim/sites": [{
            "slug": name, "name": name, "description": description,
            "locations": (1..=5).map(location).collect::<Vec<_>>(),
        }],
        "ipam/vlan-groups": [{
            "slug": name, "name": name, "scope": {"dcim/sites": {"slug": name}},
            "vlans": [vlan(100), vlan(200)],
        }],
    });
    serde_json::from_value(document).unwrap()
}

/// Deletes all of that name.
fn clear(client: &Client<Blocking>, name: &str) {
    let mut nothing = Desired::new();
    for (path, filter) in [
        ("dcim/locations", "slug__isw"),
        ("ipam/vlans", "name__isw"),
        ("ipam/vlan-groups", "slug"),
        ("dcim/devices", "name__isw"),
        ("dcim/racks", "name"),
        ("dcim/device-types", "slug"),
        ("dcim/device-roles", "slug"),
        ("dcim/manufacturers", "slug"),
        ("dcim/sites", "slug"),
    ] {
        nothing.prune(client.query_at(path).param(filter, name).at_most(10));
    }
    nothing.plan(client).unwrap().apply().send().unwrap();
    assert!(nothing.plan(client).unwrap().is_empty());
}

#[test]
fn two_appliers_at_once_make_one_of_each_object() {
    let Some(client) = blocking() else { return };
    let _shared = SHARED.blocking_read();
    let name = "nb-plan-race";
    clear(&client, name);
    let parents = json!({
        "dcim/sites": [{"slug": name, "name": name}],
        "ipam/vlan-groups": [{"slug": name, "name": name, "scope": {"dcim/sites": {"slug": name}}}],
    });
    let parents: Desired = serde_json::from_value(parents).unwrap();
    parents.plan(&client).unwrap().apply().send().unwrap();

    let plans = [1, 2].map(|_| site(name, "").plan(&client).unwrap());
    let outcomes = thread::scope(|scope| {
        let appliers = plans.map(|plan| scope.spawn(|| plan.apply().keep_going().send()));
        appliers.map(|applier| applier.join().unwrap())
    });
    // Objects that none of them wrote, since they were in each other's way.
    let completed = site(name, "").plan(&client).unwrap().apply().send();
    let count = |path: &str, filter: &str| client.query_at(path).param(filter, name).count().unwrap();
    let counts = (count("dcim/locations", "slug__isw"), count("ipam/vlans", "name__isw"));
    let is_done = site(name, "").plan(&client).unwrap().is_empty();
    clear(&client, name);
    completed.unwrap();
    assert_eq!((counts, is_done), ((5, 2), true), "{outcomes:?}");
}

#[test]
fn a_change_since_the_plan_was_made_is_told_by_its_place() {
    let Some(client) = blocking() else { return };
    let _shared = SHARED.blocking_read();
    let name = "nb-plan-late";
    clear(&client, name);
    let made = site(name, "").plan(&client).unwrap().apply().send();
    let plan = site(name, "new").plan(&client).unwrap();
    let mut third = client.query_at("dcim/locations").param("slug", format!("{name}-3")).one().unwrap();
    third.set("description", "somebody else's").unwrap();
    third.save().unwrap();
    let error: ApplyError = plan.apply().keep_going().send().unwrap_err();
    third.refresh().unwrap();
    let description: String = third.get("description").unwrap();
    clear(&client, name);
    made.unwrap();
    let failed: Vec<_> =
        error.applied().outcomes().iter().filter(|outcome| outcome.fate() != Fate::Written).collect();
    let [failed] = &failed[..] else { panic!("{error}") };
    assert_eq!(failed.place(), "dcim/sites[0].locations[2]");
    assert!(failed.why().unwrap().contains("the object changed since it was read"), "{error}");
    assert_eq!(description, "somebody else's");
}

#[test]
fn a_prune_deletes_what_comes_with_a_new_device() {
    let Some(client) = blocking() else { return };
    let _shared = SHARED.blocking_read();
    let name = "nb-plan-bare";
    clear(&client, name);
    let own = json!({"slug": name});
    let template = |port| json!({"device_type": own, "name": port, "type": "virtual"});
    let document = json!({
        "dcim/sites": [{"slug": name, "name": name}],
        "dcim/manufacturers": [{"slug": name, "name": name}],
        "dcim/device-types": [{"slug": name, "model": name, "manufacturer": own}],
        "dcim/interface-templates": [template("eth0"), template("eth1")],
        "dcim/device-roles": [{"slug": name, "name": name}],
        "dcim/devices": [{
            "name": name, "site": own, "role": own, "device_type": own,
            "interfaces": [{"name": "eth0", "description": "uplink"}],
        }],
    });
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    // NetBox refuses this filter as long as there is no such device.
    desired.prune(client.query_at("dcim/interfaces").param("device", name).at_most(1));
    let applied = desired.plan(&client).unwrap().apply().send();
    let ports = client.query_at("dcim/interfaces").param("device", name).all().unwrap();
    let ports: Vec<String> = ports.iter().map(|port| port.get("name").unwrap()).collect();
    let is_done = desired.plan(&client).unwrap().is_empty();
    clear(&client, name);
    let applied = applied.unwrap();
    assert_eq!((applied.deleted(), ports, is_done), (1, vec!["eth0".to_owned()], true), "{applied}");
}

/// A rack with two devices that have a place, an asset tag and a primary address each, and whose ports are connected; and a
/// third device. In the `other` one, the two have exchanged all of these, their cables cross, and the third is replaced.
fn rack(client: &Client<Blocking>, name: &str, other: bool) -> Desired {
    let own = json!({"slug": name});
    let device = |which: &str, position: u8, more: Value| {
        let mut device = json!({
            "name": format!("{name}-{which}"), "site": own, "role": own, "device_type": own, "face": "front",
            "rack": {"name": name, "site": own}, "position": position,
        });
        device.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        device
    };
    let address = |which: usize| format!("2001:db8:14::{which}/128");
    let pair = |which: &str, turn: usize| {
        let port = |name: &str| json!({"name": name, "type": "1000base-t"});
        let more = json!({
            "asset_tag": format!("{name}-{turn}"), "primary_ip6": {"address": address(turn)},
            "interfaces": [port("eth0"), port("eth1")],
        });
        device(which, [10, 11][turn] + u8::from(turn == 1), more)
    };
    let port = |which: &str, port: &str| json!({"dcim/interfaces": {"device": {"name": format!("{name}-{which}"), "site": own}, "name": port}});
    let cable = |of_a: &str, of_b: &str| json!({"a_terminations": [port("a", of_a)], "b_terminations": [port("b", of_b)]});
    let turn = usize::from(other);
    let document = json!({
        "dcim/sites": [{"slug": name, "name": name}],
        "dcim/racks": [{"name": name, "site": own, "u_height": 42}],
        "dcim/manufacturers": [{"slug": name, "name": name}],
        "dcim/device-types": [{"slug": name, "model": name, "manufacturer": own, "u_height": 2}],
        "dcim/device-roles": [{"slug": name, "name": name}],
        "dcim/devices": [
            pair("a", turn), pair("b", 1 - turn), device(["c", "d"][turn], [20, 21][turn], json!({})),
        ],
        "ipam/ip-addresses": [
            {"address": address(turn), "assigned_object": port("a", "eth0")},
            {"address": address(1 - turn), "assigned_object": port("b", "eth0")},
        ],
        "dcim/cables": [cable("eth0", ["eth0", "eth1"][turn]), cable("eth1", ["eth1", "eth0"][turn])],
    });
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(client.query_at("dcim/devices").param("name__isw", name).at_most(1));
    desired.prune(
        client.query_at("dcim/cables").param("device", [format!("{name}-a"), format!("{name}-b")]).at_most(2),
    );
    desired
}

#[test]
fn devices_exchange_places_addresses_and_cables() {
    let Some(client) = blocking() else { return };
    let _shared = SHARED.blocking_read();
    let name = "nb-plan-swap";
    clear(&client, name);
    let mut counts = Vec::new();
    for other in [false, true] {
        let desired = rack(&client, name, other);
        let done = desired.plan(&client).map(|plan| (plan.changes(), plan.deletes(), plan.apply().send()));
        counts.push(done.map(|(changes, deletes, applied)| {
            (
                changes,
                deletes,
                applied.map_err(|error| error.to_string()),
                desired.plan(&client).unwrap().is_empty(),
            )
        }));
    }
    clear(&client, name);
    for (counts, expected) in counts.into_iter().zip([(0, 0), (4, 3)]) {
        let (changes, deletes, applied, is_done) = counts.unwrap();
        let applied = applied.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((changes, deletes, is_done), (expected.0, expected.1, true), "{applied}");
    }
}

#[tokio::test]
async fn an_async_client_plans_and_applies() {
    let Some(client) = asynchronous() else { return };
    let _shared = SHARED.read().await;
    let name = "nb-plan-async";
    clear_elsewhere(name).await;
    let done = bring_about(&client, &site(name, "")).await;
    clear_elsewhere(name).await;
    assert!(done.unwrap());
}

/// NetBox counts the interfaces of a device in the device, so that batches of the same devices wait for each other.
#[tokio::test]
async fn batches_that_are_in_each_others_way_are_all_written() {
    let Some(client) = asynchronous() else { return };
    let _shared = SHARED.read().await;
    let name = "nb-plan-crowd";
    clear_elsewhere(name).await;
    let own = json!({"slug": name});
    let device =
        |which| json!({"name": format!("{name}-{which}"), "site": own, "role": own, "device_type": own});
    let port = |number: usize| {
        // Each batch of 100 begins with the device with which the one before ends.
        let which = if number % 100 / 50 == number / 100 % 2 { "a" } else { "b" };
        let device = json!({"name": format!("{name}-{which}"), "site": own});
        json!({"device": device, "name": format!("eth{number}"), "type": "virtual"})
    };
    let document = json!({
        "dcim/sites": [{"slug": name, "name": name}],
        "dcim/manufacturers": [{"slug": name, "name": name}],
        "dcim/device-types": [{"slug": name, "model": name, "manufacturer": own}],
        "dcim/device-roles": [{"slug": name, "name": name}],
        "dcim/devices": [device("a"), device("b")],
        "dcim/interfaces": (0..200).map(port).collect::<Vec<_>>(),
    });
    let done = bring_about(&client, &serde_json::from_value(document).unwrap()).await;
    clear_elsewhere(name).await;
    assert!(done.unwrap());
}

async fn clear_elsewhere(name: &'static str) {
    let clear = move || clear(&blocking().unwrap(), name);
    tokio::task::spawn_blocking(clear).await.unwrap();
}

/// Whether NetBox is as described after a plan was applied.
async fn bring_about(client: &Client<Async>, desired: &Desired) -> Result<bool, Box<dyn Error>> {
    desired.plan(client).await?.apply().concurrency(4).send().await?;
    Ok(desired.plan(client).await?.is_empty())
}
