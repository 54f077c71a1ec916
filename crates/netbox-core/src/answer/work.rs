//! A bulk write, independent of the model of its objects.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use http::Method;
use serde_json::Value;

use super::{
    batch::{self, Answered},
    ids::targets,
};
use crate::{
    client::Api,
    model::{Decode, Object, Reading, Rows},
    names::{CHANGELOG_MESSAGE, Purpose},
    question::{NO_CONCURRENCY, Question},
    wire::{ApiPath, Error, Lanes},
    write::{BulkError, BulkItem, Entry, Item, Patch, Plan, Report},
};

/// How many of `objects` a request writes unless the caller decides otherwise: few enough for a proxy that waits for half
/// a minute, and for requests that are under way together to have about the same number. On a NetBox 4.7.3, creating or
/// changing a tag took 0.012 s in bulk, deleting one 0.13 s, and an object costs the same in a batch of 10 as in one of 400.
fn default_batch(method: &Method, objects: usize, together: usize) -> usize {
    let most = if *method == Method::DELETE { 50 } else { 100 };
    if together == 1 {
        return most;
    }
    let batches = objects.div_ceil(most).next_multiple_of(together);
    objects.div_ceil(batches.max(1)).clamp(10, most)
}

pub(super) struct Work<'b> {
    pub(super) api: Api,
    pub(super) path: ApiPath,
    pub(super) method: Method,
    /// The size of a batch, if the caller sets it.
    pub(super) size: Option<usize>,
    /// The largest size of a batch.
    pub(super) most: usize,
    /// How many batches go together.
    pub(super) together: usize,
    pub(super) message: Option<String>,
    pub(super) progress: Option<Box<dyn FnMut(Progress) + Send + 'b>>,
    source: Source,
    /// Why the path can't be sent.
    refused: Option<Error>,
    reading: Reading,
}

/// The progress of a bulk write, in objects.
///
/// ```
/// # use netbox_core::{Async, Client, Error, NetboxModel, Patch};
/// use netbox_core::bulk::Progress;
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64, name: String, slug: String }
/// async fn fill(client: &Client<Async>, tags: Vec<Patch<Tag>>) -> Result<(), Error> {
///     let show = |progress: Progress| println!("{} %", 100 * progress.done / progress.total);
///     client.create_many::<Tag>(tags).on_progress(show).send().await?;
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many objects are written.
    pub done: usize,
    /// How many objects there are to write.
    pub total: usize,
}

/// The objects that are written, and the bodies.
pub(super) enum Source {
    Items(Vec<Item>),
    /// The same patch, or a deletion, for all objects that match.
    Matches {
        question: Box<Question>,
        bound: Bound,
        patch: Option<Patch<()>>,
    },
}

/// The expected number of matches.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bound {
    Exactly(usize),
    AtMost(usize),
}

/// The objects that were written, in the order of the input.
#[derive(Default)]
pub(super) struct Done {
    pub(super) rows: Vec<Rows>,
    pub(super) deleted: Vec<u64>,
}

/// Makes the results of what was done at a path.
pub(super) type Give<R> = fn(&Api, &ApiPath, Done) -> Vec<R>;

impl Work<'_> {
    pub(super) fn new(api: &Api, path: Result<ApiPath, Error>, method: Method, source: Source) -> Self {
        let (path, refused) = match path {
            Ok(path) => (path, None),
            Err(error) => (ApiPath::of_endpoint(""), Some(error)),
        };
        Self {
            api: api.clone(),
            path,
            method,
            size: None,
            most: usize::MAX,
            together: 1,
            message: None,
            progress: None,
            source,
            refused,
            reading: Reading::of::<Object>(),
        }
    }

    /// Reads the objects in answers as those of another model.
    pub(super) fn answered_by(self, reading: Reading) -> Self {
        Self { reading, ..self }
    }

    /// Sends the batches, and puts the written objects into `done`, after a failure, too. After a failure no batch
    /// begins, and those under way are waited for. If two waited for each other, so that the database undid one, that one
    /// and the rest go one by one.
    pub(super) async fn send(mut self, done: &mut Done) -> Result<(), BulkError> {
        let mut progress = self.progress.take();
        let (size, reading, mut together) = (self.size, self.reading.clone(), self.together);
        let (api, plan) = self.plan().await?;
        let size = size.unwrap_or_else(|| default_batch(&plan.method, plan.len(), together));
        let (api, report) = (api.at_once(together), Mutex::new(Report::new(plan.given())));
        let (mut written, mut answers, mut failures) = (0, Vec::new(), Vec::new());
        let mut batches: VecDeque<_> = plan.entries().chunks(size).enumerate().collect();
        let mut lanes = Lanes::default();
        loop {
            // The other batches depend on the version, which the first answer shows if this server sends it.
            let room = if api.version().is_some() || written > 0 { together } else { 1 };
            while failures.is_empty() && lanes.len() < room {
                let Some((at, batch)) = batches.pop_front() else { break };
                let (api, plan, report, reading) = (&api, &plan, &report, reading.clone());
                let is_alone = together == 1;
                lanes.begin(Box::pin(async move {
                    let result = batch::send(api, plan, batch, reading, report).await;
                    // Beside no other, it would not wait for one again.
                    let again = result.as_ref().is_err_and(|error| error.was_undone() && !is_alone);
                    (at, result, again.then_some(batch))
                }));
            }
            match lanes.any().await {
                Some((at, _, Some(batch))) => {
                    together = 1;
                    batches.push_front((at, batch));
                }
                Some((at, Ok(answered), None)) => {
                    written += answered.len();
                    answers.push((at, answered));
                    if let Some(tell) = &mut progress {
                        tell(Progress { done: written, total: plan.len() });
                    }
                }
                Some((at, Err(error), None)) => failures.push((at, error)),
                None => break,
            }
        }
        drop(lanes);
        answers.sort_unstable_by_key(|(at, _)| *at);
        for (_, answered) in answers {
            done.add(answered);
        }
        failures.sort_unstable_by_key(|(at, _)| *at);
        let mut report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
        let batch = |at: usize| plan.entries().chunks(size).nth(at).unwrap_or_default();
        let mut failures = failures.into_iter();
        let Some((first, error)) = failures.next() else { return Ok(()) };
        for (at, error) in failures {
            report.failed_too(batch(at), &error);
        }
        report.begin(batch(first));
        Err(report.into_error(error))
    }

    /// The requests, all of them checked.
    pub(super) async fn plan(self) -> Result<(Api, Plan), BulkError> {
        let Self { api, path, source, refused, method, message, size, most, together, .. } = self;
        let given = match &source {
            Source::Items(items) => items.len(),
            Source::Matches { .. } => 0,
        };
        let before = |error| BulkError::before(given, error);
        if let Some(error) = refused {
            return Err(before(error));
        }
        if let Some(size) = size.filter(|size| !(1..=most).contains(size)) {
            let most = if most == usize::MAX { String::new() } else { format!(", and at most {most}") };
            return Err(before(Error::unwritable(format!(
                "a batch of {size} objects: a request writes at least 1{most}"
            ))));
        }
        if together == 0 {
            return Err(before(Error::unwritable(NO_CONCURRENCY)));
        }
        let items = source.items(&api).await.map_err(before)?;
        let plan = check(&api, path, method, items, message).await?;
        Ok((api, plan))
    }

    pub(super) fn decode(&self) -> Decode {
        self.reading.decode.clone()
    }
}

