//! Files: image attachments, fields that hold a file, and other files that NetBox serves.

use std::io::Write;

use bytes::Bytes;
use http::Method;

use super::{
    record::Record,
    upload::{FormData, Upload},
};
use crate::{
    client::{Api, Client},
    model::{Object, Resource},
    wire::{Answer, ApiPath, Call, Error, ErrorKind, Mode, Outcome, Params, Sink, authority_of_url},
};

impl<M: Resource, C: Mode> Record<M, C> {
    /// Attaches an image to this object, under a name that may be empty; NetBox infers the type of the image from the
    /// ending of `file_name`.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if the file is no image, or objects of this type have no images. The attachment can be
    /// deleted; NetBox 4.7.3 fails to change one.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64 }
    /// fn attach(client: &Client<Blocking>) -> Result<(), Box<dyn std::error::Error>> {
    ///     let photo = std::fs::File::open("door.jpg")?;
    ///     client.get::<Site>(7)?.attach_image("Front door", "door.jpg", photo)?;
    ///     Ok(())
    /// }
    /// ```
    pub fn attach_image<'r>(
        &'r self,
        name: &str,
        file_name: &str,
        image: impl Into<Upload>,
    ) -> Outcome<'r, C, Result<Record<Object, C>, Error>> {
        let form = FormData::default().text("object_type", &self.object_type()).text("name", name);
        let id = self.place().id_to("have images", &**self);
        let form = match &id {
            Ok(id) => form.text("object_id", &id.to_string()),
            Err(_) => form,
        };
        let form = form.file("image", file_name, image.into());
        C::run(async move {
            id?;
            let path = ApiPath::of_endpoint("extras/image-attachments");
            let api = &self.place().api;
            let answer = send_form(api, Method::POST, path.clone(), form?).await?;
            Record::of(api, &path, None, &answer)
        })
    }

    /// Puts a file into the field of that name, such as `front_image` of a device type.
    /// [`Patch::clear`](crate::Patch::clear) removes the file.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if NetBox does not accept the file, and [`ErrorKind::Body`](crate::ErrorKind::Body) if the field
    /// takes no file, or the record has changes that are not saved.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client};
    /// fn draw(client: &Client<Blocking>) -> Result<(), Box<dyn std::error::Error>> {
    ///     let front = std::fs::File::open("front.png")?;
    ///     client.get_at("dcim/device-types", 7)?.upload("front_image", "front.png", front)?;
    ///     Ok(())
    /// }
    /// ```
    pub fn upload<'r>(
        &'r mut self,
        field: &str,
        file_name: &str,
        content: impl Into<Upload>,
    ) -> Outcome<'r, C, Result<(), Error>> {
        let form = FormData::default().file(field, file_name, content.into());
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

/// A file that NetBox served; made by [`Client::download`].
///
/// ```
/// # use netbox_core::{Async, Client, Error};
/// async fn image(client: &Client<Async>, url: &str) -> Result<Option<Vec<u8>>, Error> {
///     let file = client.download(url).await?;
///     let is_image = file.content_type().is_some_and(|kind| kind.starts_with("image/"));
///     Ok(is_image.then(|| file.content().to_vec()))
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    content: Bytes,
    content_type: Option<String>,
}

impl Download {
    /// The file itself.
    pub fn content(&self) -> &Bytes {
        &self.content
    }

