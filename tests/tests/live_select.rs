//! Whether selected rows are what whole records are, on a real NetBox: skipped unless `NETBOX_URL` is set.

use std::fmt::Debug;

use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
use netbox_models::{dcim, extras, ipam, tenancy};
use netbox_tests::Counting;
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

mod server;

fn client() -> Option<Counting<Blocking>> {
    let (url, token) = server::server()?;
    Some(Counting::new(&url, &token, UreqTransport::new().unwrap()).unwrap())
}

fn same<T: PartialEq + Debug>(endpoint: &str, rows: Vec<T>, of_records: Vec<T>) {
    assert!(!rows.is_empty(), "{endpoint} has no objects: was this NetBox filled?");
    assert_eq!(rows.len(), of_records.len(), "{endpoint}");
    for (row, of_record) in rows.iter().zip(&of_records) {
        assert_eq!(row, of_record, "{endpoint}");
    }
}

macro_rules! compare {
    ($client:ident: $($model:path { $($constant:ident $field:ident),+ })+) => {
        $({
            use $model as Model;
            let query = || $client.query::<Model>().limit(500);
            let rows = query().select((Model::ID, $(Model::$constant),+)).all()?;
            let records = query().all()?.into_iter().map(netbox_core::Record::into_inner);
            let of_records = records.map(|model| (model.id, $(model.$field),+)).collect();
            same(<Model as netbox_core::Model>::ENDPOINT, rows, of_records);
        })+
    };
}

#[test]
fn rows_are_what_records_are() -> Result<(), Error> {
    let Some(client) = client() else { return Ok(()) };
    compare! { client:
        dcim::Device {
            NAME name, STATUS status, FACE face, POSITION position, SITE site, TENANT tenant, PRIMARY_IP4 primary_ip4,
            TAGS tags, CUSTOM_FIELDS custom_fields, CREATED created, INTERFACE_COUNT interface_count
        }
        dcim::Interface {
            DEVICE device, TYPE r#type, MTU mtu, MODE mode, TAGGED_VLANS tagged_vlans, LAG lag, OCCUPIED occupied,
            LINK_PEERS link_peers, CONNECTED_ENDPOINTS connected_endpoints, CABLE cable
        }
        dcim::Cable { A_TERMINATIONS a_terminations, B_TERMINATIONS b_terminations, LENGTH length, STATUS status }
        dcim::Region { NAME name, PARENT parent, DEPTH depth, SITE_COUNT site_count }
        dcim::Rack { NAME name, U_HEIGHT u_height, ROLE role, DEVICE_COUNT device_count, WIDTH width }
        ipam::Prefix { PREFIX prefix, SCOPE scope, VLAN vlan, STATUS status, DEPTH depth, CHILDREN children }
        ipam::IpAddress { ADDRESS address, ASSIGNED_OBJECT assigned_object, DNS_NAME dns_name, ROLE role }
        ipam::VlanGroup { VID_RANGES vid_ranges, UTILIZATION utilization, SCOPE scope }
        tenancy::Tenant { NAME name, GROUP group, COMMENTS comments, DEVICE_COUNT device_count }
        extras::CustomField { NAME name, TYPE r#type, OBJECT_TYPES object_types, DEFAULT default }
    }
    Ok(())
}

#[test]
fn rows_of_targets_are_what_the_objects_are() -> Result<(), Error> {
    use dcim::{Device, Region, Site};

    let Some(client) = client() else { return Ok(()) };
    let sites = Device::SITE.select((Site::NAME, Site::STATUS, Site::REGION));
    let regions = Site::REGION.select((Region::NAME, Region::PARENT));
    let before = client.transport().requests();
    let rows =
        client.query::<Device>().select((Device::ID, Device::SITE)).prefetch(sites.then(regions)).all()?;
    assert_eq!(client.transport().requests(), before + 3, "devices, sites, regions");
    let devices = client.query::<Device>().prefetch(Device::SITE.then(Site::REGION)).all()?;
    let before = client.transport().requests();
    assert_eq!(rows.len(), devices.len());
    for ((id, key), device) in rows.iter().zip(&devices) {
        let (name, status, region) = sites.of(&client, key)?;
        let whole = device.site(&client)?;
        assert_eq!((*id, name, status, region), (device.id, &whole.name, &whole.status, &whole.region));
        let whole = whole.region(&client)?.map(|region| (&region.name, &region.parent));
        assert_eq!(regions.of(&client, region)?.map(|(name, parent)| (name, parent)), whole);
    }
    assert_eq!(client.transport().requests(), before);
    Ok(())
}

#[derive(Debug, serde::Deserialize, NetboxModel)]
#[netbox(of = "dcim::Device")]
struct Placed {
    id: u64,
    name: Option<String>,
    status: dcim::DeviceStatus,
    #[fk]
    site: Fk<Place>,
}

#[derive(Debug, serde::Deserialize, NetboxModel)]
#[netbox(of = "dcim::Site")]
struct Place {
    id: u64,
    facility: String,
}

#[test]
fn a_struct_of_some_fields_is_a_model() -> Result<(), Error> {
    let Some(client) = client() else { return Ok(()) };
    let query = || {
        client
            .query::<dcim::Device>()
            .filter(dcim::Device::NAME.contains("leaf"))
            .order(dcim::Device::NAME.desc())
    };
    let placed = query().select_as::<Placed>().prefetch(Placed::SITE).all()?;
    let devices = query().prefetch(dcim::Device::SITE).all()?;
    assert!(!placed.is_empty() && placed.len() == devices.len());
    let before = client.transport().requests();
    for (placed, device) in placed.iter().zip(&devices) {
        assert_eq!((placed.id, &placed.name, &placed.status), (device.id, &device.name, &device.status));
        assert_eq!(placed.site(&client)?.facility, device.site(&client)?.facility);
        assert_eq!(placed.url(), device.url());
    }
    assert_eq!(client.transport().requests(), before);
    Ok(())
}

#[tokio::test]
async fn rows_come_as_a_stream() {
    use futures_util::TryStreamExt as _;

    let Some((url, token)) = server::server() else { return };
    let client = Client::builder(url).token(token).build(HyperTransport::new().unwrap()).unwrap();
    let query = || client.query::<dcim::Interface>().page_size(100).limit(250);
    let names: Vec<String> = query().select(dcim::Interface::NAME).iter().try_collect().await.unwrap();
    let records = query().all().await.unwrap();
    assert_eq!(names, records.iter().map(|interface| interface.name.clone()).collect::<Vec<_>>());
}
