use netbox_core::{Client, ErrorKind, Mode, Transport};

use crate::{
    Counted, Failure,
    model::{Interface, IpAddress, VmInterface},
};

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let on = |kind: &'static str| client.query::<IpAddress>().param_unchecked("assigned_object_type", kind);
    let address = T::Mode::lift(on("dcim.interface").first()).await?.expect("an address on an interface");
    let object = address.assigned_object.as_ref().expect("an interface");
    assert_eq!(object.object_type(), "dcim.interface");
    assert!(object.is::<Interface>() && !object.is::<VmInterface>());

    let before = client.transport().requests();
    let interface = T::Mode::lift(object.resolve::<Interface, _>(client)).await?;
    assert_eq!(Some(interface.name.as_str()), object.display());
    T::Mode::lift(object.resolve::<Interface, _>(client)).await?;
    assert_eq!(client.transport().requests(), before + 1);
    let wrong = T::Mode::lift(object.resolve::<VmInterface, _>(client)).await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::WrongType);
    assert_eq!(client.transport().requests(), before + 1);

    let address =
        T::Mode::lift(on("virtualization.vminterface").first()).await?.expect("an address of a machine");
    let object = address.assigned_object.as_ref().expect("an interface");
    assert!(object.is::<VmInterface>());

    let family = address.family.as_i64().expect("a number");
    assert_eq!(family == 4, address.address.address().is_ipv4());
    let same = client.query::<IpAddress>().filter(IpAddress::ADDRESS.eq(address.address));
    assert_eq!(T::Mode::lift(same.first()).await?.expect("the same").id, address.id);
    let same_family = client.query::<IpAddress>().filter(IpAddress::FAMILY.eq(family));
    assert!(T::Mode::lift(same_family.count()).await? < 1000);
    Ok(())
}
