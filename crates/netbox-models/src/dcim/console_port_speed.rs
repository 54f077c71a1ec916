// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `speed` in `dcim/console-ports` and `dcim/console-server-ports`.
    pub enum ConsolePortSpeed: i64 {
        Bps1200 = 1200,
        Bps2400 = 2400,
        Bps4800 = 4800,
        Bps9600 = 9600,
        Bps19200 = 19_200,
        Bps38400 = 38_400,
        Bps57600 = 57_600,
        Bps115200 = 115_200,
    }
}
