//! 500 objects in bulk: what is broken, request by request, to see whether the report is true.

use netbox_core::{BulkError, Client, Mode, Outcome, Patch, Record, Transport};

use crate::{Counted, Failure, model::Tag};

/// How many objects are created.
pub const COUNT: usize = 500;

/// How many of them a request holds.
pub const BATCH: usize = 100;

/// Creates them.
///
/// # Errors
///
/// If a request fails.
pub fn create<'c, T: Transport + 'c>(
    client: &'c Client<T>,
) -> Outcome<'c, T, Result<Vec<Record<Tag, T>>, BulkError>> {
    let tag = |number| {
        Patch::new().set(Tag::NAME, format!("Half {number}")).set(Tag::SLUG, format!("half-{number}"))
    };
    client.create_many::<Tag>((0..COUNT).map(tag)).batch_size(BATCH).send()
}

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let before = client.transport().requests();
    let tags = T::Mode::lift(create(client)).await?;
    assert_eq!(client.transport().requests(), before + 1 + (COUNT / BATCH) as u64);
    let ids = tags.iter().map(|tag| tag.id);
    T::Mode::lift(client.delete_many::<Tag>(ids).batch_size(BATCH).send()).await?;
    Ok(())
}
