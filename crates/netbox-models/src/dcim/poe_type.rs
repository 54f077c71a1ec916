// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `poe_type` in `dcim/interfaces` and `dcim/interface-templates`.
    pub enum PoeType {
        Type1Ieee802_3Af = "type1-ieee802.3af",
        Type2Ieee802_3At = "type2-ieee802.3at",
        Type3Ieee802_3Bt = "type3-ieee802.3bt",
        Type4Ieee802_3Bt = "type4-ieee802.3bt",
        Passive24V2Pair = "passive-24v-2pair",
        Passive24V4Pair = "passive-24v-4pair",
        Passive48V2Pair = "passive-48v-2pair",
        Passive48V4Pair = "passive-48v-4pair",
    }
}
