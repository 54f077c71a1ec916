//! The work.

use anyhow::ensure;
use netbox_core::{Fk, NetboxModel, Patch, value::Choice};
use serde::Deserialize;

use super::server::{ALL, OBJECTS, Server};

type Work = fn(&Server) -> anyhow::Result<()>;

/// The cases by their names.
pub(crate) const CASES: &[(&str, Work)] = &[
    ("plain", plain),
    ("page", page),
    ("select", select),
    ("untyped", untyped),
    ("lazy", lazy),
    ("create", create),
    ("count", count),
];

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
#[allow(dead_code, reason = "read from JSON")]
struct Interface {
    id: u64,
    name: String,
    r#type: Choice,
    #[fk]
    device: Fk<Device>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
    #[fk]
    site: Fk<Site>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[allow(dead_code, reason = "read from JSON")]
struct Site {
    id: u64,
    name: String,
    facility: String,
    #[fk]
    region: Option<Fk<Region>>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
#[allow(dead_code, reason = "read from JSON")]
struct Region {
    id: u64,
    name: String,
    comments: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
    name: String,
    slug: String,
}

/// A page of interfaces into structs that know nothing of NetBox: what `page` is compared with.
fn plain(server: &Server) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "read from JSON")]
    struct Page {
        count: Option<u64>,
        next: Option<String>,
        results: Vec<PlainInterface>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "read from JSON")]
    struct PlainInterface {
        id: u64,
        name: String,
        r#type: PlainChoice,
        device: PlainKey,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "read from JSON")]
    struct PlainChoice {
        value: String,
        label: String,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "read from JSON")]
    struct PlainKey {
        id: u64,
        url: String,
        display: String,
    }

    let page: Page = serde_json::from_slice(server.sparse())?;
    ensure!(page.results.len() == ALL);
    Ok(())
}

/// The same page through a query, into records of a model with a choice and a key.
fn page(server: &Server) -> anyhow::Result<()> {
    ensure!(server.client()?.query::<Interface>().all()?.len() == ALL);
    Ok(())
}

/// The same page into rows of selected fields.
fn select(server: &Server) -> anyhow::Result<()> {
    let query = server.client()?.query::<Interface>();
    ensure!(query.select((Interface::NAME, Interface::TYPE, Interface::DEVICE)).all()?.len() == ALL);
    Ok(())
}

/// A page of interfaces with all fields, of which one is read and one key followed as far as it came nested.
fn untyped(server: &Server) -> anyhow::Result<()> {
    for interface in server.client()?.query_at("dcim/interfaces") {
        let interface = interface?;
        ensure!(interface.text("name").is_some() && interface.fk("device")?.is_some());
    }
    Ok(())
}

/// Four pages of devices, of which each key is followed, and a key of the object behind it.
fn lazy(server: &Server) -> anyhow::Result<()> {
    let client = server.client()?;
    for device in client.query::<Device>().page_size(250) {
        ensure!(device?.site(&client)?.region(&client)?.is_some());
    }
    Ok(())
}

/// A thousand tags, in ten requests.
fn create(server: &Server) -> anyhow::Result<()> {
    let tag = |number| {
        let name = format!("tag-{number:04}");
        Patch::new().set(Tag::NAME, &name).set(Tag::SLUG, &name)
    };
    let created = server.client()?.create_many::<Tag>((0..OBJECTS).map(tag)).batch_size(100).send()?;
    ensure!(created.len() == ALL);
    Ok(())
}

/// A client, and one short request.
fn count(server: &Server) -> anyhow::Result<()> {
    ensure!(server.client()?.query::<Region>().count()? == 10);
    Ok(())
}
