//! Follows NetBox's change log, and prints each change with the fields that it changed.
//!
//! ```sh
//! cargo run -p netbox-client --example follow_changes --features core -- 2
//! ```
//!
//! The argument is the number of seconds between two looks.

use std::{collections::BTreeSet, env, thread, time::Duration};

use netbox_client::models::core::{ObjectChange, ObjectChangeAction};

/// How many ids each look goes back. A change gets its id before its transaction ends, and so may appear after changes
/// with higher ids.
const BACK: u64 = 200;

fn main() -> anyhow::Result<()> {
    let interval: f64 = env::args().nth(1).as_deref().unwrap_or("2").parse()?;
    let client = netbox_client::blocking_from_env().build()?;
    let ids_after = |id: u64| client.query::<ObjectChange>().filter(ObjectChange::ID.gt(id)).ids();

    let newest =
        client.query::<ObjectChange>().order(ObjectChange::ID.desc()).select(ObjectChange::ID).first()?;
    let newest = newest.unwrap_or_default();
    let mut seen = BTreeSet::from_iter(ids_after(newest.saturating_sub(BACK))?);
    println!("following the changes after {newest}");
    loop {
        let last = seen.last().copied().unwrap_or_default();
        let mut new = ids_after(last.saturating_sub(BACK))?;
        new.retain(|id| seen.insert(*id));
        if !new.is_empty() {
            for change in client.query::<ObjectChange>().filter(ObjectChange::ID.any_of(new)) {
                println!("{}", line(&*change?));
            }
        }
        while seen.len() as u64 > 2 * BACK {
            seen.pop_first();
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
