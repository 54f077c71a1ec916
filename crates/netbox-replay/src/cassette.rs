//! A recorded scenario, and its file.

use std::{
    error::Error,
    fmt,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    exchange::Exchange,
    format::{self, Refusal},
};

/// The exchanges of one scenario, in the order of the requests.
///
/// # The file
///
/// The file is JSON, laid out to be read in a diff: JSON bodies appear as JSON, with the numbers and the order of keys
/// that the server sent; texts as their lines; everything else in base64. A value that fits on one line takes one line.
///
/// ```json
/// {
///   "format": 1,
///   "exchanges": [
///     {
///       "request": {"method": "GET", "path": "/api/dcim/sites/", "query": [["limit", "1"], ["name__isw", "DM-"]]},
///       "response": {
///         "status": 200,
///         "headers": [["api-version", "4.7"], ["content-type", "application/json"]],
///         "body": {
///           "json": {"count": 0, "next": null, "previous": null, "results": []}
///         }
///       }
///     }
///   ]
/// }
/// ```
///
/// `body` has `json`, `text` (a list of lines) or `base64`; without a body, it is omitted.
///
/// # Matching
///
/// A request matches a recorded one if these are the same:
/// - the method;
/// - the path, from the first segment `/api` or `/graphql` on: neither the host nor the server's own prefix counts (a
///   path with neither segment is compared whole);
/// - the query, decoded, in any order; a pair that occurs twice counts twice;
/// - the body, as JSON where both are JSON: neither the order of keys nor the spelling of a number, such as `20.0` or
///   `2e1`, counts. The boundary between the parts of a form does not count either.
///
/// Headers don't count. Secrets are scrubbed before the comparison, so that two logins with different passwords are
/// the same request.
#[derive(Debug, Clone, PartialEq)]
pub struct Cassette {
    name: String,
    exchanges: Vec<Exchange>,
}

impl Cassette {
    /// A cassette of these exchanges. The name appears in messages; for a loaded cassette it is the file's stem.
    ///
    /// ```
    /// use bytes::Bytes;
    /// use http::{Request, Response};
    /// use netbox_replay::{Cassette, Exchange};
    ///
    /// let request = Request::get("https://netbox.example.com/api/status/").body(Bytes::new())?;
    /// let response = Response::new(Bytes::from_static(br#"{"netbox-version": "4.7.3"}"#));
    /// let cassette = Cassette::new("status", vec![Exchange::new(&request, &response)]);
    /// assert!(cassette.find(&request).is_ok());
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn new(name: impl Into<String>, exchanges: Vec<Exchange>) -> Self {
        Self { name: name.into(), exchanges }
    }

    /// Reads a cassette from a file.
    ///
    /// # Errors
    ///
    /// If the file can't be read, is of another format, or holds something other than a cassette. The error names the
    /// file, the exchange and the reason.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let path = path.as_ref();
        let text =
            fs::read_to_string(path).map_err(|error| CassetteError::new(path, None, error.to_string()))?;
        let exchanges = format::read(&text)
            .map_err(|Refusal { exchange, reason }| CassetteError::new(path, exchange, reason))?;
        Ok(Self::new(stem(path), exchanges))
    }

    /// Writes the cassette to a file, and creates missing folders.
    ///
    /// On Unix, only the owner can read a new file, since the recording may hold secrets that no rule recognises. An
    /// existing file keeps its permissions.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), CassetteError> {
        let path = path.as_ref();
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| {
            let mut options = File::options();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.open(path)?.write_all(format::write(&self.exchanges).as_bytes())
        });
        written.map_err(|error| CassetteError::new(path, None, error.to_string()))
    }

    /// The name of the cassette in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All exchanges, in the order of the requests.
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }
}

/// The error of a cassette that can't be read or written. It says which file, which exchange (from 1) and why.
#[derive(Debug)]
pub struct CassetteError {
    path: PathBuf,
    exchange: Option<usize>,
    reason: String,
}

impl CassetteError {
    fn new(path: &Path, exchange: Option<usize>, reason: String) -> Self {
        Self { path: path.to_owned(), exchange, reason }
    }
}

