//! Every kind of error that a real NetBox can be brought to, each with the message that the docs of its kind show.

use netbox_core::{Client, Error, ErrorKind, Mode, Patch};
use serde_json::{Value, json};

use super::errors::Wrong;
use crate::{
    Counting, Failure,
    model::{Device, IpAddress, Prefix, Site, Tag, Tenant, VmInterface},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let docs = docs();
    let check = |kind: ErrorKind, error: Error| {
        assert_eq!(error.kind(), kind, "{error}");
        let message = general(&error.to_string(), client.base_url());
        let version = client.version().map(|version| version.to_string()).unwrap_or_default();
        let message = message.replace(&format!("netbox-version=\"{version}"), "netbox-version=\"4.7");
        let message = message.replace(&format!("(NetBox {version}"), "(NetBox 4.7");
        let message = of_berlin(&message);
        assert!(docs.contains(&message), "the docs of {kind:?} do not show: {message}");
    };

    let mistyped = client.query::<Tenant>().param("nmae__ic", "x");
    check(ErrorKind::Query, C::lift(mistyped.all()).await.unwrap_err());
    let mistyped = json!({"nmae": "Amsterdam", "slug": "ams"});
    check(ErrorKind::Body, C::lift(client.create::<Site>(&mistyped)).await.unwrap_err());
    let many = client.query::<Site>().at_most(3).delete();
    check(ErrorKind::Count, C::lift(many.send()).await.unwrap_err().into());
    check(ErrorKind::NotFound, C::lift(client.get::<Tag>(999_999)).await.unwrap_err());
    check(ErrorKind::NoEndpoint, C::lift(client.query_at("dcim/nowhere").all()).await.unwrap_err());
    let stranger = Client::builder(client.base_url()).token("nbt_nobody.nobody").build(client.transport())?;
    check(ErrorKind::Forbidden, C::lift(stranger.get::<Tag>(1)).await.unwrap_err());
    check(ErrorKind::Status, C::lift(client.raw().post::<Value>("core/jobs", &json!({}))).await.unwrap_err());
    let regex = client.query_at("extras/tags").param("name__regex", "[");
    check(ErrorKind::Server, C::lift(regex.first()).await.unwrap_err());
    check(ErrorKind::Graphql, C::lift(client.graphql::<Value>("{ bogus }", &())).await.unwrap_err());
    check(ErrorKind::Decode, C::lift(client.query::<Wrong>().page_size(1).first()).await.unwrap_err());
    let none = client.query::<Tag>().filter(Tag::SLUG.eq("none")).one();
    check(ErrorKind::NoMatch, C::lift(none).await.unwrap_err());
    let several = client.query::<Device>().filter(Device::STATUS.eq("active")).one();
    check(ErrorKind::ManyMatches, C::lift(several).await.unwrap_err());
    let on_device = client.query::<IpAddress>().param("assigned_object_type", "dcim.interface");
    let address = C::lift(on_device.first()).await?.expect("an address on an interface");
    let object = address.assigned_object.as_ref().expect("an interface");
    let wrong = C::lift(client.resolve::<VmInterface>(object)).await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::WrongType);

    let tag = Patch::new().set(Tag::NAME, "Kinds").set(Tag::SLUG, "kinds");
    let mut tag = C::lift(client.create::<Tag>(tag)).await?;
    let taken = Patch::new().set(Tag::NAME, "Kinds").set(Tag::SLUG, "kinds");
    check(ErrorKind::Invalid, C::lift(client.create::<Tag>(taken)).await.unwrap_err());
    C::lift(client.update::<Tag>(tag.id, Patch::new().set(Tag::COLOR, "00ff00"))).await?;
    tag.color = "ff0000".into();
    check(ErrorKind::Conflict, C::lift(tag.save()).await.unwrap_err());
    C::lift(tag.delete()).await?;

    let prefix = C::lift(client.create::<Prefix>(Patch::new().set(Prefix::PREFIX, "198.19.0.0/30"))).await?;
    check(ErrorKind::Exhausted, C::lift(prefix.available_ips().allocate(3)).await.unwrap_err());
    C::lift(prefix.delete()).await?;
    Ok(())
}

/// The message with the site of the docs, whichever this NetBox has first.
fn of_berlin(message: &str) -> String {
    let parts =
        message.split_once("string \"").and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    parts.map_or_else(|| message.to_owned(), |(before, after)| format!("{before}string \"DM-Berlin\"{after}"))
}

/// The docs of the kinds, as one line.
fn docs() -> String {
    let source = include_str!("../../../crates/netbox-core/src/wire/error/kind.rs");
    let lines = source.lines().filter_map(|line| line.trim_start().strip_prefix("///"));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// A message as the docs show it: of a NetBox that lives elsewhere, with other ids, and whose version is not known yet.
fn general(message: &str, base: &str) -> String {
    let message = message.replace(base, "https://netbox.example.com").replace("&start=0", "&ordering=id");
    let message = message.split(" [request ").next().unwrap_or_default();
    // Where in the answer depends on how it was laid out.
    let message = message.split(" at line ").next().unwrap_or_default();
    let segments = message.split('/').map(|segment| {
        if !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit()) { "7" } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}
