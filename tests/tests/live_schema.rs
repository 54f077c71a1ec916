//! Filters that only a real NetBox knows: those of its own schema, and of its custom fields. Skipped unless
//! `NETBOX_URL` is set.

use netbox_core::{Blocking, Client, Error};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

mod server;

#[test]
fn the_servers_own_schema_is_read_and_what_it_has_is_still_taken() {
    let Some((url, token)) = server::server() else { return };
    let client = Client::builder(&url).token(&token).build(UreqTransport::new().unwrap()).unwrap();
    client.load_schema().unwrap();
    questions(&client).unwrap();
    // There is no such plugin.
    let widgets = || client.query_at("plugins/acme/widgets");
    let nowhere = widgets().param("colour", "red").all().unwrap_err();
    assert!(nowhere.to_string().contains("does not describe such a list"), "{nowhere}");
    assert!(widgets().all().unwrap_err().to_string().contains("404"));

    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let client = Client::builder(&url).token(&token).build(HyperTransport::new().unwrap()).unwrap();
        client.load_schema().await.unwrap();
        assert!(client.query_at("dcim/sites").param("nmae", "x").all().await.is_err());
    });
}

fn questions(client: &Client<Blocking>) -> Result<(), Error> {
    let sites = |name: &str, value: &str| client.query_at("dcim/sites").param(name, value);
    let all = client.query_at("dcim/sites").count()?;
    assert_eq!(sites("name__isw", "DM-").count()?, 5);
    assert!(sites("nmae__isw", "DM-").count().is_err());

    assert!(sites("cf_cost_centre", "DE-").count()? < all);
    assert!(sites("cf_rack_capacity__gte", "1").count()? < all);
    assert_eq!(sites("cf_monitored", "true").count()?, 1);
    for (name, why) in [
        ("cf_cost_center", "did you mean `cf_cost_centre`?"),
        ("cf_access_notes__ic", "“loose”, has no lookups"),
        ("cf_telemetry", "it is of type json"),
        ("cf_ticket", "dcim.site has no such custom field"),
        ("cf_monitored", "either true or false"),
    ] {
        for told in [sites(name, "x").count().unwrap_err(), sites(name, "x").ids().unwrap_err()] {
            assert!(told.to_string().contains(why), "{told}");
        }
        let deleted = sites(name, "x").at_most(100).delete().send().unwrap_err();
        assert!(deleted.to_string().contains(why), "{deleted}");
    }
    assert_eq!(client.query_at("dcim/sites").count()?, all);
    Ok(())
}
