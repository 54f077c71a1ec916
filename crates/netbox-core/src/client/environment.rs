use std::env::{self, VarError};

use super::{builder::ClientBuilder, handle::Client};
use crate::wire::{Error, Token};

const URL: &str = "NETBOX_URL";
const TOKEN: &str = "NETBOX_TOKEN";

impl Client<()> {
    /// Starts to build a client for the NetBox at `NETBOX_URL`, with the token in `NETBOX_TOKEN`: two variables of the
    /// environment, which are read now.
    ///
    /// [`build`](ClientBuilder::build) returns an error that names the variable if one of them is not set, or empty. A
    /// [`token`](ClientBuilder::token) that the program gives replaces that of the environment, which then need not be
    /// set.
    ///
    /// ```
    /// # use netbox_core::{Client, Error, transport::Transport};
    /// # fn build<T: Transport + 'static>(transport: T) -> Result<Client<T::Mode>, Error> {
    /// Client::builder_from_env().page_size(500).build(transport)
    /// # }
    /// ```
    pub fn builder_from_env() -> ClientBuilder {
        from(|name| env::var(name))
    }
}

fn from(read: impl Fn(&str) -> Result<String, VarError>) -> ClientBuilder {
    let url = variable(&read, URL, "the URL of your NetBox, such as https://netbox.example.com");
    let token = variable(&read, TOKEN, "an API token of your user in NetBox");
    ClientBuilder::new(url).with_token(token.and_then(|token| Token::parse(&token)))
}

fn variable(
    read: impl Fn(&str) -> Result<String, VarError>,
    name: &str,
    content: &str,
) -> Result<String, Error> {
    let wrong = match read(name) {
        Ok(value) if value.is_empty() => "is empty",
        Ok(value) => return Ok(value),
        Err(VarError::NotPresent) => "is not set",
        Err(VarError::NotUnicode(_)) => "is not Unicode",
    };
    Err(Error::config(format!("the environment variable {name} {wrong}: set it to {content}")))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::{ErrorKind, test::Canned, wire::Blocking};

    /// The base URL of the client, or the error of building it.
    fn built(variables: &[(&str, &str)], change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
        let read = |name: &str| {
            let found = variables.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        };
        let transport = Canned::<Blocking>::new(|_| unreachable!());
        match change(from(read)).build(transport) {
            Ok(client) => client.base_url().to_owned(),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Config);
                error.to_string()
            }
        }
    }

    #[test]
    fn an_error_names_the_variable_that_is_missing() {
        let url = "is not set: set it to the URL of your NetBox, such as https://netbox.example.com";
        let token =
            "the environment variable NETBOX_TOKEN is not set: set it to an API token of your user in NetBox";
        assert_eq!(
            built(&[(TOKEN, "nbt_key.hunter2")], |b| b),
            format!("the environment variable NETBOX_URL {url}")
        );
        assert_eq!(built(&[(URL, "h")], |b| b), token);
        assert_eq!(built(&[(URL, "h"), (TOKEN, "")], |b| b), token.replace("not set", "empty"));
        let unreadable = variable(|_| Err(VarError::NotUnicode(OsString::new())), URL, "x").unwrap_err();
        assert_eq!(unreadable.to_string(), "the environment variable NETBOX_URL is not Unicode: set it to x");
    }

    #[test]
    fn the_environment_gives_way_to_the_program() {
        assert_eq!(built(&[(URL, "h"), (TOKEN, "nbt_key.hunter2")], |b| b), "https://h");
        assert_eq!(built(&[(URL, "h")], |b| b.token("nbt_key.hunter2")), "https://h");
    }
}
