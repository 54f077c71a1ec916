use crate::wire::Error;

/// Why the library does not send a name.
#[derive(Debug)]
pub(crate) struct Refusal {
    name: String,
    why: String,
    /// The name that was probably meant.
    guess: Option<String>,
    consequence: &'static str,
}

impl Refusal {
    /// NetBox would ignore `name`, for the reason `why`.
    pub(super) fn new(name: &str, why: impl Into<String>) -> Self {
        Self { name: name.to_owned(), why: why.into(), guess: None, consequence: "" }
    }

    pub(super) fn or(mut self, guess: Option<String>) -> Self {
        self.guess = guess;
        self
    }

    pub(super) fn then(mut self, consequence: &'static str) -> Self {
        self.consequence = consequence;
        self
    }

    /// The error for a filter.
    pub(super) fn filter(self) -> Error {
        Error::query(format!(
            "unknown filter `{}`: {}; NetBox would ignore it and answer with everything. If the endpoint has it all the \
             same, use `param_unchecked`",
            self.name,
            self.reason()
        ))
    }

    /// The error for an order of the list at `endpoint`.
    pub(super) fn order(self, endpoint: &str) -> Error {
        Error::query(format!("{endpoint} is not ordered by `{}`: {}", self.name, self.reason()))
    }

    /// The error for a field that is asked for at `endpoint`.
    pub(super) fn selected(self, endpoint: &str) -> Error {
        Error::query(format!("objects of {endpoint} can't be asked for `{}`: {}", self.name, self.reason()))
    }

    /// The error for all the fields of a body for `endpoint` that are wrong.
    pub(crate) fn fields(endpoint: &str, refusals: Vec<Self>) -> Result<(), Error> {
        if refusals.is_empty() {
            return Ok(());
        }
        let wrong = refusals.iter().map(|refusal| (refusal.name.as_str(), refusal.reason()));
        Err(Error::fields(endpoint, wrong.collect()))
    }

    /// A field that NetBox sets itself.
    pub(crate) fn is_set_by_netbox(name: &str) -> Self {
        Self::new(name, "is set by NetBox itself")
    }

    pub(super) fn reason(&self) -> String {
        let guess = self.guess.iter().map(|guess| format!(" (did you mean `{guess}`?)"));
        format!("{}{}{}", self.why, guess.collect::<String>(), self.consequence)
    }
}
