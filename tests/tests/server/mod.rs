//! The NetBox of the live tests.

use std::{
    io::{self, Write as _},
    sync::Once,
};

/// The NetBox and a token for it; if there is none that is said once, past the capture of the tests' output.
#[allow(clippy::explicit_write, reason = "what eprintln writes is captured")]
pub(crate) fn server() -> Option<(String, String)> {
    static SAID: Once = Once::new();
    let server = netbox_tests::server().unwrap();
    if server.is_none() {
        SAID.call_once(|| writeln!(io::stderr(), "skipped: NETBOX_URL is not set").unwrap());
    }
    server
}
