//! Waiting for what NetBox does in the background.

use std::time::Duration;

use crate::client::Api;

/// The first wait between two looks, and the longest; they double.
const WAITS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(5));

/// The time that a caller gives NetBox to finish something. Only waits count, not the requests between them.
pub(super) struct Patience {
    left: Duration,
    next: Duration,
}

impl Patience {
    pub(super) fn new(timeout: Duration) -> Self {
        Self { left: timeout, next: WAITS.0 }
    }

    /// Waits until it is time for another look; `false`, at once, if no time is left.
    pub(super) async fn wait(&mut self, api: &Api) -> bool {
        if self.left.is_zero() {
            return false;
        }
        let now = self.next.min(self.left);
        api.sleep(now).await;
        self.left -= now;
        self.next = (self.next * 2).min(WAITS.1);
        true
    }
}
