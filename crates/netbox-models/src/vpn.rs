//! Tunnels, L2VPNs, and their encryption.
// Written by `cargo xtask codegen models`.

mod authentication_algorithm;
mod dh_group;
mod encryption_algorithm;
mod ike_policy;
mod ike_proposal;
mod ipsec_policy;
mod ipsec_profile;
mod ipsec_proposal;
mod l2vpn;
mod l2vpn_termination;
mod tunnel;
mod tunnel_group;
mod tunnel_termination;

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]
pub use self::{
    l2vpn::{L2vpn, L2vpnStatus, L2vpnType},
    l2vpn_termination::L2vpnTermination,
};

#[cfg(feature = "vpn")]
pub use self::{
    authentication_algorithm::AuthenticationAlgorithm,
    dh_group::DhGroup,
    encryption_algorithm::EncryptionAlgorithm,
    ike_policy::{IkePolicy, IkePolicyMode, IkeVersion},
    ike_proposal::{AuthenticationMethod, IkeProposal},
    ipsec_policy::IpsecPolicy,
    ipsec_profile::{IpsecProfile, IpsecProfileMode},
    ipsec_proposal::IpsecProposal,
    tunnel::{Tunnel, TunnelEncapsulation, TunnelStatus},
    tunnel_group::TunnelGroup,
    tunnel_termination::{TunnelTermination, TunnelTerminationRole},
};
