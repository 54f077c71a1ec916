//! Whole messages of errors that people meet first.

use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, Error, Patch,
    test::{Asking, Canned, asked, json},
};

/// A client of a server that has no such page, as NetBox 4.7.3 says it.
fn pageless(url: &str) -> Asking<Blocking> {
    let answer = |_: &_| {
        let answer = http::Response::builder().status(404).header("content-type", "text/html; charset=utf-8");
        answer.header("api-version", "4.7").body("<!DOCTYPE html>".into()).unwrap()
    };
    Canned::new(answer).under(Client::builder(url))
}

#[track_caller]
fn check<R>(result: Result<R, Error>, message: &str) {
    assert_eq!(result.err().map(|error| error.to_string()).as_deref(), Some(message));
}

const PAGE: &str = "NetBox answered 404 Not Found with text/html; charset=utf-8: “<!DOCTYPE html>”";

#[test]
fn a_misspelt_endpoint_is_answered_with_the_one_that_was_meant() {
    let client = pageless("https://h");
    let meant = "(NetBox 4.7 has no endpoint `dcim/device`; did you mean `dcim/devices`?)";
    let told = |asked: &str| format!("{asked}: {PAGE} {meant}");
    check(
        client.query_at("dcim/device").all(),
        &told("GET https://h/api/dcim/device/?limit=1000&ordering=id"),
    );
    check(client.query_at("dcim/device").count(), &told("GET https://h/api/dcim/device/?fields=id&limit=1"));
    check(client.get_at("dcim/device", 7), &told("GET https://h/api/dcim/device/7/"));
    let patch = Patch::new().field("name", "a");
    check(client.update_at("dcim/device", 7, patch), &told("PATCH https://h/api/dcim/device/7/"));
    check(client.raw().get::<()>("dcim/device"), &told("GET https://h/api/dcim/device/"));
    let unknown = "(no such endpoint here: check its spelling, the server's version and its plugins)";
    check(
        client.raw().get::<()>("plugins/acme/widgets"),
        &format!("GET https://h/api/plugins/acme/widgets/: {PAGE} {unknown}"),
    );
}

#[test]
fn a_base_url_that_is_a_page_is_told_from_a_misspelt_endpoint() {
    check(
        pageless("https://h/nb/dcim/devices/").raw().get::<()>("dcim/device"),
        &format!(
            "GET https://h/nb/dcim/devices/api/dcim/device/: {PAGE} (the base URL, https://h/nb/dcim/devices, is that of a \
             page or an endpoint: did you mean https://h/nb?)"
        ),
    );
}

/// A client of a server that answers with a page which nothing shows to be an answer of NetBox's API.
fn lost(url: &str, page: &'static str) -> Asking<Blocking> {
    let answer = move |_: &_| {
        let answer = http::Response::builder().status(404).header("content-type", "text/html");
        answer.body(page.into()).unwrap()
    };
    Canned::new(answer).under(Client::builder(url))
}

#[test]
fn a_base_url_with_another_path_than_netbox_is_told() {
    let hint = "is this a NetBox? a proxy before it has to let the header `API-Version` pass";
    let shown = "the server answered 404 Not Found with text/html: “<h1>Not Found</h1>”";
    for (base, advice) in [
        (
            "https://h/netbox",
            "if NetBox is at the root of the server, the base URL must not have the path /netbox",
        ),
        ("https://h", "if NetBox is served below a path, such as /netbox, the base URL must have that path"),
    ] {
        check(
            lost(base, "<h1>Not Found</h1>").get_at("dcim/sites", 7),
            &format!("GET {base}/api/dcim/sites/7/: {shown} ({hint}; {advice})"),
        );
    }
}

#[test]
fn a_page_of_netbox_shows_the_path_that_was_meant() {
    let root = "<html data-netbox-version=\"4.7.3\"><script src=\"/static/setmode.js?v=4.7.3\">";
    let below = "<html data-netbox-version=\"4.7.3\"><script src=\"/nb/static/setmode.js?v=4.7.3\">";
    for (base, page, meant) in [
        ("https://h:8443/netbox", root, "https://h:8443"),
        ("https://h", below, "https://h/nb"),
        ("https://h/netbox", below, "https://h/nb"),
    ] {
        check(
            lost(base, page).get_at("dcim/sites", 7),
            &format!(
                "GET {base}/api/dcim/sites/7/: the server answered 404 Not Found with text/html: “{page}” (NetBox is not at \
                 the base URL, {base}: did you mean {meant}?)"
            ),
        );
    }
    let here = lost("https://h/nb", below).get_at("dcim/sites", 7).unwrap_err().to_string();
    assert!(!here.contains("did you mean"), "{here}");
    let elsewhere = "<html data-netbox-version=\"4.7.3\"><script src=\"https://cdn/static/setmode.js\">";
    let elsewhere = lost("https://h", elsewhere).get_at("dcim/sites", 7).unwrap_err().to_string();
    assert!(!elsewhere.contains("did you mean"), "{elsewhere}");
}

