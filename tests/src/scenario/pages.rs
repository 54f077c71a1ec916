use netbox_core::Mode;

use crate::{
    Counting, Failure,
    model::{Interface, Site},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let mut by_key = Vec::new();
    let mut sites = client.query::<Site>().page_size(5).iter();
    while let Some(site) = C::lift(sites.next_item()).await {
        by_key.push(site?.id);
    }
    assert_eq!(by_key.len(), 12);
    assert!(by_key.is_sorted());
    assert!(C::lift(sites.next_item()).await.is_none(), "it stays at its end");

    // The status is the same for many: without a tie-break, pages would lose some.
    let mut by_offset = Vec::new();
    let mut pages = client.query::<Site>().order(Site::STATUS.asc()).page_size(5).pages();
    while let Some(page) = C::lift(pages.next_page()).await {
        by_offset.extend(page?.iter().map(|site| site.id));
    }
    by_offset.sort_unstable();
    assert_eq!(by_offset, by_key);

    let some: Vec<u64> = C::lift(client.query::<Interface>().filter(Interface::ID.lte(700)).ids()).await?;
    let before = client.transport().requests();
    let split = || client.query::<Interface>().filter(Interface::ID.any_of(&some));
    let interfaces = C::lift(split().ids()).await?;
    assert_eq!(interfaces, some);
    assert_eq!(client.transport().requests(), before + 2, "the ids don't fit into one URL");
    assert_eq!(C::lift(split().count()).await?, some.len() as u64);
    let refused = C::lift(split().order(Interface::NAME.asc()).all()).await.unwrap_err();
    assert!(refused.to_string().contains("can't be put in one order"), "{refused}");
    Ok(())
}
