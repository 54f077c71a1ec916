use std::{collections::HashMap, error::Error as StdError, fmt, io, ops::Range};

use super::plan::Entry;
use crate::wire::{Asked, Error, ErrorKind, ItemMessages, ItemPlace, Messages};

/// A bulk write that failed: which items failed, why, and which items were written.
///
/// An item is identified by its index in the caller's input, from 0. `?` turns a `BulkError` into an [`Error`], and
/// [`Error::bulk`] returns it.
///
/// ```
/// use netbox_core::bulk::{BulkError, Fate};
///
/// /// The indexes from which the caller can go on.
/// fn rest(error: &BulkError) -> Vec<usize> {
///     (0..error.given()).filter(|index| error.fate(*index) == Fate::NotWritten).collect()
/// }
/// ```
pub struct BulkError(Box<Inner>);

struct Inner {
    error: Error,
    report: Report,
    items: Vec<BulkItem>,
}

/// The outcome for one item.
///
/// ```
/// use netbox_core::bulk::{BulkError, Fate};
///
/// /// The items to look up before they are sent again: NetBox may have written them.
/// fn doubtful(error: &BulkError) -> Vec<usize> {
///     (0..error.given()).filter(|index| error.fate(*index) == Fate::Unknown).collect()
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// NetBox has written the item.
    Written,
    /// NetBox has not written the item, or there was nothing to write.
    NotWritten,
    /// The answer was lost, or nothing shows that NetBox gave it, so that the outcome is unknown. NetBox may even still
    /// be writing, so check later rather than at once.
    Unknown,
}

/// An item that failed, and why.
///
/// ```
/// use netbox_core::bulk::BulkError;
///
/// /// Names the rows of a spreadsheet, whose first row has the titles, that NetBox refused.
/// fn report(error: &BulkError) {
///     for item in error.items() {
///         eprintln!("row {}: {}", item.index() + 2, item.messages());
///     }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct BulkItem {
    index: usize,
    messages: Messages,
}

/// Why an object is not as it was when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Differs {
    Changed,
    Gone,
}

/// The outcomes for the items so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    given: usize,
    fates: Vec<Fate>,
    /// The ids of the written objects, as far as NetBox sent them.
    ids: Vec<Option<u64>>,
    batch: Range<usize>,
    /// Which item an id belongs to, and a position, in the batch that failed.
    entries: Vec<(usize, Option<u64>)>,
    /// Texts about items, beside those of NetBox.
    notes: Vec<(usize, &'static str)>,
    /// How many other batches failed at the same time, and what was wrong with which of their items.
    others: usize,
    items_of_others: Vec<BulkItem>,
}

impl BulkError {
    /// The error of the batch as a whole.
    pub fn error(&self) -> &Error {
        &self.0.error
    }

