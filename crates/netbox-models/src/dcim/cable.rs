// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{CableBundle, LinkStatus},
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
};

/// A cable between two ends, each of which may fan out.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cables")]
#[non_exhaustive]
pub struct Cable {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub r#type: Option<CableType>,
    /// The objects that its A end is plugged into.
    pub a_terminations: Vec<GenericFk>,
    /// The objects that its B end is plugged into.
    pub b_terminations: Vec<GenericFk>,
    pub status: LinkStatus,
    /// From NetBox 4.5 on.
    pub profile: Option<CableProfile>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// From NetBox 4.6 on.
    #[fk]
    pub bundle: Option<Fk<CableBundle>>,
    /// The text printed on it.
    pub label: String,
    /// Six hexadecimal digits.
    pub color: String,
    /// In the unit of `length_unit`.
    pub length: Option<Decimal>,
    pub length_unit: Option<CableLengthUnit>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`Cable::type`].
    pub enum CableType {
        Cat3 = "cat3",
        Cat5 = "cat5",
        Cat5E = "cat5e",
        Cat6 = "cat6",
        Cat6A = "cat6a",
        Cat7 = "cat7",
        Cat7A = "cat7a",
        Cat8 = "cat8",
        Mrj21Trunk = "mrj21-trunk",
        DacActive = "dac-active",
        DacPassive = "dac-passive",
        Coaxial = "coaxial",
        Mmf = "mmf",
        MmfOm1 = "mmf-om1",
        MmfOm2 = "mmf-om2",
        MmfOm3 = "mmf-om3",
        MmfOm4 = "mmf-om4",
        MmfOm5 = "mmf-om5",
        Smf = "smf",
        SmfOs1 = "smf-os1",
        SmfOs2 = "smf-os2",
        Aoc = "aoc",
        Power = "power",
        Usb = "usb",
        /// From NetBox 4.4 on.
        Rg6 = "rg-6",
        /// From NetBox 4.4 on.
        Rg8 = "rg-8",
        /// From NetBox 4.4 on.
        Rg11 = "rg-11",
        /// From NetBox 4.4 on.
        Rg59 = "rg-59",
        /// From NetBox 4.4 on.
        Rg62 = "rg-62",
        /// From NetBox 4.4 on.
        Rg213 = "rg-213",
        /// From NetBox 4.4 on.
        Lmr100 = "lmr-100",
        /// From NetBox 4.4 on.
        Lmr200 = "lmr-200",
        /// From NetBox 4.4 on.
        Lmr400 = "lmr-400",
    }
}

choice_set! {
    /// The values of [`Cable::profile`].
    pub enum CableProfile {
        Single1C1P = "single-1c1p",
        Single1C2P = "single-1c2p",
        Single1C4P = "single-1c4p",
        Single1C6P = "single-1c6p",
        Single1C8P = "single-1c8p",
        Single1C12P = "single-1c12p",
        Single1C16P = "single-1c16p",
        Trunk2C1P = "trunk-2c1p",
        Trunk2C2P = "trunk-2c2p",
        Trunk2C4P = "trunk-2c4p",
        Trunk2C4PShuffle = "trunk-2c4p-shuffle",
        Trunk2C6P = "trunk-2c6p",
        Trunk2C8P = "trunk-2c8p",
        Trunk2C12P = "trunk-2c12p",
        Trunk4C1P = "trunk-4c1p",
        Trunk4C2P = "trunk-4c2p",
        Trunk4C4P = "trunk-4c4p",
        Trunk4C4PShuffle = "trunk-4c4p-shuffle",
        Trunk4C6P = "trunk-4c6p",
        Trunk4C8P = "trunk-4c8p",
        Trunk8C4P = "trunk-8c4p",
        Breakout1C2P2C1P = "breakout-1c2p-2c1p",
        Breakout1C4P4C1P = "breakout-1c4p-4c1p",
        Breakout1C6P6C1P = "breakout-1c6p-6c1p",
        Breakout2C4P8C1PShuffle = "breakout-2c4p-8c1p-shuffle",
        /// From NetBox 4.6 on.
        Breakout1C8P8C1P = "breakout-1c8p-8c1p",
    }
}

choice_set! {
    /// The values of [`Cable::length_unit`].
    pub enum CableLengthUnit {
        Km = "km",
        M = "m",
        Cm = "cm",
        Mi = "mi",
        Ft = "ft",
        In = "in",
    }
}
