use netbox_core::{Blocking, Client, Error, Patch};

use super::{Recipe, Setting, delete, event::Event, served::Served};
use crate::Failure;

/// A program that ends by itself and leaves NetBox as it was.
const PLAIN: Recipe = Recipe { name: "", plugins: false, runs: &[&[]], events: None, clean: |_| Ok(()) };

/// The tag that is created, changed and deleted while changes are followed.
const TAG: &str = "followed";

/// All programs.
pub fn all() -> Vec<Recipe> {
    vec![
        Recipe { name: "audit_custom_fields", runs: &[&["dcim.device", "vpn.tunnelgroup"]], ..PLAIN },
        Recipe { name: "branch_and_merge", plugins: true, runs: &[&[], &[]], clean: clean_branch, ..PLAIN },
        Recipe { name: "cable_racks", runs: &[&[], &[]], clean: clean_cables, ..PLAIN },
        Recipe {
            name: "export_parquet",
            runs: &[&["device=ber1-leaf-01"], &["devcie=ber1-leaf-01", "none.parquet"]],
            ..PLAIN
        },
        Recipe {
            name: "fabric",
            runs: &[&[], &[], &["110", "120", "140"], &["110", "110"]],
            clean: clean_fabric,
            ..PLAIN
        },
        Recipe { name: "follow_changes", runs: &[&["0.2"]], events: Some(change), ..PLAIN },
        Recipe {
            name: "import_spreadsheet",
            runs: &[&[], &[], &["dm-berlin", "mistakes.csv"]],
            clean: clean_devices,
            ..PLAIN
        },
        Recipe { name: "inventory_report", runs: &[&["aarhus-depot"], &["arhus-depot"]], ..PLAIN },
        Recipe { name: "list_plugins", plugins: true, ..PLAIN },
        Recipe {
            name: "move_devices",
            runs: &[
                &[],
                &["dm-berlin", "ber1-srv-05", "A06", "A05", "-9"],
                &["dm-berlin", "ber1-srv-05", "A05", "A06", "0"],
            ],
            ..PLAIN
        },
        Recipe { name: "next_addresses", runs: &[&[], &[]], clean: clean_addresses, ..PLAIN },
        Recipe {
            name: "renumber_prefix",
            runs: &[&[], &["10.11.20.0/24", "10.11.10.0/24"], &["10.11.20.0/24", "10.11.10.0/24"]],
            ..PLAIN
        },
        Recipe {
            name: "webhook_receiver",
            runs: &[&["127.0.0.1:0"]],
            events: Some(send_events),
            clean: Event::clean,
            ..PLAIN
        },
    ]
}

fn change(served: &mut Served, setting: &Setting<'_>) -> Result<(), Failure> {
    served.line()?;
    if let Some(client) = setting.live {
        let tag = Patch::new().field("name", TAG).field("slug", TAG);
        let mut tag = client.create_at("extras/tags", tag)?;
        tag.set("color", "ff0000")?;
        tag.save()?;
        tag.delete()?;
    }
    (0..3).try_for_each(|_| served.line().map(drop))
}

/// Sends an event of NetBox's, with its signature and with a wrong one.
fn send_events(served: &mut Served, setting: &Setting<'_>) -> Result<(), Failure> {
    setting.live.map_or(Ok(()), Event::record)?;
    let Event { signature, body } = Event::load()?;
    let line = served.line()?;
    let address = line.strip_prefix("listening on ").ok_or_else(|| format!("no address: {line}"))?;
    for signature in [&signature, &signature.replace('0', "1")] {
        served.post(address, &body, signature)?;
        served.line()?;
    }
    served.hide(address, "127.0.0.1:8080");
    Ok(())
}

fn clean_branch(client: &Client<Blocking>) -> Result<(), Error> {
    delete(client, "plugins/branching/branches", "name", "New site")?;
    clean_site(client, "dm-hamburg", &["dcim/racks"])
}

fn clean_fabric(client: &Client<Blocking>) -> Result<(), Error> {
    clean_site(client, "dm-utrecht", &["dcim/cables", "dcim/devices"])
}

/// Deletes a site and what is in it; a filter by a site that does not exist would be an error.
fn clean_site(client: &Client<Blocking>, site: &str, within: &[&str]) -> Result<(), Error> {
    if client.query_at("dcim/sites").param("slug", site).exists()? {
        within.iter().try_for_each(|path| delete(client, path, "site", site))?;
    }
    delete(client, "dcim/sites", "slug", site)
}

fn clean_cables(client: &Client<Blocking>) -> Result<(), Error> {
    delete(client, "dcim/cables", "label__isw", "A05-A06 #")
}

fn clean_devices(client: &Client<Blocking>) -> Result<(), Error> {
    delete(client, "dcim/devices", "serial__isw", "Q10060")
}

fn clean_addresses(client: &Client<Blocking>) -> Result<(), Error> {
    delete(client, "ipam/ip-addresses", "dns_name__isw", "web-")
}
