//! A NetBox in memory, whose answers are made beforehand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderValue, Method, header};
use netbox_core::{
    Blocking, Client, Error,
    transport::{Request, Response, Transport, TransportError},
};

/// How many interfaces and devices there are.
pub(crate) const ALL: usize = 1000;
pub(crate) const OBJECTS: u64 = ALL as u64;
const PAGE: u64 = 250;
const SITES: u64 = 40;
const REGIONS: u64 = 10;

/// The answers, and what was asked for so far.
#[derive(Clone)]
pub(crate) struct Server(Arc<Inner>);

struct Inner {
    sparse: Bytes,
    full: Bytes,
    devices: Vec<Bytes>,
    sites: Bytes,
    regions: Bytes,
    created: Vec<Bytes>,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Server {
    pub(crate) fn new() -> Self {
        let devices = (0..OBJECTS / PAGE).map(|at| {
            let next = at * PAGE + PAGE + 1;
            let next =
                (next <= OBJECTS).then(|| format!("https://h/api/dcim/devices/?limit={PAGE}&start={next}"));
            let objects: Vec<String> = (at * PAGE + 1..=at * PAGE + PAGE).map(device).collect();
            page((at == 0).then_some(ALL), next, &objects)
        });
        let created = (0..10).map(|batch| array((batch * 100 + 1..=batch * 100 + 100).map(tag)));
        Self(Arc::new(Inner {
            sparse: whole((1..=OBJECTS).map(sparse_interface)),
            full: whole((1..=OBJECTS).map(full_interface)),
            devices: devices.collect(),
            sites: whole((1..=SITES).map(site)),
            regions: whole((1..=REGIONS).map(region)),
            created: created.collect(),
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }))
    }

    pub(crate) fn client(&self) -> Result<Client<Blocking>, Error> {
        client(self.clone())
    }

    /// A client of another server, whose requests are counted as those of this one.
    pub(crate) fn client_of(
        &self,
        transport: impl Transport<Mode = Blocking> + 'static,
    ) -> Result<Client<Blocking>, Error> {
        client(Counted { transport, server: self.clone() })
    }

    fn count(&self, sent: usize, received: usize) {
        self.0.requests.fetch_add(1, Relaxed);
        self.0.bytes.fetch_add((sent + received) as u64, Relaxed);
    }

    /// The page of interfaces with a few fields.
    pub(crate) fn sparse(&self) -> &[u8] {
        &self.0.sparse
    }

    pub(crate) fn forget(&self) {
        self.0.requests.store(0, Relaxed);
        self.0.bytes.store(0, Relaxed);
    }

    /// The requests, and the bytes of JSON in both directions.
    pub(crate) fn counted(&self) -> (u64, u64) {
        (self.0.requests.load(Relaxed), self.0.bytes.load(Relaxed))
    }

    fn answer(&self, request: &Request) -> Bytes {
        let query = request.uri().query().unwrap_or_default();
        match (request.method(), request.uri().path().trim_start_matches("/api/")) {
            (&Method::POST, _) => {
                let name = br#""name":"tag-"#;
                let at = request.body().windows(name.len()).position(|part| part == name);
                let digits = at.map_or(&[][..], |at| &request.body()[at + name.len()..]);
                let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
                let first = digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
                self.0.created[first / 100].clone()
            }
            (&Method::OPTIONS, _) => Bytes::from_static(br#"{"actions":{"POST":{"name":{},"slug":{}}}}"#),
            (_, "dcim/interfaces/") if query.contains("fields=") => self.0.sparse.clone(),
            (_, "dcim/interfaces/") => self.0.full.clone(),
            (_, "dcim/devices/") => {
                let start =
                    query.split('&').find_map(|pair| pair.strip_prefix("start=")?.parse::<usize>().ok());
                self.0.devices[start.unwrap_or(1) / 250].clone()
            }
            (_, "dcim/sites/") => self.0.sites.clone(),
            (_, "dcim/regions/") => self.0.regions.clone(),
            (_, path) => unreachable!("nobody asks for {path}"),
        }
    }
}

impl Transport for Server {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        let body = self.answer(&request);
        self.count(request.body().len(), body.len());
        let mut response = Response::new(body);
        *response.status_mut() =
            if *request.method() == Method::POST { http::StatusCode::CREATED } else { http::StatusCode::OK };
        response.headers_mut().insert("api-version", HeaderValue::from_static("4.7"));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(response)
    }

    fn sleep(&self, _: Duration) {}
}

struct Counted<T> {
    transport: T,
    server: Server,
}

impl<T: Transport<Mode = Blocking>> Transport for Counted<T> {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        let sent = request.body().len();
        let response = self.transport.send(request)?;
        self.server.count(sent, response.body().len());
        Ok(response)
    }

