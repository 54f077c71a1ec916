//! A question for objects, as data: filters, order and fields, the requests that ask it, and the pages that answer it.

mod pager;
mod param;
mod selection;
mod split;

use netbox_schema::Kind;

use crate::{
    names::{Filters, Given, Vocabulary, is_conjoined, is_custom, related_name},
    wire::{ApiPath, BaseUrl, Error, Params, Version, target_of_url},
};

pub(crate) use pager::Pager;
pub use param::ParamValue;
pub(crate) use param::sealed;
pub(crate) use selection::Selection;

/// The largest page that servers give unless they are configured otherwise (`MAX_PAGE_SIZE`).
pub(crate) const DEFAULT_PAGE_SIZE: u32 = 1000;

/// The reason why a page size of 0 is refused.
pub(crate) const NO_PAGE_SIZE: &str =
    "the page size is 0, which NetBox takes for its largest: give at least 1";

/// The reason why a concurrency of 0 is refused.
pub(crate) const NO_CONCURRENCY: &str =
    "the concurrency is 0, and nothing would ever be sent: give 1 to send one request after the other";

/// A question for the objects of one endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    path: ApiPath,
    selection: Selection,
    filters: Vec<Condition>,
    order: Vec<String>,
    offset: Option<u64>,
    limit: Option<u64>,
    page_size: u32,
    /// How many pages are asked for at the same time, if that was said.
    concurrency: Option<usize>,
    /// Why it can't be asked.
    refused: Option<String>,
}

/// A filter with its values.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    given: Given,
}

impl Question {
    pub(crate) fn new(path: Result<ApiPath, Error>, selection: Selection, page_size: u32) -> Self {
        let (path, refused) = match path {
            Ok(path) => (path, None),
            Err(error) => (ApiPath::of_endpoint(""), Some(error.to_string())),
        };
        let (filters, order) = (Vec::new(), Vec::new());
        Self {
            path,
            selection,
            filters,
            order,
            offset: None,
            limit: None,
            page_size,
            concurrency: None,
            refused,
        }
    }

    /// The question for the objects with these ids, of which there must be some.
    pub(crate) fn by_ids(path: ApiPath, ids: &[u64], selection: Selection, page_size: u32) -> Self {
        let mut question = Self::new(Ok(path), selection, page_size);
        question.filter("id", ids.iter().map(ToString::to_string).collect(), Given::Unchecked);
        question
    }

    /// The question for as many of its objects, by ids, as one request can ask for: the first ones.
    pub(crate) fn in_one_request(mut self, base: &BaseUrl, version: Option<Version>) -> Result<Self, Error> {
        let parts = self.parts(base, version)?;
        for Condition { name, values, .. } in &mut self.filters {
            let fitting = parts.first().map_or(0, |part| part.values(name).count());
            values.truncate(fitting.min(self.page_size as usize));
            self.limit = Some(values.len() as u64);
        }
        Ok(self)
    }

    pub(crate) fn path(&self) -> &ApiPath {
        &self.path
    }

    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    pub(crate) fn filter(&mut self, name: &str, values: Vec<String>, given: Given) {
        self.filters.push(Condition { name: name.to_owned(), values, given });
    }

    /// Replaces any earlier search.
    pub(crate) fn search(&mut self, text: &str) {
        const SEARCH: &str = "q";
        self.filters.retain(|filter| filter.name != SEARCH);
        self.filter(SEARCH, vec![text.to_owned()], Given::Typed);
    }

    pub(crate) fn order(&mut self, name: &str, descending: bool) {
        if name.starts_with('-') {
            self.refuse(&format!(
                "there is no such field as `{name}`: `Order::desc` takes the name without the `-`"
            ));
        }
        self.order.push(if descending { format!("-{name}") } else { name.to_owned() });
    }

    pub(crate) fn offset(&mut self, objects: u64) {
        self.offset = Some(objects);
    }

    pub(crate) fn limit(&mut self, objects: u64) {
        self.limit = Some(objects);
    }

    pub(crate) fn page_size(&mut self, objects: u32) {
        if objects == 0 {
            self.refuse(NO_PAGE_SIZE);
        }
        self.page_size = objects;
    }

    pub(crate) fn at_once(&mut self, pages: usize) {
        if pages == 0 {
            self.refuse(NO_CONCURRENCY);
        }
        self.concurrency = Some(pages);
    }

    /// How many pages are asked for at the same time, if that was said.
    pub(crate) fn concurrency(&self) -> Option<usize> {
        self.concurrency
    }

    pub(crate) fn select(&mut self, selection: Selection) {
        self.selection = selection;
    }

    /// Leaves the filters alone: where the pages begin and end, and their order, make no difference.
    pub(crate) fn whole(&mut self) {
        self.order.clear();
        self.offset = None;
        self.limit = None;
    }

    /// Asks for the same objects from the end.
    pub(crate) fn reverse(&mut self) {
        if self.offset.is_some() || self.limit.is_some() {
            self.refuse("the last object of a query with an offset or a limit is not known without reading all of them");
        }
        let terms = if self.order.is_empty() { vec!["id".to_owned()] } else { in_total_order(&self.order) };
        let reversed = terms.iter().map(|term| match term.strip_prefix('-') {
            Some(ascending) => ascending.to_owned(),
            None => format!("-{term}"),
        });
        self.order = reversed.collect();
    }

