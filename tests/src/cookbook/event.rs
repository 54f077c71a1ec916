use std::{fs, sync::mpsc, time::Duration};

use netbox_core::{Blocking, Client, Error, Patch};
use netbox_replay::loopback::{Answer, Loopback};

use crate::Failure;

/// The secret of the webhook.
pub(super) const SECRET: &str = "correct horse battery staple";

const NAME: &str = "Cookbook";

/// An event as NetBox sent it, with its signature.
pub(super) struct Event {
    pub(super) signature: String,
    pub(super) body: String,
}

impl Event {
    /// Reads the event that was recorded.
    pub(super) fn load() -> Result<Self, Failure> {
        let event = fs::read_to_string(super::fixture("webhook_receiver", "event"))?;
        let (signature, body) = event.split_once('\n').ok_or("a signature, and then the event")?;
        Ok(Self { signature: signature.to_owned(), body: body.to_owned() })
    }

    /// Records an event: changes a device, back and forth, of which NetBox sends an event to a server of ours.
    pub(super) fn record(client: &Client<Blocking>) -> Result<(), Failure> {
        let (sender, events) = mpsc::channel();
        let server = Loopback::start(move |request| {
            // Nobody waits for the second event.
            drop(sender.send(request.clone()));
            Answer::new(200)
        });
        let webhook = Patch::new().field("name", NAME).field("secret", SECRET);
        let webhook = client.create_at("extras/webhooks", webhook.field("payload_url", server.url()))?;
        let rule = Patch::new()
            .field("name", NAME)
            .field("object_types", ["dcim.device"])
            .field("event_types", ["object_updated"])
            .field("action_type", "webhook")
            .field("action_object_type", "extras.webhook")
            .field("action_object_id", webhook.id().unwrap_or_default());
        client.create_at("extras/event-rules", rule)?;
        let mut device = client.query_at("dcim/devices").param("name", "dub1-fw-1").one()?;
        for status in ["failed", "staged"] {
            device.set("status", status)?;
            device.save()?;
        }
        let event = events.recv_timeout(Duration::from_secs(60))?;
        let signature = event.headers().get("x-hook-signature").ok_or("the event has no signature")?;
        let event = format!("{}\n{}", signature.to_str()?, String::from_utf8_lossy(event.body()));
        fs::write(super::fixture("webhook_receiver", "event"), event)?;
        Ok(())
    }

    pub(super) fn clean(client: &Client<Blocking>) -> Result<(), Error> {
        super::delete(client, "extras/event-rules", "name", NAME)?;
        super::delete(client, "extras/webhooks", "name", NAME)
    }
}