#[test]
fn a_netbox_that_answered_before_is_at_its_base_url() {
    let client = Canned::<Blocking>::client(|request| {
        let is_first = request.uri().path().ends_with("/1/");
        let status = if is_first { 200 } else { 404 };
        let mut answer = json(status, &value!({"id": 1}));
        if !is_first {
            answer.headers_mut().remove("api-version");
        }
        answer
    });
    client.get_at("dcim/sites", 1).unwrap();
    check(
        client.get_at("dcim/sites", 7),
        "GET https://h/nb/api/dcim/sites/7/: the server answered 404 Not Found: id: 1 (is this a NetBox? a proxy before it \
         has to let the header `API-Version` pass)",
    );
}

#[test]
fn a_token_that_the_server_does_not_have_is_told_from_one_that_may_not() {
    let whole = "check that it is one of this server, and whole";
    for (told, advice) in [
        ("Invalid v2 token", format!(" (this server has no such token: {whole}, nbt_<key>.<secret>)")),
        (
            "Invalid v1 token",
            format!(
                " (this server has no such token: {whole}; those that begin with nbt_ have a key before the secret, \
                 nbt_<key>.<secret>)"
            ),
        ),
        ("Invalid token", format!(" (this server has no such token: {whole})")),
        ("Token expired", String::new()),
    ] {
        let client = Canned::<Blocking>::client(move |_| json(403, &value!({"detail": told})));
        check(
            client.get_at("dcim/sites", 7),
            &format!("GET https://h/nb/api/dcim/sites/7/: NetBox answered 403 Forbidden: {told}{advice}"),
        );
    }
    let graphql = Canned::<Blocking>::client(|_| {
        let answer = http::Response::builder().status(403).header("content-type", "text/html");
        answer.header("x-request-id", "7").body("Invalid v2 token".into()).unwrap()
    });
    check(
        graphql.graphql::<Value>("{ site_list { id } }", &value!({})),
        &format!(
            "POST https://h/nb/graphql/: NetBox answered 403 Forbidden with text/html: “Invalid v2 token” (this server has no \
             such token: {whole}, nbt_<key>.<secret>) [request 7]"
        ),
    );
}

#[test]
fn a_client_without_a_token_is_told_that_it_has_none() {
    let refusing = Canned::<Blocking>::new(|_| {
        json(403, &value!({"detail": "Authentication credentials were not provided."}))
    });
    check(
        refusing.under(Client::builder("https://h/nb")).get_at("dcim/sites", 7),
        "GET https://h/nb/api/dcim/sites/7/: NetBox answered 403 Forbidden: Authentication credentials were not provided. (this \
         client has no token: give it one by `.token(…)` of its builder, or by NETBOX_TOKEN where it is built from the \
         environment)",
    );
}

#[test]
fn a_token_that_the_server_can_not_have_is_told_from_one_that_it_does_not_have() {
    // Before 4.5, NetBox knows only the keyword `Token`, and takes whoever sends `Bearer` for somebody without a token.
    let told = |token: &str, version: &'static str, detail: &'static str| {
        let forbidding = Canned::<Blocking>::new(move |_| {
            let mut answer = json(403, &value!({"detail": detail}));
            answer.headers_mut().insert("api-version", version.parse().unwrap());
            answer
        });
        let client = forbidding.under(Client::builder("https://h/nb").token(token));
        client.get_at("dcim/sites", 7).unwrap_err().to_string()
    };
    let anonymous = "Authentication credentials were not provided.";
    let refused = "GET https://h/nb/api/dcim/sites/7/: NetBox answered 403 Forbidden: Authentication credentials were not provided.";
    assert_eq!(
        told("nbt_key.hunter2", "4.4", anonymous),
        format!("{refused} (a token that begins with nbt_ needs NetBox 4.5 or later: this server is 4.4)")
    );
    assert_eq!(told("nbt_key.hunter2", "4.5", anonymous), refused);
    assert_eq!(told("hunter2", "4.4", anonymous), refused);
    assert!(told("hunter2", "4.4", "Invalid token").contains("this server has no such token"));
}

#[test]
fn one_object_is_no_list() {
    let client = Canned::<Blocking>::client(|_| json(200, &value!({"id": 1})));
    let told = "dcim/devices/1 is one object, and a query is for a list: use `get_at(\"dcim/devices\", 1)`";
    check(client.query_at("dcim/devices/1").count(), told);
    check(client.query_at("/api/dcim/devices/1/").all(), told);
    assert!(client.transport().requests().is_empty());
}

