//! 500 objects in bulk: what is broken, request by request, to see whether the report is true.

use netbox_core::{Client, Mode, Outcome, Patch, Record, bulk::BulkError};

use crate::{Counting, Failure, model::Tag};

/// How many objects are created.
pub const COUNT: usize = 500;

/// How many of them a request holds.
pub const BATCH: usize = 100;

/// Creates them.
///
/// # Errors
///
/// If a request fails.
pub fn create<C: Mode>(client: &Client<C>) -> Outcome<'_, C, Result<Vec<Record<Tag, C>>, BulkError>> {
    let tag = |number| {
        Patch::new().set(Tag::NAME, format!("Half {number}")).set(Tag::SLUG, format!("half-{number}"))
    };
    client.create_many::<Tag>((0..COUNT).map(tag)).batch_size(BATCH).send()
}

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let before = client.transport().requests();
    let tags = C::lift(create(client)).await?;
    assert_eq!(client.transport().requests(), before + 1 + (COUNT / BATCH) as u64);
    let ids = tags.iter().map(|tag| tag.id);
    C::lift(client.delete_many::<Tag>(ids).batch_size(BATCH).send()).await?;
    Ok(())
}
