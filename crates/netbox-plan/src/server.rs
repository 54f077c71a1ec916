//! The part of NetBox's schema that a server of some version has.

use netbox_core::{Client, Error, Mode, Version};
use netbox_schema::{Field, Kind, Versions};

/// The versions that stand for the server's in the table: its own, or for a newer one the newest that is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Server(Versions);

impl Server {
    /// Learns the version from the server, unless the client knows it.
    pub(crate) async fn ask<C: Mode>(client: &Client<C>) -> Result<Self, Error> {
        if client.version().is_none() {
            C::lift(client.status()).await?;
        }
        Ok(Self::of(client.version()))
    }

    fn of(version: Option<Version>) -> Self {
        let Some(version) = version else { return Self(Versions::ALL) };
        let since = |minor| Versions::since(version.major(), minor);
        let own = since(version.minor()).without(since(version.minor() + 1));
        let newest = || {
            Versions::ALL.newest().map_or(Versions::ALL, |newest| Versions::since(newest.major, newest.minor))
        };
        Self(if own.is_empty() { newest() } else { own })
    }

    pub(crate) fn versions(self) -> Versions {
        self.0
    }

    /// Whether the server has what these versions have.
    pub(crate) fn has(self, versions: Versions) -> bool {
        !versions.and(self.0).is_empty()
    }

    /// The kind of a field there.
    pub(crate) fn kind(self, field: Field) -> Kind {
        let form = field.forms().find(|form| self.has(form.versions()));
        form.map_or(field.kind(), netbox_schema::Form::kind)
    }
}