impl fmt::Display for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        if let Some(exchange) = self.exchange {
            write!(f, "exchange {exchange}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl Error for CassetteError {}

pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::env;

    use bytes::Bytes;
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::json::{DEPTH, tests::any_json};

    /// Bodies of each kind, and now and then no valid one for its content type.
    fn any_exchange() -> impl Strategy<Value = Exchange> {
        let body = || {
            prop_oneof![
                any_json().prop_map(|json| ("application/json", Bytes::from(json.compact()))),
                any::<String>().prop_map(|text| ("text/html", Bytes::from(text))),
                any::<Vec<u8>>().prop_map(|bytes| ("application/json", Bytes::from(bytes))),
            ]
        };
        let query = vec(("[a-z_]{1,4}", any::<String>()), 0..4);
        let text = "[ -~é]{0,20}";
        (body(), query, 100..1000_u16, body(), text).prop_map(
            |((kind, sent), query, status, answer, etag)| {
                let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
                let request = http::Request::post(format!("https://h/api/dcim/sites/?{query}"))
                    .header("content-type", kind)
                    .body(sent)
                    .unwrap();
                let response = http::Response::builder()
                    .status(status)
                    .header("content-type", answer.0)
                    .header("etag", etag.as_bytes())
                    .body(answer.1)
                    .unwrap();
                Exchange::new(&request, &response)
            },
        )
    }

    pub(crate) fn any_cassette() -> impl Strategy<Value = Cassette> {
        vec(any_exchange(), 0..4).prop_map(|exchanges| Cassette::new("any", exchanges))
    }

    #[track_caller]
    fn check_refused(text: &str, exchange: Option<usize>, reason: &str) {
        let refusal = format::read(text).expect_err("no cassette");
        assert_eq!((refusal.exchange, refusal.reason.as_str()), (exchange, reason));
    }

    /// As the default of a user's new files is for everybody to read them.
    #[cfg(unix)]
    #[test]
    fn a_new_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;

        let path = env::temp_dir().join(format!("netbox-replay-cassette-mode-{}.json", std::process::id()));
        let cassette = Cassette::new("", Vec::new());
        cassette.save(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        cassette.save(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn an_error_names_file_exchange_and_reason() {
        let folder = env::temp_dir().join(format!("netbox-replay-refused-{}", std::process::id()));
        let path = folder.join("broken.json");
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, r#"{"format": 1, "exchanges": [{"request": {"method": "GET"}}]}"#).unwrap();
        let error = Cassette::load(&path).unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            error,
            format!("{}: exchange 1: missing field `path` at line 1 column 57", path.display())
        );
        assert!(Cassette::load(&path).unwrap_err().to_string().starts_with(&path.display().to_string()));
    }

    #[test]
    fn what_is_no_cassette_is_refused_with_a_reason() {
        let exchange = r#"{"request":{"method":"GET","path":"/api/"},"response":{"status":200}}"#;
        let two = |second: &str| format!(r#"{{"format":1,"exchanges":[{exchange},{second}]}}"#);
        assert!(format::read(&two(exchange)).is_ok());

        check_refused(r#"{"format":2,"tracks":[]}"#, None, "its format is 2; this library reads 1");
        check_refused("{", None, "EOF while parsing an object at line 1 column 1");
        check_refused(&two(&exchange.replace("GET", "G T")), Some(2), "its method: invalid HTTP method");
        check_refused(&two(&exchange.replace("200", "20")), Some(2), "its status: invalid status code");
        let header = r#"200,"headers":[["etag","a\nb"]]"#;
        check_refused(
            &two(&exchange.replace("200", header)),
            Some(2),
            "its header etag: failed to parse header value",
        );
        let base64 = r#"200,"body":{"base64":"?"}"#;
        let refusal = format::read(&two(&exchange.replace("200", base64))).err().unwrap();
        assert!(refusal.reason.starts_with("its base64: "), "{}", refusal.reason);
    }

    #[test]
    fn a_body_may_be_as_deep_as_any_that_is_read() {
        for (depth, is_json) in [(DEPTH, true), (DEPTH + 1, false)] {
            let body = "[".repeat(depth) + &"]".repeat(depth);
            let request = http::Request::post("https://h/api/x/").body(Bytes::from(body)).unwrap();
            let exchange = Exchange::new(&request, &http::Response::new(request.body().clone()));
            let text = format::write(std::slice::from_ref(&exchange));
            assert_eq!(text.contains("\"json\""), is_json);
            assert_eq!(format::read(&text).ok(), Some(vec![exchange]));
        }
    }

    proptest! {
        #[test]
        fn a_cassette_that_was_saved_loads_the_same(cassette in any_cassette()) {
            let folder = env::temp_dir().join(format!("netbox-replay-saved-{}", std::process::id()));
            let path = folder.join("any.json");
            cassette.save(&path).unwrap();
            let loaded = Cassette::load(&path);
            fs::remove_dir_all(&folder).unwrap();
            prop_assert_eq!(loaded.unwrap(), cassette);
        }
    }
}
