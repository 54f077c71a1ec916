//! Futures that are dropped while their requests are under way.

use std::{future, sync::Arc, time::Duration};

use futures_util::FutureExt as _;
use netbox_core::{
    Async, Client, ErrorKind,
    transport::{BoxFuture, Request, Response, Transport, TransportError},
};
use netbox_tests::model::Tag;

use super::{KNOWN, netbox::NetBox};

/// Never brings the answer to a write that has `lost` in it, which the server may have carried out.
struct Losing {
    netbox: Arc<NetBox>,
    carries_out: bool,
}

impl Transport for Losing {
    type Mode = Async;

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            if request.body().windows(4).any(|word| word == b"lost") {
                if self.carries_out {
                    self.netbox.answer(&request);
                }
                future::pending::<()>().await;
            }
            Ok(self.netbox.answer(&request))
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_record_recovers_from_a_dropped_save() {
    for carries_out in [false, true] {
        let netbox = NetBox::new(KNOWN);
        let transport = Losing { netbox: Arc::clone(&netbox), carries_out };
        let client = Client::builder("https://h").token("0123456789").build(transport).unwrap();
        let mut tag = client.get::<Tag>(1).await.unwrap();
        assert!(tag.save_with(|tag| tag.name = "lost".into()).now_or_never().is_none());
        assert_eq!(netbox.done("updated 1"), usize::from(carries_out));

        let refused = tag.save_with(|tag| tag.name = "found".into()).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Body);
        assert!(!refused.may_have_written() && refused.to_string().contains("`refresh` it"), "{refused}");

        tag.refresh().await.unwrap();
        assert_eq!(tag.name == "lost", carries_out);
        assert!(tag.save_with(|tag| tag.name = "found".into()).await.unwrap());
        assert_eq!(client.get::<Tag>(1).await.unwrap().name, "found");
    }
}
