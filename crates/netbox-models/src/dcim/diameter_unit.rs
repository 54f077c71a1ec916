// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `diameter_unit` in `dcim/cooling-intakes`, `dcim/cooling-intake-templates`,
    /// `dcim/cooling-outflows` and `dcim/cooling-outflow-templates`.
    pub enum DiameterUnit {
        Mm = "mm",
        Cm = "cm",
        In = "in",
    }
}
