//! A client of a NetBox with the plugins of `plugins/mod.rs`.

use std::env;

use netbox_core::{Blocking, Client};
use netbox_transport_ureq::UreqTransport;

pub(crate) fn client() -> Option<Client<Blocking>> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let Some(url) = set("NETBOX_PLUGINS_URL") else {
        eprintln!("skipped: NETBOX_PLUGINS_URL is not set");
        return None;
    };
    let token = set("NETBOX_PLUGINS_TOKEN").expect("NETBOX_PLUGINS_TOKEN, a token of that NetBox");
    Some(Client::builder(url).token(token).build(UreqTransport::new().unwrap()).unwrap())
}
