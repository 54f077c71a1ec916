//! No secret is logged, whatever the level. This file must have no other test.
#![cfg(feature = "ring")]

mod harness;

#[test]
fn no_secret_is_logged() {
    netbox_replay::conformance::no_secret_is_logged::<harness::ReqwestUnderTest>();
}
