use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex},
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
    /// The filters of lists, by their paths, as the server's own schema has them.
    pub(super) filters: Mutex<HashMap<String, Filters>>,
    /// The fields that hold JSON of the user's own, by the path of the list.
    pub(super) json_fields: Mutex<HashMap<String, Arc<BTreeSet<String>>>>,
    /// The versions of NetBox and its plugins when the server's document was read.
    pub(super) document: Mutex<Option<Status>>,
    /// That the server described itself, or one list of custom objects.
    pub(super) descriptions: Cache<Option<ApiPath>, ()>,
    /// The numbers of types of objects, by their names.
    pub(super) object_types: Cache<String, u64>,
    /// The custom fields, by the type of objects that have them; those of all types under no type.
    pub(super) custom_fields: Cache<Option<String>, CustomFields>,
    /// The choices of custom fields, by the names of these.
    pub(super) choices: Cache<String, Choices>,
}

/// `None` if this token may not view them.
pub(super) type Choices = Option<Arc<CustomChoices>>;

/// `None` if this token may not view them.
pub(super) type CustomFields = Option<Arc<Vec<CustomField>>>;
