//! Models and programs of a crate that depends on `netbox-client`, and on no other crate of this repository.

use netbox_client::{
    Blocking, Client, Error, Fk, NetboxModel, Patch, choice_set,
    fk::GenericFk,
    models::dcim::{Device, Rack},
    value::{Choice, CustomFields, IpPrefix},
};
use serde::Deserialize;

choice_set! {
    /// The status of a rack.
    pub enum Status {
        /// It is in use.
        Active = "active",
        /// It will be.
        Planned = "planned",
    }
}

/// A prefix.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
pub struct Prefix {
    /// The id.
    pub id: u64,
    /// The network.
    pub prefix: IpPrefix,
    /// Its status.
    pub status: Choice,
    /// The site or region that it is for.
    pub scope: Option<GenericFk>,
    /// The tenant that has it.
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// The custom fields.
    pub custom_fields: CustomFields,
}

/// A tenant.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
pub struct Tenant {
    /// The id.
    pub id: u64,
    /// The name.
    pub name: String,
}

/// Some fields of a model that came with the crate.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(of = "Rack")]
pub struct Height {
    /// The id.
    pub id: u64,
    /// The height in units.
    pub u_height: u16,
}

/// The first free address of each prefix that `tenant` has, allocated.
pub fn allocate_for(client: &Client<Blocking>, tenant: &str) -> Result<(), Error> {
    for prefix in client.query::<Prefix>().prefetch(Prefix::TENANT).iter() {
        let prefix = prefix?;
        if prefix.tenant(client)?.is_some_and(|owner| owner.name == tenant) {
            prefix.available_ips().allocate(1)?;
        }
    }
    Ok(())
}

/// Gives a device the serial number.
pub fn set_serial(client: &Client<Blocking>, device: u64, serial: &str) -> Result<(), Error> {
    client.update(device, Patch::new().set(Device::SERIAL, serial)).map(drop)
}

#[cfg(test)]
mod tests {
    use netbox_client::Model;

    use super::{Height, Prefix, Rack};

    #[test]
    fn models_are_whole() {
        let fields = ["id", "prefix", "status", "scope", "tenant", "custom_fields"];
        assert_eq!((Prefix::ENDPOINT, Prefix::FIELDS), ("ipam/prefixes", Some(&fields[..])));
        assert_eq!(Prefix::TENANT.name(), "tenant");
        assert_eq!(Height::ENDPOINT, Rack::ENDPOINT);
    }

    /// By its whole path, without a `use`.
    #[derive(serde::Deserialize, netbox_client::NetboxModel)]
    #[netbox(endpoint = "dcim/sites")]
    struct Site {
        id: u64,
    }

    #[test]
    fn the_derive_needs_no_import() {
        assert_eq!((Site { id: 7 }).id(), 7);
    }
}
