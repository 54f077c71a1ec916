use netbox_core::{Client, Mode};

use crate::{Counting, Failure, model::Site};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let builder = || Client::builder(client.base_url());
    let wrong = C::lift(builder().login("admin", "not the password", client.transport())).await;
    assert!(wrong.unwrap_err().is_forbidden());

    let session = C::lift(builder().login("admin", "admin", client.transport())).await?;
    assert_eq!(C::lift(session.query::<Site>().count()).await?, 12);
    C::lift(session.logout()).await?;
    assert!(C::lift(client.logout()).await.unwrap_err().to_string().contains("was given its token"));
    Ok(())
}
