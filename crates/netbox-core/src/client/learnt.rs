use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use super::status::Status;
use crate::{
    names::{CustomChoices, CustomField, Filters, Options},
    wire::{ApiPath, Cache, LearntVersion},
};

/// The facts about the server that its answers showed.
#[derive(Default)]
pub(super) struct Learnt {
    pub(super) version: LearntVersion,
    /// The authorities of the URLs that NetBox sends, in lower case.
    pub(super) authorities: Cache<(), Arc<HashSet<String>>>,
}

/// The names and values that the server takes. They differ from branch to branch and may change, so the client asks again
/// before it refuses anything by them.
#[derive(Default)]
pub(super) struct Contracts {
    /// The options of endpoints.
    pub(super) options: Cache<ApiPath, Arc<Options>>,
    /// The server's descriptions of each list of custom objects, and of all other lists under no path.
    pub(super) descriptions: Cache<Option<ApiPath>, Arc<Description>>,
    /// The numbers of types of objects, by their names.
    pub(super) object_types: Cache<String, u64>,
    /// The custom fields, by the type of objects that have them; those of all types under no type.
    pub(super) custom_fields: Cache<Option<String>, CustomFields>,
    /// The choices of custom fields, by the names of these.
    pub(super) choices: Cache<String, Choices>,
}

/// The server's description of its lists, by their paths.
pub(super) struct Description {
    /// The versions of NetBox and its plugins at that time, on which it depends; `None` if it may change without them.
    pub(super) status: Option<Status>,
    pub(super) filters: HashMap<String, Filters>,
    /// The fields that hold JSON of the user's own.
    pub(super) json_fields: HashMap<String, Arc<BTreeSet<String>>>,
}

impl Description {
    pub(super) fn filters(&self, path: &ApiPath) -> Option<Filters> {
        self.filters.get(path.as_str()).cloned()
    }

    pub(super) fn json_fields(&self, path: &ApiPath) -> Option<Arc<BTreeSet<String>>> {
        self.json_fields.get(path.as_str()).cloned()
    }
}

/// `None` if this token may not view them.
pub(super) type Choices = Option<Arc<CustomChoices>>;

/// `None` if this token may not view them.
pub(super) type CustomFields = Option<Arc<Vec<CustomField>>>;
