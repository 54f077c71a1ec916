//! The recording that matches a request, and the nearest one if none does.

use std::{collections::BTreeMap, error::Error, fmt};

use netbox_core::transport::Request;

use crate::{
    body::shortened,
    cassette::Cassette,
    exchange::{Ask, Exchange, query_text},
};

/// How many characters of a query are shown where it differs.
const SHOWN: usize = 200;

impl Cassette {
    /// The first recording of `request`.
    ///
    /// # Errors
    ///
    /// If the request was not recorded; the error names the nearest recording.
    pub fn find(&self, request: &Request) -> Result<&Exchange, Mismatch> {
        let ask = Ask::of(request);
        let found = self.exchanges().iter().find(|exchange| is_match(&ask, &exchange.ask));
        found.ok_or_else(|| Mismatch::new(&ask, self))
    }
}

/// A request that was not recorded.
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use netbox_replay::{Cassette, Exchange};
///
/// let get = |uri: &str| Request::get(uri).body(Bytes::new());
/// let recorded = get("https://netbox.example.com/api/dcim/sites/?name=y")?;
/// let cassette = Cassette::new("tour", vec![Exchange::new(&recorded, &Response::default())]);
/// let mismatch = cassette.find(&get("https://netbox.example.com/api/dcim/sites/?name=x")?).unwrap_err();
/// assert_eq!(
///     mismatch.to_string(),
///     "no recording of GET /api/dcim/sites/?name=x in \"tour\"; nearest is exchange 1: \
///      GET /api/dcim/sites/?name=y: query differs: sent name=x, recorded name=y"
/// );
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Mismatch {
    request: String,
    cassette: String,
    nearest: Option<Nearest>,
}

#[derive(Debug, Clone)]
struct Nearest {
    number: usize,
    request: String,
    differences: String,
}

impl Mismatch {
    pub(crate) fn new(ask: &Ask, cassette: &Cassette) -> Self {
        let candidates = cassette.exchanges().iter().enumerate();
        let nearest = candidates.min_by_key(|(_, exchange)| Distance::between(ask, &exchange.ask));
        Self {
            request: ask.to_string(),
            cassette: cassette.name().to_owned(),
            nearest: nearest.map(|(index, exchange)| Nearest {
                number: index + 1,
                request: exchange.ask.to_string(),
                differences: differences(ask, &exchange.ask),
            }),
        }
    }

    /// The number of the nearest recording, from 1; `None` if the cassette is empty.
    pub fn nearest(&self) -> Option<usize> {
        self.nearest.as_ref().map(|nearest| nearest.number)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no recording of {} in {:?}; ", self.request, self.cassette)?;
        match &self.nearest {
            Some(Nearest { number, request, differences }) => {
                write!(f, "nearest is exchange {number}: {request}: {differences}")
            }
            None => f.write_str("it has none at all"),
        }
    }
}

impl Error for Mismatch {}

pub(crate) fn is_match(sent: &Ask, recorded: &Ask) -> bool {
    sent.method == recorded.method
        && sent.path == recorded.path
        && Pairs::new(sent, recorded).are_equal()
        && sent.body.difference(&recorded.body).is_none()
}

/// How far a request is from a recording; what comes first weighs most.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    path: usize,
    method: bool,
    query: usize,
    body: bool,
}

impl Distance {
    fn between(sent: &Ask, recorded: &Ask) -> Self {
        Self {
            path: strsim::levenshtein(&sent.path, &recorded.path),
            method: sent.method != recorded.method,
            query: Pairs::new(sent, recorded).distance(),
            body: sent.body.difference(&recorded.body).is_some(),
        }
    }
}

/// The pairs of two queries that the other one lacks.
struct Pairs<'q> {
    sent: Vec<&'q (String, String)>,
    recorded: Vec<&'q (String, String)>,
}

