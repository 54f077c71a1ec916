//! Circuits and their providers.
// Written by `cargo xtask codegen models`.

mod circuit;
mod circuit_group;
mod circuit_group_assignment;
mod circuit_status;
mod circuit_termination;
mod circuit_type;
mod distance_unit;
mod provider;
mod provider_account;
mod provider_network;
mod virtual_circuit;
mod virtual_circuit_termination;
mod virtual_circuit_type;

#[cfg(feature = "circuits")]
pub use self::{
    circuit::Circuit,
    circuit_group::CircuitGroup,
    circuit_group_assignment::{CircuitGroupAssignment, CircuitGroupAssignmentPriority},
    circuit_status::CircuitStatus,
    circuit_termination::{CircuitTermination, CircuitTerminationSide},
    circuit_type::CircuitType,
    provider::Provider,
    provider_account::ProviderAccount,
    provider_network::ProviderNetwork,
    virtual_circuit::VirtualCircuit,
    virtual_circuit_termination::{VirtualCircuitTermination, VirtualCircuitTerminationRole},
    virtual_circuit_type::VirtualCircuitType,
};

#[cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]
pub use self::distance_unit::DistanceUnit;
