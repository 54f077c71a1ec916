use std::{collections::BTreeSet, sync::Arc};

use netbox_schema::{Endpoint, endpoint};

use crate::wire::{Server, Version};

/// The names of filters that a server's own schema has for a list.
pub(crate) type Filters = Arc<BTreeSet<String>>;

/// Everything that is known of the names at a path, except its custom fields.
pub(crate) struct Vocabulary<'v> {
    pub(super) path: &'v str,
    /// The endpoint at the path, if NetBox's own schema has it.
    pub(super) endpoint: Option<Endpoint>,
    pub(super) server: Server,
    /// The filters that the server's schema has, once it was loaded.
    pub(super) loaded: Option<Filters>,
}

impl<'v> Vocabulary<'v> {
    pub(crate) fn new(path: &'v str, version: Option<Version>, loaded: Option<Filters>) -> Self {
        let (endpoint, server) = (endpoint(path), Server::of(version));
        // For a version that it knows, the table here is better: it has corrections of NetBox's mistakes.
        let loaded = loaded.filter(|_| endpoint.is_none() || matches!(server, Server::Other(_)));
        Self { path, endpoint, server, loaded }
    }

    /// Whether a schema rather than the caller's model says what the filters of this list are.
    pub(super) fn has_schema(&self) -> bool {
        self.endpoint.is_some() || self.path.starts_with("plugins/")
    }
}