impl<'q> Pairs<'q> {
    fn new(sent: &'q Ask, recorded: &'q Ask) -> Self {
        let mut surplus: BTreeMap<_, isize> = BTreeMap::new();
        for pair in &sent.query {
            *surplus.entry(pair).or_default() += 1;
        }
        for pair in &recorded.query {
            *surplus.entry(pair).or_default() -= 1;
        }
        let of = |sign: isize| {
            let pairs = surplus.iter().filter(|(_, count)| count.signum() == sign);
            pairs.flat_map(|(pair, count)| std::iter::repeat_n(*pair, count.unsigned_abs())).collect()
        };
        Self { sent: of(1), recorded: of(-1) }
    }

    fn are_equal(&self) -> bool {
        self.sent.is_empty() && self.recorded.is_empty()
    }

    /// A pair of another value is nearer than one of another name.
    fn distance(&self) -> usize {
        let same_name =
            self.sent.iter().filter(|(name, _)| self.recorded.iter().any(|(other, _)| name == other));
        2 * (self.sent.len() + self.recorded.len()) - same_name.count()
    }

    fn difference(&self) -> String {
        let [sent, recorded] =
            [&self.sent, &self.recorded].map(|pairs| shortened(query_text(pairs.iter().copied()), SHOWN));
        match (sent.is_empty(), recorded.is_empty()) {
            (_, true) => format!("query differs: sent {sent}, which was not recorded"),
            (true, _) => format!("query differs: recorded {recorded}, which was not sent"),
            _ => format!("query differs: sent {sent}, recorded {recorded}"),
        }
    }
}

