//! The report on a plan that was carried out, object by object.

use std::{error::Error as StdError, fmt};

use netbox_core::{Error, bulk::Fate};

/// The report on a plan: the outcome of each write, in their order. An object of a circle may have two: it is created, and
/// changed to refer back. It counts as created.
#[derive(Debug, Default)]
pub struct Applied {
    pub(crate) outcomes: Vec<ObjectOutcome>,
}

/// A write that a plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Action {
    /// A new object.
    Create,
    /// Some fields of an object get other values.
    Change,
    /// An object is deleted.
    Delete,
}

/// The outcome for one object.
#[derive(Debug, Clone)]
pub struct ObjectOutcome {
    pub(crate) place: String,
    pub(crate) endpoint: String,
    pub(crate) action: Action,
    pub(crate) id: Option<u64>,
    pub(crate) fate: Fate,
    pub(crate) why: Option<String>,
    pub(crate) waits_for: Option<String>,
    /// Whether this completes an object that the same plan created.
    pub(crate) completes: bool,
}

impl Applied {
    /// The outcomes of all writes of the plan.
    pub fn outcomes(&self) -> &[ObjectOutcome] {
        &self.outcomes
    }

    /// How many objects were created.
    pub fn created(&self) -> usize {
        self.count(Action::Create)
    }

    /// How many objects were changed.
    pub fn changed(&self) -> usize {
        self.count(Action::Change)
    }

    /// How many objects were deleted.
    pub fn deleted(&self) -> usize {
        self.count(Action::Delete)
    }

    /// Adds an outcome, or puts it in the place of the one before.
    pub(crate) fn tell(&mut self, at: usize, outcome: ObjectOutcome) -> &mut ObjectOutcome {
        if at == self.outcomes.len() {
            self.outcomes.push(outcome);
        } else {
            self.outcomes[at] = outcome;
        }
        &mut self.outcomes[at]
    }

    fn count(&self, action: Action) -> usize {
        let is_one =
            |one: &&ObjectOutcome| one.action == action && one.fate == Fate::Written && !one.completes;
        self.outcomes.iter().filter(is_one).count()
    }
}

impl ObjectOutcome {
    /// The place in the description; for a deletion, the endpoint and the id.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The endpoint of the object.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The write that the plan had.
    pub fn action(&self) -> Action {
        self.action
    }

    /// The id of the object, as far as it has one and NetBox sent it.
    pub fn id(&self) -> Option<u64> {
        self.id
    }

    /// Whether it was done.
    pub fn fate(&self) -> Fate {
        self.fate
    }

    /// Why it was not done, or why that is not known.
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// The place of another object that had to be written first, and was not.
    pub fn waits_for(&self) -> Option<&str> {
        self.waits_for.as_deref()
    }
}

impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} created, {} changed, {} deleted", self.created(), self.changed(), self.deleted())?;
        let mut left: Vec<&ObjectOutcome> =
            self.outcomes.iter().filter(|outcome| outcome.fate != Fate::Written).collect();
        // NetBox's own answers first, then what waited for these.
        left.sort_by_key(|outcome| (outcome.waits_for.is_some(), outcome.why.is_none()));
        for outcome in left.iter().take(SHOWN) {
            write!(f, "\n{outcome}")?;
        }
        if left.len() > SHOWN {
            write!(f, "\n… and {} more that were not written", left.len() - SHOWN)?;
        }
        Ok(())
    }
}

/// The number of lines that are shown of a long report.
const SHOWN: usize = 10;

impl fmt::Display for ObjectOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fate = match self.fate {
            Fate::Written => "written",
            Fate::NotWritten => "not written",
            _ => "unknown",
        };
        write!(f, "{}: {fate}", self.place)?;
        match (&self.why, &self.waits_for) {
            (Some(why), _) => write!(f, ": {why}"),
            (None, Some(other)) => write!(f, ": it waits for {other}, which was not written"),
            (None, None) => Ok(()),
        }
    }
}

/// How far a plan is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many objects are written.
    pub done: usize,
    /// How many objects there are to write.
    pub total: usize,
}

/// A plan of which not all was carried out. Another plan, made of the same description, goes on from here.
pub struct ApplyError {
    pub(crate) applied: Applied,
    pub(crate) error: Option<Error>,
}

impl ApplyError {
    /// The outcome for each object.
    pub fn applied(&self) -> &Applied {
        &self.applied
    }

    /// The first request that failed, if one did: else the outcomes say what was wrong, such as that NetBox has several objects
    /// where one is described, or that a prune would delete more than it may.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }
}

/// The same text as `Display`: `main` prints the error that it returns with `Debug`.
impl fmt::Debug for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = &self.error {
            writeln!(f, "{error}")?;
        }
        self.applied.fmt(f)
    }
}

impl StdError for ApplyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.as_ref()?.source()
    }
}
