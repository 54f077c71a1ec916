//! The transport as the suite of all transports makes it.

use std::sync::LazyLock;

use netbox_replay::conformance::{Harness, Options};
use netbox_transport_hyper::{HyperTransport, HyperTransportBuilder};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

pub(crate) struct HyperUnderTest;

impl Harness for HyperUnderTest {
    type Transport = HyperTransport;

    fn transport(options: Options) -> HyperTransport {
        HyperTransportBuilder::from(options).build().expect("options that can be used")
    }

    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
        RUNTIME.block_on(future)
    }
}
