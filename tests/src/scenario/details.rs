use netbox_core::{ErrorKind, Mode, Patch, route::RackFace};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Counting, Failure,
    model::{Device, Interface, Rack, Site},
};

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    cables::<C>(client).await?;
    racks_and_templates::<C>(client).await?;
    files::<C>(client).await?;
    options::<C>(client).await?;
    graphql::<C>(client).await
}

async fn cables<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let cabled =
        client.query::<Interface>().param_unchecked("cabled", true).param_unchecked("connected", true);
    let interface = C::lift(cabled.filter(Interface::NAME.contains("et")).first()).await?;
    let interface = interface.expect("an interface with a cable");
    let hops = C::lift(interface.trace()).await?;
    assert_eq!(hops[0].near[0].id(), Some(interface.id));
    assert!(hops[0].cable.as_ref().is_some_and(|cable| cable.key.object_type() == "dcim.cable"));
    assert!(hops.last().is_some_and(|hop| !hop.far.is_empty()));
    let front = client.query_at("dcim/front-ports").param_unchecked("cabled", true);
    let front = C::lift(front.first()).await?.expect("a front port with a cable");
    let paths = C::lift(front.paths()).await?;
    assert!(paths.iter().all(|path| !path.path.is_empty()));
    assert_eq!(C::lift(front.trace()).await.unwrap_err().kind(), ErrorKind::NoEndpoint);

    let far = &hops.last().expect("a hop").far[0];
    let device = C::lift(interface.device(client)).await?;
    let peer = device.name.as_deref().expect("a device with a name");
    let connected = C::lift(client.connected_device::<Device>(peer, &interface.name)).await?;
    assert_eq!(far.fk("device")?.map(netbox_core::fk::ObjectFk::id), Some(connected.id));
    let nowhere = C::lift(client.connected_device::<Device>("nobody", "xe-0")).await;
    assert!(nowhere.unwrap_err().is_not_found());
    Ok(())
}

async fn racks_and_templates<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let rack = C::lift(client.query::<Rack>().first()).await?.expect("a rack");
    let units = C::lift(rack.elevation(RackFace::Front)).await?;
    assert_eq!(units.len(), 2 * usize::from(rack.u_height));
    assert!(units[0].id > units[1].id && units.iter().any(|unit| unit.occupied));
    let same: Value = C::lift(rack.detail("elevation")).await?;
    assert_eq!(same["count"], units.len());

    let template =
        Patch::new().field("name", "Testbed").field("template_code", "host {{ device.name }} {{ extra }}");
    let template = C::lift(client.create_at("extras/config-templates", template)).await?;
    let device = Patch::<Device>::new().field("config_template", &template);
    let first = C::lift(client.query::<Device>().first()).await?.expect("a device");
    let device = C::lift(client.update::<Device>(first.id, device)).await?;
    let config = C::lift(device.render_config(&json!({"extra": "x"}))).await?;
    assert_eq!(config.content, format!("host {} x", device.name.as_deref().unwrap_or("None")));
    assert_eq!(config.template.and_then(|template| template.id()), template.id());
    let list = C::lift(device.render_config(&json!([]))).await.unwrap_err();
    assert_eq!(list.kind(), ErrorKind::Body);
    C::lift(client.update::<Device>(device.id, Patch::new().field("config_template", ()))).await?;
    C::lift(template.delete()).await?;

    let set =
        C::lift(client.query_at("extras/custom-field-choice-sets").first()).await?.expect("a choice set");
    let choices = C::lift(set.choices()).await?;
    assert_eq!(choices.len(), set.get::<usize>("choices_count")?);
    assert!(choices[0].label().is_some());

    let export = Patch::new().field("name", "names").field("object_types", ["dcim.site"]);
    let export = export.field("template_code", "{% for site in queryset %}{{ site.slug }};{% endfor %}");
    let export = C::lift(client.create_at("extras/export-templates", export)).await?;
    let query = || client.query::<Site>().filter(Site::SLUG.starts_with("dm-b"));
    let text = C::lift(query().export("names")).await?;
    assert_eq!(text.matches(';').count() as u64, C::lift(query().count()).await?);
    assert!(C::lift(query().export("no such")).await.unwrap_err().is_not_found());
    C::lift(export.delete()).await?;
    Ok(())
}

async fn files<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let site = C::lift(client.query::<Site>().filter(Site::SLUG.eq("dm-berlin")).one()).await?;
    let image = C::lift(site.attach_image("front door", "door.png", PIXEL)).await?;
    assert!(image.text("image").is_some_and(|url| url.contains("door")));
    let wrong = C::lift(site.attach_image("", "door.png", b"no picture")).await.unwrap_err();
    assert!(wrong.is_invalid() && !wrong.messages().field("image").is_empty(), "{wrong}");
    C::lift(image.delete()).await?;

    let mut kind = C::lift(client.query_at("dcim/device-types").first()).await?.expect("a device type");
    C::lift(kind.upload("front_image", "front.png", PIXEL)).await?;
    assert!(kind.text("front_image").is_some());
    let text = Patch::new().field("front_image", "front.png");
    let text = C::lift(client.update_at("dcim/device-types", kind.id().expect("an id"), text)).await;
    assert!(text.unwrap_err().to_string().contains("is a file"));
    kind.set("front_image", ())?;
    C::lift(kind.save()).await?;
    assert!(kind.text("front_image").is_none());
    Ok(())
}

async fn options<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let options = C::lift(client.options::<Site>()).await?;
    let name = options.field("name").expect("a name");
    assert!(name.is_required() && name.max_length() == Some(100) && name.kind() == "string");
    assert!(options.field("device_count").is_some_and(netbox_core::server::FieldOptions::is_read_only));
    let options = C::lift(client.options_at("dcim/sites")).await?;
    assert!(
        options
            .choices("status")?
            .iter()
            .any(|status| *status == "active" && status.label() == Some("Active"))
    );
    Ok(())
}

#[derive(Deserialize)]
struct Sites {
    site_list: Vec<SiteName>,
}

#[derive(Deserialize)]
struct SiteName {
    name: String,
}

async fn graphql<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let query = "query ($slug: String!) { site_list(filters: {slug: {exact: $slug}}) { name } }";
    let sites: Sites = C::lift(client.graphql(query, &json!({"slug": "dm-berlin"}))).await?;
    assert_eq!(sites.site_list[0].name, "DM-Berlin");
    let wrong = C::lift(client.graphql::<Value>("{ bogus }", &())).await.unwrap_err();
    assert!(wrong.kind() == ErrorKind::Graphql && wrong.to_string().contains("bogus"), "{wrong}");
    Ok(())
}
