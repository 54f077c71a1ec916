use std::{fmt, marker::PhantomData, time::Duration};

use serde::Deserialize;
use serde_json::Value;

use super::{
    batch::{Rows, Written, take},
    error::{BulkError, Report},
    plan::{Plan, body_of},
};
use crate::{
    client::Client,
    error::Error,
    exchange::Call,
    job::{Job, JobState},
    mode::Mode,
    params::Params,
    transport::{Outcome, Transport},
    version::Version,
};

/// From this version on NetBox writes in the background if asked to; before, it writes at once.
const SINCE: Version = Version::new(4, 7);

/// A bulk write in NetBox's queue; made by [`Bulk::background`](crate::Bulk::background).
pub struct BulkJob<T, R> {
    /// `None` if there was nothing to do.
    job: Option<Job<T>>,
    client: Client<T>,
    plan: Plan,
    written: PhantomData<fn() -> R>,
}

/// The answer to a request that was put into the queue.
#[derive(Deserialize)]
struct Queued {
    job: Queue,
}

#[derive(Deserialize)]
struct Queue {
    id: u64,
}

/// What a job tells of the request that it carried out.
#[derive(Deserialize, Default)]
struct Done {
    #[serde(default)]
    data: Value,
    #[serde(default)]
    status_code: Option<u16>,
}

pub(super) async fn start<T: Transport, R: Written<T>>(
    client: Client<T>,
    plan: Plan,
) -> Result<BulkJob<T, R>, BulkError> {
    let written = PhantomData;
    if plan.len() == 0 {
        return Ok(BulkJob { job: None, client, plan, written });
    }
    let given = plan.given();
    client.require("`background`", SINCE).await.map_err(|error| BulkError::before(given, error))?;
    let mut report = Report::new(plan.given());
    report.begin(plan.entries());
    let params = Params::default().with("background", true);
    let call = Call::new(plan.method.clone(), plan.path.clone(), params).with_json(&body_of(plan.entries()));
    let answer = match client.exchange(call).await {
        Ok(answer) => answer,
        Err(error) => {
            report.fail(plan.entries(), &error);
            return Err(report.into_error(error));
        }
    };
    let queued = if answer.status() == http::StatusCode::ACCEPTED {
        answer.json::<Queued>()
    } else {
        let text = format!("NetBox did not put it into its queue, and answered {}", answer.status());
        Err(Error::unfulfilled(Some(answer.asked().clone()), text))
    };
    match queued {
        Ok(queued) => {
            let job = Some(Job::new(client.clone(), queued.job.id));
            Ok(BulkJob { job, client, plan, written })
        }
        Err(error) => {
            report.all_unknown(plan.entries());
            Err(report.into_error(error))
        }
    }
}

impl<T: Transport, R: Written<T>> BulkJob<T, R> {
    /// The job, at `core/jobs`; `None` if there was nothing to do.
    pub fn job(&self) -> Option<&Job<T>> {
        self.job.as_ref()
    }

    /// Waits until NetBox has done it, as [`Job::wait`] does, and gives what [`Bulk::send`](crate::Bulk::send) would
    /// have given.
    ///
    /// # Errors
    ///
    /// As of [`Bulk::send`](crate::Bulk::send). If the job has not ended by the `deadline`, or may not be looked at,
    /// of no item is known whether it was written; it can be waited for again.
    pub fn wait(&self, deadline: Duration) -> Outcome<'_, T, Result<Vec<R>, BulkError>> {
        T::Mode::run(async move {
            let Some(job) = &self.job else { return Ok(Vec::new()) };
            let mut report = Report::new(self.plan.given());
            report.begin(self.plan.entries());
            let outcome = match job.ended(deadline).await {
                Ok(state) => self.outcome(job, &state, &mut report),
                Err(error) => {
                    report.all_unknown(self.plan.entries());
                    Err(error)
                }
            };
            outcome.map_err(|error| report.into_error(error))
        })
    }

    fn outcome(&self, job: &Job<T>, state: &JobState, report: &mut Report) -> Result<Vec<R>, Error> {
        let batch = self.plan.entries();
        let done = state.data::<Option<Done>>().ok().flatten().unwrap_or_default();
        if *state.status() == "completed" {
            let deleted = batch.iter().filter_map(|entry| entry.id).collect();
            let objects = match done.data {
                Value::Array(objects) => objects,
                _ if self.plan.method == http::Method::DELETE => Vec::new(),
                _ => {
                    report.unreadable(batch, true);
                    return Err(Error::missing(format!(
                        "job {} is done, and does not tell what it wrote",
                        job.id()
                    )));
                }
            };
            return take::<T, R>(&self.client, &self.plan, batch, &Rows { objects, deleted }, report);
        }
        match http::StatusCode::from_u16(done.status_code.unwrap_or_default()) {
            Ok(status) if status.is_client_error() => {
                Err(Error::answered_later(job.id(), status, &done.data))
            }
            // Whatever broke there may have broken after the writing.
            _ => {
                report.all_unknown(batch);
                Err(job.failed(state))
            }
        }
    }
}

impl<T, R> fmt::Debug for BulkJob<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BulkJob").field(&self.job).finish()
    }
}
