use netbox_core::{Blocking, Client};
use serde::Deserialize;

#[derive(Deserialize)]
struct Site {
    id: u64,
}

fn run(client: &Client<Blocking>) {
    let _ = client.query::<Site>();
}

fn main() {}
