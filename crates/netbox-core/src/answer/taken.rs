//! Reading allocated objects.

use std::collections::HashMap;

use http::StatusCode;

use super::walk::Walk;
use crate::{
    client::Api,
    model::{Object, Reading, Rows, decode},
    question::{Question, Selection},
    wire::{ApiPath, Call, Error, ErrorKind},
};

/// Takes `asked` objects by `call`, which then live at `home`, and reads them.
pub(super) async fn take(
    api: &Api,
    home: &ApiPath,
    call: Call,
    asked: usize,
    reading: Reading,
) -> Result<Rows, Error> {
    let answer = match api.exchange(call).await {
        Err(error) if error.is_conflict() && error.status() == Some(StatusCode::CONFLICT) => {
            return Err(error.of_kind(ErrorKind::Exhausted));
        }
        answer => answer?,
    };
    let error = match answer.read(|body| reading.decode.page(body)) {
        Ok(page) if page.rows.len() == asked => return Ok(page.rows),
        Ok(page) => {
            let text = format!("{asked} were to be taken, and NetBox answered with {}", page.rows.len());
            Error::unfulfilled(Some(answer.asked().clone()), text)
        }
        Err(error) => error,
    };
    let Ok(page) = answer.read(decode::<Object>) else { return Err(error) };
    let error =
        error.having_created(page.rows.objects::<Object>().unwrap_or_default().iter().map(summary).collect());
    created(api, home, page.rows.ids(), asked, reading, error).await
}

/// Reads the `count` objects that were created, and that the answer does not hold whole: NetBox omits the counters of
/// objects that it has just created, such as a VLAN's `prefix_count`, and before 4.5 those of all objects.
///
/// # Errors
///
/// `error`, if it is another one, or the answer did not name all of them.
pub(super) async fn created(
    api: &Api,
    home: &ApiPath,
    ids: &[Option<u64>],
    count: usize,
    reading: Reading,
    error: Error,
) -> Result<Rows, Error> {
    let known: Vec<u64> = ids.iter().copied().flatten().collect();
    if !error.is_decode() || [ids.len(), known.len()] != [count; 2] {
        return Err(error);
    }
    by_ids(api, home, &known, reading).await.map_err(|why| error.unread_for(&why))
}

/// The name of an object, as far as it can be made out, and its URL.
fn summary(object: &Object) -> (String, Option<String>) {
    let id = object.id().map_or_else(|| "without an id".to_owned(), |id| format!("id {id}"));
    let text = format!("{} ({id})", object.display().unwrap_or("an object"));
    (text, object.url().map(str::to_owned))
}

/// The objects at `home` with these ids, in the same order.
async fn by_ids(api: &Api, home: &ApiPath, ids: &[u64], reading: Reading) -> Result<Rows, Error> {
    let question = Question::by_ids(home.clone(), ids, Selection::of(reading.fields()), api.page_size());
    let mut walk = Walk::new(api.clone(), question, reading.decode);
    let mut all: Option<Rows> = None;
    while let Some(page) = walk.next().await {
        let page = page?;
        all = Some(match all {
            Some(rows) => rows.and(page),
            None => page,
        });
    }
    let there = all.as_ref().map_or(&[][..], Rows::ids);
    let positions: HashMap<Option<u64>, usize> = there.iter().copied().zip(0..).collect();
    let picked: Vec<usize> = ids.iter().filter_map(|id| positions.get(&Some(*id)).copied()).collect();
    match all {
        Some(rows) if picked.len() == ids.len() => Ok(rows.pick(&picked)),
        _ => {
            let (asked, came) = (ids.len(), picked.len());
            let text = format!("{asked} objects were asked for, and NetBox answered with {came}");
            Err(Error::unfulfilled(walk.asked().cloned(), text))
        }
    }
}