/// A NetBox that refuses whatever names one of these fields, in a language that nobody here reads, and finds these slugs.
fn refusing(refused: Value, slugs: &'static [&'static str]) -> Asking<Blocking> {
    Canned::client(move |request| {
        if request.method() == "GET" && request.uri().query().is_some_and(|query| query.contains("__isw=")) {
            let attribute = asked(request, "fields").remove(0);
            let rows: Vec<_> = slugs.iter().map(|slug| value!({attribute.as_str(): slug})).collect();
            return json(200, &value!({"count": rows.len(), "next": null, "results": rows}));
        }
        json(if refused.get("exception").is_some() { 500 } else { 400 }, &refused)
    })
}

#[track_caller]
fn check_remedy<R>(client: &Asking<Blocking>, result: Result<R, Error>, remedy: &str, looked_up: &[&str]) {
    let error = result.err().unwrap();
    assert!(error.is_invalid() && error.to_string().ends_with(&format!(" ({remedy})")), "{error}");
    let targets = client.transport().targets();
    assert_eq!(&targets[1..], looked_up);
}

#[test]
fn a_slug_that_there_is_not_is_answered_with_the_nearest() {
    let told = |refused: &str,
                slugs,
                query: fn(&Client<Blocking>) -> Result<u64, Error>,
                remedy: &str,
                target: &str| {
        let client = refusing(value!({refused: ["Ungültig."]}), slugs);
        check_remedy(&client, query(&client), remedy, &[target]);
    };
    let sites = &["dm-amsterdam", "dm-berlin"];
    let devices = |client: &Client<Blocking>, name: &str, value: &str| {
        client.query_at("dcim/devices").param(name, value).count()
    };
    for site in ["DM-Berlin", "DM Berlin", "dm-brlin"] {
        let client = refusing(value!({"site": ["Ungültig."]}), sites);
        check_remedy(
            &client,
            devices(&client, "site", site),
            "`site` takes the slug of an object of dcim/sites; did you mean `dm-berlin`?",
            &["dcim/sites/?slug__isw=dm&fields=slug&limit=500"],
        );
    }
    told(
        "site__n",
        sites,
        |client| client.query_at("dcim/devices").param("site__n", "nowhere").count(),
        "dcim/sites has no object with the slug `nowhere`, or this token may not view it",
        "dcim/sites/?slug__isw=no&fields=slug&limit=500",
    );
    told(
        "region",
        &["europe"],
        |client| client.query_at("dcim/devices").param("region", "eurpe").count(),
        "`region` takes the slug of an object of dcim/regions; did you mean `europe`?",
        "dcim/regions/?slug__isw=eu&fields=slug&limit=500",
    );
    told(
        "tag",
        &["spare"],
        |client| client.query_at("dcim/devices").tag("Spare").count(),
        "`tag` takes the slug of an object of extras/tags; did you mean `spare`?",
        "extras/tags/?slug__isw=sp&fields=slug&limit=500",
    );
    told(
        "device",
        &["R1-leaf1"],
        |client| client.query_at("dcim/interfaces").param("device", "R1-leaf").count(),
        "`device` takes the name of an object of dcim/devices; did you mean `R1-leaf1`?",
        "dcim/devices/?name__isw=R1&fields=name&limit=500",
    );
}

#[test]
fn a_value_that_needs_no_question_is_answered_with_what_is_known() {
    let told = |refused: &str, query: fn(&Client<Blocking>) -> Result<u64, Error>, remedy: &str| {
        let client = refusing(value!({refused: ["Ungültig."]}), &[]);
        check_remedy(&client, query(&client), remedy, &[]);
    };
    told(
        "status",
        |client| client.query_at("dcim/sites").param("status", "activ").count(),
        "`status` is one of `planned`, `staging`, `active`, `decommissioning`, `retired`; did you mean `active`?",
    );
    told(
        "status__n",
        |client| client.query_at("dcim/sites").param("status__n", ["active", "Retired"]).count(),
        "`status` is one of `planned`, `staging`, `active`, `decommissioning`, `retired`; did you mean `retired`?",
    );
    told(
        "site_id",
        |client| client.query_at("dcim/devices").param("site_id", [7, 9]).count(),
        "dcim/sites has no object with the id 7 or 9, or this token may not view it",
    );
    told(
        "site_id",
        |client| client.query_at("dcim/devices").param("site_id", "dm-berlin").count(),
        "`site_id` takes the id of an object, and `site` the slug",
    );
}

