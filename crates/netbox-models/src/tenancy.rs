//! Tenants and contacts.
// Written by `cargo xtask codegen models`.

mod contact;
mod contact_assignment;
mod contact_group;
mod contact_role;
mod tenant;
mod tenant_group;

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "tenancy",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]
pub use self::{tenant::Tenant, tenant_group::TenantGroup};

#[cfg(feature = "tenancy")]
pub use self::{
    contact::Contact,
    contact_assignment::{ContactAssignment, ContactAssignmentPriority},
    contact_group::ContactGroup,
    contact_role::ContactRole,
};