    /// The type of the file, such as `image/png`; NetBox infers it from the ending of the name.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

impl<C: Mode> Client<C> {
    /// Reads a file that NetBox serves: an image, an attachment, a drawing of a rack.
    ///
    /// `url` is a URL that NetBox sent, as in the field `image` of an image attachment, or a path such as
    /// `/media/image-attachments/site_7_door.png`. Where NetBox lives below a path of its host, `url` may include that
    /// path or omit it.
    ///
    /// The request goes to the host of the client's base URL, whichever host `url` names, so that the token reaches no
    /// other. Behind a proxy, NetBox may name another host in its URLs than the one that clients know. For a URL with
    /// such a host, the client asks NetBox once which host it names, and refuses URLs with any other host.
    ///
    /// # Errors
    ///
    /// - [`Error::is_not_found`] if there is no such file, or the token may not view the object that it belongs to.
    ///   NetBox 4.7.3 looks at the tokens of such requests only if its setting `LOGIN_REQUIRED` is on.
    /// - [`ErrorKind::Query`] if `url` names a foreign host or has a path that can't be sent.
    /// - [`ErrorKind::Redirect`] if NetBox or a proxy wants somebody to log in for the file. Some versions of NetBox
    ///   accept no tokens for files.
    /// - [`ErrorKind::NotNetbox`] if the answer is HTML or JSON without the time of its last change, which files have:
    ///   a proxy sends such a page to clients that have yet to log in. A 404 that is not NetBox's is the same error.
    ///
    /// # Examples
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn save_images(client: &Client<Blocking>) -> Result<(), Box<dyn std::error::Error>> {
    ///     for image in client.query_at("extras/image-attachments").iter() {
    ///         let image = image?;
    ///         let file = client.download(&image.get::<String>("image")?)?;
    ///         std::fs::write(image.get::<String>("name")?, file.content())?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn download<'c>(&'c self, url: &'c str) -> Outcome<'c, C, Result<Download, Error>> {
        C::run(async move {
            let (content, content_type) = read(self.api(), url, Call::file(url)).await?.file();
            Ok(Download { content, content_type })
        })
    }

    /// Reads a file as [`download`](Self::download) does, and writes it to `writer` as it arrives, so that memory never
    /// holds all of it. Returns the number of bytes.
    ///
    /// The transports of this repository write each piece when it arrives, on the thread that awaits the call; a transport
    /// that [takes no sinks](crate::transport::Transport::takes_sinks) reads the file first. Give a large file the time
    /// that it needs with [`Client::timeout`].
    ///
    /// # Errors
    ///
    /// Those of `download`, and [`ErrorKind::Transport`] if `writer` fails. The call is not repeated once it has begun to write, so
    /// that after an error `writer` has the beginning of the file, or nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// use std::{fs::File, time::Duration};
    ///
    /// fn save(client: &Client<Blocking>, url: &str) -> Result<u64, Box<dyn std::error::Error>> {
    ///     let file = File::create("drawing.svg")?;
    ///     Ok(client.timeout(Duration::from_secs(600)).download_to(url, file)?)
    /// }
    /// ```
    pub fn download_to<'c>(
        &'c self,
        url: &'c str,
        writer: impl Write + Send + 'static,
    ) -> Outcome<'c, C, Result<u64, Error>> {
        let sink = Sink::new(writer);
        C::run(async move {
            let answer = read(self.api(), url, Call::file(url).with_sink(&sink)).await?;
            answer.into_sink(&sink)
        })
    }
}

/// Reads the file at `url`, if that is this NetBox's own.
async fn read(api: &Api, url: &str, call: Call) -> Result<Answer, Error> {
    if let Some(authority) = authority_of_url(url)
        && !api.goes_by(authority).await?
    {
        let host = authority.rsplit('@').next().unwrap_or_default();
        return Err(Error::query(format!(
            "the URL belongs to {host}, and NetBox names another host in its own URLs: no token is sent for it, so read \
             it without this client"
        )));
    }
    api.exchange(call).await.map_err(|error| match error.kind() {
        ErrorKind::NoEndpoint => error.of_kind(ErrorKind::NotFound),
        _ => error,
    })
}

pub(super) async fn send_form(
    api: &Api,
    method: Method,
    path: ApiPath,
    form: FormData,
) -> Result<Answer, Error> {
    let (kind, source) = form.finish()?;
    api.exchange(Call::new(method, path, Params::default()).with_source(kind, source)).await
}
