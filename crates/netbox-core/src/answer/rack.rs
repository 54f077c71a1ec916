//! The units of racks.

use serde::Deserialize;

use super::{query::Query, record::Record, route};
use crate::{
    model::{GenericFk, Object, Resource},
    value::Choice,
    wire::{Call, Error, Mode, Outcome, Params},
};

/// Half a unit of a rack; made by [`Record::elevation`].
///
/// ```
/// # use netbox_core::{Async, Error, NetboxModel, Record, route::RackFace};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64 }
/// async fn show(rack: &Record<Rack, Async>) -> Result<(), Error> {
///     for unit in rack.elevation(RackFace::Front).await? {
///         if let Some(device) = &unit.device {
///             println!("{}: {device}", unit.name);
///         }
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct RackUnit {
    /// The unit: 20.0, or 20.5 for its upper half.
    pub id: f64,
    /// The name, such as `U20.5`.
    pub name: String,
    /// `front` or `rear`.
    pub face: Choice,
    /// The device in this half unit, or `None`. A device of several units is in all of them.
    pub device: Option<GenericFk>,
    /// Whether the half unit is taken. A device of full depth takes both faces.
    pub occupied: bool,
}

/// A side of a rack.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel, route::RackFace};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64 }
/// fn is_empty(client: &Client<Blocking>) -> Result<bool, Error> {
///     let rack = client.get::<Rack>(7)?;
///     for face in [RackFace::Front, RackFace::Rear] {
///         if let Some(unit) = rack.elevation(face)?.iter().find(|unit| unit.occupied) {
///             println!("{} is taken at the {}", unit.name, face.as_str());
///             return Ok(false);
///         }
///     }
///     Ok(true)
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RackFace {
    /// The side with the fronts of most devices.
    Front,
    /// The other side.
    Rear,
}

impl RackFace {
    /// NetBox's value: `front` or `rear`.
    ///
    /// ```
    /// assert_eq!(netbox_core::route::RackFace::Rear.as_str(), "rear");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Rear => "rear",
        }
    }
}

impl<M: Resource, C: Mode> Record<M, C> {
    /// The half units of that side of this rack, from the top down.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, route::RackFace};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64 }
    /// fn free(client: &Client<Blocking>) -> Result<Vec<f64>, Error> {
    ///     let units = client.get::<Rack>(7)?.elevation(RackFace::Front)?;
    ///     Ok(units.iter().filter(|unit| !unit.occupied).map(|unit| unit.id).collect())
    /// }
    /// ```
    pub fn elevation(&self, face: RackFace) -> Outcome<'_, C, Result<Vec<RackUnit>, Error>>
    where
        M: route::Elevation,
    {
        C::run(async move {
            let path = self.path()?.join("elevation");
            let query = Query::<Object, C>::new(&self.place().api, Ok(path));
            let units = query.param_unchecked("face", face.as_str()).objects().await?;
            units.iter().map(Object::to_model).collect()
        })
    }

    /// A drawing of that side of this rack, as the text of an SVG.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, route::RackFace};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64 }
    /// fn draw(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let drawing = client.get::<Rack>(7)?.elevation_svg(RackFace::Rear)?;
    ///     std::fs::write("rack.svg", drawing).expect("a folder that can be written to");
    ///     Ok(())
    /// }
    /// ```
    pub fn elevation_svg(&self, face: RackFace) -> Outcome<'_, C, Result<String, Error>>
    where
        M: route::Elevation,
    {
        C::run(async move {
            let drawing = Params::default().with("face", face.as_str()).with("render", "svg");
            let call = Call::get(self.path()?.join("elevation"), drawing);
            let answer = self.place().api.exchange(call).await?;
            answer.done().map(|()| answer.text())
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json as value;

    use super::*;
    use crate::{
        Blocking,
        test::{Canned, asked, json},
    };

    #[test]
    fn a_face_is_named_as_netbox_names_it() {
        let client = Canned::<Blocking>::client(|request| {
            if !request.uri().path().ends_with("/elevation/") {
                return json(200, &value!({"id": 7}));
            }
            let face = value!({"value": asked(request, "face").concat(), "label": ""});
            let unit = value!({"id": 20.5, "name": "U20.5", "face": face, "device": null, "occupied": false});
            json(200, &value!({"count": 1, "next": null, "results": [unit]}))
        });
        let rack = client.get_at("dcim/racks", 7).unwrap();
        for face in [RackFace::Front, RackFace::Rear] {
            assert_eq!(rack.elevation(face).unwrap()[0].face, face.as_str());
        }
        rack.elevation_svg(RackFace::Rear).unwrap();
        let drawn = client.transport().targets().pop().unwrap();
        assert_eq!(drawn, "dcim/racks/7/elevation/?face=rear&render=svg");
    }
}
