// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `max_flow_unit` in `dcim/cooling-feeds`, `dcim/cooling-intakes` and
    /// `dcim/cooling-intake-templates`.
    pub enum FlowUnit {
        LitresPerMinute = "lpm",
        CubicMetresPerHour = "m3ph",
        GallonsPerMinute = "gpm",
    }
}
