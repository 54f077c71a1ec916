//! The suite that every transport passes.
#![cfg(feature = "ring")]

mod harness;

netbox_replay::conformance!(harness::ReqwestUnderTest);
