//! Follows NetBox's change log, and prints each change with the fields that it changed.
//!
//! ```sh
//! cargo run --example follow_changes --features core -- 2
//! ```
//!
//! The argument is the number of seconds between two looks.

use std::{collections::BTreeSet, env, thread, time::Duration};

use netbox_client::models::core::{ObjectChange, ObjectChangeAction};

fn main() -> anyhow::Result<()> {
    let interval: f64 = env::args().nth(1).as_deref().unwrap_or("2").parse()?;
    let client = netbox_client::blocking_from_env().build()?;
    let newest = client.query::<ObjectChange>().order(ObjectChange::ID.desc()).select(ObjectChange::ID);
    let mut seen = newest.first()?.unwrap_or_default();
    println!("following the changes after {seen}");
    loop {
        // By id, so that none is missed and none is printed twice.
        for change in client.query::<ObjectChange>().filter(ObjectChange::ID.gt(seen)) {
            let change = change?;
            seen = change.id;
            println!("{}", line(&change));
        }
        thread::sleep(Duration::try_from_secs_f64(interval)?);
    }
}

fn line(change: &ObjectChange) -> String {
    let ObjectChange { action, user_name, changed_object_type, .. } = change;
    let object = change.object_repr.as_deref().unwrap_or_default();
    let line = format!("{user_name}: {action} {changed_object_type} {object}");
    if *action != ObjectChangeAction::Update {
        return line;
    }
    let [before, after] = [&change.prechange_data, &change.postchange_data].map(|data| {
        let fields = data.iter().filter_map(|data| data.as_object()).flatten();
        fields.map(|(name, value)| (name.as_str(), value.to_string())).collect::<BTreeSet<_>>()
    });
    let fields: Vec<_> = after.difference(&before).map(|(name, value)| format!("{name} = {value}")).collect();
    format!("{line}: {}", fields.join(", "))
}
