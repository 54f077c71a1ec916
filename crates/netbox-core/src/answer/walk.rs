//! A walk through the pages of a list, independent of the type of its objects.
//!
//! Nothing runs by itself: a walk goes on whenever it is polled. A request is on its way once it was polled, so that
//! the server works while the caller does.

use std::{
    future, mem,
    sync::Arc,
    task::{Context, Poll, ready},
};

use netbox_schema::{Control, Endpoint, endpoint};

use crate::{
    client::{Api, custom_fields::Aim},
    model::{Decode, Links, Page, Rows},
    question::{Pager, Question},
    wire::{
        Answer, ApiPath, Asked, BoxFuture, Call, Error, Lanes, Params, RetryPolicy, Server, Version, all,
        since,
    },
};

/// Resolves references of the objects of a page.
#[derive(Clone)]
pub(super) struct Prefetcher {
    /// The field in which the references are. An object that was fetched for one of the references serves the others.
    pub(super) field: &'static str,
    pub(super) resolve: Resolver,
}

pub(super) type Resolver =
    Arc<dyn for<'a> Fn(&'a Api, &'a Rows) -> BoxFuture<'a, Result<(), Error>> + Send + Sync>;

pub(super) struct Walk {
    api: Api,
    path: ApiPath,
    /// How many pages are asked for, read or wait for the caller at the same time.
    together: usize,
    state: State,
    /// The last page that was read.
    asked: Option<Asked>,
    decode: Decode,
    prefetchers: Arc<[Prefetcher]>,
    links: Links,
}

#[allow(clippy::large_enum_variant, reason = "there is one of it in a walk")]
enum State {
    /// Nothing was asked yet.
    New(Question),
    Beginning(BoxFuture<'static, Result<Begun, Error>>),
    Under(Trip),
    Over,
}

/// A question that is settled, and the first answer if it had to be waited for.
struct Begun {
    question: Question,
    pager: Pager<Read>,
    first: Option<Asking>,
}

/// The number of a page, and the answer with it.
type Asking = (u64, Result<Answer, Error>);

/// A page that waits for its turn.
type Read = Result<(Rows, Asked), Error>;

struct Trip {
    /// The API, through which several requests can go together.
    api: Api,
    question: Question,
    /// Whether an answer has shown that the server knows all of the question.
    is_checked: bool,
    pager: Pager<Read>,
    asking: Lanes<'static, Asking>,
    /// The pages that had their turn, in order.
    pages: Lanes<'static, Result<Rows, Error>>,
}

impl Walk {
    pub(super) fn new(api: Api, question: Question, decode: Decode) -> Self {
        let (path, prefetchers) = (question.path().clone(), Arc::default());
        let together = question.concurrency().unwrap_or(api.concurrency());
        let (state, links) = (State::New(question), Links::default());
        Self { api, path, together, state, asked: None, decode, prefetchers, links }
    }

    pub(super) fn prefetching(self, prefetchers: Vec<Prefetcher>) -> Self {
        Self { prefetchers: prefetchers.into(), ..self }
    }

    pub(super) fn api(&self) -> &Api {
        &self.api
    }

    pub(super) fn path(&self) -> &ApiPath {
        &self.path
    }

    pub(super) fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    /// The next page that holds anything; after an error, there is none.
    pub(super) async fn next(&mut self) -> Option<Result<Rows, Error>> {
        future::poll_fn(|context| self.poll_next(context)).await
    }

    /// All pages that hold anything.
    pub(super) async fn collect(mut self) -> Result<Vec<Rows>, Error> {
        let mut pages = Vec::new();
        while let Some(page) = self.next().await {
            pages.push(page?);
        }
        Ok(pages)
    }

    /// Whether something has come in that was asked for ahead.
    pub(super) fn has_news(&self) -> bool {
        matches!(&self.state, State::Under(trip) if trip.asking.has_rung() || trip.pages.has_rung())
    }

    /// Lets pages that are read ahead come in.
    pub(super) fn tend(&mut self, context: &Context<'_>) {
        if self.together > 1 {
            self.go_on(context);
        }
    }

