// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `airflow` in `dcim/devices` and `dcim/device-types`.
    pub enum DeviceAirflow {
        FrontToRear = "front-to-rear",
        RearToFront = "rear-to-front",
        LeftToRight = "left-to-right",
        RightToLeft = "right-to-left",
        SideToRear = "side-to-rear",
        RearToSide = "rear-to-side",
        BottomToTop = "bottom-to-top",
        TopToBottom = "top-to-bottom",
        Passive = "passive",
        Mixed = "mixed",
    }
}
