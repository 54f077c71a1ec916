//! No lint finds anything in what the derive writes, however strict, and whatever the struct uses.
#![deny(
    warnings,
    dead_code,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    elided_lifetimes_in_paths,
    single_use_lifetimes,
    trivial_casts,
    unused_results,
    let_underscore_drop,
    missing_copy_implementations,
    rust_2018_idioms,
    rust_2021_compatibility,
    non_ascii_idents
)]

use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

/// A model that nobody reads.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
struct Private {
    id: u64,
    name: String,
    #[fk]
    parent: Option<Fk<Private>>,
}

/// Models that others see.
pub mod models {
    use std::collections::BTreeMap;

    use netbox_core::{Fk, NetboxModel, fk::GenericFk};
    use serde::Deserialize;

    /// A site.
    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/sites")]
    pub struct Site {
        /// Its id.
        pub id: u64,
        /// Its name.
        pub name: String,
        /// Where it is.
        #[fk]
        pub region: Option<Fk<Region>>,
        /// A field that nobody uses any more.
        #[deprecated = "NetBox 3 had it"]
        pub latitude: Option<f64>,
        pub(crate) slug: String,
        #[fk]
        tags: Vec<Fk<Tag>>,
    }

    /// A region.
    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/regions")]
    #[non_exhaustive]
    pub struct Region {
        /// Its id.
        pub id: u64,
        /// Its name.
        #[serde(serialize_with = "serde::Serialize::serialize")]
        pub name: String,
        /// The purpose of the thing.
        #[netbox(write = "scope", unchecked)]
        pub purpose: Option<GenericFk>,
        /// A field that nobody writes.
        #[deprecated = "NetBox 3 had it"]
        #[netbox(read_only, unchecked)]
        #[serde(deserialize_with = "Deserialize::deserialize")]
        pub path: String,
        /// All else.
        #[deprecated = "NetBox 3 had it"]
        #[serde(flatten, serialize_with = "serde::Serialize::serialize")]
        pub rest: BTreeMap<String, String>,
    }

    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "extras/tags")]
    struct Tag {
        id: u64,
    }
}

fn main() {
    println!("{:?} {:?}", models::Site::NAME, models::Site::SLUG);
}
