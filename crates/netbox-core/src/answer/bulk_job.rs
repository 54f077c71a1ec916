//! Bulk writes in NetBox's queue.

use std::{fmt, time::Duration};

use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::{
    batch::{Answered, take, take_unfit},
    job::{Job, JobState, Queued},
    work::{Done, Give, Work},
};
use crate::{
    client::Api,
    model::{Decode, Object, decode},
    wire::{Call, Error, Mode, Outcome, Params, since},
    write::{BulkError, Plan, Report, body_of},
};

/// A bulk write in NetBox's queue; made by [`Bulk::background`](crate::bulk::Bulk::background).
///
/// ```
/// # use std::time::Duration;
/// # use netbox_core::{Async, Client, Error, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64, name: String, slug: String }
/// async fn remove(client: &Client<Async>, ids: Vec<u64>) -> Result<usize, Error> {
///     let queued = client.delete_many::<Tag>(ids).background().await?;
///     if let Some(job) = queued.job() {
///         println!("job {} deletes the tags", job.id());
///     }
///     Ok(queued.wait(Duration::from_secs(600)).await?.len())
/// }
/// ```
pub struct BulkJob<R, C> {
    work: QueuedWork,
    /// `None` if there was nothing to do.
    job: Option<Job<C>>,
    give: Give<R>,
}

/// A bulk write in the queue, whatever the model of its objects is.
pub(super) struct QueuedWork {
    api: Api,
    plan: Plan,
    decode: Decode,
}

/// The answer to a request that was put into the queue.
#[derive(Deserialize)]
struct Accepted {
    job: AcceptedJob,
}

#[derive(Deserialize)]
struct AcceptedJob {
    id: u64,
}

/// The part of a job's data that holds the answer to the request that it carried out.
#[derive(Deserialize, Default)]
struct Carried {
    #[serde(default)]
    data: Value,
    #[serde(default)]
    status_code: Option<u16>,
}

impl Work<'_> {
    /// Puts all of it into NetBox's queue; there is no job if there is nothing to do.
    pub(super) async fn background(self) -> Result<(QueuedWork, Option<Queued>), BulkError> {
        let decode = self.decode();
        let (api, plan) = self.plan().await?;
        if plan.len() == 0 {
            return Ok((QueuedWork { api, plan, decode }, None));
        }
        let required = api.require("`background`", since::BACKGROUND).await;
        required.map_err(|error| BulkError::before(plan.given(), error))?;
        let mut report = Report::new(plan.given());
        report.begin(plan.entries());
        let params = Params::default().with("background", true);
        let call =
            Call::new(plan.method.clone(), plan.path.clone(), params).with_json(&body_of(plan.entries()));
        let answer = match api.exchange(call).await {
            Ok(answer) => answer,
            Err(error) => {
                report.fail(plan.entries(), &error);
                return Err(report.into_error(error));
            }
        };
        let accepted = if answer.status() == StatusCode::ACCEPTED {
            answer.json::<Accepted>()
        } else {
            let text = format!("NetBox did not queue the bulk write: it answered {}", answer.status());
            Err(Error::unfulfilled(Some(answer.asked().clone()), text))
        };
        match accepted {
            Ok(accepted) => {
                let job = Queued::new(api.clone(), accepted.job.id);
                Ok((QueuedWork { api, plan, decode }, Some(job)))
            }
            Err(error) => {
                report.all_unknown(plan.entries());
                Err(report.into_error(error))
            }
        }
    }
}

impl QueuedWork {
    async fn wait(&self, job: &Queued, timeout: Duration) -> Result<Done, BulkError> {
        let mut done = Done::default();
        let mut report = Report::new(self.plan.given());
        report.begin(self.plan.entries());
        let outcome = match job.ended(timeout).await {
            Ok(state) => self.outcome(job, &state, &mut report),
            Err(error) => {
                report.all_unknown(self.plan.entries());
                Err(error)
            }
        };
        match outcome {
            Ok(answered) => {
                done.add(answered);
                Ok(done)
            }
            Err(error) => Err(report.into_error(error)),
        }
    }

    fn outcome(&self, job: &Queued, state: &JobState, report: &mut Report) -> Result<Answered, Error> {
        let batch = self.plan.entries();
        let carried = state.data::<Option<Carried>>().ok().flatten().unwrap_or_default();
        if *state.status() == "completed" {
            let answered = match carried.data {
                _ if self.plan.method == Method::DELETE => {
                    Answered::Deleted(batch.iter().filter_map(|entry| entry.id).collect())
                }
                Value::Array(_) => {
                    let json = carried.data.to_string();
                    match self.decode.page(json.as_bytes()) {
                        Ok(page) => Answered::Rows(page.rows),
                        Err(unfit) => {
                            let objects = decode::<Object>(json.as_bytes()).ok().map(|page| page.rows);
                            take_unfit(&self.api, &self.plan, batch, objects, true, report)?;
                            return Err(Error::value("data", unfit));
                        }
                    }
                }
                _ => {
                    report.unreadable(batch, true);
                    return Err(Error::missing(format!(
                        "job {} is done, and does not tell what it wrote",
                        job.id
                    )));
                }
            };
            return take(&self.api, &self.plan, batch, answered, report);
        }
        match StatusCode::from_u16(carried.status_code.unwrap_or_default()) {
            Ok(status) if status.is_client_error() => {
                Err(Error::answered_later(job.id, status, &carried.data))
            }
            // A job that broke may have broken after the writing.
            _ => {
                report.all_unknown(batch);
                Err(job.failed(state))
            }
        }
    }
}

impl<R: Send, C: Mode> BulkJob<R, C> {
    pub(super) fn new((work, job): (QueuedWork, Option<Queued>), give: Give<R>) -> Self {
        Self { work, job: job.map(Job::new), give }
    }

    /// The job, at `core/jobs`; `None` if there was nothing to write.
    pub fn job(&self) -> Option<&Job<C>> {
        self.job.as_ref()
    }

    /// Waits until NetBox has finished the job, as [`Job::wait`] does, and returns what
    /// [`Bulk::send`](crate::bulk::Bulk::send) would have returned.
    ///
    /// # Errors
    ///
    /// Those of [`Bulk::send`](crate::bulk::Bulk::send), and those of [`Job::wait`]. If the job has not ended in that
    /// time, or this token may not view it, the fate of every item is unknown; wait again.
    pub fn wait(&self, timeout: Duration) -> Outcome<'_, C, Result<Vec<R>, BulkError>> {
        C::run(async move {
            let Some(job) = &self.job else { return Ok(Vec::new()) };
            let done = self.work.wait(&job.queued, timeout).await?;
            Ok((self.give)(&self.work.api, &self.work.plan.path, done))
        })
    }
}

impl<R, C> fmt::Debug for BulkJob<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BulkJob").field(&self.job).finish()
    }
}
