//! A transport sends a request unchanged, once, and returns the response unchanged.

use http::{HeaderValue, Method, header};
use netbox_core::transport::Request;

use super::harness::{Harness, Options, Wire, get, request, succeed};
use crate::loopback::Answer;

/// A response is a response whatever its status.
pub fn statuses_are_responses<H: Harness>(wire: &Wire) {
    let server = wire.serve(|request| {
        let status = request.uri().path()[1..].parse().expect("a status");
        Answer::new(status).body(format!("this is {status}"))
    });
    let transport = wire.transport::<H>(Options::default());
    for status in [
        200, 201, 202, 203, 206, 299, 300, 303, 305, 399, 400, 401, 403, 404, 405, 406, 407, 408, 409, 410,
        412, 413, 415, 418, 421, 422, 425, 429, 431, 451, 499, 500, 501, 502, 503, 504, 507, 511, 599,
    ] {
        let response = succeed::<H>(&transport, get(&server, &format!("/{status}")));
        assert_eq!(response.status(), status);
        assert_eq!(response.body(), format!("this is {status}").as_bytes());
    }
    assert_eq!(server.requests().len(), 39, "each was sent once");
}

/// Method, path, query, headers and body arrive as they were given, with any method.
pub fn requests_arrive_unchanged<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::new(200));
    let transport = wire.transport::<H>(Options::default());
    let target = "/tools/netbox/api/dcim/sites/?name__ic=%C3%A9%20%2B&tag=a&tag=b+c&empty=&bare";
    let body = br#"[{"id": 1, "name": "caf\u00e9"}]"#;
    for method in [Method::GET, Method::OPTIONS, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        let writes = method != Method::GET && method != Method::OPTIONS;
        let mut sent = request(method, &server, target, if writes { &body[..] } else { b"" });
        sent.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        sent.headers_mut().insert(header::USER_AGENT, HeaderValue::from_static("conformance/1"));
        sent.headers_mut().insert("x-netbox-branch", HeaderValue::from_static("a b;c=\"d\""));
        succeed::<H>(&transport, sent.clone());

        let came = server.requests().pop().expect("a request");
        assert_eq!((came.method(), came.uri().to_string()), (sent.method(), target.to_owned()));
        assert_eq!(came.body(), sent.body());
        for (name, value) in sent.headers() {
            let values: Vec<_> = came.headers().get_all(name).iter().collect();
            assert_eq!(values, [value], "{name} of {}", sent.method());
        }
        let host = server.url().split_once("//").map(|(_, host)| host);
        assert_eq!(came.headers()[header::HOST].to_str().ok(), host);
    }
}

/// A write without a body is one, and a read has no sign of a body.
pub fn empty_bodies_arrive_empty<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::new(200));
    let transport = wire.transport::<H>(Options::default());
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::GET, Method::OPTIONS] {
        succeed::<H>(&transport, request(method.clone(), &server, "/", ""));
        let came = server.requests().pop().expect("a request");
        assert!(came.body().is_empty());
        let chunked = came.headers().contains_key(header::TRANSFER_ENCODING);
        let length = came.headers().contains_key(header::CONTENT_LENGTH);
        assert!(!chunked && (!length || method != Method::GET), "{method}: {:?}", came.headers());
    }
}

/// A header that stands twice stands twice on the other side, in order.
pub fn repeated_headers_stay_repeated<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| {
        Answer::new(200)
            .header("link", "<a>")
            .header("x-other", "1")
            .header("link", "<b>")
            .header("link", "<a>")
    });
    let transport = wire.transport::<H>(Options::default());
    let mut sent = get(&server, "/");
    for value in ["one", "two", "one"] {
        sent.headers_mut().append("x-repeated", HeaderValue::from_static(value));
    }
    let response = succeed::<H>(&transport, sent);
    let links: Vec<_> = response.headers().get_all("link").iter().collect();
    assert_eq!(links, ["<a>", "<b>", "<a>"]);
    let came = server.requests().pop().expect("a request");
    let repeated: Vec<_> = came.headers().get_all("x-repeated").iter().collect();
    assert_eq!(repeated, ["one", "two", "one"]);
}

/// A transport adds only the headers that HTTP needs to a request. A language would change the server's messages, a
/// cookie the user who is asking.
pub fn nothing_is_added_that_changes_the_answer<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::new(200));
    let transport = wire.transport::<H>(Options::default());
    succeed::<H>(&transport, get(&server, "/"));
    let came = server.requests().pop().expect("a request");
    let harmless = [
        header::ACCEPT,
        header::ACCEPT_ENCODING,
        header::AUTHORIZATION,
        header::CONNECTION,
        header::HOST,
        header::USER_AGENT,
    ];
    for name in came.headers().keys() {
        assert!(harmless.contains(name), "{name} was added");
    }
    assert!(came.headers().get(header::ACCEPT).is_none_or(|accept| accept == "*/*"));
}

/// A cookie that the server sets is shown, and not sent back.
pub fn cookies_are_not_kept<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::new(200).header("set-cookie", "csrftoken=abc; Path=/"));
    let transport = wire.transport::<H>(Options::default());
    for _ in 0..2 {
        let response = succeed::<H>(&transport, get(&server, "/"));
        assert_eq!(response.headers()[header::SET_COOKIE], "csrftoken=abc; Path=/");
    }
    assert!(server.requests().iter().all(|came| !came.headers().contains_key(header::COOKIE)));
}

/// A redirect is a response that says where it points. Following it could carry a token to another server.
pub fn redirects_are_not_followed<H: Harness>(wire: &Wire) {
    let server = wire.serve(|came: &Request| {
        let status = came.uri().path()[1..].parse().expect("a status");
        Answer::new(status).header("location", "/200").body("elsewhere")
    });
    let transport = wire.transport::<H>(Options::default());
    for status in [301, 302, 303, 307, 308] {
        for method in [Method::GET, Method::POST] {
            let response = succeed::<H>(&transport, request(method, &server, &format!("/{status}"), ""));
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()[header::LOCATION], "/200");
            assert_eq!(response.body(), &b"elsewhere"[..]);
        }
    }
    assert!(server.requests().iter().all(|came| came.uri() != "/200"));
}

/// The response to a HEAD has a length and no body, and the connection is good for more.
pub fn head_has_no_body<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::json("[1, 2, 3]"));
    let transport = wire.transport::<H>(Options::default());
    let head = succeed::<H>(&transport, request(Method::HEAD, &server, "/", ""));
    assert_eq!((head.status().as_u16(), head.body().len()), (200, 0));
    let whole = succeed::<H>(&transport, get(&server, "/"));
    assert_eq!(whole.body(), &b"[1, 2, 3]"[..]);
}