fn differences(sent: &Ask, recorded: &Ask) -> String {
    let method = (sent.method != recorded.method)
        .then(|| format!("method differs: sent {}, recorded {}", sent.method, recorded.method));
    let path = (sent.path != recorded.path)
        .then(|| format!("path differs: sent {}, recorded {}", sent.path, recorded.path));
    let pairs = Pairs::new(sent, recorded);
    let query = (!pairs.are_equal()).then(|| pairs.difference());
    let body = sent.body.difference(&recorded.body);
    let all: Vec<String> = [method, path, query, body].into_iter().flatten().collect();
    all.join("; ")
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use netbox_core::transport::Response;
    use proptest::{
        collection::{btree_map, vec},
        prelude::*,
    };

    use super::*;
    use crate::cassette::tests::any_cassette;

    fn ask(line: &str) -> Request {
        let (method, rest) = line.split_once(' ').unwrap();
        let (target, body) = rest.split_once(' ').unwrap_or((rest, ""));
        http::Request::builder()
            .method(method)
            .uri(format!("https://h{target}"))
            .body(Bytes::from(body.to_owned()))
            .unwrap()
    }

    fn cassette(lines: &[&str]) -> Cassette {
        let response = Response::default();
        Cassette::new("c", lines.iter().map(|line| Exchange::new(&ask(line), &response)).collect())
    }

    #[track_caller]
    fn check_nearest(recorded: &[&str], sent: &str, expected: &str) {
        let mismatch = cassette(recorded).find(&ask(sent)).unwrap_err().to_string();
        assert_eq!(mismatch.split_once("; nearest is ").expect("a nearest one").1, expected);
    }

    #[test]
    fn neither_host_nor_prefix_nor_order_count() {
        let cassette = cassette(&["POST /api/x/?a=1&b=%20&a=1 {\"a\":1,\"b\":20.0}"]);
        for target in ["/api/x/?b=+&a=1&a=1", "/nb/api/x/?a=1&a=1&b=%20"] {
            let sent = ask(&format!("POST {target} {{\"b\":2e1,\"a\":1}}"));
            assert!(cassette.find(&sent).is_ok());
        }
        assert!(cassette.find(&ask("POST /api/x/?a=1&b=%20 {\"a\":1,\"b\":20.0}")).is_err());
    }

    #[test]
    fn the_nearest_recording_is_named_with_all_that_differs() {
        let recorded = [
            "GET /api/dcim/sites/?name=y",
            "GET /api/dcim/sites/?name=x&limit=5",
            "PATCH /api/dcim/sites/7/ {\"name\":\"a\"}",
            "GET /api/dcim/racks/",
        ];
        check_nearest(
            &recorded,
            "GET /api/dcim/sites/?name=x",
            "exchange 2: GET /api/dcim/sites/?name=x&limit=5: query differs: recorded limit=5, which was not sent",
        );
        check_nearest(
            &recorded,
            "GET /api/dcim/sites/?name=z",
            "exchange 1: GET /api/dcim/sites/?name=y: query differs: sent name=z, recorded name=y",
        );
        check_nearest(
            &recorded,
            "GET /api/dcim/rack/",
            "exchange 4: GET /api/dcim/racks/: path differs: sent /api/dcim/rack/, recorded /api/dcim/racks/",
        );
        check_nearest(
            &recorded,
            "PUT /api/dcim/sites/7/?x=y {\"name\":\"b\"}",
            "exchange 3: PATCH /api/dcim/sites/7/: method differs: sent PUT, recorded PATCH; \
             query differs: sent x=y, which was not recorded; body differs at /name: sent \"b\", recorded \"a\"",
        );
        check_nearest(
            &recorded,
            "PATCH /api/dcim/sites/7/",
            "exchange 3: PATCH /api/dcim/sites/7/: body differs: sent no body, recorded {\"name\":\"a\"}",
        );
    }

    #[test]
    fn an_empty_cassette_has_no_nearest() {
        let mismatch = cassette(&[]).find(&ask("GET /api/")).unwrap_err();
        assert_eq!(mismatch.nearest(), None);
        assert_eq!(mismatch.to_string(), "no recording of GET /api/ in \"c\"; it has none at all");
    }

    /// A list, and the same in another order.
    fn shuffled<T: Clone + fmt::Debug>(
        list: impl Strategy<Value = Vec<T>>,
    ) -> impl Strategy<Value = (Vec<T>, Vec<T>)> {
        list.prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle()))
    }

    fn post(query: &[(String, String)], body: &[(String, u8)]) -> Request {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let body: Vec<String> =
            body.iter().map(|(key, value)| format!("{key:?}: {{\"a\": [{value}]}}")).collect();
        ask(&format!("POST /api/x/?{query} {{{}}}", body.join(",")))
    }

    proptest! {
        #[test]
        fn a_request_matches_in_any_order(
            (query, shuffled_query) in shuffled(vec(("[a-c]", "[a-cé &=+]{0,2}"), 0..6)),
            (body, shuffled_body) in shuffled(
                btree_map("[a-z]{1,3}", any::<u8>(), 0..6).prop_map(|object| object.into_iter().collect())
            ),
        ) {
            let recorded = Exchange::new(&post(&query, &body), &Response::default());
            let cassette = Cassette::new("c", vec![recorded]);
            prop_assert!(cassette.find(&post(&shuffled_query, &shuffled_body)).is_ok());

            let mut longer = shuffled_query;
            longer.push(("a".to_owned(), "another".to_owned()));
            prop_assert!(cassette.find(&post(&longer, &shuffled_body)).is_err());
        }

        #[test]
        fn whatever_is_asked_there_is_an_answer_or_a_nearest(
            cassette in any_cassette(),
            path in "(/api|/graphql|/x)?/[a-z/%2]{0,8}(\\?[a-z=&%+]{0,8})?",
            body: Vec<u8>,
        ) {
            let mut request = ask(&format!("POST {path}"));
            *request.body_mut() = body.into();
            match cassette.find(&request) {
                Ok(_) => {}
                Err(mismatch) => {
                    prop_assert_eq!(mismatch.nearest().is_some(), !cassette.exchanges().is_empty());
                    prop_assert!(!mismatch.to_string().ends_with(": "));
                }
            }
        }
    }
}
