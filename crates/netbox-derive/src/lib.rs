//! `#[derive(NetboxModel)]`; see `netbox_core::NetboxModel` for its documentation.
