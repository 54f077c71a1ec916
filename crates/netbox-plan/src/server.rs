//! The part of NetBox's schema that a server of some version has.

use netbox_core::{Client, Error, Mode, Version};
use netbox_schema::{Field, Kind, Versions};

/// The version of the table that is the server's, or stands for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Server(Versions);

impl Server {
    /// Learns the version from the server, unless the client knows it.
    pub(crate) async fn ask<C: Mode>(client: &Client<C>) -> Result<Self, Error> {
        if client.version().is_none() {
            C::lift(client.status()).await?;
        }
        let version = client.version();
        let nearest = |version: Version| Versions::nearest_to(version.major(), version.minor());
        Ok(Self(version.map_or(Versions::ALL, nearest)))
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