    /// Which kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.error.kind()
    }

    /// The items of the batch that failed, by their indexes; empty if nothing was sent. If several batches failed at
    /// the same time, this is the first of them, as is its [`error`](BulkError::error); [`items`](BulkError::items)
    /// covers all of them.
    pub fn batch(&self) -> Range<usize> {
        self.0.report.batch.clone()
    }

    /// The items that failed, and why, as far as NetBox says. Before 4.7, NetBox does not say which item of an update
    /// it means, nor which device of a creation; see [`error`](BulkError::error) then.
    pub fn items(&self) -> &[BulkItem] {
        &self.0.items
    }

    /// How many items there were: those that the caller passed, or the objects that matched; 0 if
    /// their number was not the expected one.
    pub fn given(&self) -> usize {
        self.0.report.given
    }

    /// The outcome for the item at `index`.
    pub fn fate(&self, index: usize) -> Fate {
        self.0.report.fates.get(index).copied().unwrap_or(Fate::NotWritten)
    }

    /// The items that were written, by their indexes, with the ids of their objects if NetBox sent them.
    ///
    /// ```
    /// # use netbox_core::bulk::BulkError;
    /// /// The ids of the objects that were created before the failure.
    /// fn created(error: &BulkError) -> Vec<u64> {
    ///     error.written().filter_map(|(_, id)| id).collect()
    /// }
    /// ```
    pub fn written(&self) -> impl Iterator<Item = (usize, Option<u64>)> {
        let Report { fates, ids, .. } = &self.0.report;
        let written = fates.iter().enumerate().filter(|(_, fate)| **fate == Fate::Written);
        written.map(|(index, _)| (index, ids.get(index).copied().flatten()))
    }

    /// The same error, which names the items whose objects are not as they were read.
    pub(crate) fn with_differing(self, items: Vec<(usize, Differs)>) -> Self {
        let Inner { error, mut report, .. } = *self.0;
        report.notes.extend(items.into_iter().map(|(index, differs)| (index, differs.text())));
        report.into_error(error)
    }

    /// Nothing was sent of that many items.
    pub(crate) fn before(given: usize, error: Error) -> Self {
        Self(Box::new(Inner { error, report: Report::new(given), items: Vec::new() }))
    }

    /// The objects of these items are not as they were read, as `asked` showed, and nothing was sent.
    pub(crate) fn differing(given: usize, asked: Option<Asked>, items: &[(usize, Differs)]) -> Self {
        let are_gone = items.iter().all(|(_, differs)| *differs == Differs::Gone);
        let kind = if are_gone { ErrorKind::NotFound } else { ErrorKind::Conflict };
        let items: Vec<_> =
            items.iter().map(|(index, differs)| BulkItem::new(*index, differs.text())).collect();
        let error = Error::compared(kind, asked, format!("nothing was written: {}", listed(&items)));
        Self(Box::new(Inner { error, report: Report::new(given), items }))
    }

    /// These items can't be sent, and nothing was.
    pub(crate) fn refused(given: usize, items: Vec<BulkItem>) -> Self {
        let error = Error::unwritable(format!("nothing was sent: {}", listed(&items)));
        Self(Box::new(Inner { error, report: Report::new(given), items }))
    }
}

/// As for an [`Error`].
impl From<BulkError> for io::Error {
    fn from(error: BulkError) -> Self {
        Error::from(error).into()
    }
}

impl BulkItem {
    /// The index of the item in the caller's input, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// NetBox's messages about the item, by field.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    fn new(index: usize, text: &str) -> Self {
        Self { index, messages: Messages::of(&text.into()) }
    }

    pub(crate) fn refused(index: usize, error: Error) -> Self {
        let messages = match error.messages() {
            messages if messages.is_empty() => Messages::of(&error.to_string().into()),
            messages => messages.clone(),
        };
        Self { index, messages }
    }
}

impl Differs {
    fn text(self) -> &'static str {
        match self {
            Self::Changed => "the object changed since it was read",
            Self::Gone => "the object is gone, or this token may not view it any more",
        }
    }
}

impl fmt::Display for BulkItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {}: {}", self.index, self.messages)
    }
}

impl Report {
    pub(crate) fn new(given: usize) -> Self {
        let (fates, ids) = (vec![Fate::NotWritten; given], vec![None; given]);
        Self { given, fates, ids, ..Self::default() }
    }

    pub(crate) fn begin(&mut self, batch: &[Entry]) {
        let index = |entry: Option<&Entry>| entry.map_or(0, |entry| entry.index);
        self.batch = index(batch.first())..index(batch.last()) + 1;
        self.entries = batch.iter().map(|entry| (entry.index, entry.id)).collect();
    }

