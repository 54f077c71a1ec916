use std::{collections::BTreeMap, sync::Arc};

use netbox_schema::{Endpoint, Kind, endpoint};

use crate::wire::{Server, Version};

/// The filters that a server itself describes for a list, by their names.
pub(crate) type Filters = Arc<BTreeMap<String, Takes>>;

/// The values that a filter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Takes {
    pub(crate) kind: Kind,
    pub(crate) several: bool,
}

/// Everything that is known of the names at a path, except its custom fields.
pub(crate) struct Vocabulary<'v> {
    pub(super) path: &'v str,
    /// The endpoint at the path, if NetBox's own schema has it.
    pub(super) endpoint: Option<Endpoint>,
    pub(super) server: Server,
    /// The filters that the server describes, once they were read.
    pub(super) loaded: Option<Filters>,
}

impl<'v> Vocabulary<'v> {
    pub(crate) fn new(path: &'v str, version: Option<Version>, loaded: Option<Filters>) -> Self {
        let (endpoint, server) = (endpoint(path), Server::of(version));
        // For a version that it knows, the table here is better: it has corrections of NetBox's mistakes.
        let loaded = loaded.filter(|_| endpoint.is_none() || matches!(server, Server::Other(_)));
        Self { path, endpoint, server, loaded }
    }

    /// Whether the server has a version that the table does not know.
    pub(crate) fn is_of_other_version(&self) -> bool {
        matches!(self.server, Server::Other(_))
    }
}
