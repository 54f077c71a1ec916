//! Clusters and virtual machines.
// Written by `cargo xtask codegen models`.

mod cluster;
mod cluster_group;
mod cluster_type;
mod virtual_disk;
mod virtual_machine;
mod virtual_machine_type;
mod vm_interface;

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]
pub use self::{
    cluster::{Cluster, ClusterStatus},
    cluster_group::ClusterGroup,
    cluster_type::ClusterType,
};

#[cfg(feature = "virtualization")]
pub use self::{
    virtual_disk::VirtualDisk,
    virtual_machine::{VirtualMachine, VirtualMachineStartOnBoot, VirtualMachineStatus},
    virtual_machine_type::VirtualMachineType,
    vm_interface::VmInterface,
};
