use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "users/users")]
struct User {
    id: u64,
    password: String,
}

fn main() {}
