// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `type` in `dcim/front-ports`, `dcim/front-port-templates`, `dcim/rear-ports` and
    /// `dcim/rear-port-templates`.
    pub enum PortType {
        Type8P8C = "8p8c",
        Type8P6C = "8p6c",
        Type8P4C = "8p4c",
        Type8P2C = "8p2c",
        Type6P6C = "6p6c",
        Type6P4C = "6p4c",
        Type6P2C = "6p2c",
        Type4P4C = "4p4c",
        Type4P2C = "4p2c",
        Gg45 = "gg45",
        Tera4P = "tera-4p",
        Tera2P = "tera-2p",
        Tera1P = "tera-1p",
        Type110Punch = "110-punch",
        Bnc = "bnc",
        F = "f",
        N = "n",
        Mrj21 = "mrj21",
        Fc = "fc",
        FcPc = "fc-pc",
        FcUpc = "fc-upc",
        FcApc = "fc-apc",
        Lc = "lc",
        LcPc = "lc-pc",
        LcUpc = "lc-upc",
        LcApc = "lc-apc",
        Lsh = "lsh",
        LshPc = "lsh-pc",
        LshUpc = "lsh-upc",
        LshApc = "lsh-apc",
        Lx5 = "lx5",
        Lx5Pc = "lx5-pc",
        Lx5Upc = "lx5-upc",
        Lx5Apc = "lx5-apc",
        Mpo = "mpo",
        Mtrj = "mtrj",
        Sc = "sc",
        ScPc = "sc-pc",
        ScUpc = "sc-upc",
        ScApc = "sc-apc",
        St = "st",
        Cs = "cs",
        Sn = "sn",
        Sma905 = "sma-905",
        Sma906 = "sma-906",
        UrmP2 = "urm-p2",
        UrmP4 = "urm-p4",
        UrmP8 = "urm-p8",
        Splice = "splice",
        UsbA = "usb-a",
        UsbB = "usb-b",
        UsbC = "usb-c",
        UsbMiniA = "usb-mini-a",
        UsbMiniB = "usb-mini-b",
        UsbMicroA = "usb-micro-a",
        UsbMicroB = "usb-micro-b",
        UsbMicroAb = "usb-micro-ab",
        OtherType = "other",
        /// From NetBox 4.6 on.
        Mu = "mu",
        /// From NetBox 4.6 on.
        MuPc = "mu-pc",
        /// From NetBox 4.6 on.
        MuUpc = "mu-upc",
        /// From NetBox 4.6 on.
        MuApc = "mu-apc",
        /// From NetBox 4.6 on.
        Mdc = "mdc",
    }
}
