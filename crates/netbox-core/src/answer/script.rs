//! Custom scripts.

use std::{collections::BTreeMap, marker::PhantomData, mem};

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    file::send_form,
    job::{Job, Queued},
    upload::{FormData, Upload},
};
use crate::{
    client::{Api, Client},
    model::Body,
    names::check_variables,
    value::{Assign, Timestamp, to_json},
    wire::{ApiPath, Call, Error, Mode, Outcome, Params, since},
};

const UPLOADS: &str = "extras/scripts/upload";
const NOTIFICATIONS: &str = "notifications";

impl<C: Mode> Client<C> {
    /// Puts a file of custom scripts into NetBox, from 4.5.7 on. NetBox lists each script of the file at
    /// `extras/scripts`, under the name `module.Class`, where the module is the file's name without `.py`. NetBox has
    /// no way to delete the file.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if there is a file of that name already: see [`Client::replace_script`].
    /// [`ErrorKind::Version`](crate::ErrorKind::Version) before 4.5.7.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client};
    /// fn deploy(client: &Client<Blocking>) -> Result<(), Box<dyn std::error::Error>> {
    ///     let source = std::fs::read_to_string("audit.py")?;
    ///     match client.upload_script("audit.py", &source) {
    ///         Err(error) if error.is_invalid() => client.replace_script("audit.py", &source)?,
    ///         uploaded => uploaded?,
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn upload_script<'c>(
        &'c self,
        file_name: &str,
        source: impl Into<Upload>,
    ) -> Outcome<'c, C, Result<(), Error>> {
        let form = FormData::default().file("file", file_name, source.into());
        C::run(async move {
            self.api().require("the upload of scripts", since::SCRIPT_UPLOADS).await?;
            send_form(self.api(), Method::POST, ApiPath::of_endpoint(UPLOADS), form?).await?.done()
        })
    }

    /// Replaces a file of custom scripts that was uploaded, from 4.6 on.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is no file of that name, and [`ErrorKind::Version`](crate::ErrorKind::Version) before 4.6.
    pub fn replace_script<'c>(
        &'c self,
        file_name: &str,
        source: impl Into<Upload>,
    ) -> Outcome<'c, C, Result<(), Error>> {
        let path = ApiPath::parse(&format!("{UPLOADS}/{file_name}"));
        let form = FormData::default().file("file", file_name, source.into());
        C::run(async move {
            self.api().require("the replacement of scripts", since::SCRIPT_REPLACEMENTS).await?;
            send_form(self.api(), Method::PUT, path?, form?).await?.done()
        })
    }

    /// The custom script with that id, or with a name such as `module.Class`, to run it.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn audit(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let job = client.script("audit.Racks").data(&serde_json::json!({"site": 7})).commit().run()?;
    ///     let state = job.wait(std::time::Duration::from_secs(60))?;
    ///     state.log().iter().for_each(|line| println!("{}: {}", line.level, line.message));
    ///     Ok(())
    /// }
    /// ```
    pub fn script(&self, script: &str) -> Script<C> {
        Script {
            api: self.api().clone(),
            path: ApiPath::parse(&format!("extras/scripts/{script}")),
            data: json!({}),
            input: Body::from_iter([("commit".to_owned(), false.into())]),
            variables: Vec::new(),
            files: FormData::default(),
            refused: None,
            mode: PhantomData,
        }
    }
}

/// A custom script to run; made by [`Client::script`].
///
/// ```
/// # use netbox_core::{Async, Client, Error};
/// async fn schedule(client: &Client<Async>) -> Result<u64, Error> {
///     let script = client.script("cleanup.Interfaces").data(&serde_json::json!({"site": 7})).commit();
///     let job = script.schedule_at("2026-11-30T02:00:00Z").interval(24 * 60).run().await?;
///     Ok(job.id())
/// }
/// ```
#[must_use = "a script does nothing before `run`"]
pub struct Script<C> {
    api: Api,
    path: Result<ApiPath, Error>,
    data: Value,
    /// Whatever NetBox takes beside the data.
    input: Body,
    /// The variables that files are for.
    variables: Vec<String>,
    files: FormData,
    /// The first reason why this can't be sent.
    refused: Option<Error>,
    mode: PhantomData<fn() -> C>,
}

