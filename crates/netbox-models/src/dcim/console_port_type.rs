// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `type` in `dcim/console-ports`, `dcim/console-port-templates`,
    /// `dcim/console-server-ports` and `dcim/console-server-port-templates`.
    pub enum ConsolePortType {
        De9 = "de-9",
        Db25 = "db-25",
        Rj11 = "rj-11",
        Rj12 = "rj-12",
        Rj45 = "rj-45",
        MiniDin8 = "mini-din-8",
        UsbA = "usb-a",
        UsbB = "usb-b",
        UsbC = "usb-c",
        UsbMiniA = "usb-mini-a",
        UsbMiniB = "usb-mini-b",
        UsbMicroA = "usb-micro-a",
        UsbMicroB = "usb-micro-b",
        UsbMicroAb = "usb-micro-ab",
        OtherType = "other",
    }
}
