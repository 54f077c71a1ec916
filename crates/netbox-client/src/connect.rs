#[cfg(any(feature = "ureq", feature = "hyper"))]
use netbox_core::{Client, ClientBuilder};
#[cfg(feature = "hyper")]
use netbox_transport_hyper::HyperTransport;
#[cfg(feature = "ureq")]
use netbox_transport_ureq::UreqTransport;

/// Starts to build a blocking client for the NetBox at `url`, over [ureq](crate::transport::ureq).
///
/// The builder has all settings of [`Client::builder`], and the transport with its default options.
///
/// ```no_run
/// # fn run() -> Result<(), netbox_client::Error> {
/// let client = netbox_client::blocking("https://netbox.example.com").token("nbt_…").page_size(500).build()?;
/// println!("NetBox {}", client.status()?.netbox_version);
/// # Ok(()) }
/// ```
#[cfg(feature = "ureq")]
pub fn blocking(url: impl Into<String>) -> ClientBuilder<UreqTransport> {
    Client::builder(url).transport(UreqTransport::new())
}

/// Starts to build a blocking client for the NetBox at `NETBOX_URL`, with the token in `NETBOX_TOKEN`.
///
/// `build` returns an error that names the variable if one of them is missing; see [`Client::builder_from_env`].
///
/// ```no_run
/// # fn run() -> Result<(), netbox_client::Error> {
/// let client = netbox_client::blocking_from_env().build()?;
/// println!("NetBox {}", client.status()?.netbox_version);
/// # Ok(()) }
/// ```
#[cfg(feature = "ureq")]
pub fn blocking_from_env() -> ClientBuilder<UreqTransport> {
    Client::builder_from_env().transport(UreqTransport::new())
}

/// Starts to build an async client for the NetBox at `url`, over [hyper](crate::transport::hyper) and tokio.
///
/// The builder has all settings of [`Client::builder`], and the transport with its default options.
///
/// ```no_run
/// # async fn run() -> Result<(), netbox_client::Error> {
/// let client = netbox_client::connect("https://netbox.example.com").token("nbt_…").page_size(500).build()?;
/// println!("NetBox {}", client.status().await?.netbox_version);
/// # Ok(()) }
/// ```
#[cfg(feature = "hyper")]
pub fn connect(url: impl Into<String>) -> ClientBuilder<HyperTransport> {
    Client::builder(url).transport(HyperTransport::new())
}

/// Starts to build an async client for the NetBox at `NETBOX_URL`, with the token in `NETBOX_TOKEN`.
///
/// `build` returns an error that names the variable if one of them is missing; see [`Client::builder_from_env`].
///
/// ```no_run
/// # async fn run() -> Result<(), netbox_client::Error> {
/// let client = netbox_client::connect_from_env().build()?;
/// println!("NetBox {}", client.status().await?.netbox_version);
/// # Ok(()) }
/// ```
#[cfg(feature = "hyper")]
pub fn connect_from_env() -> ClientBuilder<HyperTransport> {
    Client::builder_from_env().transport(HyperTransport::new())
}
