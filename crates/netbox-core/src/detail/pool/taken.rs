//! What NetBox says that it took.

use std::collections::HashMap;

use http::StatusCode;

use crate::{
    base::ApiPath,
    client::Client,
    error::{Error, ErrorKind},
    exchange::Call,
    model::Resource,
    object::Object,
    query::Query,
    record::Record,
    transport::Transport,
};

/// Takes `asked` objects by `call`, which then live at `home`, and reads them.
pub(super) async fn take<T: Transport, M: Resource>(
    client: &Client<T>,
    home: &ApiPath,
    call: Call,
    asked: usize,
) -> Result<Vec<Record<M, T>>, Error> {
    let answer = match client.exchange(call).await {
        Err(error) if error.status() == Some(StatusCode::CONFLICT) => {
            return Err(error.of_kind(ErrorKind::Exhausted));
        }
        answer => answer?,
    };
    let error = match answer.json::<Vec<M>>() {
        Ok(models) if models.len() == asked => {
            let record = |model| Record::new(model, client.clone(), home.clone(), None);
            return Ok(models.into_iter().map(record).collect());
        }
        Ok(models) => {
            let text = format!("{asked} were to be taken, and NetBox answered with {}", models.len());
            Error::unfulfilled(Some(answer.asked().clone()), text)
        }
        Err(error) => error,
    };
    let objects: Vec<Object> = answer.json().unwrap_or_default();
    let ids: Vec<u64> = objects.iter().filter_map(Object::id).collect();
    let error = error.having_created(&objects);
    if !error.is_decode() || [objects.len(), ids.len()] != [asked; 2] {
        return Err(error);
    }
    // NetBox leaves out what it counts for those that it reads, such as a VLAN's `prefix_count`.
    by_ids(client, home, &ids).await.map_err(|why| error.unread_for(&why))
}

/// The objects at `home` with these ids, in the same order.
async fn by_ids<T: Transport, M: Resource>(
    client: &Client<T>,
    home: &ApiPath,
    ids: &[u64],
) -> Result<Vec<Record<M, T>>, Error> {
    let query = Query::<T, M>::new(client.clone(), Ok(home.clone())).param_unchecked("id", ids);
    let mut pages = query.pages();
    let mut there = HashMap::with_capacity(ids.len());
    while let Some(page) = pages.advance().await {
        there.extend(page?.into_iter().filter_map(|record| Some((record.key()?, record))));
    }
    let records: Vec<_> = ids.iter().filter_map(|id| there.remove(id)).collect();
    if records.len() == ids.len() {
        Ok(records)
    } else {
        let text = format!("of {} that were asked for, NetBox answered with {}", ids.len(), records.len());
        Err(Error::unfulfilled(pages.asked().cloned(), text))
    }
}
