use crate::wire::Error;

/// How many characters NetBox takes; it fails on more.
const LONGEST: usize = 200;

/// The reason for a write, which the change log shows.
#[derive(Debug, Clone)]
pub(crate) struct Message(String);

impl Message {
    pub(crate) fn new(text: impl Into<String>) -> Result<Self, Error> {
        let text = text.into();
        match text.chars().count() {
            0..=LONGEST => Ok(Self(text)),
            count => Err(Error::unwritable(format!(
                "the message for the change log has {count} characters: NetBox takes {LONGEST}"
            ))),
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }
}
