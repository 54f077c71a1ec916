//! Keeps the fabric of a site as this program describes it: two spine and two leaf switches, the cables between them,
//! and an interface on each leaf for each VLAN.
//!
//! ```sh
//! cargo run -p netbox-client --example fabric --features dcim,plan -- 110 120 130
//! ```
//!
//! The arguments are the numbers of the VLANs. The program prints what it is going to write before it writes anything, and
//! deletes the leaves' interfaces of VLANs that are not named any more. Run again, it finds nothing to do.

use std::env;

use anyhow::ensure;
use netbox_client::{
    Blocking, Client, Patch, Ref,
    models::dcim::{Cable, CableType, Device, Interface, InterfaceType, Site},
    plan::{Desired, Handle},
};

const SITE: &str = "dm-utrecht";

fn main() -> anyhow::Result<()> {
    let mut vlans: Vec<u16> = env::args().skip(1).map(|vlan| vlan.parse()).collect::<Result<_, _>>()?;
    if vlans.is_empty() {
        vlans = vec![110, 120, 130];
    }
    let client = netbox_client::blocking_from_env().build()?;
    let desired = describe(&client, &vlans);

    let plan = desired.plan(&client)?;
    println!("{plan}");
    let apply = plan.apply().message("fabric of Utrecht");
    let applied = apply.on_progress(|now| println!("… {} of {}", now.done, now.total)).send()?;
    println!("{applied}");
    ensure!(desired.plan(&client)?.is_empty(), "somebody else changed the fabric meanwhile");
    Ok(())
}

/// The whole fabric, whatever NetBox has of it.
fn describe(client: &Client<Blocking>, vlans: &[u16]) -> Desired {
    let mut desired = Desired::new();
    let site = desired.object(Patch::new().set(Site::SLUG, SITE).set(Site::NAME, "DM-Utrecht"));
    let spines = [1, 2].map(|number| switch(&mut desired, &site, "spine", "nx-9016", number));
    let leaves = [1, 2].map(|number| switch(&mut desired, &site, "leaf", "nx-3052", number));

    for (leaf, leaf_number) in leaves.iter().zip(1..) {
        for (spine, spine_number) in spines.iter().zip(1..) {
            let (near, far) = (format!("Ethernet{}", 48 + spine_number), format!("Ethernet{leaf_number}"));
            let up = uplink(&mut desired, leaf, &near, format!("utr1-spine-{spine_number} {far}"));
            let down = uplink(&mut desired, spine, &far, format!("utr1-leaf-{leaf_number} {near}"));
            desired.object(
                Patch::new()
                    .set(Cable::A_TERMINATIONS, &up)
                    .set(Cable::B_TERMINATIONS, &down)
                    .set(Cable::TYPE, CableType::Smf),
            );
        }
        for vlan in vlans {
            desired.object(
                Patch::new()
                    .set(Interface::DEVICE, leaf)
                    .set(Interface::NAME, format!("Vlan{vlan}"))
                    .set(Interface::TYPE, InterfaceType::Virtual),
            );
        }
    }
    // Deletes the VLAN interfaces of the leaves that are not described; if there are more than 20, there is no plan.
    let of_vlans = client.query().filter(Interface::NAME.starts_with("Vlan")).param("site", SITE);
    desired.prune(of_vlans.param("device", ["utr1-leaf-1", "utr1-leaf-2"]).at_most(20));
    desired
}

fn switch(desired: &mut Desired, site: &Handle<Site>, role: &str, model: &str, number: u8) -> Handle<Device> {
    desired.object(
        Patch::new()
            .set(Device::NAME, format!("utr1-{role}-{number}"))
            .set(Device::SITE, site)
            .set(Device::ROLE, Ref::by("slug", role))
            .set(Device::DEVICE_TYPE, Ref::by("slug", model)),
    )
}

/// An interface that NetBox itself makes of the device type's template: the plan finds it, and sets the description.
fn uplink(desired: &mut Desired, device: &Handle<Device>, name: &str, to: String) -> Handle<Interface> {
    desired.object(
        Patch::new()
            .set(Interface::DEVICE, device)
            .set(Interface::NAME, name)
            .set(Interface::TYPE, InterfaceType::Type100GBaseXQsfp28)
            .set(Interface::DESCRIPTION, to),
    )
}
