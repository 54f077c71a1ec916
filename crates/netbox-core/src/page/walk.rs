use std::sync::Arc;

use http::Method;
use netbox_schema::{Control, Endpoint, endpoint};

use super::{Page, Pager};
use crate::{
    base::ApiPath,
    client::Client,
    error::{Asked, Error},
    exchange::{Answer, Call},
    mode::{BoxFuture, Mode},
    model::Resource,
    query::{Aim, Names},
    transport::{Outcome, Transport},
    version::{Server, Version},
};

/// The first version whose lists have the cursor `start`.
const CURSOR_SINCE: Version = Version::new(4, 6);

/// Resolves references of the objects of a page.
pub(crate) type Prefetcher<T, M> =
    Arc<dyn for<'a> Fn(&'a Client<T>, &'a [M]) -> BoxFuture<'a, Result<(), Error>> + Send + Sync>;

/// A walk through a list, page by page.
pub(crate) struct Walk<T, M> {
    client: Client<T>,
    path: ApiPath,
    plan: Result<Pager, Option<Error>>,
    prefetchers: Vec<Prefetcher<T, M>>,
    /// A page that is not handed out yet: whoever waits for its references may give up, and ask again.
    taken: Option<Vec<M>>,
    /// What was asked last.
    asked: Option<Asked>,
    /// What is to be checked before the first request, as far as only the server can tell, and again when its answer told
    /// the version.
    names: Option<Names>,
}

impl<T: Transport, M: Resource> Walk<T, M> {
    /// A walk as planned; if the plan failed, that is the first and only thing it gives.
    pub(crate) fn new(
        client: Client<T>,
        path: ApiPath,
        plan: Result<Pager, Error>,
        prefetchers: Vec<Prefetcher<T, M>>,
    ) -> Self {
        Self { client, path, plan: plan.map_err(Some), prefetchers, taken: None, asked: None, names: None }
    }

    /// The same walk, which checks the names before it gives anything that was found by them.
    pub(crate) fn checking(self, names: Option<Names>) -> Self {
        Self { names, ..self }
    }

    pub(crate) fn client(&self) -> &Client<T> {
        &self.client
    }

    pub(crate) fn path(&self) -> &ApiPath {
        &self.path
    }

    pub(crate) fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    /// [`advance`](Self::advance), with its future erased: a box of the bare one can't be seen to be `Send`
    /// (rust-lang/rust#100013).
    pub(crate) fn next(&mut self) -> Outcome<'_, T, Option<Result<Vec<M>, Error>>> {
        T::Mode::run(self.advance())
    }

    /// The next page that holds anything; after an error, nothing more.
    pub(crate) async fn advance(&mut self) -> Option<Result<Vec<M>, Error>> {
        loop {
            match self.page().await {
                Ok(Some(page)) if page.is_empty() => {}
                Ok(page) => return page.map(Ok),
                Err(error) => {
                    self.plan = Err(None);
                    self.taken = None;
                    return Some(Err(error));
                }
            }
        }
    }

    async fn page(&mut self) -> Result<Option<Vec<M>>, Error> {
        if self.taken.is_none() {
            if let (Some(names), Ok(_)) = (&self.names, &self.plan) {
                names.check_custom(&self.client, Aim::Read).await?;
            }
            let Some(answer) = self.fetch().await? else { return Ok(None) };
            if let Some(names) = self.names.take() {
                names.check(&self.client)?;
            }
            let asked = answer.asked().clone();
            let page = Page::read(&answer)?;
            let Ok(pager) = &mut self.plan else { return Ok(None) };
            self.taken =
                Some(pager.accept(page, M::key).map_err(|wrong| Error::paging(asked.clone(), wrong))?);
            self.asked = Some(asked);
        }
        if let Some(objects) = self.taken.as_deref().filter(|objects| !objects.is_empty()) {
            for prefetch in &self.prefetchers {
                prefetch(&self.client, objects).await?;
            }
        }
        Ok(self.taken.take())
    }

    /// The next page's answer. A page that is too much for the server is asked for again in smaller ones.
    async fn fetch(&mut self) -> Result<Option<Answer>, Error> {
        let pager = match &mut self.plan {
            Ok(pager) => pager,
            Err(refused) => return refused.take().map_or(Ok(None), Err),
        };
        loop {
            pager.set_cursor(self.client.version().is_some_and(|version| has_cursor(&self.path, version)));
            let Some(query) = pager.query() else { return Ok(None) };
            let retry = self.client.retry();
            let retry = if pager.can_shrink() { retry.unless_slow() } else { retry.clone() };
            match self.client.exchange_under(Call::new(Method::GET, self.path.clone(), query), &retry).await {
                Err(error) if error.may_be_size() && pager.shrink() => {}
                answer => return answer.map(Some),
            }
        }
    }
}

/// Whether `start` is the cursor of that list: in ranges of ASNs it filters them too, and most would be lost.
fn has_cursor(path: &ApiPath, version: Version) -> bool {
    let has = |endpoint: Endpoint| Server::of(Some(version)).has(endpoint.supports(Control::Start));
    version >= CURSOR_SINCE && endpoint(path.as_str()).is_none_or(has)
}

#[cfg(test)]
mod tests;
