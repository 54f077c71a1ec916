//! Custom scripts.

use std::collections::BTreeMap;

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    file::{FormData, send_form},
    job::{Job, Queued},
};
use crate::{
    client::Client,
    names::check_variables,
    wire::{ApiPath, Call, Error, Mode, Outcome, Params},
};

impl<C: Mode> Client<C> {
    /// Puts a file of custom scripts into NetBox, from 4.5.7 on. NetBox lists each script in it at `extras/scripts`, and
    /// knows it as `module.Class`, the module being the file's name without `.py`. It has no way to delete the file.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if there is a file of that name already.
    pub fn upload_script<'c>(&'c self, file_name: &str, source: &str) -> Outcome<'c, C, Result<(), Error>> {
        let form = FormData::default().file("file", file_name, source.as_bytes());
        C::run(async move {
            let path = ApiPath::of_endpoint("extras/scripts/upload");
            send_form(self.api(), Method::POST, path, form?).await?.done()
        })
    }

    /// Runs a custom script: by its id, or as `module.Class`, with `data` for its variables. NetBox keeps what the script
    /// changes only with `commit`.
    ///
    /// NetBox ignores variables that the script does not have, so the client reads first which it has, unless `data` is
    /// empty.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the script has no such variable; nothing runs then.
    /// [`ErrorKind::Unavailable`](crate::ErrorKind::Unavailable) if NetBox has no worker that could run it.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn audit(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let job = client.run_script("audit.Racks", &serde_json::json!({"site": 7}), false)?;
    ///     let state = job.wait(std::time::Duration::from_secs(60))?;
    ///     state.log().iter().for_each(|line| println!("{}: {}", line.level, line.message));
    ///     Ok(())
    /// }
    /// ```
    pub fn run_script<'c>(
        &'c self,
        script: &'c str,
        data: &(impl Serialize + ?Sized),
        commit: bool,
    ) -> Outcome<'c, C, Result<Job<C>, Error>> {
        let data = serde_json::to_value(data);
        C::run(async move {
            let data = data
                .map_err(|error| Error::unwritable(format!("the data can't be written as JSON: {error}")))?;
            let path = ApiPath::parse(&format!("extras/scripts/{script}"))?;
            if let Some(data) = data.as_object().filter(|data| !data.is_empty()) {
                let read = self.api().exchange(Call::get(path.clone(), Params::default())).await?;
                // A script that can't be loaded has no variables that are known; NetBox refuses to run it.
                if let Some(variables) = read.json::<Script>()?.vars {
                    check_variables(&path, &variables, data)?;
                }
            }
            let call = Call::new(Method::POST, path, Params::default());
            let started =
                self.api().exchange(call.with_json(&json!({"data": data, "commit": commit}))).await?;
            let id = started.json::<Started>()?.result.id;
            Ok(Job::new(Queued::new(self.api().clone(), id)))
        })
    }
}

/// A script, as far as it describes its variables: their types by their names.
#[derive(Deserialize)]
struct Script {
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
