//! Rendered templates, the choices of choice sets, and data sources.

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{query::Query, record::Record, route};
use crate::{
    model::{Object, Resource},
    value::{Choice, to_json},
    wire::{Call, Error, Mode, Outcome, Params},
};

/// A rendered config template; made by [`Record::render_config`] and [`Record::render`].
///
/// ```
/// # use netbox_core::{Async, Error, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64 }
/// async fn config(device: &Record<Device, Async>) -> Result<String, Error> {
///     let rendered = device.render_config(&()).await?;
///     let template = rendered.template.as_ref().and_then(|template| template.display());
///     Ok(format!("! {}\n{}", template.unwrap_or_default(), rendered.content))
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct RenderedConfig {
    /// The template.
    #[serde(rename = "configtemplate", default)]
    pub template: Option<Object>,
    /// The configuration.
    pub content: String,
}

impl<M: Resource, C: Mode> Record<M, C> {
    /// Renders the configuration of this device or virtual machine, by its own template or that of its role or
    /// platform. The template sees `context` beside the object's own: `()` for none, or a value that serde writes as a
    /// map.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if there is no template. NetBox answers a mistake in the template with a 500; the error's
    /// message names the mistake.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64 }
    /// fn config(client: &Client<Blocking>) -> Result<String, Error> {
    ///     let device = client.get::<Device>(7)?;
    ///     Ok(device.render_config(&serde_json::json!({"uplinks": 2}))?.content)
    /// }
    /// ```
    pub fn render_config<'r>(
        &'r self,
        context: &(impl Serialize + ?Sized),
    ) -> Outcome<'r, C, Result<RenderedConfig, Error>>
    where
        M: route::RenderConfig,
    {
        C::run(self.rendered("render-config", map_of(context)))
    }

    /// Renders this config template with `context`: `()` for none, or a value that serde writes as a map.
    ///
    /// # Errors
    ///
    /// NetBox answers a mistake in the template, or a variable that the template uses and `context` lacks, with a 500;
    /// the error's message names it.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// #[derive(serde::Deserialize, NetboxModel)]
    /// #[netbox(endpoint = "extras/config-templates")]
    /// struct ConfigTemplate {
    ///     id: u64,
    /// }
    ///
    /// fn banner(client: &Client<Blocking>) -> Result<String, Error> {
    ///     let template = client.get::<ConfigTemplate>(7)?;
    ///     Ok(template.render(&serde_json::json!({"site": "Berlin"}))?.content)
    /// }
    /// ```
    pub fn render<'r>(
        &'r self,
        context: &(impl Serialize + ?Sized),
    ) -> Outcome<'r, C, Result<RenderedConfig, Error>>
    where
        M: route::Render,
    {
        C::run(self.rendered("render", map_of(context)))
    }

    async fn rendered(&self, route: &str, context: Result<Value, Error>) -> Result<RenderedConfig, Error> {
        let call = Call::new(Method::POST, self.path()?.join(route), Params::default());
        self.place().api.exchange(call.only_reading().with_json(&context?)).await?.json()
    }

    /// The choices of this choice set, with their labels.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn colours(client: &Client<Blocking>) -> Result<usize, Error> {
    ///     Ok(client.get_at("extras/custom-field-choice-sets", 7)?.choices()?.len())
    /// }
    /// ```
    pub fn choices(&self) -> Outcome<'_, C, Result<Vec<Choice>, Error>>
    where
        M: route::Choices,
    {
        C::run(async move {
            let path = self.path()?.join("choices");
            let choices = Query::<Object, C>::new(&self.place().api, Ok(path)).objects().await?;
            let choice = |choice: Object| -> Result<Choice, Error> {
                Ok(Choice::new(choice.get::<String>("id")?).labelled(choice.get("display")?))
            };
            choices.into_iter().map(choice).collect()
        })
    }

    /// Reads this data source again, or brings this object up to date with its data file.
    ///
    /// NetBox reads a data source in the background: this record keeps the status of before, and
    /// [`refresh`](Record::refresh) reads the present one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the record has changes that are not saved.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "core/data-sources")] struct DataSource { id: u64 }
    /// fn read_again(client: &Client<Blocking>) -> Result<(), Error> {
    ///     client.get::<DataSource>(7)?.sync()
    /// }
    /// ```
    pub fn sync(&mut self) -> Outcome<'_, C, Result<(), Error>>
    where
        M: route::Synced,
    {
        C::run(async move {
            self.has_no_changes()?;
            let call = Call::new(Method::POST, self.path()?.join("sync"), Params::default());
            let answer = self.place().api.exchange(call).await?;
            self.take(&answer)
        })
    }
}

/// `context` as what a template takes.
///
/// # Errors
///
/// If it is no map, or JSON can't have it.
fn map_of(context: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
    // A template may use any field of a record: the context has it whole, where `to_json` would have its id.
    match to_json(context).and_then(|_| serde_json::to_value(context).map_err(|error| error.to_string())) {
        Ok(context) if context.is_object() => Ok(context),
        Ok(context) if context.is_null() => Ok(json!({})),
        Ok(_) => Err(Error::unwritable("the context is no map, which NetBox would fail on")),
        Err(why) => Err(Error::unwritable(format!("the context can't be written as JSON: {why}"))),
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::{
        Blocking, ErrorKind,
        test::{Canned, json as answer},
    };

    #[test]
    fn a_context_goes_out_as_it_is_and_none_as_an_empty_one() {
        let client = Canned::<Blocking>::client(|request| match *request.method() {
            Method::POST => {
                let template = json!({"id": 7, "display": "banner"});
                answer(200, &json!({"configtemplate": template, "content": "hello"}))
            }
            _ => answer(200, &json!({"id": 7})),
        });
        let template = client.get_at("extras/config-templates", 7).unwrap();
        let rendered = template.render(&json!({"site": "Berlin"})).unwrap();
        assert_eq!(rendered.content, "hello");
        assert_eq!(rendered.template.and_then(|template| template.id()), Some(7));
        template.render_config(&()).unwrap();
        assert_eq!(template.render(&["Berlin"]).unwrap_err().kind(), ErrorKind::Body);

        let posts = client.transport().requests().split_off(1);
        let sent: Vec<_> = posts.iter().map(|post| (post.uri().path(), &post.body()[..])).collect();
        let path = "/nb/api/extras/config-templates/7";
        assert_eq!(
            sent,
            [
                (&*format!("{path}/render/"), &br#"{"site":"Berlin"}"#[..]),
                (&*format!("{path}/render-config/"), b"{}"),
            ]
        );
    }
}
