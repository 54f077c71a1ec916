use netbox_core::{Client, ErrorKind, Mode, NetboxModel, Transport};
use serde::Deserialize;

use crate::{
    Counted, Failure,
    model::{Device, Site, Tenant},
};

/// A site with a field of the wrong type.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[allow(dead_code, reason = "never read")]
pub(super) struct Wrong {
    id: u64,
    name: u64,
}

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let missing = T::Mode::lift(client.get::<Site>(999_999)).await.unwrap_err();
    assert!(missing.is_not_found());
    assert!(
        missing.request_id().is_some()
            && missing.url().is_some_and(|url| url.contains("/api/dcim/sites/999999/"))
    );
    let nowhere = T::Mode::lift(client.query_at("dcim/nowhere").all()).await.unwrap_err();
    assert_eq!(nowhere.kind(), ErrorKind::NoEndpoint);

    let choice = client.query::<Device>().filter(Device::STATUS.eq("Active"));
    let invalid = T::Mode::lift(choice.all()).await.unwrap_err();
    assert!(invalid.is_invalid() && !invalid.messages().field("status").is_empty(), "{invalid}");
    let regex = client.query::<Device>().filter(Device::NAME.matches("["));
    assert_eq!(T::Mode::lift(regex.all()).await.unwrap_err().kind(), ErrorKind::Server);
    let wrong = T::Mode::lift(client.query::<Wrong>().all()).await.unwrap_err();
    assert!(wrong.is_decode() && wrong.to_string().contains("at `results[0].name`"), "{wrong}");

    let before = client.transport().requests();
    let mistyped = T::Mode::lift(client.query::<Tenant>().param("nmae__ic", "x").all()).await.unwrap_err();
    assert!(mistyped.to_string().contains("did you mean `name__ic`?"), "{mistyped}");
    let empty = T::Mode::lift(client.query::<Tenant>().filter(Tenant::NAME.eq("")).all()).await.unwrap_err();
    assert!(empty.to_string().contains("is empty"), "{empty}");
    let twice =
        client.query::<Tenant>().filter(Tenant::NAME.contains("a")).filter(Tenant::NAME.contains("b"));
    assert_eq!(T::Mode::lift(twice.all()).await.unwrap_err().kind(), ErrorKind::Query);
    assert_eq!(client.transport().requests(), before, "nothing of these was sent");

    let stranger = Client::builder(client.base_url()).token("nbt_nobody.nobody").build(client.transport())?;
    let forbidden = T::Mode::lift(stranger.query::<Site>().all()).await.unwrap_err();
    assert!(forbidden.is_forbidden(), "{forbidden}");
    Ok(())
}
