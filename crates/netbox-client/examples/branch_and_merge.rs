//! Prepares a new site with its racks on a branch, and merges the branch.
//!
//! ```sh
//! cargo run -p netbox-client --example branch_and_merge --features dcim -- "New site" dm-hamburg 4
//! ```
//!
//! The arguments are the name of the branch, the slug of the site, and the number of racks. NetBox must have the plugin
//! netbox-branching. A run that was interrupted is taken up on its branch; once the site is on main, nothing is done.

use std::{env, time::Duration};

use netbox_client::{
    Blocking, Client, NetboxModel, Patch,
    models::dcim::{Rack, Site, SiteStatus},
};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/branching/branches")]
struct Branch {
    id: u64,
    name: String,
}

/// A job of NetBox's queue, as it answers to the one who starts it.
#[derive(Deserialize)]
struct Started {
    id: u64,
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let argument = |index: usize, default| arguments.get(index).map_or(default, String::as_str);
    let (name, slug) = (argument(0, "New site"), argument(1, "dm-hamburg"));
    let racks: usize = argument(2, "4").parse()?;
    let client = netbox_client::blocking_from_env().build()?;
    let site_on = |client: &Client<Blocking>| client.query::<Site>().filter(Site::SLUG.eq(slug));
    if site_on(&client).exists()? {
        println!("the site {slug} is there already");
        return Ok(());
    }

    // There are few. A filter of a plugin's list would have the client read NetBox's whole schema first, to check it.
    let known = client.query::<Branch>().all()?.into_iter().find(|branch| branch.name == name);
    let branch = match known {
        Some(branch) => branch,
        None => client.create::<Branch>(Patch::new().set(Branch::NAME, name))?,
    };
    // NetBox takes a while to copy its tables.
    let on_branch = client.wait_for_branch(name, Duration::from_secs(300))?;
    println!("the branch {name} is ready");
    let site =
        Patch::new().set(Site::NAME, slug).set(Site::SLUG, slug).set(Site::STATUS, SiteStatus::Planned);
    let (site, _) = site_on(&on_branch).one_or_create(site)?;
    for number in 1..=racks {
        let rack = format!("A{number:02}");
        let here = on_branch.query::<Rack>().filter(Rack::SITE.eq(&site)).filter(Rack::NAME.eq(&rack));
        here.one_or_create(Patch::new().set(Rack::NAME, &rack).set(Rack::SITE, &site))?;
    }
    println!("{slug} has {racks} racks on the branch; on main? {}", site_on(&client).exists()?);

    let merge = format!("plugins/branching/branches/{}/merge", branch.id);
    let job: Started = client.raw().post(&merge, &json!({"commit": true}))?;
    client.job(job.id).wait(Duration::from_secs(300))?;
    println!("the branch is merged; on main? {}", site_on(&client).exists()?);
    Ok(())
}
