//! Where a struct may stand, and how its types may be written.
#![deny(warnings)]

use netbox_core::{Model, NetboxModel};

mod outer {
    pub mod inner {
        #[derive(serde::Deserialize, netbox_core::NetboxModel)]
        #[netbox(endpoint = "dcim/sites")]
        pub struct Site {
            id: std::primitive::u64,
            #[fk]
            region: ::std::option::Option<netbox_core::Fk<super::Region>>,
            #[fk]
            #[netbox(unchecked)]
            parent: Option<::netbox_core::Fk<Self>>,
            #[fk]
            tags: std::vec::Vec<::netbox_core::Fk<crate::outer::Tag>>,
        }
    }

    type Id = u64;

    #[derive(serde::Deserialize, netbox_core::NetboxModel)]
    #[netbox(endpoint = "dcim/regions")]
    pub struct Region {
        id: Id,
        #[fk]
        parent: Option<netbox_core::Fk<Self>>,
    }

    #[derive(serde::Deserialize, netbox_core::NetboxModel)]
    #[netbox(endpoint = "extras/tags")]
    pub struct Tag {
        id: u64,
    }
}

/// The tokens that `macro_rules!` writes and those that it is given have to fit together.
macro_rules! model {
    ($name:ident, $endpoint:literal, $rule:expr, $key:ident: $keys:ty, $other:ident -> $target:ty, $write:literal) => {
        #[derive(serde::Deserialize, NetboxModel)]
        #[netbox(endpoint = $endpoint)]
        #[serde(rename_all = $rule)]
        struct $name {
            id: u64,
            #[fk]
            $key: $keys,
            #[fk]
            $other: Option<netbox_core::Fk<$target>>,
            #[fk]
            #[serde(serialize_with = $write)]
            site: netbox_core::Fk<$target>,
        }
    };
}

use outer::inner::Site;
model!(Rack, "plugins/acme/racks", "camelCase", main_site: Option<netbox_core::Fk<Site>>, other_site -> Site, "serde::Serialize::serialize");

/// Nothing of the prelude is taken for granted.
mod shadows {
    #![allow(dead_code)]

    struct Option;
    struct Result;
    struct Vec;
    struct Some;
    struct String;

    #[derive(serde::Deserialize, netbox_core::NetboxModel)]
    #[netbox(endpoint = "dcim/regions")]
    pub struct Region {
        id: u64,
        #[fk]
        parent: std::option::Option<netbox_core::Fk<Region>>,
        #[fk]
        #[netbox(unchecked)]
        #[serde(serialize_with = "serde::Serialize::serialize")]
        children: std::vec::Vec<netbox_core::Fk<Self>>,
        #[netbox(unchecked)]
        scope: std::option::Option<netbox_core::fk::GenericFk>,
        #[serde(flatten)]
        rest: std::collections::BTreeMap<std::string::String, u8>,
    }
}

fn main() {
    #[derive(serde::Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/locations")]
    struct Location {
        id: u64,
        #[fk]
        site: netbox_core::Fk<LocalSite>,
    }

    #[derive(serde::Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/sites")]
    struct LocalSite {
        id: u64,
    }

    assert_eq!(Location::SITE.name(), "site");
    assert_eq!(Rack::FIELDS, Some(&["id", "mainSite", "otherSite", "site"][..]));
    assert_eq!(Rack::ENDPOINT, "plugins/acme/racks");
    let rack: Rack = serde_json::from_str(r#"{"id":1,"mainSite":2,"otherSite":null,"site":3}"#).unwrap();
    assert_eq!(Rack::SITE.of(&rack).id(), 3);
    assert_eq!(shadows::Region::ENDPOINT, "dcim/regions");
}
