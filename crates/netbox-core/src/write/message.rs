use crate::error::Error;

/// How many characters NetBox takes; it fails on more.
const LONGEST: usize = 200;

/// What a change record says of why something was written.
#[derive(Debug, Clone)]
pub(crate) struct Message(String);

impl Message {
    /// The name of the field that carries it.
    pub(crate) const FIELD: &'static str = "changelog_message";

    pub(crate) fn new(text: impl Into<String>) -> Result<Self, Error> {
        let text = text.into();
        match text.chars().count() {
            0..=LONGEST => Ok(Self(text)),
            count => Err(Error::body(format!(
                "the message for the change log has {count} characters: NetBox takes {LONGEST}"
            ))),
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }
}
