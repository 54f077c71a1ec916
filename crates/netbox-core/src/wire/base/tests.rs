use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(typed: &str, expected: &str) {
    let base = BaseUrl::parse(typed).unwrap();
    assert_eq!(base.api(&ApiPath::parse("status").unwrap(), &Params::default()), expected);
}

#[track_caller]
fn refused(typed: &str, why: &str) {
    let message = BaseUrl::parse(typed).unwrap_err().to_string();
    assert!(message.contains(why), "{message}");
}

#[test]
fn urls_as_people_type_them() {
    check("netbox.example.com", "https://netbox.example.com/api/status/");
    check("https://h/", "https://h/api/status/");
    check("https://h/api", "https://h/api/status/");
    check("https://h/api/", "https://h/api/status/");
    check("https://h/tools/netbox/", "https://h/tools/netbox/api/status/");
    check("https://h/tools/netbox/api/", "https://h/tools/netbox/api/status/");
    check("HTTP://h:8000", "http://h:8000/api/status/");
    check("h:8443/netbox", "https://h:8443/netbox/api/status/");
    check("http://[::1]:8000", "http://[::1]:8000/api/status/");
    check("[2001:db8::1]", "https://[2001:db8::1]/api/status/");
    check(" https://h ", "https://h/api/status/");
}

#[test]
fn urls_that_are_refused() {
    refused("", "is empty");
    refused("ftp://h", "scheme");
    refused("https://h/?next=1", "query");
    refused("https://h/#top", "fragment");
    refused("https://h//x", "empty segment");
    refused("https://h/nb/../x", "“..”");
    refused("https://h/a/%2E%2e/x", "“%2E%2e”");
    refused("https://h/..;a/x", "“..;a”");
    refused("https://h/a\\b", r"'\\'");
    refused("https://h/☃", "'☃'");
    refused("https://h\\b", "not a URL");
    refused("https://☃", "not a URL");
    refused("https://h:99999", "not a URL");
    refused("https://", "not a URL");
    refused("https://a b", "not a URL");
}

#[test]
fn who_typed_no_scheme_learns_which_was_taken() {
    for (typed, kind, is_told) in [
        ("h:8000", TransportErrorKind::Connect, true),
        ("h:8000", TransportErrorKind::Tls, true),
        ("h:8000", TransportErrorKind::Timeout, false),
        ("https://h:8000", TransportErrorKind::Connect, false),
    ] {
        let error = Error::new(ErrorKind::Transport(kind), "could not connect");
        let remedy = BaseUrl::parse(typed).unwrap().remedy(&error, false);
        let told = "the base URL was given without a scheme and is taken for https: write http:// before it if the server \
                    has no TLS";
        assert_eq!(remedy.as_deref(), is_told.then_some(told), "{typed}, {kind:?}");
    }
    assert_eq!(BaseUrl::parse("h").unwrap(), BaseUrl::parse("https://h").unwrap());
}

#[test]
fn who_gave_the_url_of_a_page_learns_where_netbox_is() {
    for (typed, root) in [
        ("https://h/dcim/devices/", Some("https://h")),
        ("https://h/netbox/dcim/devices/7/", Some("https://h/netbox")),
        ("https://h/plugins/branching/branches", Some("https://h")),
        ("https://h/api/dcim", Some("https://h")),
        ("https://h/login/", Some("https://h")),
        ("https://h/netbox", None),
        ("https://dcim", None),
    ] {
        for kind in [ErrorKind::NotNetbox, ErrorKind::NoEndpoint, ErrorKind::Redirect] {
            let remedy = BaseUrl::parse(typed).unwrap().remedy(&Error::new(kind, "404"), false);
            let told = root.map(|root| {
                let typed = typed.trim_end_matches('/');
                format!("the base URL, {typed}, is that of a page or an endpoint: did you mean {root}?")
            });
            assert_eq!(remedy, told);
        }
        let error = Error::new(ErrorKind::NotFound, "404");
        assert_eq!(BaseUrl::parse(typed).unwrap().remedy(&error, false), None);
    }
}

#[test]
fn no_secret_is_shown() {
    for typed in ["https://admin:hunter2@h/", "https://h/?token=hunter2", "h/#hunter2", "ftp://h?hunter2"] {
        let message = BaseUrl::parse(typed).unwrap_err().to_string();
        assert!(message.contains('h') && !message.contains("hunter2"), "{message}");
    }
    let message = ApiPath::parse("dcim/sites?token=hunter2").unwrap_err().to_string();
    assert!(message.contains("dcim/sites?…") && !message.contains("hunter2"), "{message}");
}

#[test]
fn paths_that_a_proxy_may_read_otherwise_are_refused() {
    for segment in [
        "..",
        ".",
        "",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "..%2f",
        "a%2Fb",
        "%5c",
        "a\\b",
        "%00",
        "%0a",
        "..;",
        "..;x=1",
        "%2e%2e;a",
        "..%3b",
        "%252e%252e",
        "%25252e.",
        "%c0%ae",
        "%ff",
        "%",
        "%zz",
        "100%",
        "☃",
        "a b",
        "\u{7f}",
    ] {
        for path in [format!("dcim/{segment}/sites"), format!("dcim/{segment}"), format!("{segment}/x")] {
            let is_edge = segment.is_empty() && path != "dcim//sites";
            assert!(is_edge || ApiPath::parse(&path).is_err(), "{path}");
        }
    }
    for path in ["plugins/a.b/c..d", "a/...", "a/%c3%a9", "a/%20", "a/x;y", "a/%252a", "a/b@c"] {
        assert_eq!(ApiPath::parse(path).unwrap().as_str(), path);
    }
}

