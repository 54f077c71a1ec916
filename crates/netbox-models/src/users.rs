//! Users, their permissions, and the owners of objects.
// Written by `cargo xtask codegen models`.

mod group;
mod object_permission;
mod owner;
mod owner_group;
mod token;
mod user;

#[cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "tenancy",
    feature = "users",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]
pub use self::{
    group::Group, object_permission::ObjectPermission, owner::Owner, owner_group::OwnerGroup, user::User,
};

#[cfg(feature = "users")]
pub use self::token::{Token, TokenVersion};
