//! Lists the plugins of a NetBox with their versions, and the number of objects in each of their lists.
//!
//! ```sh
//! cargo run -p netbox-client --example list_plugins
//! ```

use std::collections::BTreeMap;

use netbox_client::Error;

fn main() -> Result<(), Error> {
    let client = netbox_client::blocking_from_env().build()?;
    let status = client.status()?;
    println!("NetBox {} has {} plugins", status.netbox_version, status.plugins.len());
    for (plugin, version) in &status.plugins {
        println!("  {plugin} {}", version.as_deref().unwrap_or("of an unknown version"));
    }

    // Plugins are below a path of their own choice, which lists their lists.
    let roots: BTreeMap<String, String> = client.raw().get("plugins")?;
    for root in roots.keys().filter(|root| *root != "installed-plugins") {
        println!("{root}");
        let lists: BTreeMap<String, String> = client.raw().get(&format!("plugins/{root}"))?;
        for list in lists.keys() {
            match client.query_at(&format!("plugins/{root}/{list}")).count() {
                Ok(count) => println!("  {list}: {count}"),
                // Some routes are no lists, and a token may not view every list.
                Err(error) => println!("  {list}: not counted, {:?}", error.kind()),
            }
        }
    }
    Ok(())
}
