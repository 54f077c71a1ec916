//! Receives NetBox's webhooks: checks each signature, and reads the changed device again.
//!
//! ```sh
//! WEBHOOK_SECRET=… cargo run -p netbox-client --example webhook_receiver --features dcim,hyper -- 127.0.0.1:8080
//! ```
//!
//! The argument is the address to listen on. In NetBox, create a webhook with the URL `http://127.0.0.1:8080/` and the
//! same secret, and an event rule that sends it when devices are created or updated.

use std::env;

use anyhow::Context;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use netbox_client::{Async, Client, Error, models::dcim::Device};
use ring::hmac;
use serde::Deserialize;
use tokio::net::TcpListener;

#[derive(Clone)]
struct Receiver {
    client: Client<Async>,
    key: hmac::Key,
}

/// An event as NetBox sends it; `data` is the object as it was then.
#[derive(Deserialize)]
struct Event {
    event: String,
    data: Device,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let secret =
        env::var("WEBHOOK_SECRET").context("WEBHOOK_SECRET is not set: it is the secret of the webhook")?;
    let receiver = Receiver {
        client: netbox_client::connect_from_env().build()?,
        key: hmac::Key::new(hmac::HMAC_SHA512, secret.as_bytes()),
    };
    let listener = TcpListener::bind(&address).await.with_context(|| format!("can't listen on {address}"))?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", post(receive)).with_state(receiver)).await?;
    Ok(())
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get("x-hook-signature").and_then(|signature| hex::decode(signature).ok());
    if signature.is_none_or(|signature| hmac::verify(&receiver.key, &body, &signature).is_err()) {
        println!("refused: the signature is wrong");
        return StatusCode::FORBIDDEN;
    }
    let event: Event = match serde_json::from_slice(&body) {
        Ok(event) => event,
        Err(error) => {
            println!("refused: {error}");
            return StatusCode::BAD_REQUEST;
        }
    };
    match handle(&receiver.client, &event).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(error) => {
            println!("failed: {error}");
            StatusCode::BAD_GATEWAY
        }
    }
}

/// Events may be late, or come in another order: the object is read as it is now.
async fn handle(client: &Client<Async>, event: &Event) -> Result<(), Error> {
    let device = client.get::<Device>(event.data.id).await?;
    let site = device.site(client).await?;
    println!(
        "{}: {} of {} was {} and is {} now; the time zone is {}",
        event.event,
        device.display,
        site.name,
        event.data.status,
        device.status,
        site.time_zone.as_deref().unwrap_or("unknown")
    );
    Ok(())
}
