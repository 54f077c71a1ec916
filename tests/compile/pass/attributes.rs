//! `#[netbox(…)]`.
#![deny(warnings)]

use netbox_core::{Fk, Model, NetboxModel, fk::GenericFk};
use serde::Deserialize;

mod exported {
    pub use netbox_core as nb;
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/big-widgets", object_type = "acme.widget")]
#[netbox(crate = "crate::exported::nb")]
struct Widget {
    id: u64,
    #[netbox(filter = "is_broken")]
    broken: bool,
    #[fk]
    #[netbox(filter = "owner")]
    owned_by: Fk<Widget>,
    #[fk]
    parts: Vec<Fk<Widget>>,
    #[fk]
    addresses: Vec<Fk<Widget>>,
    #[fk]
    #[netbox(filter = "rear_port")]
    ports: Vec<Fk<Widget>>,
}

fn main() {
    assert_eq!(Widget::OBJECT_TYPE, Some("acme.widget"));
    assert!(GenericFk::new("acme.widget", 1).is::<Widget>());
    for (filter, expected) in [
        (Widget::BROKEN.eq(true), "Filter(is_broken=true)"),
        (Widget::OWNED_BY.eq(1), "Filter(owner_id=1)"),
        (Widget::OWNED_BY.named("a"), "Filter(owner=a)"),
        (Widget::PARTS.any_of([1, 2]), "Filter(part_id=1|2)"),
        (Widget::ADDRESSES.eq(1), "Filter(address_id=1)"),
        (Widget::PORTS.is_null(), "Filter(rear_port_id=null)"),
    ] {
        assert_eq!(format!("{filter:?}"), expected);
    }
    assert_eq!(format!("{:?}", Widget::BROKEN.asc()), r#"Order("broken")"#);
}
