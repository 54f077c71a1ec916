use netbox_core::Blocking;

use super::{Answer, Loopback};
use crate::{cassette::Cassette, replay::Replay};

impl Loopback {
    /// Starts a server that answers from `cassette`, as [`Replay`] does. What was not recorded is answered with 501
    /// and why.
    ///
    /// # Panics
    ///
    /// When this machine gives no port.
    pub fn serve_cassette(cassette: Cassette) -> Self {
        let replay = Replay::<Blocking>::new(cassette);
        Self::start(move |request| match replay.answer(request) {
            Ok(response) => response.into(),
            Err(mismatch) => {
                let detail = serde_json::json!({"detail": mismatch.to_string()});
                let answer = Answer::new(501).header("content-type", "application/json");
                answer.body(detail.to_string())
            }
        })
    }
}
