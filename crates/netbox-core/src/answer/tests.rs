//! The client's calls, against a NetBox that is made up.

mod batches;
mod branches;
mod bulks;
mod creates;
mod custom_fields;
mod errors;
mod evidence;
mod files;
mod filters;
mod identity;
mod key_selection;
mod pools;
mod reads;
mod records;
mod references;
mod remedies;
mod save_many;
mod schema;
mod select;
mod sharing;
mod siblings;
mod together;
mod traffic;
mod uploads;
mod walks;
mod writes;