    /// Whether it asks for a part of the matching objects, or for an order.
    pub(crate) fn has_pages(&self) -> bool {
        !self.order.is_empty() || self.offset.is_some() || self.limit.is_some()
    }

    pub(crate) fn has_filters(&self) -> bool {
        !self.filters.is_empty()
    }

    /// Whether no object can match: one of none was asked for.
    pub(crate) fn is_void(&self) -> bool {
        self.limit == Some(0)
            || self.filters.iter().any(|filter| filter.given == Given::Typed && filter.values.is_empty())
    }

    /// The filters by custom fields, which only the server knows.
    pub(crate) fn custom_filters(&self) -> impl Iterator<Item = &Condition> {
        let checked = self.filters.iter().filter(|filter| filter.given != Given::Unchecked);
        checked.filter(|filter| is_custom(&filter.name))
    }

    /// The names of the filters for which the caller does not vouch.
    pub(crate) fn checked_names(&self) -> impl Iterator<Item = &str> {
        let checked = self.filters.iter().filter(|filter| filter.given != Given::Unchecked);
        checked.map(|filter| filter.name.as_str())
    }

    /// The names of types of objects for which `vocabulary` says that the server takes numbers.
    pub(crate) fn types_by_number(&mut self, vocabulary: &Vocabulary<'_>) -> Vec<&mut String> {
        let filters = self.filters.iter_mut().filter(|filter| {
            filter.given != Given::Unchecked && vocabulary.takes_number_of_type(&filter.name)
        });
        filters.flat_map(|filter| &mut filter.values).filter(|value| value.contains('.')).collect()
    }

    /// Filters by keys with or without `_id`, as the server has them, and says whether `described` has all filters.
    pub(crate) fn choose(&mut self, described: &Filters) -> bool {
        for filter in self.filters.iter_mut().filter(|filter| filter.given == Given::Typed) {
            let related = related_name(&filter.name).filter(|_| !described.contains_key(&filter.name));
            let takes_ids =
                |name: &String| described.get(name).is_some_and(|takes| takes.kind == Kind::Integer);
            if let Some(related) = related.filter(takes_ids) {
                filter.name = related;
            }
        }
        self.checked_names().all(|name| is_custom(name) || described.contains_key(name))
    }

    /// Refuses the question if it makes no sense to any NetBox.
    pub(crate) fn check_itself(&self) -> Result<(), Error> {
        match &self.refused {
            Some(why) => Err(Error::query(why.clone())),
            None => Ok(()),
        }
    }

    /// Refuses the question if NetBox, as far as `vocabulary` goes, would ignore a part of it.
    pub(crate) fn check(&self, vocabulary: &Vocabulary<'_>) -> Result<(), Error> {
        self.check_itself()?;
        for (position, Condition { name, values, given }) in self.filters.iter().enumerate() {
            vocabulary.check_filter(name, values, *given)?;
            let is_again = || self.filters[..position].iter().any(|earlier| earlier.name == *name);
            if *given != Given::Unchecked && !is_conjoined(name) && is_again() {
                return Err(Error::query(format!(
                    "`{name}` is filtered twice, and NetBox can't ask for objects that match both: for those that match \
                     either, give the values in one filter; for both, filter by one and compare the other yourself"
                )));
            }
        }
        self.order
            .iter()
            .try_for_each(|term| vocabulary.check_order(term.strip_prefix('-').unwrap_or(term)))?;
        self.selection.named().try_for_each(|name| vocabulary.check_selected(name))
    }

    /// The query strings that together ask for the objects, without what asks for a page.
    pub(crate) fn parts(&self, base: &BaseUrl, version: Option<Version>) -> Result<Vec<Params>, Error> {
        if self.is_void() {
            return Ok(Vec::new());
        }
        let fixed = self.selection.params_in_order(&self.order, &self.path, version)?;
        let order_len: usize = self.order.iter().map(|term| term.len() + 1).sum();
        split::split(&self.filter_params(), &fixed, &|params| {
            target_of_url(&base.api(&self.path, params)).len() + split::PAGING + order_len
        })
    }

    /// The walk through the pages of all parts.
    pub(crate) fn pager<P>(&self, base: &BaseUrl, version: Option<Version>) -> Result<Pager<P>, Error> {
        let parts = self.parts(base, version)?;
        let order = (!self.order.is_empty()).then(|| in_total_order(&self.order).join(","));
        if parts.len() > 1 && (order.is_some() || self.offset.is_some()) {
            return Err(Error::query(
                "the query is too long for one request, and several can't be put in one order: ask without an order \
                 and an offset, or for fewer values",
            ));
        }
        Ok(Pager::new(parts, self.page_size).ordered(order, self.offset).limited(self.limit))
    }

    pub(crate) fn filter_params(&self) -> Params {
        let pairs = self
            .filters
            .iter()
            .flat_map(|filter| filter.values.iter().map(|value| (filter.name.clone(), value.clone())));
        pairs.collect()
    }

    /// Makes it one that is not asked, and says why; the first reason counts.
    pub(crate) fn refuse(&mut self, why: &str) {
        self.refused.get_or_insert_with(|| why.to_owned());
    }
}

/// `terms` with the id as the last one, unless it is among them: NetBox adds no tie-break, and pages of a list whose
/// order has ties lose objects.
fn in_total_order(terms: &[String]) -> Vec<String> {
    let mut order = terms.to_vec();
    if !terms.iter().any(|term| matches!(term.as_str(), "id" | "-id")) {
        order.push("id".to_owned());
    }
    order
}
