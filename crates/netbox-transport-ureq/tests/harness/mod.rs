//! The transport as the suite of all transports makes it.

use netbox_core::{Blocking, Mode};
use netbox_replay::conformance::{Harness, Options};
use netbox_transport_ureq::{UreqTransport, UreqTransportBuilder};

pub(crate) struct UreqUnderTest;

impl Harness for UreqUnderTest {
    type Transport = UreqTransport;

    fn transport(options: Options) -> UreqTransport {
        UreqTransportBuilder::from(options).build().expect("options that can be used")
    }

    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
        Blocking::run(future)
    }
}
