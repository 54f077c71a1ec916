//! The cost of a client's work.

use std::time::Instant;

use cpu_time::ProcessTime;
use netbox_core::Mode;
use netbox_tests::Counting;
use serde::Deserialize;

/// The cost of a step.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Spent {
    pub(super) seconds: f64,
    pub(super) requests: f64,
    /// The size of the bodies of answers.
    pub(super) kilobytes: f64,
    /// Seconds of this process.
    pub(super) cpu: f64,
}

/// Measures steps that follow each other.
pub(super) struct Meter<'c, C: Mode> {
    client: &'c Counting<C>,
    began: Instant,
    cpu: ProcessTime,
    requests: u64,
    bytes: u64,
}

impl<'c, C: Mode> Meter<'c, C> {
    pub(super) fn new(client: &'c Counting<C>) -> Self {
        let transport = client.transport();
        let (requests, bytes) = (transport.requests(), transport.bytes());
        Self { client, began: Instant::now(), cpu: ProcessTime::now(), requests, bytes }
    }

    /// The cost of the step that ends here; the next one begins.
    pub(super) fn read(&mut self) -> Spent {
        let transport = self.client.transport();
        let spent = Spent {
            seconds: self.began.elapsed().as_secs_f64(),
            requests: as_f64(transport.requests() - self.requests),
            kilobytes: as_f64((transport.bytes() - self.bytes) / 1000),
            cpu: self.cpu.elapsed().as_secs_f64(),
        };
        *self = Self::new(self.client);
        spent
    }
}

#[allow(clippy::cast_precision_loss, reason = "no count comes near 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
