//! Files of JSON, plain or compressed.

use std::{fs, io::Read as _, path::Path};

use anyhow::Context as _;
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;

/// Reads a file, which `what` it should be describes; one whose name ends in `.gz` is decompressed.
pub fn json<T: DeserializeOwned>(path: &Path, what: &str) -> anyhow::Result<T> {
    let mut bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let mut read = || -> anyhow::Result<T> {
        if path.extension().is_some_and(|extension| extension == "gz") {
            let mut plain = Vec::new();
            GzDecoder::new(&*bytes).read_to_end(&mut plain)?;
            bytes = plain;
        }
        Ok(serde_json::from_slice(&bytes)?)
    };
    read().with_context(|| format!("{} is no {what}", path.display()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[track_caller]
    fn check_refused(path: &str, why: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let error = json::<Value>(&path, "list of sites").unwrap_err();
        assert!(format!("{error:#}").contains(why), "{error:#}");
    }

    #[test]
    fn a_file_that_is_not_there_is_not_called_a_wrong_one() {
        check_refused("nope.json", "nope.json: No such file");
        check_refused("Cargo.toml", "Cargo.toml is no list of sites: expected value");
    }
}