#[test]
fn what_a_write_was_refused_for_is_told_too() {
    let told = |refused: Value, body: Value, remedy: &str, looked_up: &[&str]| {
        let client = refusing(refused, &["spare", "dm-berlin"]);
        check_remedy(&client, client.raw().patch::<Value>("dcim/racks/1", &body), remedy, looked_up);
    };
    told(
        value!({"status": ["Ungültig."], "site": ["Fehlt."], "tenant": ["Fehlt: 7"], "role": ["Falsche Familie."]}),
        value!({"status": "availible", "site": {"slug": "DM-Berlin"}, "tenant": 7, "role": 3}),
        "`site` takes the slug of an object of dcim/sites; did you mean `dm-berlin`?; `status` is one of `reserved`, \
         `available`, `planned`, `active`, `deprecated`; did you mean `available`?; tenancy/tenants has no object with the \
         id 7, or this token may not view it",
        &["dcim/sites/?slug__isw=dm&fields=slug&limit=500"],
    );
    let missing =
        |what: &str| value!({"exception": "ValidationError", "error": format!("[\"Fehlt: {what}\"]")});
    let tags = value!({"add_tags": [{"slug": "core"}, {"slug": "Spare"}, 99], "name": "x"});
    told(
        missing("{'slug': 'Spare'}"),
        tags.clone(),
        "`add_tags` takes the slug of an object of extras/tags; did you mean `spare`?",
        &["extras/tags/?slug__isw=sp&fields=slug&limit=500"],
    );
    told(missing("99"), tags, "extras/tags has no object with the id 99, or this token may not view it", &[]);
    told(
        missing("{'slug': 'nope'}"),
        value!({"remove_tags": [{"slug": "nope"}]}),
        "extras/tags has no object with the slug `nope`, or this token may not view it",
        &["extras/tags/?slug__isw=no&fields=slug&limit=500"],
    );
}

#[test]
fn items_of_a_bulk_are_told_like_single_objects() {
    let client = refusing(value!([{}, {"status": ["Ungültig."]}]), &[]);
    let body = value!([{"name": "a"}, {"name": "b", "status": "activ"}]);
    let remedy = "`status` is one of `reserved`, `available`, `planned`, `active`, `deprecated`; did you mean `active`?";
    check_remedy(&client, client.raw().post::<Value>("dcim/racks", &body), remedy, &[]);
}

#[test]
fn what_is_not_known_gets_no_advice() {
    let client = refusing(value!({"mtu": ["Ungültig."]}), &[]);
    check(
        client.query_at("dcim/interfaces").param("mtu", "x").count(),
        "GET https://h/nb/api/dcim/interfaces/?mtu=x&fields=id&limit=1: NetBox answered 400 Bad Request: mtu: Ungültig.",
    );
    assert_eq!(client.transport().requests().len(), 1);
}

#[test]
fn names_of_other_libraries_are_answered_with_our_own() {
    let client =
        Canned::<Blocking>::client(|_| json(200, &value!({"count": 0, "next": null, "results": []})));
    let sites = |name: &str| client.query_at("dcim/sites").param(name, 5).all();
    check(sites("limit"), "`limit` is no filter: use the method `Query::limit`");
    check(
        sites("name__icontains"),
        "unknown filter `name__icontains`: `name` in dcim/sites has no lookup `icontains`, but `n`, `ic`, `nic`, `isw`, \
         `nisw`, `iew`, `niew`, `ie`, `nie`, `regex`, `iregex`, `empty` (did you mean `name__ic`?); NetBox would ignore it \
         and answer with everything. If the endpoint has it all the same, use `param_unchecked`",
    );
    assert!(client.transport().requests().is_empty());
}

#[test]
fn the_advice_follows_what_netbox_said() {
    let said = "Select a valid choice. DM-Berlin is not one of the available choices.";
    let client = refusing(value!({"site": [said]}), &["dm-berlin"]);
    check(
        client.query_at("dcim/devices").param("site", "DM-Berlin").count(),
        &format!(
            "GET https://h/nb/api/dcim/devices/?site=DM-Berlin&fields=id&exclude=config_context&limit=1: NetBox answered \
             400 Bad Request: site: {said} (`site` takes the slug of an object of dcim/sites; did you mean `dm-berlin`?)"
        ),
    );
    let said = "Related object not found using the provided attributes: {'slug': 'nope'}";
    let client = refusing(value!({"exception": "ValidationError", "error": said}), &[]);
    let tagged = value!({"id": 1, "add_tags": [{"slug": "nope"}]});
    let told = client.raw().patch::<Value>("dcim/sites", &value!([tagged, tagged])).unwrap_err().to_string();
    assert!(
        told.ends_with("(extras/tags has no object with the slug `nope`, or this token may not view it)"),
        "{told}"
    );
    check(
        client.raw().patch::<Value>("dcim/sites/1", &value!({"add_tags": [{"slug": "nope"}]})),
        &format!(
            "PATCH https://h/nb/api/dcim/sites/1/: NetBox answered 500 Internal Server Error: ValidationError; {said}; \
             whether the PATCH was carried out is not known (extras/tags has no object with the slug `nope`, or this token \
             may not view it)"
        ),
    );
}
