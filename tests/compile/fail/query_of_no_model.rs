use netbox_core::{Blocking, Client, Transport};
use serde::Deserialize;

#[derive(Deserialize)]
struct Site {
    id: u64,
}

fn run<T: Transport<Mode = Blocking>>(client: &Client<T>) {
    let _ = client.query::<Site>();
}

fn main() {}
