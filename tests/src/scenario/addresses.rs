use netbox_core::{ErrorKind, Mode};

use crate::{
    Counting, Failure,
    model::{Interface, IpAddress, VmInterface},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let on = |kind: &'static str| client.query::<IpAddress>().param("assigned_object_type", kind);
    let address = C::lift(on("dcim.interface").first()).await?.expect("an address on an interface");
    let object = address.assigned_object.as_ref().expect("an interface");
    assert_eq!(object.object_type(), "dcim.interface");
    assert!(object.is::<Interface>() && !object.is::<VmInterface>());

    let before = client.transport().requests();
    let interface = C::lift(client.resolve::<Interface>(object)).await?;
    assert_eq!(Some(interface.name.as_str()), object.display());
    C::lift(client.resolve::<Interface>(object)).await?;
    assert_eq!(client.transport().requests(), before + 1);
    let wrong = C::lift(client.resolve::<VmInterface>(object)).await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::WrongType);
    assert_eq!(client.transport().requests(), before + 1);

    let address = C::lift(on("virtualization.vminterface").first()).await?.expect("an address of a machine");
    let object = address.assigned_object.as_ref().expect("an interface");
    assert!(object.is::<VmInterface>());

    let family = address.family.as_i64().expect("a number");
    assert_eq!(family == 4, address.address.address().is_ipv4());
    let same = client.query::<IpAddress>().filter(IpAddress::ADDRESS.eq(address.address));
    assert_eq!(C::lift(same.first()).await?.expect("the same").id, address.id);
    let same_family = client.query::<IpAddress>().filter(IpAddress::FAMILY.eq(family));
    assert!(C::lift(same_family.count()).await? < 1000);
    Ok(())
}
