//! The tests that every transport must pass, over real sockets of this machine.
//!
//! The author of a transport implements how to build one and how to wait for it, and gets a test for each promise of
//! [`Transport`](netbox_core::transport::Transport):
//!
//! ```
//! use std::time::Duration;
//! use netbox_core::{Blocking, Mode, transport::{Request, Response, Transport, TransportError}};
//! use netbox_replay::conformance::{Harness, Options};
//! # struct Mine;
//! # impl Mine { fn with(_: &Options) -> Self { Self } }
//! # impl Transport for Mine {
//! #     type Mode = Blocking;
//! #     fn send(&self, _: Request) -> Result<Response, TransportError> { Ok(Response::default()) }
//! #     fn sleep(&self, _: Duration) {}
//! # }
//!
//! struct MineUnderTest;
//!
//! impl Harness for MineUnderTest {
//!     type Transport = Mine;
//!
//!     fn transport(options: Options) -> Mine {
//!         Mine::with(&options)
//!     }
//!
//!     fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
//!         Blocking::run(future)
//!     }
//! }
//!
//! netbox_replay::conformance!(MineUnderTest);
//! # fn main() {}
//! ```
//!
//! The suite demands no more than [`Transport`](netbox_core::transport::Transport) does. The constants of a [`Harness`] declare what a
//! transport is free to do or not, and which options it has; each is `true` unless the harness says otherwise.
//!
//! All this is behind the feature `conformance`:
//!
//! ```toml
//! [dev-dependencies]
//! netbox-replay = { version = "0.1", features = ["conformance"] }
//! ```
//!
//! [`no_secret_is_logged`] needs a test file of its own, since it reads the log of the whole process.

mod bodies;
mod connections;
mod encryption;
mod exchanges;
mod failures;
mod harness;
mod logs;
mod proxies;
mod sources;

pub use bodies::*;
pub use connections::*;
pub use encryption::*;
pub use exchanges::*;
pub use failures::*;
pub use harness::{Harness, Options, Wire};
pub use logs::no_secret_is_logged;
pub use proxies::*;
pub use sources::*;

/// Tests a transport: expands to a `#[test]` for each check in [`conformance`](mod@crate::conformance).
///
/// The argument is a type that implements [`Harness`](crate::conformance::Harness).
#[macro_export]
macro_rules! conformance {
    ($harness:ty) => {
        mod conformance {
            #[allow(unused_imports)]
            use super::*;

            type Harness = $harness;

            $crate::__checks! {
                Harness;
                on_any_wire:
                    statuses_are_responses,
                    requests_arrive_unchanged,
                    empty_bodies_arrive_empty,
                    repeated_headers_stay_repeated,
                    nothing_is_added_that_changes_the_answer,
                    cookies_are_not_kept,
                    redirects_are_not_followed,
                    head_has_no_body,
                    large_bodies_pass,
                    chunks_are_joined,
                    gzip_is_decompressed,
                    responses_without_a_body_are_empty,
                    too_large_is_told,
                    sinks_take_bodies,
                    sources_are_sent_as_bodies_in_memory_are,
                    a_source_that_fails_is_an_error,
                    sources_are_not_read_ahead,
                    a_response_may_precede_the_body,
                    a_slow_answer_is_a_timeout,
                    a_request_may_have_its_own_timeout,
                    a_slow_body_is_a_timeout,
                    a_closed_connection_is_broken,
                    a_cut_body_is_broken,
                    garbage_is_broken,
                    connections_are_kept,
                    a_connection_closed_while_idle_does_no_harm,
                    a_connection_closed_under_a_read_is_replaced_or_broken,
                    a_connection_closed_under_a_write_is_broken,
                    connections_idle_for_long_are_not_used,
                    many_calls_go_at_once;
                once:
                    a_closed_port_is_a_connect_error,
                    a_slow_handshake_is_a_connect_error,
                    other_schemes_are_unsupported,
                    sleep_waits,
                    a_stranger_is_not_trusted,
                    another_name_is_not_trusted,
                    anybody_is_trusted_when_asked_for,
                    a_client_certificate_is_shown;
                if OUTLASTS_FLOODS:
                    endless_hints_are_a_timeout;
                if HAS_PROXIES:
                    a_proxy_is_sent_the_whole_url,
                    a_proxy_carries_tls,
                    an_encrypted_proxy_is_asked_over_tls,
                    a_proxy_that_refuses_is_a_connect_error;
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __checks {
    (
        $harness:ident;
        on_any_wire: $($any:ident),+;
        once: $($once:ident),+;
        $(if $ability:ident: $($optional:ident),+;)+
    ) => {
        mod plain {
            $(#[test] fn $any() { $crate::conformance::$any::<super::$harness>(&$crate::conformance::Wire::plain()) })+
        }
        mod tls {
            $(#[test] fn $any() { $crate::conformance::$any::<super::$harness>(&$crate::conformance::Wire::tls()) })+
        }
        $(#[test] fn $once() { $crate::conformance::$once::<$harness>() })+
        $($(
            #[test]
            fn $optional() {
                if <$harness as $crate::conformance::Harness>::$ability {
                    $crate::conformance::$optional::<$harness>();
                }
            }
        )+)+
    };
}