    pub(crate) fn wrote<'e>(&mut self, entries: impl Iterator<Item = (&'e Entry, Option<u64>)>) {
        for (entry, id) in entries {
            self.fates[entry.index] = Fate::Written;
            self.ids[entry.index] = id;
        }
    }

    /// NetBox reported success and did not name these items. If this version omits unknown objects, they were
    /// `not_written`; otherwise their fate is unknown.
    pub(crate) fn left_out(&mut self, entries: &[&Entry], not_written: bool) {
        for entry in entries {
            let left_out = "NetBox left the object out: it does not exist, or this token may not view it";
            self.notes.push((entry.index, left_out));
            if !not_written {
                self.fates[entry.index] = Fate::Unknown;
            }
        }
    }

    /// The answer is a success that can't be read; `certain` says that all is written nevertheless.
    pub(crate) fn unreadable(&mut self, batch: &[Entry], certain: bool) {
        self.set(batch, if certain { Fate::Written } else { Fate::Unknown });
    }

    pub(crate) fn all_unknown(&mut self, batch: &[Entry]) {
        self.set(batch, Fate::Unknown);
    }

    pub(crate) fn fail(&mut self, batch: &[Entry], error: &Error) {
        if error.may_have_written() {
            self.all_unknown(batch);
        }
    }

    /// Another batch failed beside the one that the report is about.
    pub(crate) fn failed_too(&mut self, batch: &[Entry], error: &Error) {
        self.begin(batch);
        self.others += 1;
        let items = self.items(error);
        self.items_of_others.extend(items);
    }

    pub(crate) fn into_error(self, error: Error) -> BulkError {
        let mut items = self.items(&error);
        items.extend(self.items_of_others.iter().cloned());
        items.extend(self.notes.iter().map(|(index, note)| BulkItem::new(*index, note)));
        BulkError(Box::new(Inner { error, report: self, items }))
    }

    /// The items of the batch that NetBox says are wrong.
    fn items(&self, error: &Error) -> Vec<BulkItem> {
        let by_id: HashMap<u64, usize> =
            self.entries.iter().filter_map(|(index, id)| Some(((*id)?, *index))).collect();
        let item = |item: &ItemMessages| {
            let index = match item.place() {
                ItemPlace::Index(position) => self.entries.get(usize::try_from(position).ok()?)?.0,
                ItemPlace::Id(id) => *by_id.get(&id)?,
            };
            Some(BulkItem { index, messages: item.messages().clone() })
        };
        error.messages().items().iter().filter_map(item).collect()
    }

    fn set(&mut self, batch: &[Entry], fate: Fate) {
        for entry in batch {
            self.fates[entry.index] = fate;
        }
    }

    fn count(&self, fate: Fate) -> usize {
        self.fates.iter().filter(|known| **known == fate).count()
    }
}

impl BulkError {
    /// The error of the batch, in a text that says which items failed, and what was written.
    fn summary(&self) -> Error {
        let Inner { error, report, items } = &*self.0;
        let Range { start, end } = report.batch;
        let which = match end - start {
            0 => return error.reworded(error.reason().to_owned()),
            1 => format!("item {start} of {}", report.given),
            _ => format!("items {start} to {} of {}", end - 1, report.given),
        };
        let which = match report.others {
            0 => format!("{which} failed"),
            1 => format!("{which} failed, and another batch"),
            others => format!("{which} failed, and {others} other batches"),
        };
        // The items by their indexes in the input; NetBox's own text has those in the batch.
        let why = match error.status() {
            _ if items.is_empty() => error.reason().to_owned(),
            Some(status) => format!("NetBox answered {status}: {}", listed(items)),
            None => listed(items),
        };
        let (written, unknown) = (report.count(Fate::Written), report.count(Fate::Unknown));
        let unknown = if unknown > 0 { format!(", {unknown} unknown") } else { String::new() };
        error.reworded(format!("{which}: {why}; {written} written{unknown}"))
    }
}

impl fmt::Display for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.summary().fmt(f)
    }
}

/// The first few items, as text.
fn listed(items: &[BulkItem]) -> String {
    const SHOWN: usize = 5;
    let told: Vec<_> = items.iter().take(SHOWN).map(BulkItem::to_string).collect();
    let more = items.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{}{more}", told.join("; "))
}

impl fmt::Debug for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        self.0.items.iter().try_for_each(|item| write!(f, "\n  {item}"))
    }
}

impl StdError for BulkError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.error.source()
    }
}

impl From<BulkError> for Error {
    fn from(error: BulkError) -> Self {
        let may_have_written = error.0.report.fates.iter().any(|fate| *fate != Fate::NotWritten);
        error.summary().having_written(may_have_written).caused_by(error)
    }
}

impl Error {
    /// The bulk write that failed with this error, if there was one: it says which items were written.
    ///
    /// ```
    /// # use netbox_core::Error;
    /// fn report(error: &Error) {
    ///     if let Some(bulk) = error.bulk() {
    ///         eprintln!("{} of {} were written", bulk.written().count(), bulk.given());
    ///     }
    /// }
    /// ```
    pub fn bulk(&self) -> Option<&BulkError> {
        std::error::Error::source(self)?.downcast_ref()
    }
}
