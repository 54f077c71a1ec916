use netbox_core::{Client, Mode, Transport};

use crate::{Counted, Failure, model::Site};

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let builder = || Client::builder(client.base_url());
    let wrong = T::Mode::lift(builder().login("admin", "not the password", client.transport())).await;
    assert!(wrong.unwrap_err().is_forbidden());

    let session = T::Mode::lift(builder().login("admin", "admin", client.transport())).await?;
    assert_eq!(T::Mode::lift(session.query::<Site>().count()).await?, 12);
    T::Mode::lift(session.logout()).await?;
    assert!(T::Mode::lift(client.logout()).await.unwrap_err().to_string().contains("was given its token"));
    Ok(())
}
