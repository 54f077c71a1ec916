use netbox_core::{Client, ErrorKind, Mode, NetboxModel};
use serde::Deserialize;

use crate::{
    Counting, Failure,
    model::{Device, Site, Tenant},
};

/// A site with a field of the wrong type.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[allow(dead_code, reason = "never read")]
pub(super) struct Wrong {
    id: u64,
    #[netbox(unchecked)]
    name: u64,
}

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let missing = C::lift(client.get::<Site>(999_999)).await.unwrap_err();
    assert!(missing.is_not_found());
    assert!(
        missing.request_id().is_some()
            && missing.url().is_some_and(|url| url.contains("/api/dcim/sites/999999/"))
    );
    let nowhere = C::lift(client.query_at("dcim/nowhere").all()).await.unwrap_err();
    assert_eq!(nowhere.kind(), ErrorKind::NoEndpoint);

    let choice = client.query::<Device>().filter(Device::STATUS.eq("Active"));
    let invalid = C::lift(choice.all()).await.unwrap_err();
    assert!(invalid.is_invalid() && !invalid.messages().field("status").is_empty(), "{invalid}");
    let regex = client.query::<Device>().filter(Device::NAME.matches("["));
    assert_eq!(C::lift(regex.all()).await.unwrap_err().kind(), ErrorKind::Server);
    let wrong = C::lift(client.query::<Wrong>().all()).await.unwrap_err();
    assert!(wrong.is_decode() && wrong.to_string().contains("at `results[0].name`"), "{wrong}");

    let before = client.transport().requests();
    let mistyped = C::lift(client.query::<Tenant>().param("nmae__ic", "x").all()).await.unwrap_err();
    assert!(mistyped.to_string().contains("did you mean `name__ic`?"), "{mistyped}");
    let empty = C::lift(client.query::<Tenant>().filter(Tenant::NAME.eq("")).all()).await.unwrap_err();
    assert!(empty.to_string().contains("is empty"), "{empty}");
    let twice =
        client.query::<Tenant>().filter(Tenant::NAME.contains("a")).filter(Tenant::NAME.contains("b"));
    assert_eq!(C::lift(twice.all()).await.unwrap_err().kind(), ErrorKind::Query);
    assert_eq!(client.transport().requests(), before, "nothing of these was sent");

    let stranger = Client::builder(client.base_url()).token("nbt_nobody.nobody").build(client.transport())?;
    let forbidden = C::lift(stranger.query::<Site>().all()).await.unwrap_err();
    assert!(forbidden.is_forbidden(), "{forbidden}");
    Ok(())
}
