use std::time::Duration;

use netbox_core::{
    ErrorKind, Mode, Patch,
    bulk::{BulkError, Fate},
};

use super::is_since;
use crate::{Counting, Failure, model::Tag};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    // The version of the server decides what comes.
    C::lift(client.status()).await?;
    let ids = created::<C>(client).await?;
    updated::<C>(client, &ids).await?;
    refused::<C>(client, &ids).await?;
    if is_since(client, 7) {
        in_the_background::<C>(client, &ids).await?;
    }

    let ours = || client.query::<Tag>().filter(Tag::SLUG.starts_with("bulk-"));
    let before = client.transport().requests();
    let wrong = C::lift(ours().expect_count(3).delete().send()).await.unwrap_err();
    assert_eq!(wrong.error().kind(), ErrorKind::Count);
    assert!(wrong.to_string().contains("more than 3 objects match, and exactly 3 were expected"), "{wrong}");
    assert_eq!(client.transport().requests(), before + 1);
    let red = Patch::new().set(Tag::COLOR, "ff0000");
    let red = C::lift(ours().at_most(7).update(red).send()).await?;
    assert!(red.len() == 7 && red.iter().all(|tag| tag.color == "ff0000"));
    let all = ours().expect_count(7).delete();
    let all = if is_since(client, 4) { all.message("over") } else { all };
    assert_eq!(C::lift(all.send()).await?, ids);
    assert_eq!(C::lift(ours().count()).await?, 0);
    Ok(())
}

fn tag(number: usize) -> Patch<Tag> {
    Patch::new().set(Tag::NAME, format!("Bulk {number}")).set(Tag::SLUG, format!("bulk-{number}"))
}

async fn created<C: Mode>(client: &Counting<C>) -> Result<Vec<u64>, Failure> {
    let mut told = Vec::new();
    // Not in the order of their names, in which NetBox would list them.
    let tags = client.create_many::<Tag>((1..=7).rev().map(tag)).batch_size(3);
    let tags = if is_since(client, 4) { tags.message("in bulk") } else { tags };
    let tags =
        C::lift(tags.on_progress(|progress| told.push((progress.done, progress.total))).send()).await?;
    let slugs: Vec<_> = tags.iter().map(|tag| tag.slug.as_str()).collect();
    assert_eq!(slugs, ["bulk-7", "bulk-6", "bulk-5", "bulk-4", "bulk-3", "bulk-2", "bulk-1"]);
    assert_eq!(told, [(3, 7), (6, 7), (7, 7)]);
    Ok(tags.iter().map(|tag| tag.id).collect())
}

async fn updated<C: Mode>(client: &Counting<C>, ids: &[u64]) -> Result<(), Failure> {
    let patches = ids.iter().rev().enumerate().map(|(position, id)| {
        let patch = Patch::new();
        (*id, if position == 1 { patch } else { patch.set(Tag::COLOR, format!("00000{position}")) })
    });
    let tags = C::lift(client.update_many::<Tag>(patches).batch_size(4).send()).await?;
    let colors: Vec<_> = tags.iter().map(|tag| tag.color.as_str()).collect();
    assert_eq!(colors, ["000000", "000002", "000003", "000004", "000005", "000006"], "one changes nothing");
    assert_eq!(tags[0].id, ids[6]);
    Ok(())
}

async fn refused<C: Mode>(client: &Counting<C>, ids: &[u64]) -> Result<(), Failure> {
    // Two are wrong in the second batch; the first stays written.
    let patches = [tag(8), tag(9), tag(7), tag(10), tag(6)];
    let error: BulkError =
        C::lift(client.create_many::<Tag>(patches).batch_size(2).send()).await.unwrap_err();
    assert_eq!(error.batch(), 2..4);
    let fates: Vec<_> = (0..5).map(|index| error.fate(index)).collect();
    assert_eq!(fates, [Fate::Written, Fate::Written, Fate::NotWritten, Fate::NotWritten, Fate::NotWritten]);
    assert_eq!(error.items().len(), 1);
    assert_eq!(error.items()[0].index(), 2);
    assert!(!error.items()[0].messages().field("slug").is_empty(), "{error:?}");
    let written: Vec<u64> = error.written().filter_map(|(_, id)| id).collect();
    assert_eq!(C::lift(client.delete_many::<Tag>(written.clone()).send()).await?, written);

    // The error names all items that can't be sent, and nothing is sent.
    let before = client.transport().requests();
    let patches = [tag(8), Patch::new().field("nmae", "x"), tag(9).message("m".repeat(201))];
    let error = C::lift(client.create_many::<Tag>(patches).send()).await.unwrap_err();
    assert_eq!(error.items().iter().map(netbox_core::bulk::BulkItem::index).collect::<Vec<_>>(), [1, 2]);
    let twice = [ids[0], ids[1], ids[0]].map(|id| (id, Patch::new().set(Tag::COLOR, "0000ff")));
    let error = C::lift(client.update_many::<Tag>(twice).send()).await.unwrap_err();
    assert!(error.to_string().contains("item 2: item 0 has the same id"), "{error}");
    assert_eq!(client.transport().requests(), before + 1, "the endpoint was asked what it takes");

    let unknown = [ids[0], 999_999].map(|id| (id, Patch::new().set(Tag::COLOR, "0000ff")));
    let error = C::lift(client.update_many::<Tag>(unknown).send()).await.unwrap_err();
    // An older NetBox writes the others.
    let is_refused = is_since(client, 7);
    let others = if is_refused { Fate::NotWritten } else { Fate::Written };
    assert!(error.error().is_invalid() == is_refused && error.items()[0].index() == 1, "{error:?}");
    assert_eq!((error.fate(0), error.fate(1)), (others, Fate::NotWritten));
    let error = C::lift(client.delete_many::<Tag>([ids[0], 999_999]).send()).await.unwrap_err();
    assert!(error.items()[0].index() == 1 && error.fate(0) == Fate::NotWritten, "{error:?}");
    Ok(())
}

async fn in_the_background<C: Mode>(client: &Counting<C>, ids: &[u64]) -> Result<(), Failure> {
    // Every object that was written before waits there to be indexed.
    let patience = Duration::from_secs(1200);
    let green = ids.iter().rev().map(|id| (*id, Patch::new().set(Tag::COLOR, "00ff00")));
    let job = C::lift(client.update_many::<Tag>(green).background()).await?;
    let tags = C::lift(job.wait(patience)).await?;
    assert!(tags.iter().map(|tag| tag.id).eq(ids.iter().rev().copied()), "in the order of the input");
    assert!(tags.iter().all(|tag| tag.color == "00ff00"));

    let wrong = ids.iter().map(|id| (*id, Patch::new().set(Tag::SLUG, "bulk-same")));
    let job = C::lift(client.update_many::<Tag>(wrong).background()).await?;
    let error = C::lift(job.wait(patience)).await.unwrap_err();
    assert!(error.error().is_invalid() && error.fate(0) == Fate::NotWritten, "{error:?}");
    assert_eq!(error.items().len(), 6, "one of them came first: {error:?}");
    Ok(())
}
