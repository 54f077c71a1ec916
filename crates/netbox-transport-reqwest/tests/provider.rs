//! A program without a crypto provider of its own needs the feature `ring`.
//!
//! Installing one holds for the whole process, so that this file must have no other test.

use netbox_transport_reqwest::ReqwestTransport;

#[test]
fn the_feature_ring_brings_a_provider() {
    let error = ReqwestTransport::new().err().map(|error| error.to_string());
    assert_eq!(error.is_none(), cfg!(feature = "ring"), "{error:?}");
    assert!(error.is_none_or(|error| error.contains("turn on the feature `ring`")));
}
