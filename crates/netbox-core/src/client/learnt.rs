use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Instant,
};

use crate::{
    names::{CustomField, Filters, Options},
    wire::{ApiPath, Gate, LearntVersion, Slot},
};

/// Everything that answers have told of the server.
#[derive(Default)]
pub(super) struct Learnt {
    pub(super) version: LearntVersion,
    /// The authorities of the URLs that NetBox sends, in lower case.
    pub(super) authorities: Slot<HashSet<String>>,
    /// The options of endpoints, each asked for once.
    pub(super) options: Mutex<HashMap<ApiPath, Arc<Slot<Arc<Options>>>>>,
    /// The filters of lists, by their paths, as the server's own schema has them.
    pub(super) filters: Mutex<HashMap<String, Filters>>,
    /// The fields that hold JSON of the user's own, by the path of the list.
    pub(super) json_fields: Mutex<HashMap<String, Arc<BTreeSet<String>>>>,
    /// When the server's document was read.
    pub(super) document: Mutex<Option<Instant>>,
    pub(super) asking_for_filters: Gate,
    /// The custom fields, by the type of objects that have them; those of all types under no type.
    pub(super) custom_fields: Mutex<HashMap<Option<String>, CustomFields>>,
}

/// `None` if this token may not view them.
pub(super) type CustomFields = Option<Arc<Vec<CustomField>>>;
