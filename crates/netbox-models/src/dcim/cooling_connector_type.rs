// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `type` in `dcim/cooling-intakes`, `dcim/cooling-intake-templates`,
    /// `dcim/cooling-outflows` and `dcim/cooling-outflow-templates`.
    pub enum CoolingConnectorType {
        Uqd = "uqd",
        Uqdb = "uqdb",
        Qdc = "qdc",
        Camlock = "camlock",
        Npt = "npt",
        Bsp = "bsp",
        Proprietary = "proprietary",
    }
}
