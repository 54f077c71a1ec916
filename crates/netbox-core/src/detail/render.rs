use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    error::Error,
    exchange::Call,
    mode::Mode,
    model::Resource,
    object::Object,
    params::Params,
    record::Record,
    transport::{Outcome, Transport},
    value::Choice,
};

/// What a template made of a device or a virtual machine; made by [`Record::render_config`].
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct RenderedConfig {
    /// The template.
    #[serde(rename = "configtemplate", default)]
    pub template: Option<Object>,
    /// The configuration.
    pub content: String,
}

impl<M: Resource, T: Transport> Record<M, T> {
    /// The configuration of this device or virtual machine, by its template, or that of its role or platform, with
    /// `context` beside its own: `()` for none, or what serde writes as a map.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if there is no template. A mistake in the template is a 500, and told in the message.
    pub fn render_config<'r>(
        &'r self,
        context: &(impl Serialize + ?Sized),
    ) -> Outcome<'r, T, Result<RenderedConfig, Error>> {
        let context = serde_json::to_value(context);
        T::Mode::run(async move {
            let context = match context {
                Ok(context) if context.is_object() => context,
                Ok(context) if context.is_null() => serde_json::json!({}),
                _ => return Err(Error::body("the context is no map, which NetBox would fail on")),
            };
            let call = Call::new(Method::POST, self.path()?.join("render-config"), Params::default());
            self.client().exchange(call.with_json(&context)).await?.json()
        })
    }

    /// The choices of this choice set, with their labels.
    pub fn choices(&self) -> Outcome<'_, T, Result<Vec<Choice>, Error>> {
        T::Mode::run(async move {
            let path = self.path()?.join("choices");
            let mut pages = self.client().query_at(path.as_str()).pages();
            let mut choices = Vec::new();
            while let Some(page) = pages.advance().await {
                for choice in page? {
                    choices.push(Choice::new(choice.get::<String>("id")?).labelled(choice.get("display")?));
                }
            }
            Ok(choices)
        })
    }

    /// Reads this data source again, or brings this object up to date with its data file.
    ///
    /// A data source is read in the background: this record has its status of before, and [`refresh`](Record::refresh)
    /// tells how it goes.
    pub fn sync(&mut self) -> Outcome<'_, T, Result<(), Error>> {
        T::Mode::run(async move {
            self.has_no_changes()?;
            let call = Call::new(Method::POST, self.path()?.join("sync"), Params::default());
            let answer = self.client().exchange(call).await?;
            self.take(&answer)
        })
    }
}
