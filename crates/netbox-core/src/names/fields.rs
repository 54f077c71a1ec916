//! Fields by their names, in orders and in selections.

use netbox_schema::{Field, Kind, Versions, nearest};

use super::{refusal::Refusal, vocabulary::Vocabulary};
use crate::wire::{Error, Server};

impl Vocabulary<'_> {
    /// Refuses an order by the field `name` if NetBox would ignore it or fail on it.
    pub(crate) fn check_order(&self, name: &str) -> Result<(), Error> {
        self.check_field(name, ", and NetBox would ignore it", Field::orders, Refusal::order)
    }

    /// Refuses the field `name` in a selection of fields if objects have no such field: NetBox would leave it out.
    pub(crate) fn check_selected(&self, name: &str) -> Result<(), Error> {
        self.check_field(name, ", and NetBox would leave it out", Field::readable, Refusal::selected)
    }

    /// Refuses the field `name` if the server's version is not among those that `versions` has for it.
    fn check_field(
        &self,
        name: &str,
        consequence: &'static str,
        versions: fn(Field) -> Versions,
        error: fn(Refusal, &str) -> Error,
    ) -> Result<(), Error> {
        let Some(endpoint) = self.endpoint.filter(|endpoint| !endpoint.fields().is_empty()) else {
            return Ok(());
        };
        let refusal = match endpoint.field(name) {
            Some(field) if self.server.has(versions(field)) => return Ok(()),
            Some(field) if !self.server.has(field.versions()) => {
                Refusal::new(name, format!("only {} has that field", field.versions())).then(consequence)
            }
            Some(field) => Refusal::new(name, unordered(field)),
            // It may be new, and no schema says what a list can be ordered by.
            None if matches!(self.server, Server::Other(_)) => return Ok(()),
            None => {
                let guess = nearest(name, endpoint.fields().map(Field::name)).map(str::to_owned);
                Refusal::new(name, "there is no such field").or(guess).then(consequence)
            }
        };
        Err(error(refusal, endpoint.path()))
    }
}

/// Says why no list is ordered by `field`.
fn unordered(field: Field) -> String {
    let orders = field.orders();
    match field.kind() {
        _ if !orders.is_empty() => {
            format!("only NetBox {orders} orders by this field: this server would ignore the order")
        }
        Kind::Generic => {
            "the field refers to objects of several types, and NetBox fails on such an order".to_owned()
        }
        Kind::ForeignKeys | Kind::Generics | Kind::GenericObjects | Kind::Texts => {
            "the field has several values: NetBox would ignore the order, or repeat an object for each value"
                .to_owned()
        }
        _ => "NetBox computes the field for the answer: it would ignore the order, or fail on it".to_owned(),
    }
}
