use http::Method;
use serde::Deserialize;

use crate::{
    error::Error,
    exchange::Call,
    fk::GenericFk,
    mode::Mode,
    model::Resource,
    params::Params,
    record::Record,
    transport::{Outcome, Transport},
    value::Choice,
};

/// Half a unit of a rack; made by [`Record::elevation`].
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct RackUnit {
    /// The unit: 20.0, or 20.5 for its upper half.
    pub id: f64,
    /// Such as `U20.5`.
    pub name: String,
    /// `front` or `rear`.
    pub face: Choice,
    /// The device that takes it, or `None`. A device of several units is in all of them.
    pub device: Option<GenericFk>,
    /// Whether it is taken, which by a device of full depth it is on both faces.
    pub occupied: bool,
}

impl<M: Resource, T: Transport> Record<M, T> {
    /// The half units of this rack, `face` being `front` or `rear`, from the top down.
    pub fn elevation<'r>(&'r self, face: &'r str) -> Outcome<'r, T, Result<Vec<RackUnit>, Error>> {
        T::Mode::run(async move {
            let path = self.path()?.join("elevation");
            let mut pages = self.client().query_at(path.as_str()).param_unchecked("face", face).pages();
            let mut units = Vec::new();
            while let Some(page) = pages.advance().await {
                for unit in page? {
                    units.push(unit.into_inner().read_as()?);
                }
            }
            Ok(units)
        })
    }

    /// This rack as a drawing, `face` being `front` or `rear`: SVG as text.
    pub fn elevation_svg<'r>(&'r self, face: &'r str) -> Outcome<'r, T, Result<String, Error>> {
        T::Mode::run(async move {
            let drawing = Params::default().with("face", face).with("render", "svg");
            let call = Call::new(Method::GET, self.path()?.join("elevation"), drawing);
            Ok(self.client().exchange(call).await?.text())
        })
    }
}
