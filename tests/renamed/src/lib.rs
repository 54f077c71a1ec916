//! Models of a crate whose `Cargo.toml` calls `netbox-core` by another name.

use nb::{Fk, NetboxModel};
use serde::Deserialize;

/// A site.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", crate = "nb")]
pub struct Site {
    /// The id.
    pub id: u64,
    /// The region, if it is in one.
    #[fk]
    pub region: Option<Fk<Region>>,
}

/// A region.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions", crate = "::nb")]
pub struct Region {
    /// The id.
    pub id: u64,
}

/// The region that `site` is in, by the accessor that the derive made.
pub fn region_of<'a, C: nb::Mode>(
    site: &'a Site,
    client: &'a nb::Client<C>,
) -> nb::Outcome<'a, C, Result<Option<&'a Region>, nb::Error>> {
    site.region(client)
}

#[cfg(test)]
mod tests {
    use nb::Model;

    use super::Site;

    #[test]
    fn models_are_whole_under_another_name() {
        assert_eq!((Site::ENDPOINT, Site::FIELDS), ("dcim/sites", Some(&["id", "region"][..])));
        assert_eq!(Site::REGION.name(), "region");
    }
}