    fn sleep(&self, _: Duration) {}
}

fn client(transport: impl Transport<Mode = Blocking> + 'static) -> Result<Client<Blocking>, Error> {
    Client::builder("https://h")
        .token("nbt_benchmark000.0000000000000000000000000000000000000000")
        .build(transport)
}

fn array(objects: impl Iterator<Item = String>) -> Bytes {
    format!("[{}]", objects.collect::<Vec<_>>().join(",")).into()
}

fn whole(objects: impl Iterator<Item = String>) -> Bytes {
    let objects: Vec<String> = objects.collect();
    page(Some(objects.len()), None, &objects)
}

fn page(count: Option<usize>, next: Option<String>, objects: &[String]) -> Bytes {
    let count = count.map_or_else(|| "null".to_owned(), |count| count.to_string());
    let next = next.map_or_else(|| "null".to_owned(), |next| format!("{next:?}"));
    let objects = objects.join(",");
    format!(r#"{{"count":{count},"next":{next},"previous":null,"results":[{objects}]}}"#).into()
}

/// An object as NetBox nests it.
fn nested(endpoint: &str, id: u64) -> String {
    format!(
        r#"{{"id":{id},"url":"https://h/api/dcim/{endpoint}/{id}/","display":"{endpoint}-{id}","name":"{endpoint}-{id}","slug":"{endpoint}-{id}","description":""}}"#
    )
}

fn sparse_interface(id: u64) -> String {
    let device = nested("devices", id / 48 + 1);
    format!(
        r#"{{"id":{id},"name":"GigabitEthernet0/0/{id}","type":{{"value":"1000base-t","label":"1000BASE-T (1GE)"}},"device":{device}}}"#
    )
}

fn full_interface(id: u64) -> String {
    let device = nested("devices", id / 48 + 1);
    format!(
        concat!(
            r#"{{"id":{id},"url":"https://h/api/dcim/interfaces/{id}/","display_url":"https://h/dcim/interfaces/{id}/","#,
            r#""display":"GigabitEthernet0/0/{id}","device":{device},"vdcs":[],"module":null,"name":"GigabitEthernet0/0/{id}","#,
            r#""label":"","type":{{"value":"1000base-t","label":"1000BASE-T (1GE)"}},"enabled":true,"parent":null,"bridge":null,"#,
            r#""bridge_interfaces":[],"lag":null,"mtu":1500,"primary_mac_address":null,"mac_addresses":[],"speed":null,"#,
            r#""duplex":null,"wwn":null,"mgmt_only":false,"description":"","mode":null,"rf_role":null,"rf_channel":null,"#,
            r#""poe_mode":null,"poe_type":null,"rf_channel_frequency":null,"rf_channel_width":null,"tx_power":null,"#,
            r#""untagged_vlan":null,"tagged_vlans":[],"qinq_svlan":null,"vlan_translation_policy":null,"mark_connected":false,"#,
            r#""cable":null,"cable_end":"","wireless_link":null,"link_peers":[],"link_peers_type":null,"wireless_lans":[],"#,
            r#""vrf":null,"l2vpn_termination":null,"connected_endpoints":null,"connected_endpoints_type":null,"#,
            r#""connected_endpoints_reachable":null,"owner":null,"tags":[],"custom_fields":{{}},"#,
            r#""created":"2026-11-23T10:00:00.000000Z","last_updated":"2026-11-23T10:00:00.000000Z","count_ipaddresses":0,"#,
            r#""count_fhrp_groups":0,"_occupied":false}}"#
        ),
        id = id,
        device = device,
    )
}

fn device(id: u64) -> String {
    format!(r#"{{"id":{id},"site":{}}}"#, nested("sites", id % SITES + 1))
}

fn site(id: u64) -> String {
    format!(
        r#"{{"id":{id},"name":"site-{id}","facility":"","region":{}}}"#,
        nested("regions", id % REGIONS + 1)
    )
}

fn region(id: u64) -> String {
    format!(r#"{{"id":{id},"name":"region-{id}","comments":""}}"#)
}

fn tag(id: u64) -> String {
    let id = id - 1;
    format!(r#"{{"id":{},"name":"tag-{id:04}","slug":"tag-{id:04}"}}"#, id + 1)
}
