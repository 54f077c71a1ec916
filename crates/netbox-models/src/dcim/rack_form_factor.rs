// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `form_factor` in `dcim/racks` and `dcim/rack-types`.
    pub enum RackFormFactor {
        TwoPostFrame = "2-post-frame",
        FourPostFrame = "4-post-frame",
        FourPostCabinet = "4-post-cabinet",
        WallFrame = "wall-frame",
        WallFrameVertical = "wall-frame-vertical",
        WallCabinet = "wall-cabinet",
        WallCabinetVertical = "wall-cabinet-vertical",
    }
}
