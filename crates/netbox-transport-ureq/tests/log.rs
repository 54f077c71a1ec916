//! No secret is logged, whatever the level. This file must have no other test.
#![cfg(feature = "ring")]

use netbox_core::{Blocking, Mode};
use netbox_replay::conformance::{self, Harness, Options};
use netbox_transport_ureq::{UreqTransport, UreqTransportBuilder};

struct UreqUnderTest;

impl Harness for UreqUnderTest {
    type Transport = UreqTransport;

    fn transport(options: Options) -> UreqTransport {
        UreqTransportBuilder::from(options).build().expect("options that can be used")
    }

    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
        Blocking::run(future)
    }
}

#[test]
fn no_secret_is_logged() {
    conformance::no_secret_is_logged::<UreqUnderTest>();
}