#[test]
fn a_target_is_what_follows_the_authority() {
    for base in ["https://h", "https://netbox.example.com:8443/nb"] {
        let base = BaseUrl::parse(base).unwrap();
        let url = base.api(&ApiPath::parse("dcim/sites").unwrap(), &Params::default().with("q", "x"));
        let target = url.parse::<Uri>().unwrap().path_and_query().unwrap().as_str().len();
        assert_eq!(target_of_url(&url).len(), target);
    }
}

#[track_caller]
fn check_file(base: &str, path: &str, expected: &str) {
    assert_eq!(BaseUrl::parse(base).unwrap().file(path).unwrap(), expected, "{path}");
}

#[test]
fn files_are_below_the_base() {
    for path in ["media/a%20b.png", "/media/a%20b.png", "http://internal:8000/media/a%20b.png"] {
        check_file("https://h", path, "https://h/media/a%20b.png");
        check_file("https://h/tools/netbox", path, "https://h/tools/netbox/media/a%20b.png");
    }
    for path in ["/tools/netbox/media/a.png", "http://internal/tools/netbox/media/a.png"] {
        check_file("https://h/tools/netbox", path, "https://h/tools/netbox/media/a.png");
    }
    check_file("https://h/nb", "/nbx/a.png", "https://h/nb/nbx/a.png");
    check_file("https://h/nb", "//evil.example.com/a.png", "https://h/nb/evil.example.com/a.png");
    let drawing = "/api/dcim/racks/7/elevation/?render=svg&next=http://x/..";
    check_file("https://h", drawing, &format!("https://h{drawing}"));
}

#[test]
fn paths_of_files_that_are_refused() {
    let base = BaseUrl::parse("https://h/nb").unwrap();
    for path in
        ["", "/", "https://h", "/nb/../a", "/media//a", "/media/a b", "/media/%2e%2e/a", "ftp://h/./a"]
    {
        let told = base.file(path).unwrap_err();
        assert!(told.to_string().starts_with(&format!("the path “{path}” has ")), "{told}");
    }
    let told = base.file("/media/a#b").unwrap_err().to_string();
    assert!(told.starts_with("the path “/media/a#…” has '#' in it"), "{told}");
    let told = base.file("https://admin:hunter2@h/a b").unwrap_err().to_string();
    assert!(!told.contains("hunter2"), "{told}");
}

#[test]
fn endpoints_of_urls() {
    assert_eq!(endpoint_of_url("https://h/nb/api/dcim/sites/7/"), Some("dcim/sites"));
    assert_eq!(endpoint_of_url("https://api/api/dcim/sites/7/"), Some("dcim/sites"));
    assert_eq!(endpoint_of_url("/api/plugins/acme/widgets/7/"), Some("plugins/acme/widgets"));
    for other in
        ["", "https://h/dcim/sites/7/", "https://h/api/dcim/../7/", "https://h/api/7/", "https://h/api/a//"]
    {
        assert_eq!(endpoint_of_url(other), None, "{other}");
        assert!(!is_of_endpoint(other, "dcim/sites"), "{other}");
    }
    assert!(is_of_endpoint("https://h/nb/api/dcim/sites/7/", "dcim/sites"));
    assert!(!is_of_endpoint("https://h/nb/api/dcim/site-groups/7/", "dcim/sites"));
    assert!(!is_of_endpoint("https://h/nb/api/plugins/dcim/sites/7/", "dcim/sites"));
}

proptest! {
    #[test]
    fn every_request_stays_below_the_base(
        base in "(https?://)?[a-z]{1,8}(:[1-9][0-9]{0,3})?(/[a-z]{1,5}){0,2}/?",
        path in ".{0,30}",
        file in "(https?://)?.{0,30}",
        pairs in proptest::collection::vec((".{1,5}", ".{0,10}"), 0..4),
    ) {
        let base = BaseUrl::parse(&base).unwrap();
        if let Ok(file) = base.file(&file) {
            prop_assert!(file.starts_with(&format!("{}/", base.root)), "{}", file);
        }
        if let Ok(path) = ApiPath::parse(&path) {
            let url = base.api(&path, &pairs.into_iter().collect());
            let root = format!("{}/api/", base.root);
            prop_assert!(url.starts_with(&root));
            let uri: Uri = url.parse().unwrap();
            let origin = root.parse::<Uri>().unwrap();
            prop_assert_eq!(uri.authority(), origin.authority());
            prop_assert!(uri.path().starts_with(origin.path()) && uri.path().ends_with('/'));
            prop_assert!(!uri.path().contains("/../") && !uri.path()[1..].contains("//"));
        }
    }

    #[test]
    fn anything_can_be_typed(typed in ".*") {
        let _ = BaseUrl::parse(&typed);
        let _ = ApiPath::parse(&typed);
    }
}
