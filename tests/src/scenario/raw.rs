use netbox_core::Mode;
use serde_json::{Value, json};

use crate::{Counting, Failure};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let status = C::lift(client.status()).await?;
    assert!(status.netbox_version.starts_with("4."));
    assert_eq!(client.version(), netbox_core::Version::parse(&status.netbox_version));

    let raw = client.raw();
    let role = json!({"name": "Testbed", "slug": "testbed", "color": "00ff00"});
    let role: Value = C::lift(raw.post("dcim/device-roles", &role)).await?;
    let path = format!("/api/dcim/device-roles/{}/", role["id"]);
    let patched: Value = C::lift(raw.patch(&path, &json!({"description": "for tests"}))).await?;
    assert_eq!(patched["description"], "for tests");
    let put = json!({"name": "Testbed 2", "slug": "testbed", "color": "ff0000"});
    let put: Value = C::lift(raw.put(&path, &put)).await?;
    assert_eq!(put["name"], "Testbed 2");
    let got: Value = C::lift(raw.get(&format!("{path}?fields=id,name"))).await?;
    assert_eq!(got, json!({"id": role["id"], "name": "Testbed 2"}));
    let options: Value = C::lift(raw.options("dcim/device-roles")).await?;
    assert_eq!(options["actions"]["POST"]["name"]["required"], true);

    let taken = C::lift(raw.post::<Value>("dcim/device-roles", &put)).await.unwrap_err();
    assert!(taken.is_invalid() && !taken.messages().is_empty(), "{taken}");
    let several = json!([{"name": "A", "slug": "a"}, {"name": "", "slug": "b"}]);
    let several = C::lift(raw.post::<Value>("dcim/device-roles", &several)).await.unwrap_err();
    let item = &several.messages().items()[0];
    assert_eq!(item.place(), netbox_core::error::ItemPlace::Index(1));
    assert!(!item.messages().field("name").is_empty());

    C::lift(raw.delete(&path)).await?;
    assert!(C::lift(raw.delete(&path)).await.unwrap_err().is_not_found());
    Ok(())
}
