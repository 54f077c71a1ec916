// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    core::{DataFile, DataSource},
    dcim::{DeviceRole, DeviceType, Location, Platform, Region, Site, SiteGroup},
    extras::ConfigContextProfile,
    tenancy::{Tenant, TenantGroup},
    users::Owner,
    virtualization::{Cluster, ClusterGroup, ClusterType},
};

/// Data for the configuration of all devices and virtual machines to which it applies.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/config-contexts")]
#[non_exhaustive]
pub struct ConfigContext {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    /// If contexts disagree, the heavier one wins.
    pub weight: u32,
    /// From NetBox 4.4 on.
    #[fk]
    pub profile: Option<Fk<ConfigContextProfile>>,
    pub description: String,
    /// Whether it applies at all.
    pub is_active: bool,
    #[fk]
    pub regions: Vec<Fk<Region>>,
    #[fk]
    pub site_groups: Vec<Fk<SiteGroup>>,
    #[fk]
    pub sites: Vec<Fk<Site>>,
    #[fk]
    pub locations: Vec<Fk<Location>>,
    #[fk]
    pub device_types: Vec<Fk<DeviceType>>,
    #[fk]
    #[netbox(filter = "device_role")]
    pub roles: Vec<Fk<DeviceRole>>,
    #[fk]
    pub platforms: Vec<Fk<Platform>>,
    #[fk]
    pub cluster_types: Vec<Fk<ClusterType>>,
    #[fk]
    pub cluster_groups: Vec<Fk<ClusterGroup>>,
    #[fk]
    pub clusters: Vec<Fk<Cluster>>,
    #[fk]
    pub tenant_groups: Vec<Fk<TenantGroup>>,
    #[fk]
    pub tenants: Vec<Fk<Tenant>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    /// The slugs of tags, not ids as elsewhere.
    pub tags: Vec<String>,
    #[fk]
    pub data_source: Option<Fk<DataSource>>,
    #[netbox(read_only)]
    pub data_path: String,
    #[fk]
    pub data_file: Option<Fk<DataFile>>,
    #[netbox(read_only)]
    pub data_synced: Option<Timestamp>,
    pub data: Value,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
