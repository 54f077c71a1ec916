//! Sending batch after batch.

use std::collections::{HashMap, HashSet};

use http::Method;
use serde_json::Value;

use super::{
    error::{BulkError, Report},
    plan::{Entry, Plan, body_of},
};
use crate::{
    base::ApiPath,
    client::Client,
    error::Error,
    exchange::{Answer, Call},
    model::Resource,
    params::Params,
    record::Record,
    transport::Transport,
    version::Version,
};

/// From this version on, a bulk write that names an unknown object is refused; before, the others are written, and
/// nothing is said of it.
const TELLS_UNKNOWN_SINCE: Version = Version::new(4, 7);

/// What a bulk write gives for each object: its record, or its id if it is gone.
///
/// There is no need to implement it.
pub trait Written<T>: Send + Sized + sealed::Sealed {
    /// What `answer` tells of the objects of a batch, in NetBox's order, with their ids.
    #[doc(hidden)]
    fn read(client: &Client<T>, path: &Path, rows: &Rows) -> Result<Vec<(u64, Self)>, Error>;
}

/// An endpoint, as far as others need to know.
#[doc(hidden)]
#[derive(Debug)]
pub struct Path(pub(super) ApiPath);

/// The objects that NetBox says it has written.
#[doc(hidden)]
#[derive(Debug)]
pub struct Rows {
    pub(super) objects: Vec<Value>,
    pub(super) deleted: Vec<u64>,
}

impl<M: Resource, T: Transport> Written<T> for Record<M, T> {
    fn read(client: &Client<T>, path: &Path, rows: &Rows) -> Result<Vec<(u64, Self)>, Error> {
        let read = |object: &Value| -> Result<(u64, Self), Error> {
            let model = serde_path_to_error::deserialize::<_, M>(object).map_err(|error| {
                let place = error.path().to_string();
                Error::missing(format!("the answer does not fit at `{place}`: {}", error.into_inner()))
            })?;
            let id = id_of(object).ok_or_else(|| Error::missing("the answer has an object without an id"))?;
            let home = model.home().map_or_else(|| path.0.clone(), ApiPath::of_endpoint);
            Ok((id, Record::new(model, client.clone(), home, None)))
        };
        rows.objects.iter().map(read).collect()
    }
}

impl<T> Written<T> for u64 {
    fn read(_: &Client<T>, _: &Path, rows: &Rows) -> Result<Vec<(u64, Self)>, Error> {
        Ok(rows.deleted.iter().map(|id| (*id, *id)).collect())
    }
}

mod sealed {
    pub trait Sealed {}
    impl<M, T> Sealed for crate::record::Record<M, T> {}
    impl Sealed for u64 {}
}

pub(super) async fn send<T: Transport, R: Written<T>>(
    client: &Client<T>,
    plan: &Plan,
    size: usize,
    tell: &mut (dyn FnMut(usize) + Send),
) -> Result<Vec<R>, BulkError> {
    let mut all = Vec::with_capacity(plan.len());
    let mut report = Report::new(plan.given());
    for batch in plan.entries().chunks(size) {
        report.begin(batch);
        if let Err(error) = all_there(client, plan, batch, &mut report).await {
            return Err(report.into_error(error));
        }
        let call = Call::new(plan.method.clone(), plan.path.clone(), Params::default());
        let written = match client.exchange(call.with_json(&body_of(batch))).await {
            Ok(answer) => match rows_of(&answer, batch) {
                Ok(rows) => take::<T, R>(client, plan, batch, &rows, &mut report)
                    .map_err(|error| error.answering(&answer)),
                Err(error) => {
                    let all = plan.method == Method::POST || !may_leave_out(client.version());
                    report.unreadable(batch, all && answer.is_netbox());
                    Err(error)
                }
            },
            Err(error) => {
                report.fail(batch, &error);
                Err(error)
            }
        };
        match written {
            Ok(mut written) => all.append(&mut written),
            Err(error) => return Err(report.into_error(error)),
        }
        tell(all.len());
    }
    Ok(all)
}

fn may_leave_out(server: Option<Version>) -> bool {
    server.is_none_or(|version| version < TELLS_UNKNOWN_SINCE)
}

/// Checks that all that is to be deleted is there: NetBox before 4.7 answers the same to a deletion of what is not.
async fn all_there<T: Transport>(
    client: &Client<T>,
    plan: &Plan,
    batch: &[Entry],
    report: &mut Report,
) -> Result<(), Error> {
    if plan.method != Method::DELETE || !may_leave_out(client.told_version().await?) {
        return Ok(());
    }
    let ids: Vec<u64> = batch.iter().filter_map(|entry| entry.id).collect();
    let there =
        client.query_at(plan.path.as_str()).param_unchecked("id", &ids).only_ids().collect_ids().await?;
    let there: HashSet<Option<u64>> = there.into_iter().map(Some).collect();
    let missing: Vec<&Entry> = batch.iter().filter(|entry| !there.contains(&entry.id)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    report.left_out(&missing, true);
    Err(Error::count(format!("{} objects are not there, and nothing of this batch was sent", missing.len())))
}

fn rows_of(answer: &Answer, batch: &[Entry]) -> Result<Rows, Error> {
    let ids = batch.iter().filter_map(|entry| entry.id);
    let deletes = answer.status() == http::StatusCode::NO_CONTENT;
    Ok(Rows {
        objects: if deletes { Vec::new() } else { answer.json()? },
        deleted: if deletes { ids.collect() } else { Vec::new() },
    })
}

/// Takes what NetBox answered to a batch that it says it has carried out, in the order of the input.
pub(super) fn take<T: Transport, R: Written<T>>(
    client: &Client<T>,
    plan: &Plan,
    batch: &[Entry],
    rows: &Rows,
    report: &mut Report,
) -> Result<Vec<R>, Error> {
    let creates = plan.method == Method::POST;
    let told: Vec<Option<u64>> = if plan.method == Method::DELETE {
        rows.deleted.iter().copied().map(Some).collect()
    } else {
        rows.objects.iter().map(id_of).collect()
    };
    if plan.method == Method::DELETE && told.is_empty() {
        report.all_unknown(batch);
        return Err(Error::unfulfilled(None, "NetBox did not say that it deleted anything"));
    } else if creates && told.len() == batch.len() {
        report.wrote(batch.iter().zip(told));
    } else if creates {
        report.all_unknown(batch);
        return Err(Error::unfulfilled(
            None,
            format!("{} objects were to be created, and NetBox answered with {}", batch.len(), told.len()),
        ));
    } else {
        let told: HashSet<Option<u64>> = told.into_iter().collect();
        let (there, missing): (Vec<&Entry>, Vec<&Entry>) =
            batch.iter().partition(|entry| told.contains(&entry.id));
        report.wrote(there.into_iter().map(|entry| (entry, entry.id)));
        if !missing.is_empty() {
            report.left_out(&missing, may_leave_out(client.version()));
            let text = format!("NetBox answered with all but {} of the objects", missing.len());
            return Err(Error::unfulfilled(None, text));
        }
    }
    let read = R::read(client, &Path(plan.path.clone()), rows)?;
    if creates {
        return Ok(read.into_iter().map(|(_, written)| written).collect());
    }
    // NetBox answers in an order of its own.
    let mut by_id: HashMap<u64, R> = read.into_iter().collect();
    Ok(batch.iter().filter_map(|entry| by_id.remove(&entry.id?)).collect())
}

fn id_of(object: &Value) -> Option<u64> {
    object.get("id")?.as_u64()
}
