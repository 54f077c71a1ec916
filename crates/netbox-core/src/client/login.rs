use http::Method;
use serde::Deserialize;

use super::{api::Api, builder::ClientBuilder, handle::Client};
use crate::wire::{ApiPath, Call, Error, Mode, Outcome, Params, Token, Transport};

impl ClientBuilder {
    /// Builds the client of a user, with a token that NetBox creates now; [`Client::logout`] deletes the token.
    ///
    /// # Errors
    ///
    /// [`Error::is_forbidden`] if NetBox does not know the user with that password, and
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) as for [`build`](ClientBuilder::build).
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, transport::Transport};
    /// # fn run(transport: impl Transport<Mode = Blocking> + 'static) -> Result<(), Error> {
    /// let client = Client::builder("https://netbox.example.com").login("admin", "correct horse", transport)?;
    /// println!("{}", client.status()?.netbox_version);
    /// client.logout()
    /// # }
    /// ```
    pub fn login<'a, T: Transport + 'static>(
        self,
        user: &'a str,
        password: &'a str,
        transport: T,
    ) -> Outcome<'a, T::Mode, Result<Client<T::Mode>, Error>> {
        self.having(Ok(transport)).login(user, password)
    }
}

impl<T: Transport + 'static> ClientBuilder<T> {
    /// The client of a user, with a token that NetBox makes for it now, over the transport that the builder has;
    /// [`Client::logout`] deletes the token.
    ///
    /// # Errors
    ///
    /// [`Error::is_forbidden`] if NetBox does not know the user with that password, and
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) as for [`build`](ClientBuilder::build).
    pub fn login<'a>(
        self,
        user: &'a str,
        password: &'a str,
    ) -> Outcome<'a, T::Mode, Result<Client<T::Mode>, Error>> {
        T::Mode::run(async move {
            let body = serde_json::json!({"username": user, "password": password}).to_string();
            let path = ApiPath::of_endpoint("users/tokens/provision");
            let call = Call::new(Method::POST, path, Params::default()).with_body(body);
            let (transport, base, settings) = self.settle()?;
            let anonymous = Api::new(transport, base, settings);
            let answer = anonymous.exchange(call).await?;
            let provisioned: Provisioned = answer.json()?;
            let token = provisioned.token().map_err(|error| error.answering(answer.asked()))?;
            Ok(Client::of(anonymous.logged_in(token, provisioned.id)))
        })
    }
}

impl<C: Mode> Client<C> {
    /// Deletes the token that [`ClientBuilder::login`] created. Neither this client nor its clones can be used
    /// afterwards.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`](crate::ErrorKind::Query) if the client was built with a token: that token is not deleted.
    pub fn logout(&self) -> Outcome<'_, C, Result<(), Error>> {
        C::run(async move {
            let token = self.api().session().ok_or_else(|| {
                Error::query("only a client that logged in can log out: this one was given its token")
            })?;
            let path = ApiPath::of_endpoint("users/tokens").join(token);
            self.api().exchange(Call::new(Method::DELETE, path, Params::default())).await?.done()
        })
    }
}

#[derive(Deserialize)]
struct Provisioned {
    id: u64,
    key: Option<String>,
    token: Option<String>,
    version: Option<u8>,
}

impl Provisioned {
    /// NetBox 4.5 and later give a secret, and for version 2 a public key that belongs before it. Up to 4.4 the key
    /// is the secret.
    fn token(&self) -> Result<Token, Error> {
        match (self.version, &self.key, &self.token) {
            (Some(2), Some(key), Some(secret)) => Token::parse(&format!("nbt_{key}.{secret}")),
            (_, _, Some(secret)) | (None, Some(secret), None) => Token::parse(secret),
            _ => Err(Error::missing("NetBox made a token and did not tell it")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answer: &str, expected: &str) {
        let provisioned: Provisioned = serde_json::from_str(answer).unwrap();
        assert_eq!(provisioned.token().unwrap().header(), expected);
    }

    #[test]
    fn tokens_of_all_versions_are_composed() {
        check(r#"{"id":2,"version":2,"key":"p4fx","token":"waea"}"#, "Bearer nbt_p4fx.waea");
        check(r#"{"id":2,"version":1,"key":null,"token":"0123"}"#, "Token 0123");
        check(r#"{"id":2,"key":"0123"}"#, "Token 0123");
    }
}
