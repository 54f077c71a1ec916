//! Jobs, which NetBox runs in the background.

use std::{fmt, marker::PhantomData, time::Duration};

use serde::Deserialize;
use serde_json::Value;

use super::patience::Patience;
use crate::{
    client::{Api, Client},
    value::Choice,
    wire::{ApiPath, Call, Error, ErrorKind, Mode, Outcome, Params},
};

const JOBS: &str = "core/jobs";

/// A task that NetBox runs in the background, such as a script or the synchronisation of a data source.
///
/// To see a job, the token's user needs the right to view jobs.
///
/// ```
/// # use std::time::Duration;
/// # use netbox_core::{Async, Client, Error};
/// async fn audit(client: &Client<Async>) -> Result<(), Error> {
///     let job = client.script("audit.Racks").run().await?;
///     println!("job {} is queued", job.id());
///     let state = job.wait(Duration::from_secs(60)).await?;
///     println!("{}", state.data::<serde_json::Value>()?["output"]);
///     Ok(())
/// }
/// ```
pub struct Job<C> {
    pub(super) queued: Queued,
    mode: PhantomData<fn() -> C>,
}

/// A job, whatever the mode of its client.
pub(super) struct Queued {
    api: Api,
    pub(super) id: u64,
}

/// The state of a job, or its outcome.
///
/// ```
/// use netbox_core::job::JobState;
///
/// # let json = r#"{"status": {"value": "failed", "label": "Failed"}, "error": "no such site", "data": null}"#;
/// let state: JobState = serde_json::from_str(json)?;
/// assert!(state.has_ended() && *state.status() == "failed");
/// assert_eq!(state.error(), Some("no such site"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Deserialize)]
pub struct JobState {
    status: Choice,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    data: Value,
    #[serde(default)]
    log_entries: Vec<JobLog>,
}

/// A line of a job's log.
///
/// ```
/// use netbox_core::job::JobState;
///
/// fn failures(state: &JobState) -> Vec<String> {
///     let failures = state.log().into_iter().filter(|line| line.level == "failure");
///     failures.map(|line| line.message).collect()
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct JobLog {
    /// The level, such as `info`, `warning` or `error`; scripts have `success` and `failure`, too.
    #[serde(default, alias = "status")]
    pub level: String,
    /// The message.
    #[serde(default)]
    pub message: String,
}

impl<C: Mode> Client<C> {
    /// The job with that id, such as one that a plugin started and named in its answer. No request is sent.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use netbox_core::{Blocking, Client, Error};
    /// # use serde_json::{Value, json};
    /// # fn merge(client: &Client<Blocking>) -> Result<(), Error> {
    /// let job: Value = client.raw().post("plugins/branching/branches/7/merge", &json!({"commit": true}))?;
    /// client.job(job["id"].as_u64().unwrap_or_default()).wait(Duration::from_secs(300))?;
    /// # Ok(()) }
    /// ```
    pub fn job(&self, id: u64) -> Job<C> {
        Job::new(Queued::new(self.api().clone(), id))
    }
}

impl<C: Mode> Job<C> {
    pub(super) fn new(queued: Queued) -> Self {
        Self { queued, mode: PhantomData }
    }

    /// The id of the job, at `core/jobs`.
    pub fn id(&self) -> u64 {
        self.queued.id
    }

    /// Reads the present state of the job.
    ///
    /// ```
    /// # use netbox_core::{Async, Error, job::Job};
    /// async fn is_done(job: &Job<Async>) -> Result<bool, Error> {
    ///     Ok(job.state().await?.has_ended())
    /// }
    /// ```
    pub fn state(&self) -> Outcome<'_, C, Result<JobState, Error>> {
        C::run(self.queued.look())
    }

    /// Reads the state until the job has ended, with waits that grow from 0.2 to 5 seconds and add up to at most
    /// `timeout`; the time of the requests themselves is not counted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unfinished`](crate::ErrorKind::Unfinished) if the job has not ended by then, in which case you can
    /// wait again. [`ErrorKind::Job`](crate::ErrorKind::Job) if it failed. [`Error::is_forbidden`] if the token's user may
    /// not view jobs: the outcome is unknown then.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use netbox_core::{Blocking, Error, ErrorKind, job::Job};
    /// /// Whether the job is done; an error if it failed.
    /// fn is_done(job: &Job<Blocking>) -> Result<bool, Error> {
    ///     match job.wait(Duration::from_secs(10)) {
    ///         Err(error) if error.kind() == ErrorKind::Unfinished => Ok(false),
    ///         ended => ended.map(|_| true),
    ///     }
    /// }
    /// ```
    pub fn wait(&self, timeout: Duration) -> Outcome<'_, C, Result<JobState, Error>> {
        C::run(async move {
            let state = self.queued.ended(timeout).await?;
            if state.status == "completed" { Ok(state) } else { Err(self.queued.failed(&state)) }
        })
    }
}

impl Queued {
    pub(super) fn new(api: Api, id: u64) -> Self {
        Self { api, id }
    }

    /// The state in which it ended.
    pub(super) async fn ended(&self, timeout: Duration) -> Result<JobState, Error> {
        let mut patience = Patience::new(timeout);
        loop {
            let state = self.look().await?;
            if state.has_ended() {
                return Ok(state);
            }
            if !patience.wait(&self.api).await {
                let status = &state.status;
                let text = format!("job {} is still {status} after {timeout:?}: wait for it again", self.id);
                return Err(Error::new(ErrorKind::Unfinished, text));
            }
        }
    }

    pub(super) fn failed(&self, state: &JobState) -> Error {
        let why = state.error().unwrap_or("NetBox does not say why");
        Error::new(ErrorKind::Job, format!("job {} ended as {}: {why}", self.id, state.status))
    }

    async fn look(&self) -> Result<JobState, Error> {
        let path = ApiPath::of_endpoint(JOBS).join(self.id);
        self.api.exchange(Call::get(path, Params::default())).await?.json()
    }
}

impl JobState {
    /// `pending`, `scheduled`, `running`, `completed`, `failed` or `errored`.
    pub fn status(&self) -> &Choice {
        &self.status
    }

    /// Whether the job has ended, successfully or not.
    pub fn has_ended(&self) -> bool {
        ["completed", "failed", "errored"].iter().any(|ended| self.status == *ended)
    }

    /// The message of the error that ended the job; `None` if it did not fail.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref().filter(|error| !error.is_empty())
    }

    /// The log: the entries of NetBox, from 4.4 on, and then those of the script, if the job ran one.
    pub fn log(&self) -> Vec<JobLog> {
        let of_script = self.data.get("log").and_then(|log| Vec::<JobLog>::deserialize(log).ok());
        self.log_entries.iter().cloned().chain(of_script.into_iter().flatten()).collect()
    }

    /// The data that the job returned, as any type; a script returns `{"output": …}` and more.
    ///
    /// # Errors
    ///
    /// If the data is of another type.
    pub fn data<R: serde::de::DeserializeOwned>(&self) -> Result<R, Error> {
        R::deserialize(&self.data).map_err(|error| Error::value("data", error))
    }
}

impl<C> fmt::Debug for Job<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Job").field(&self.queued.id).finish()
    }
}