impl Source {
    async fn items(self, api: &Api) -> Result<Vec<Item>, Error> {
        match self {
            Self::Items(items) => Ok(items),
            Self::Matches { question, bound, patch } => {
                let ids = targets(api.clone(), *question, bound.most()).await?;
                bound.check(ids.len())?;
                Ok(match patch {
                    Some(patch) => ids.into_iter().map(|id| Item::update(id, patch.clone())).collect(),
                    None => ids.into_iter().map(Item::delete).collect(),
                })
            }
        }
    }
}

impl Bound {
    fn most(self) -> usize {
        match self {
            Self::Exactly(count) | Self::AtMost(count) => count,
        }
    }

    /// Compares the expectation with the number of matches, of which at most one above [`most`](Self::most) were read.
    fn check(self, found: usize) -> Result<(), Error> {
        let wanted = match self {
            Self::Exactly(count) if found != count => format!("exactly {count}"),
            Self::AtMost(count) if found > count => format!("at most {count}"),
            _ => return Ok(()),
        };
        let found =
            if found > self.most() { format!("more than {}", self.most()) } else { found.to_string() };
        Err(Error::count(format!("{found} objects match, and {wanted} were expected: nothing was written")))
    }
}

impl Done {
    pub(super) fn len(&self) -> usize {
        self.deleted.len() + self.rows.iter().map(Rows::len).sum::<usize>()
    }

    pub(super) fn add(&mut self, answered: Answered) {
        match answered {
            Answered::Rows(rows) => self.rows.push(rows),
            Answered::Deleted(mut ids) => self.deleted.append(&mut ids),
        }
    }
}

/// Checks `items`, and makes the requests of them.
///
/// # Errors
///
/// An error that names all items that can't be sent.
async fn check(
    api: &Api,
    path: ApiPath,
    method: Method,
    items: Vec<Item>,
    message: Option<String>,
) -> Result<Plan, BulkError> {
    let purpose = if method == Method::POST { Purpose::Create } else { Purpose::Update };
    let given = items.len();
    let (mut objects, mut patches) = (Vec::with_capacity(given), Vec::with_capacity(given));
    let mut seen = HashMap::new();
    for (index, Item { id, mut patch, etag }) in items.into_iter().enumerate() {
        if method == Method::PATCH && patch.is_empty() {
            continue;
        }
        if let Some(text) = message.as_ref().filter(|_| patch.value::<Value>(CHANGELOG_MESSAGE).is_none()) {
            patch = patch.message(text);
        }
        if let Some(first) = id.and_then(|id| seen.insert(id, index)) {
            patch = patch.refuse(format!("item {first} has the same id, and an object can be written once"));
        }
        objects.push((index, id, etag));
        patches.push(patch);
    }
    let bodies = api.all_checked(&path, patches, purpose).await;
    let bodies = bodies.map_err(|error| BulkError::before(given, error))?;
    let (mut entries, mut refused) = (Vec::with_capacity(bodies.len()), Vec::new());
    for ((index, id, etag), body) in objects.into_iter().zip(bodies) {
        match body {
            Ok(mut body) => {
                if let Some(id) = id {
                    body.insert("id".to_owned(), id.into());
                }
                entries.push(Entry { index, id, body, etag });
            }
            Err(error) => refused.push(BulkItem::refused(index, error)),
        }
    }
    if refused.is_empty() {
        Ok(Plan::new(path, method, entries, given))
    } else {
        Err(BulkError::refused(given, refused))
    }
}
