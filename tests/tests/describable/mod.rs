//! The endpoints whose objects a description can make.

use netbox_core::{Blocking, Client};
use netbox_schema::{Endpoint, Method, endpoints};

/// Users, whose passwords NetBox never shows, objects that are made of files, and the ends of cables, which the cables say.
const NEVER: [&str; 6] = [
    "core/data-files",
    "dcim/cable-terminations",
    "extras/image-attachments",
    "extras/scripts",
    "users/tokens",
    "users/users",
];

pub(crate) fn describable(client: &Client<Blocking>) -> Vec<Endpoint> {
    client.status().unwrap();
    let version = client.version().unwrap();
    let is_describable = |endpoint: &Endpoint| {
        let is_there = endpoint.versions().contains(version.major(), version.minor());
        let is_made = !endpoint.methods().of(Method::Post).is_empty() && endpoint.keys().next().is_some();
        is_there && is_made && !NEVER.contains(&endpoint.path())
    };
    endpoints().filter(is_describable).collect()
}
