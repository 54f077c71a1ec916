//! Any file as a cassette.
#![no_main]

use std::{env, fs, process};

use libfuzzer_sys::fuzz_target;
use netbox_replay::Cassette;

fuzz_target!(|file: &[u8]| {
    let path = env::temp_dir().join(format!("netbox-fuzz-{}.json", process::id()));
    fs::write(&path, file).expect("a file");
    if let Ok(cassette) = Cassette::load(&path) {
        // A cassette that was read can be written, and read again.
        cassette.save(&path).expect("a file");
        let again = Cassette::load(&path).expect("a cassette that the library wrote");
        assert_eq!(again.exchanges().len(), cassette.exchanges().len());
    }
});
