//! The clients that one line builds, against a server on this machine and in an environment of their own.
#![cfg(all(feature = "ureq", feature = "hyper", feature = "derive"))]

use std::{env, process::Command};

use netbox_client::{Error, ErrorKind, NetboxModel};
use netbox_replay::loopback::{Answer, Loopback};
use serde::Deserialize;

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
}

/// A NetBox with one site, which is shown to the right token only.
fn netbox() -> Loopback {
    Loopback::start(|request| {
        let is_known =
            request.headers().get("authorization").is_some_and(|sent| sent == "Bearer nbt_key.secret");
        let (status, body) = if is_known {
            (200, r#"{"count":1,"next":null,"previous":null,"results":[{"id":1,"name":"DM-Berlin"}]}"#)
        } else {
            (403, r#"{"detail":"Invalid token"}"#)
        };
        Answer::new(status).header("content-type", "application/json").header("api-version", "4.7").body(body)
    })
}

#[test]
fn a_blocking_client_is_one_expression() -> Result<(), Error> {
    let server = netbox();
    let client = netbox_client::blocking(server.url()).token("nbt_key.secret").build()?;
    let sites = client.query().filter(Site::NAME.starts_with("DM-")).all()?;
    assert_eq!((sites.len(), &*sites[0].name, sites[0].id), (1, "DM-Berlin", 1));
    Ok(())
}

#[tokio::test]
async fn an_async_client_is_one_expression() -> Result<(), Error> {
    let server = netbox();
    let client = netbox_client::connect(server.url()).token("nbt_key.secret").build()?;
    let sites = client.query().filter(Site::NAME.starts_with("DM-")).all().await?;
    assert_eq!((sites.len(), &*sites[0].name), (1, "DM-Berlin"));
    Ok(())
}

/// Set in the environment of a process that this test starts of itself.
const CHILD: &str = "NETBOX_CLIENT_CHILD";

#[tokio::test]
async fn both_read_the_environment() {
    if env::var_os(CHILD).is_some() {
        let (blocking, connect) = (netbox_client::blocking_from_env(), netbox_client::connect_from_env());
        match (blocking.build(), connect.build()) {
            (Ok(blocking), Ok(connect)) => {
                let blocking = blocking.query::<Site>().count().unwrap();
                println!("counted {blocking} and {}", connect.query::<Site>().count().await.unwrap());
            }
            (Err(blocking), Err(connect)) => {
                assert_eq!(blocking.to_string(), connect.to_string());
                println!("refused: {connect}");
            }
            (blocking, connect) => panic!("{blocking:?} {connect:?}"),
        }
        return;
    }
    let child = |variables: &[(&str, &str)]| {
        let output = Command::new(env::current_exe().unwrap())
            .args(["both_read_the_environment", "--exact", "--nocapture"])
            .env_remove("NETBOX_URL")
            .env_remove("NETBOX_TOKEN")
            .env(CHILD, "1")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let server = netbox();
    let (url, token) = (("NETBOX_URL", server.url()), ("NETBOX_TOKEN", "nbt_key.secret"));
    let counted = child(&[url, token]);
    assert!(counted.contains("counted 1 and 1"), "{counted}");
    for (variables, missing) in [(&[token][..], "NETBOX_URL"), (&[url], "NETBOX_TOKEN"), (&[], "NETBOX_URL")]
    {
        let refused = child(variables);
        let expected = format!("refused: the environment variable {missing} is not set: set it to ");
        assert!(refused.contains(&expected), "{refused}");
    }
}

#[test]
fn a_builder_has_all_settings_whatever_its_transport() {
    let error = netbox_client::blocking("https://h").page_size(0).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let failed: Result<netbox_client::transport::ureq::UreqTransport, _> = Err("the proxy is on fire");
    let error = netbox_client::connect("https://h").transport(failed).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.to_string(), "the transport can't be built: the proxy is on fire");
}