impl<C: Mode> Script<C> {
    /// Sets the script's variables, from a map or a struct. Objects are given by their ids.
    pub fn data(mut self, data: &(impl Serialize + ?Sized)) -> Self {
        match to_json(data) {
            Ok(data) => self.data = data,
            Err(why) => self.refuse(Error::unwritable(format!("the data can't be written as JSON: {why}"))),
        }
        self
    }

    /// Sets a variable that is a `FileVar` to a file.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client};
    /// fn import(client: &Client<Blocking>) -> Result<(), Box<dyn std::error::Error>> {
    ///     let rows = std::fs::File::open("devices.csv")?;
    ///     client.script("import.Devices").file("rows", "devices.csv", rows).commit().run()?;
    ///     Ok(())
    /// }
    /// ```
    pub fn file(mut self, variable: &str, file_name: &str, content: impl Into<Upload>) -> Self {
        match mem::take(&mut self.files).file(variable, file_name, content.into()) {
            Ok(files) => {
                self.files = files;
                self.variables.push(variable.to_owned());
            }
            Err(error) => self.refuse(error),
        }
        self
    }

    /// Lets NetBox keep the script's changes. Without this call, NetBox reverts them at the end.
    pub fn commit(self) -> Self {
        self.input("commit", true)
    }

    /// Runs the script at a later time instead of at once.
    pub fn schedule_at(mut self, time: impl Assign<Timestamp>) -> Self {
        match time.give().into_value() {
            Ok(time) => self.input("schedule_at", time),
            Err(why) => {
                self.refuse(Error::unwritable(format!("`schedule_at`: {why}")));
                self
            }
        }
    }

    /// Runs the script repeatedly, each time so many minutes after the last.
    pub fn interval(self, minutes: u32) -> Self {
        self.input("interval", minutes)
    }

    /// Says when NetBox notifies the token's user of the script's end: `always`, `on_failure` or `never`. NetBox has this
    /// from 4.6 on.
    pub fn notifications(self, when: &str) -> Self {
        self.input(NOTIFICATIONS, when)
    }

    /// Puts the script into NetBox's queue.
    ///
    /// NetBox ignores variables that the script does not have. If data or a file is given, the client therefore reads
    /// first which variables the script has.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the script has no such variable, and
    /// [`ErrorKind::Version`](crate::ErrorKind::Version) if `notifications` is set before 4.6; nothing runs then.
    /// [`ErrorKind::Unavailable`](crate::ErrorKind::Unavailable) if NetBox has no worker that could run it.
    pub fn run<'c>(self) -> Outcome<'c, C, Result<Job<C>, Error>>
    where
        C: 'c,
    {
        let Self { api, path, data, input, variables, files, refused, mode: _ } = self;
        C::run(async move {
            let path = path?;
            if let Some(error) = refused {
                return Err(error);
            }
            if input.contains_key(NOTIFICATIONS) {
                api.require("`notifications` of a script", since::SCRIPT_NOTIFICATIONS).await?;
            }
            let given = data.as_object().filter(|given| !given.is_empty() || !variables.is_empty());
            if let Some(given) = given {
                let read = api.exchange(Call::get(path.clone(), Params::default())).await?;
                // A script that can't be loaded has no variables that are known; NetBox refuses to run it.
                if let Some(known) = read.json::<Described>()?.vars {
                    check_variables(&path, &known, given.keys(), &variables)?;
                }
            }
            let started = if variables.is_empty() {
                let mut body = input;
                body.insert("data".to_owned(), data);
                api.exchange(Call::new(Method::POST, path, Params::default()).with_json(&body.into())).await?
            } else {
                let form = files.text("data", &data.to_string());
                let form = input.iter().fold(form, |form, (name, value)| match value.as_str() {
                    Some(text) => form.text(name, text),
                    None => form.text(name, &value.to_string()),
                });
                send_form(&api, Method::POST, path, form).await?
            };
            let id = started.json::<Started>()?.result.id;
            Ok(Job::new(Queued::new(api, id)))
        })
    }

    fn refuse(&mut self, error: Error) {
        self.refused.get_or_insert(error);
    }

    fn input(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.input.insert(name.to_owned(), value.into());
        self
    }
}

/// A script, as far as it describes its variables: their types by their names.
#[derive(Deserialize)]
struct Described {
    vars: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
struct Started {
    result: Run,
}

#[derive(Deserialize)]
struct Run {
    id: u64,
}
