use netbox_core::{
    Fk, Mode,
    value::{Choice, Decimal},
};
use serde_json::Value;

use crate::{Counting, Failure, model::Site};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let site = |slug: &'static str| client.query::<Site>().filter(Site::SLUG.eq(slug)).one();
    let berlin = C::lift(site("dm-berlin")).await?;
    assert_eq!((&berlin.status, berlin.status.label()), (&Choice::new("active"), Some("Active")));
    assert!(berlin.created.as_ref().expect("a timestamp").as_str().contains('T'));
    assert!(berlin.latitude.as_ref().expect("a latitude").to_f64() > 52.0);

    let koeln = C::lift(site("dm-koeln")).await?;
    let fields = &koeln.custom_fields;
    assert_eq!(fields.get::<String>("cost_centre")?.as_deref(), Some("DM-0043"));
    assert_eq!(fields.get::<u32>("rack_capacity")?, Some(0));
    assert_eq!(fields.get::<bool>("monitored")?, Some(false));
    assert_eq!(fields.get::<Choice>("criticality")?, Some("normal".into()));
    assert_eq!(fields.selections("offers")?, [Choice::new("vault")]);
    assert_eq!(fields.get::<Vec<Fk<Site>>>("backup_sites")?, Some(vec![Fk::new(berlin.id)]));
    assert_eq!(fields.get::<Value>("caretaker")?, None);

    let depot = C::lift(site("aarhus-depot")).await?;
    let fields = &depot.custom_fields;
    assert_eq!(fields.get::<Decimal>("power_price")?.map(|price| price.to_f64()), Some(1.0));
    assert!(fields.get::<String>("access_notes")?.expect("a note").contains("Nøglen"));
    assert!(fields.get::<u32>("access_notes").unwrap_err().is_decode());
    let monitored = client.query::<Site>().param("cf_cost_centre", "DM-0043");
    assert_eq!(C::lift(monitored.one()).await?, koeln);
    Ok(())
}
