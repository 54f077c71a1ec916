//! Clients of the NetBox of the live tests.

use netbox_core::{Async, Blocking, Client};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

use crate::server::server;

pub(crate) fn blocking() -> Option<Client<Blocking>> {
    let (url, token) = server()?;
    Some(Client::builder(url).token(token).build(UreqTransport::new().unwrap()).unwrap())
}

pub(crate) fn asynchronous() -> Option<Client<Async>> {
    let (url, token) = server()?;
    Some(Client::builder(url).token(token).build(HyperTransport::new().unwrap()).unwrap())
}
