//! The files in `fixtures/`: they hold no secrets, and the cassettes load.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use netbox_replay::{Cassette, secrets};
use netbox_tests::recordings::fixtures;
use serde_json::Value;

/// All files below `folder`; none if there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => panic!("{}: {error}", folder.display()),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// All cassettes: those of the scenarios, and those of the programs in the cookbook.
fn cassettes() -> impl Iterator<Item = PathBuf> {
    let files = ["cassettes", "cookbook"].into_iter().flat_map(|folder| files(&fixtures().join(folder)));
    files.filter(|file| file.extension().is_some_and(|extension| extension == "json"))
}

/// The password of the data set's user, who may do nothing: NetBox takes no simpler one.
const NO_SECRET: &str = "Not-A-Secret-42";

/// The bytes of a file, which may be compressed.
fn content(path: &Path) -> io::Result<Vec<u8>> {
    if path.extension().is_none_or(|extension| extension != "gz") {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    GzDecoder::new(fs::File::open(path)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Each finding below `folder`, as `file: line 7: a v2 token`.
fn secrets_below(folder: &Path) -> Vec<String> {
    let findings = files(folder).into_iter().flat_map(|path| {
        let bytes = content(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let text = String::from_utf8_lossy(&bytes).replace(NO_SECRET, secrets::PLACEHOLDER);
        let findings = secrets::find(&text);
        findings.into_iter().map(move |finding| format!("{}: {finding}", path.display()))
    });
    findings.collect()
}

#[test]
fn no_fixture_holds_a_secret() {
    let found = secrets_below(&fixtures());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_secret_would_be_found_however_deep_it_lies() {
    let folder = std::env::temp_dir().join(format!("netbox-fixtures-{}", std::process::id()));
    let file = folder.join("cassettes").join("login.json");
    fs::create_dir_all(file.parent().expect("a folder")).expect("a temporary folder");
    fs::write(&file, "{\n  \"username\": \"admin\",\n  \"password\": \"hunter2\"\n}\n")
        .expect("a temporary file");
    let compressed = folder.join("lists.json.gz");
    let mut writer =
        GzEncoder::new(fs::File::create(&compressed).expect("a temporary file"), Compression::fast());
    writer.write_all(b"{\"password\": \"hunter2\"}").expect("a temporary file");
    writer.finish().expect("a temporary file");
    let mut found = secrets_below(&folder);
    found.sort();
    fs::remove_dir_all(&folder).expect("a temporary folder");
    let finding = |file: &Path, line: u32| format!("{}: line {line}: the value of password", file.display());
    assert_eq!(found, [finding(&file, 3), finding(&compressed, 1)]);
    assert!(secrets_below(&folder).is_empty());
}

#[test]
fn every_cassette_loads() {
    for path in cassettes() {
        let cassette = Cassette::load(&path).unwrap_or_else(|error| panic!("{error}"));
        assert!(!cassette.exchanges().is_empty(), "{} is empty", path.display());
    }
}

/// By these headers it is decided whether an answer is NetBox's.
#[test]
fn every_answer_has_the_headers_of_netbox() {
    let mut answers = 0;
    for file in cassettes() {
        let cassette: Value = serde_json::from_slice(&fs::read(&file).expect("a cassette")).expect("JSON");
        for exchange in cassette["exchanges"].as_array().expect("exchanges") {
            let path = exchange["request"]["path"].as_str().expect("a path");
            let headers = exchange["response"]["headers"].as_array().expect("headers");
            let has = |name: &str| headers.iter().any(|header| header[0] == name);
            assert!(has("x-request-id"), "{path}");
            assert_eq!(has("api-version"), path.starts_with("/api/"), "{path}");
            answers += 1;
        }
    }
    assert!(answers > 1_000, "{answers}");
}
