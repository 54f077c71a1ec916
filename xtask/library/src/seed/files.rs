//! Objects that no description makes: those of files, and those that NetBox makes when it reads a data source.

use std::collections::HashSet;

use anyhow::Context as _;
use serde_json::Value;

use super::{
    dataset::{Dataset, Object, Set},
    netbox::{Agreed, Netbox},
    rule::{Fields, file},
};

/// Scripts are made of their files alone.
pub(super) const SCRIPTS: &str = "extras/scripts";
/// Images are made of their files, and have other fields besides.
pub(super) const IMAGES: &str = "extras/image-attachments";

impl Netbox {
    /// Whether all objects of a set are there that NetBox makes when it reads a data source.
    pub(super) fn has_read(&self, set: &Set) -> anyhow::Result<bool> {
        let mut shown: HashSet<(String, String)> = HashSet::new();
        for data_file in self.client.query_at(&set.endpoint).fields(["source", "path"]) {
            let data_file = data_file?;
            let source: Value = data_file.get("source")?;
            shown.insert((
                format!("@core/data-sources/{}", source["name"].as_str().unwrap_or_default()),
                data_file.get("path")?,
            ));
        }
        let key =
            |object: &Object| Some((text(object, "source")?.to_owned(), text(object, "path")?.to_owned()));
        Ok(set.objects.iter().all(|object| key(object).is_some_and(|key| shown.contains(&key))))
    }

    /// Uploads the scripts that are not there.
    pub(super) fn upload_scripts(&self, dataset: &Dataset) -> anyhow::Result<()> {
        let mut scripts = dataset.objects(SCRIPTS).peekable();
        if scripts.peek().is_none() {
            return Ok(());
        }
        let shown = self.client.query_at(SCRIPTS).fields(["name"]).all()?;
        let shown: HashSet<String> =
            shown.iter().map(|script| script.get("name")).collect::<Result<_, _>>()?;
        for script in scripts.filter(|script| text(script, "name").is_some_and(|name| !shown.contains(name)))
        {
            let (_, name) = script.files().next().context("a script has a file")?;
            let source = String::from_utf8_lossy(&dataset.files[name]);
            self.client.upload_script(name, &source).with_context(|| script.reference.clone())?;
        }
        Ok(())
    }

    /// Puts files into fields that have none, of objects that are there.
    pub(super) fn put_files(&self, dataset: &Dataset, agreed: &Agreed<'_>) -> anyhow::Result<()> {
        let sets = dataset.sets.iter().filter(|set| ![SCRIPTS, IMAGES].contains(&set.endpoint.as_str()));
        for (set, object) in sets.flat_map(|set| set.objects.iter().map(move |object| (set, object))) {
            for (field, name) in object.files() {
                let id = agreed.id(&object.reference)?;
                let mut record = self.client.get_at(&set.endpoint, id)?;
                if record.get::<Value>(field)?.is_null() {
                    record
                        .upload(field, name, &dataset.files[name])
                        .with_context(|| object.reference.clone())?;
                }
            }
        }
        Ok(())
    }

    /// Attaches the images that are not there to their objects, and sets their other fields.
    pub(super) fn attach_images(&self, dataset: &Dataset, agreed: &Agreed<'_>) -> anyhow::Result<()> {
        for object in dataset.objects(IMAGES) {
            let parent = text(object, "object_id").context("an image is of an object")?;
            let (endpoint, id) = (endpoint_of(parent), agreed.id(parent)?);
            let (object_type, name) = (text(object, "object_type"), text(object, "name").unwrap_or_default());
            let shown = self.client.query_at(IMAGES).param("object_type", object_type.unwrap_or_default());
            let shown = shown.param("object_id", id).param("name", name).first()?;
            let image = if let Some(image) = shown {
                image
            } else {
                let (_, file) = object.files().next().context("an image has a file")?;
                self.client.get_at(endpoint, id)?.attach_image(name, file, &dataset.files[file])?
            };
            let told =
                object.fields.iter().filter(|(name, value)| file(value).is_none() && *name != "object_id");
            let differs =
                |(name, value): (&String, &Value)| image.get::<Value>(name).ok().as_ref() != Some(value);
            if told.clone().any(differs) {
                // NetBox 4.7.3 answers 500 to a change without the type and the id of the object.
                let mut fields: Fields = told.map(|(name, value)| (name.clone(), value.clone())).collect();
                fields.insert("object_id".to_owned(), id.into());
                self.client.update_at(IMAGES, image.id().context("an image has an id")?, fields)?;
            }
        }
        Ok(())
    }
}

/// The endpoint of the object that a reference names.
fn endpoint_of(reference: &str) -> &str {
    let path = reference.trim_start_matches('@');
    path.match_indices('/').nth(1).map_or(path, |(end, _)| &path[..end])
}

fn text<'o>(object: &'o Object, field: &str) -> Option<&'o str> {
    object.fields.get(field)?.as_str()
}
