use netbox_core::{NetboxModel, Patch, fk::GenericFk};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/journal-entries")]
struct JournalEntry {
    id: u64,
    assigned_object: Option<GenericFk>,
}

fn main() {
    Patch::new().set(JournalEntry::ASSIGNED_OBJECT, 7_u64);
}
