use std::time::Duration;

use netbox_core::{Blocking, Client};

fn run(client: &Client<Blocking>) {
    let _ = client.query_at("core/object-changes").param("time_after", Duration::from_secs(60));
}

fn main() {}
