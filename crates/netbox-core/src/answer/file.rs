//! Files: images that are attached, and fields that hold one.

use http::{HeaderValue, Method};

use super::record::Record;
use crate::{
    client::Api,
    model::{Object, Resource},
    wire::{Answer, ApiPath, Call, Error, Mode, Outcome, Params},
};

impl<M: Resource, C: Mode> Record<M, C> {
    /// Attaches an image to this object, under a name that may be empty; `file_name` tells its type by its ending.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if it is no image, or objects of this type have none. The attachment can be deleted; NetBox
    /// 4.7.3 fails when it is to be changed.
    pub fn attach_image<'r>(
        &'r self,
        name: &str,
        file_name: &str,
        image: &[u8],
    ) -> Outcome<'r, C, Result<Record<Object, C>, Error>> {
        let form = FormData::default().text("object_type", &self.object_type()).text("name", name);
        let id = self.place().id_to("have images", &**self);
        let form = match &id {
            Ok(id) => form.text("object_id", &id.to_string()),
            Err(_) => form,
        };
        let form = form.file("image", file_name, image);
        C::run(async move {
            id?;
            let path = ApiPath::of_endpoint("extras/image-attachments");
            let api = &self.place().api;
            let answer = send_form(api, Method::POST, path.clone(), form?).await?;
            Record::of(api, &path, &answer)
        })
    }

    /// Puts a file into the field of that name, such as `front_image` of a device type. JSON clears it: see
    /// [`Patch::clear`](crate::Patch::clear).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the field takes no file, or the record has changes that are not
    /// saved.
    pub fn upload<'r>(
        &'r mut self,
        field: &str,
        file_name: &str,
        content: &[u8],
    ) -> Outcome<'r, C, Result<(), Error>> {
        let form = FormData::default().file(field, file_name, content);
        let field = field.to_owned();
        C::run(async move {
            self.has_no_changes()?;
            let place = self.place();
            place.api.check_file(&place.endpoint, &field).await?;
            let answer = send_form(&place.api, Method::PATCH, self.path()?, form?).await?;
            self.take(&answer)
        })
    }
}

pub(super) async fn send_form(
    api: &Api,
    method: Method,
    path: ApiPath,
    form: FormData,
) -> Result<Answer, Error> {
    let (kind, bytes) = form.finish();
    api.exchange(Call::new(method, path, Params::default()).with_content(kind, bytes)).await
}

/// A body of `multipart/form-data` (RFC 7578), which is the only form in which NetBox takes files.
#[derive(Default)]
pub(super) struct FormData {
    /// The rest of each part's head, and its content.
    parts: Vec<(String, Vec<u8>)>,
}

impl FormData {
    fn text(mut self, name: &str, value: &str) -> Self {
        self.parts.push((format!("name=\"{name}\""), value.into()));
        self
    }

    /// # Errors
    ///
    /// If a name could be taken for the end of it.
    pub(super) fn file(mut self, name: &str, file_name: &str, content: &[u8]) -> Result<Self, Error> {
        let odd = |text: &str| text.is_empty() || text.contains(['"', '\\', '\r', '\n']);
        if odd(name) || odd(file_name) {
            return Err(Error::unwritable(format!("“{file_name}” can't be the name of a file in `{name}`")));
        }
        let kind = "Content-Type: application/octet-stream";
        self.parts.push((format!("name=\"{name}\"; filename=\"{file_name}\"\r\n{kind}"), content.into()));
        Ok(self)
    }

    /// The content type, and the body.
    fn finish(self) -> (HeaderValue, Vec<u8>) {
        let boundary = self.boundary();
        let mut bytes = Vec::new();
        for (head, content) in &self.parts {
            let head = format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(content);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        (HeaderValue::from_str(&kind).expect("letters and digits can be sent in a header"), bytes)
    }

    /// What no part holds.
    fn boundary(&self) -> String {
        let is_in = |boundary: &str, content: &[u8]| {
            content.windows(boundary.len()).any(|window| window == boundary.as_bytes())
        };
        let candidates = (0..).map(|number| format!("netbox-part-{number}"));
        let mut free =
            candidates.filter(|boundary| !self.parts.iter().any(|(_, content)| is_in(boundary, content)));
        free.next().expect("no content holds all numbers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_apart() {
        let form =
            FormData::default().text("object_id", "7").file("image", "up.png", b"\x89netbox-part-0").unwrap();
        let (kind, bytes) = form.finish();
        assert_eq!(kind, "multipart/form-data; boundary=netbox-part-1");
        let expected = b"--netbox-part-1\r\n\
            Content-Disposition: form-data; name=\"object_id\"\r\n\r\n7\r\n\
            --netbox-part-1\r\n\
            Content-Disposition: form-data; name=\"image\"; filename=\"up.png\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\x89netbox-part-0\r\n\
            --netbox-part-1--\r\n";
        assert_eq!(bytes, expected);
    }

    #[test]
    fn a_name_can_not_break_out() {
        for name in ["", "a\"b", "a\r\nb", "a\\b"] {
            assert!(FormData::default().file("image", name, b"").is_err(), "{name}");
        }
    }
}
