//! One request of a bulk write, and its answer.

use std::{
    collections::{HashMap, HashSet},
    sync::Mutex,
};

use http::Method;

use super::{
    gone,
    ids::{all_ids, ids_only},
    taken::created,
};
use crate::{
    client::Api,
    model::{Decode, Object, Reading, Rows, decode},
    question::{Question, Selection},
    wire::{Answer, Call, Error, Params, Version, lock, since},
    write::{Entry, Plan, Report, body_of, etags_of},
};

/// The answer to one batch.
pub(super) enum Answered {
    Rows(Rows),
    Deleted(Vec<u64>),
}

impl Answered {
    /// How many objects were written.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Deleted(ids) => ids.len(),
        }
    }
}

/// Sends one batch, and reads the objects in its answer with `as_model`.
pub(super) async fn send(
    api: &Api,
    plan: &Plan,
    batch: &[Entry],
    as_model: Reading,
    report: &Mutex<Report>,
) -> Result<Answered, Error> {
    all_there(api, plan, batch, report).await?;
    let call = Call::new(plan.method.clone(), plan.path.clone(), Params::default());
    let call = call.with_json(&body_of(batch)).only_if(etags_of(batch));
    let answer = match api.exchange(call).await {
        Ok(answer) => answer,
        Err(error) => {
            let ids: Vec<u64> = batch.iter().filter_map(|entry| entry.id).collect();
            if let Err(error) = gone::despite(api, &plan.path, &ids, error).await {
                lock(report).fail(batch, &error);
                return Err(error);
            }
            return take(api, plan, batch, Answered::Deleted(ids), &mut lock(report));
        }
    };
    match read(&answer, batch, &as_model.decode) {
        Ok(answered) => take(api, plan, batch, answered, &mut lock(report))
            .map_err(|error| error.answering(answer.asked())),
        Err(unfit) => {
            let all = plan.method == Method::POST || !may_leave_out(api.version());
            let objects = answer.read(decode::<Object>).ok().map(|page| page.rows);
            let unfit = match &objects {
                Some(rows) if plan.method == Method::POST => {
                    match created(api, &plan.path, rows.ids(), batch.len(), as_model, unfit).await {
                        Ok(rows) => return take(api, plan, batch, Answered::Rows(rows), &mut lock(report)),
                        Err(unfit) => unfit,
                    }
                }
                _ => unfit,
            };
            take_unfit(api, plan, batch, objects, all && answer.says_done(), &mut lock(report))
                .map_err(|error| error.answering(answer.asked()))?;
            Err(unfit)
        }
    }
}

/// Takes the answer to a batch whose objects are not of the model, or are no objects: they were still written, and
/// `certain` says whether all were.
pub(super) fn take_unfit(
    api: &Api,
    plan: &Plan,
    batch: &[Entry],
    objects: Option<Rows>,
    certain: bool,
    report: &mut Report,
) -> Result<(), Error> {
    if let Some(rows) = objects {
        return take(api, plan, batch, Answered::Rows(rows), report).map(|_| ());
    }
    report.unreadable(batch, certain);
    Ok(())
}

fn may_leave_out(server: Option<Version>) -> bool {
    server.is_none_or(|version| version < since::UNKNOWN_IDS_REFUSED)
}

/// Makes sure that all objects of a deletion exist: an older NetBox gives the same answer to the deletion of one that
/// does not.
async fn all_there(api: &Api, plan: &Plan, batch: &[Entry], report: &Mutex<Report>) -> Result<(), Error> {
    if plan.method != Method::DELETE || !may_leave_out(api.ask_version().await?) {
        return Ok(());
    }
    let ids: Vec<u64> = batch.iter().filter_map(|entry| entry.id).collect();
    let question = Question::by_ids(plan.path.clone(), &ids, Selection::All, api.page_size());
    let there = all_ids(ids_only(api.clone(), question), usize::MAX).await?;
    let there: HashSet<Option<u64>> = there.into_iter().map(Some).collect();
    let missing: Vec<&Entry> = batch.iter().filter(|entry| !there.contains(&entry.id)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    lock(report).left_out(&missing, true);
    Err(Error::count(format!(
        "{} of the objects to delete do not exist, or this token may not view them: nothing of this batch was sent",
        missing.len()
    )))
}

fn read(answer: &Answer, batch: &[Entry], decode: &Decode) -> Result<Answered, Error> {
    if *answer.method() == Method::DELETE && answer.says_done() {
        return Ok(Answered::Deleted(batch.iter().filter_map(|entry| entry.id).collect()));
    }
    answer.read(|body| decode.page(body)).map(|page| Answered::Rows(page.rows))
}

/// Takes the answer to a batch that NetBox says it has carried out, and puts it in the order of the input.
pub(super) fn take(
    api: &Api,
    plan: &Plan,
    batch: &[Entry],
    answered: Answered,
    report: &mut Report,
) -> Result<Answered, Error> {
    let rows = match answered {
        Answered::Deleted(ids) => {
            report.wrote(batch.iter().map(|entry| (entry, entry.id)));
            return Ok(Answered::Deleted(ids));
        }
        Answered::Rows(rows) if plan.method != Method::DELETE => rows,
        Answered::Rows(_) => {
            report.all_unknown(batch);
            return Err(Error::unfulfilled(None, "NetBox did not say that it deleted anything"));
        }
    };
    let told = rows.ids().to_vec();
    if plan.method == Method::POST {
        if told.len() == batch.len() {
            report.wrote(batch.iter().zip(told));
            return Ok(Answered::Rows(rows));
        }
        report.all_unknown(batch);
        let (given, came) = (batch.len(), told.len());
        let text = format!("{given} objects were to be created, and NetBox answered with {came}");
        return Err(Error::unfulfilled(None, text));
    }
    let positions: HashMap<Option<u64>, usize> = told.into_iter().zip(0..).collect();
    let (there, missing): (Vec<&Entry>, Vec<&Entry>) =
        batch.iter().partition(|entry| positions.contains_key(&entry.id));
    let picked: Vec<usize> = there.iter().map(|entry| positions[&entry.id]).collect();
    report.wrote(there.into_iter().map(|entry| (entry, entry.id)));
    if !missing.is_empty() {
        report.left_out(&missing, api.version().is_some_and(|version| may_leave_out(Some(version))));
        let text = format!("{} of the objects are missing from NetBox's answer", missing.len());
        return Err(Error::unfulfilled(None, text));
    }
    Ok(Answered::Rows(rows.pick(&picked)))
}
