//! A walk through the pages of a list, whatever its objects are.

use std::sync::Arc;

use netbox_schema::{Control, Endpoint, endpoint};

use crate::{
    client::{Api, custom_fields::Aim},
    model::{Decode, Links, Page, Rows},
    question::{Pager, Question},
    wire::{Answer, ApiPath, Asked, BoxFuture, Call, Error, Server, Version, since},
};

/// Resolves references of the objects of a page.
pub(super) type Prefetcher =
    Arc<dyn for<'a> Fn(&'a Api, &'a Rows) -> BoxFuture<'a, Result<(), Error>> + Send + Sync>;

pub(super) struct Walk {
    api: Api,
    question: Question,
    decode: Decode,
    prefetchers: Vec<Prefetcher>,
    links: Links,
    state: State,
    /// The last request.
    asked: Option<Asked>,
}

#[allow(clippy::large_enum_variant, reason = "there is one of it in a walk")]
enum State {
    /// Nothing was asked yet.
    New,
    Under(Pager),
    Over,
}

impl Walk {
    pub(super) fn new(api: Api, question: Question, prefetchers: Vec<Prefetcher>, decode: Decode) -> Self {
        let links = Links::default();
        Self { api, question, decode, prefetchers, links, state: State::New, asked: None }
    }

    pub(super) fn api(&self) -> &Api {
        &self.api
    }

    pub(super) fn path(&self) -> &ApiPath {
        self.question.path()
    }

    pub(super) fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    /// The next page that holds anything; after an error, there is none.
    pub(super) async fn next(&mut self) -> Option<Result<Rows, Error>> {
        loop {
            match self.page().await {
                Ok(Some(page)) if page.is_empty() => {}
                Ok(page) => return page.map(Ok),
                Err(error) => {
                    self.state = State::Over;
                    return Some(Err(error));
                }
            }
        }
    }

    /// All pages that hold anything.
    pub(super) async fn collect(mut self) -> Result<Vec<Rows>, Error> {
        let mut pages = Vec::new();
        while let Some(page) = self.next().await {
            pages.push(page?);
        }
        Ok(pages)
    }

    async fn page(&mut self) -> Result<Option<Rows>, Error> {
        let Some(answer) = self.fetch().await? else { return Ok(None) };
        let Page { count, next, is_whole, rows } =
            self.links.reading(|| answer.read(|body| self.decode.page(body)))?;
        let asked = answer.asked().clone();
        let State::Under(pager) = &mut self.state else { return Ok(None) };
        let fresh = if is_whole && !pager.begins() {
            Err("a page was expected, and this is a list without pages".to_owned())
        } else {
            pager.accept(rows.ids(), count, next.as_deref())
        };
        let fresh = fresh.map_err(|wrong| Error::paging(asked.clone(), wrong))?;
        let rows = rows.pick(&fresh);
        self.asked = Some(asked);
        if !rows.is_empty() {
            for prefetch in &self.prefetchers {
                prefetch(&self.api, &rows).await?;
            }
        }
        Ok(Some(rows))
    }

    /// The answer with the next page.
    async fn fetch(&mut self) -> Result<Option<Answer>, Error> {
        if !matches!(self.state, State::New) {
            return self.ask().await;
        }
        self.api.settle(&mut self.question, Aim::Read).await?;
        self.state = self.start()?;
        let before = self.api.version();
        let mut answer = self.ask().await;
        if answer.is_err() && self.api.settle_again(&mut self.question, before).await? {
            self.state = self.start()?;
            answer = self.ask().await;
        }
        let answer = answer?;
        // The answer told the server's version, in which NetBox may have ignored a part of the question.
        self.question.check(&self.api.vocabulary(self.question.path()))?;
        Ok(answer)
    }

    fn start(&self) -> Result<State, Error> {
        Ok(State::Under(self.question.pager(self.api.base(), self.api.version())?))
    }

    /// Asks for the next page. A page that is too much for the server is asked for again in smaller ones.
    async fn ask(&mut self) -> Result<Option<Answer>, Error> {
        let State::Under(pager) = &mut self.state else { return Ok(None) };
        loop {
            let path = self.question.path();
            pager.set_cursor(self.api.version().is_some_and(|version| has_cursor(path, version)));
            let Some(query) = pager.query() else { return Ok(None) };
            let retry = self.api.retry();
            let retry = if pager.can_shrink() { retry.unless_slow() } else { retry.clone() };
            match self.api.exchange_under(Call::get(path.clone(), query), &retry).await {
                Err(error) if error.may_be_size() && pager.shrink() => {}
                answer => return answer.map(Some),
            }
        }
    }
}

/// Whether `start` is the cursor of that list: in ranges of ASNs it filters them too, and most would be lost.
fn has_cursor(path: &ApiPath, version: Version) -> bool {
    let has = |endpoint: Endpoint| Server::of(Some(version)).has(endpoint.supports(Control::Start));
    version >= since::CURSOR && endpoint(path.as_str()).is_none_or(has)
}