    /// See [`next`](Self::next).
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Rows, Error>>> {
        loop {
            match &mut self.state {
                State::New(_) => {
                    let State::New(question) = mem::replace(&mut self.state, State::Over) else { continue };
                    let api = self.api.at_once(self.together);
                    self.state = State::Beginning(Box::pin(begin(api, question, self.together)));
                }
                State::Beginning(beginning) => {
                    let begun = ready!(beginning.as_mut().poll(context));
                    self.state = State::Over;
                    match begun {
                        Ok(begun) => self.set_out(begun),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                State::Under(_) => {
                    self.go_on(context);
                    let State::Under(trip) = &mut self.state else { continue };
                    let page = trip.pages.take_first();
                    let is_over = trip.pages.is_empty() && trip.pager.is_over();
                    match page {
                        Some(Ok(page)) => return Poll::Ready(Some(Ok(page))),
                        None if !is_over => return Poll::Pending,
                        end => {
                            self.state = State::Over;
                            return Poll::Ready(end);
                        }
                    }
                }
                State::Over => return Poll::Ready(None),
            }
        }
    }

    fn set_out(&mut self, Begun { question, pager, first }: Begun) {
        let api = self.api.at_once(self.together);
        let (asking, pages) = (Lanes::default(), Lanes::default());
        let mut trip = Trip { api, question, is_checked: false, pager, asking, pages };
        if let Some(first) = first {
            trip.asking.push(first);
        }
        self.state = State::Under(trip);
    }

    /// Asks for what may be asked for, and takes what has come, as far as that goes without waiting.
    fn go_on(&mut self, context: &Context<'_>) {
        let State::Under(trip) = &mut self.state else { return };
        loop {
            trip.ask();
            trip.asking.tend(context);
            let mut has_moved = false;
            while let Some((number, answer)) = trip.asking.take_any() {
                has_moved = true;
                trip.take(number, answer, &self.decode, &self.links);
            }
            while let Some((read, fresh)) = trip.pager.turn() {
                has_moved = true;
                let page = read.and_then(|(rows, asked)| {
                    let asked = self.asked.insert(asked);
                    let fresh = fresh.map_err(|wrong| Error::paging(asked.clone(), wrong))?;
                    Ok(rows.pick(&fresh))
                });
                trip.hand_out(page, &self.prefetchers);
            }
            if !has_moved {
                break;
            }
        }
        trip.pages.tend(context);
    }
}

impl Trip {
    /// Asks for as many pages as may be under way.
    fn ask(&mut self) {
        let cursor = self.api.version().is_some_and(|version| has_cursor(self.question.path(), version));
        while let Some((number, query)) = self.pager.ask(cursor, self.pages.len()) {
            let retry = retry(&self.api, &self.pager, number);
            let (api, path) = (self.api.clone(), self.question.path().clone());
            self.asking.begin(Box::pin(async move {
                (number, api.exchange_under(Call::get(path, query), &retry).await)
            }));
        }
    }

    /// Takes an answer. A page that is too much for the server is asked for again in smaller ones.
    fn take(&mut self, number: u64, answer: Result<Answer, Error>, decode: &Decode, links: &Links) {
        let taken = match answer {
            Err(error) if error.may_be_size() && self.pager.shrink(number) => return,
            answer => answer.and_then(|answer| {
                if !self.is_checked {
                    // The answer showed the server's version, in which NetBox may have ignored a part of the question.
                    self.question.check(&self.api.vocabulary(self.question.path()))?;
                    self.is_checked = true;
                }
                let page = links.reading(|| answer.read(|body| decode.page(body)))?;
                if page.is_whole && !self.pager.begins(number) {
                    let wrong = "a page was expected, and this is a list without pages".to_owned();
                    return Err(Error::paging(answer.asked().clone(), wrong));
                }
                Ok((page, answer.asked().clone()))
            }),
        };
        match taken {
            Ok((Page { count, next, rows, .. }, asked)) => {
                let ids = rows.ids().to_vec();
                self.pager.accept(number, Ok((rows, asked)), &ids, count, next.as_deref());
            }
            Err(error) => self.pager.fail(number, Err(error)),
        }
    }

    /// Hands out a page, once the references of its objects are resolved.
    fn hand_out(&mut self, page: Result<Rows, Error>, prefetchers: &Arc<[Prefetcher]>) {
        match page {
            Ok(rows) if rows.is_empty() => {}
            Ok(rows) if !prefetchers.is_empty() => {
                let (api, prefetchers) = (self.api.clone(), Arc::clone(prefetchers));
                self.pages.begin(Box::pin(async move {
                    prefetch(&api, &rows, &prefetchers).await?;
                    Ok(rows)
                }));
            }
            page => self.pages.push(page),
        }
    }
}

/// Settles `question`, and requests the first page if the client does not know the server's names yet.
async fn begin(api: Api, mut question: Question, together: usize) -> Result<Begun, Error> {
    let start = |question: &Question| -> Result<Pager<Read>, Error> {
        let pager = question.pager(api.base(), api.version())?.together(together);
        let has_cursor = api.version().is_some_and(|version| begins_by_cursor(question.path(), version));
        Ok(if has_cursor { pager.by_key_from_the_start() } else { pager })
    };
    api.settle(&mut question, Aim::Read).await?;
    let mut pager = start(&question)?;
    let before = api.version();
    if before.is_some() {
        return Ok(Begun { question, pager, first: None });
    }
    loop {
        let asked: Option<(u64, Params)> = pager.ask(false, 0);
        let Some((number, query)) = asked else { return Ok(Begun { question, pager, first: None }) };
        let retry = retry(&api, &pager, number);
        match api.exchange_under(Call::get(question.path().clone(), query), &retry).await {
            Err(error) if error.may_be_size() && pager.shrink(number) => {}
            Err(_) if api.settle_again(&mut question, before).await? => {
                let pager = start(&question)?;
                return Ok(Begun { question, pager, first: None });
            }
            answer => return Ok(Begun { question, pager, first: Some((number, answer)) }),
        }
    }
}

/// How often to repeat the request for a page: one that can be smaller is not repeated as it is.
fn retry(api: &Api, pager: &Pager<Read>, number: u64) -> RetryPolicy {
    if pager.can_shrink(number) { api.retry().unless_slow() } else { api.retry().clone() }
}

/// Resolves references of the objects of a page: those of different fields at the same time, if several requests may go
/// together.
pub(super) async fn prefetch(api: &Api, rows: &Rows, prefetchers: &[Prefetcher]) -> Result<(), Error> {
    let mut by_field: Vec<BoxFuture<'_, Result<(), Error>>> = Vec::new();
    for (at, Prefetcher { field, .. }) in prefetchers.iter().enumerate() {
        let is_of_it = |other: &&Prefetcher| other.field == *field;
        if !prefetchers[..at].iter().any(|other| is_of_it(&other)) {
            let of_field: Vec<&Prefetcher> = prefetchers.iter().filter(is_of_it).collect();
            by_field.push(Box::pin(in_turn(api, rows, of_field)));
        }
    }
    all(api.concurrency(), by_field).await
}

async fn in_turn(api: &Api, rows: &Rows, prefetchers: Vec<&Prefetcher>) -> Result<(), Error> {
    for prefetcher in prefetchers {
        (prefetcher.resolve)(api, rows).await?;
    }
    Ok(())
}

/// Whether `start` is the cursor of that list: in ranges of ASNs it filters them too, and most would be lost.
fn has_cursor(path: &ApiPath, version: Version) -> bool {
    let takes_start = |endpoint: Endpoint| Server::of(Some(version)).has(endpoint.supports(Control::Start));
    version >= since::CURSOR && endpoint(path.as_str()).is_none_or(takes_start)
}

/// Whether the first page is requested by the cursor, too. A list of a plugin may ignore the cursor, and come in any
/// order.
fn begins_by_cursor(path: &ApiPath, version: Version) -> bool {
    endpoint(path.as_str()).is_some() && has_cursor(path, version)
}
