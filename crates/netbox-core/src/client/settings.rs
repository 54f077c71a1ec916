use http::{HeaderMap, header};

use crate::wire::{RetryPolicy, Timeout, Token};

/// The settings of a client that all its requests share.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) headers: HeaderMap,
    pub(super) retry: RetryPolicy,
    /// How long an exchange may take, if that is not left to the transport.
    pub(super) timeout: Option<Timeout>,
    pub(super) page_size: u32,
    pub(super) check_writes: bool,
    pub(super) allow_unsupported: bool,
    pub(super) batching: bool,
    /// How many requests of one kind go together.
    pub(super) concurrency: usize,
    /// How many requests may be under way, if that is limited.
    pub(super) max_in_flight: Option<usize>,
}

impl Settings {
    pub(super) fn authorized(mut self, token: Token) -> Self {
        self.headers.insert(header::AUTHORIZATION, token.header().clone());
        self
    }

    /// Whether requests go without a token.
    pub(super) fn is_anonymous(&self) -> bool {
        !self.headers.contains_key(header::AUTHORIZATION)
    }

    /// Whether the token is one of those that begin with `nbt_`.
    pub(super) fn has_prefixed_token(&self) -> bool {
        let sent = self.headers.get(header::AUTHORIZATION);
        sent.is_some_and(|sent| sent.as_bytes().starts_with(b"Bearer nbt_"))
    }
}
