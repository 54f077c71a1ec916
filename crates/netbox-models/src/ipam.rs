//! Addresses, prefixes, VLANs, AS numbers and services.
// Written by `cargo xtask codegen models`.

mod address_family;
mod aggregate;
mod asn;
mod asn_range;
mod fhrp_group;
mod fhrp_group_assignment;
mod ip_address;
mod ip_range;
mod prefix;
mod rir;
mod role;
mod route_target;
mod service;
mod service_protocol;
mod service_template;
mod vlan;
mod vlan_group;
mod vlan_translation_policy;
mod vlan_translation_rule;
mod vrf;

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "virtualization",
    feature = "wireless"
))]
pub use self::{asn::Asn, rir::Rir, role::Role};

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]
pub use self::{
    address_family::AddressFamily,
    ip_address::{IpAddress, IpAddressRole, IpAddressStatus},
    route_target::RouteTarget,
    vrf::Vrf,
};

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "wireless"
))]
pub use self::{
    vlan::{Vlan, VlanQinqRole, VlanStatus},
    vlan_group::VlanGroup,
    vlan_translation_policy::VlanTranslationPolicy,
    vlan_translation_rule::VlanTranslationRule,
};

#[cfg(feature = "ipam")]
pub use self::{
    aggregate::Aggregate,
    asn_range::AsnRange,
    fhrp_group::{FhrpGroup, FhrpGroupAuthType, FhrpGroupProtocol},
    fhrp_group_assignment::FhrpGroupAssignment,
    ip_range::{IpRange, IpRangeStatus},
    prefix::{Prefix, PrefixStatus},
    service::Service,
    service_protocol::ServiceProtocol,
    service_template::ServiceTemplate,
};
