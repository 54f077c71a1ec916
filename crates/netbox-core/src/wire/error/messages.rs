use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt::{self, Write},
};

use super::line::{OneLine, bounded};

mod reading;

/// NetBox's messages about a request that it refused: about the whole, the fields, and the items of a bulk request.
///
/// This type reads all the forms in which NetBox 4.3 to 4.7 send messages. They are in the language of the server.
///
/// Messages and the names of fields are as the server sent them, and may hold line breaks and characters that steer a
/// terminal. The [`Display`](fmt::Display) of an error, and of these messages as a whole, is one line in which such
/// characters are escaped. If an answer has more than 1 MiB of messages, only the first are [kept](Messages::is_cut).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages {
    global: Vec<String>,
    fields: BTreeMap<String, Vec<String>>,
    items: Vec<ItemMessages>,
    is_cut: bool,
}

/// NetBox's messages about one item of a bulk request.
///
/// ```
/// use netbox_core::Error;
///
/// /// How many items of a request have a name that NetBox refused.
/// fn with_bad_names(error: &Error) -> usize {
///     error.messages().items().iter().filter(|item| !item.messages().field("name").is_empty()).count()
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMessages {
    place: ItemPlace,
    messages: Messages,
}

/// The item that a message is about.
///
/// ```
/// use netbox_core::{Error, error::ItemPlace};
///
/// fn show(error: &Error) {
///     for item in error.messages().items() {
///         match item.place() {
///             ItemPlace::Index(index) => eprintln!("item {index} of the request: {}", item.messages()),
///             ItemPlace::Id(id) => eprintln!("the object {id}: {}", item.messages()),
///             _ => eprintln!("{}", item.messages()),
///         }
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ItemPlace {
    /// By its position in the request, from 0.
    Index(u64),
    /// By the id of its object.
    Id(u64),
}

impl Messages {
    /// The messages about the request as a whole.
    pub fn global(&self) -> &[String] {
        &self.global
    }

    /// The messages about each field; a field within a field is written `a_terminations.0.object_id`.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.fields.iter().map(|(name, messages)| (name.as_str(), messages.as_slice()))
    }

    /// The messages about one field.
    pub fn field(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// The messages about the items of a bulk request; items without an error are omitted.
    pub fn items(&self) -> &[ItemMessages] {
        &self.items
    }

    /// Whether there are no messages.
    pub fn is_empty(&self) -> bool {
        self.global.is_empty() && self.fields.is_empty() && self.items.is_empty()
    }

    /// Whether NetBox sent more than is kept: at most 16 KiB of a message, 256 bytes of the name of a field, and 1 MiB
    /// in all.
    ///
    /// ```
    /// fn show(error: &netbox_core::Error) {
    ///     error.messages().global().iter().for_each(|message| eprintln!("{message:?}"));
    ///     if error.messages().is_cut() {
    ///         eprintln!("… and more");
    ///     }
    /// }
    /// ```
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub(super) fn of_fields(fields: Vec<(&str, String)>) -> Self {
        let fields = fields.into_iter().map(|(name, message)| (name.to_owned(), vec![message]));
        Self { fields: fields.collect(), ..Self::default() }
    }

    fn list(&self, place: String, said: &mut Vec<String>) {
        said.extend(self.global.iter().map(|message| format!("{place}{message}")));
        for (name, messages) in self.fields() {
            said.push(format!("{place}{name}: {}", messages.join(" ")));
        }
        for item in &self.items {
            let place = match item.place {
                ItemPlace::Index(index) => format!("item {index}: "),
                ItemPlace::Id(id) => format!("id {id}: "),
            };
            item.messages.list(place, said);
        }
    }
}

/// The first few, by their beginnings, in one line.
impl fmt::Display for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        const SHOWN_OF_EACH: usize = 500;
        let mut line = OneLine(f);
        let mut said = Vec::new();
        self.list(String::new(), &mut said);
        for (position, message) in said.iter().take(SHOWN).enumerate() {
            let separator = if position > 0 { "; " } else { "" };
            write!(line, "{separator}{}", bounded(&abridged(message), SHOWN_OF_EACH))?;
        }
        match said.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more if self.is_cut => write!(line, "; and more than {more} more"),
            more => write!(line, "; and {more} more"),
        }
    }
}

/// `message`, with but the first few of the objects that it lists, as in “… were found: a (1), b (2), c (3)”.
fn abridged(message: &str) -> Cow<'_, str> {
    const SHOWN: usize = 5;
    let ends_in_id = |text: &str| {
        let (_, id) = text.rsplit_once('(').unwrap_or_default();
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut ends =
        message.match_indices("), ").map(|(end, _)| end).filter(|end| ends_in_id(&message[..*end]));
    let (Some(end), more) = (ends.nth(SHOWN - 1), ends.count()) else { return Cow::Borrowed(message) };
    // A message that was cut may have listed more.
    let more = if message.strip_suffix(')').is_some_and(ends_in_id) {
        format!("{} more", more + 1)
    } else {
        "more".to_owned()
    };
    Cow::Owned(format!("{}) and {more}", &message[..end]))
}

impl ItemMessages {
    /// The item that a message is about.
    pub fn place(&self) -> ItemPlace {
        self.place
    }

    /// The messages about the item.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::test::any_json;

    #[track_caller]
    fn check(body: Value, summary: &str) {
        assert_eq!(Messages::of(&body).to_string(), summary);
    }

    #[test]
    fn every_form_is_read() {
        check(json!({"detail": "No Site matches the given query."}), "No Site matches the given query.");
        check(json!(["Invalid 'start' parameter."]), "Invalid 'start' parameter.");
        check(
            json!({"name": ["Taken.", "Too long."], "slug": ["Required."]}),
            "name: Taken. Too long.; slug: Required.",
        );
        check(json!({"__all__": ["One of a and b."]}), "One of a and b.");
        check(json!({"non_field_errors": ["No data provided"]}), "No data provided");
        check(json!({"custom_fields": {"nope": "does not exist"}}), "custom_fields.nope: does not exist");
        check(
            json!({"a_terminations": [{"object_type": ["Required."]}]}),
            "a_terminations.0.object_type: Required.",
        );
        check(json!({"vid_ranges": [["Low."], []]}), "vid_ranges.0: Low.");
        check(json!({"port_mappings": {"4": ["Null."]}}), "port_mappings.4: Null.");
        check(json!([{}, {"name": ["Taken."]}]), "item 1: name: Taken.");
        check(
            json!({"detail": "1 of 2 failed.", "errors": [{"id": 9, "errors": {"id": ["Unknown"]}}]}),
            "1 of 2 failed.; id 9: id: Unknown",
        );
        check(
            json!({"detail": "Cannot merge.", "conflicts": [{"id": 7}]}),
            "Cannot merge.; conflicts.0.id: 7",
        );
        check(json!({"error": "bad", "exception": "DataError", "netbox_version": "4.7.3"}), "DataError; bad");
        check(
            json!({"error": "No config template found for this device."}),
            "No config template found for this device.",
        );
    }

    #[test]
    fn a_field_named_detail_is_a_field() {
        let messages = Messages::of(&json!({"detail": ["Wrong."], "name": ["Taken."]}));
        assert_eq!(messages.field("detail"), ["Wrong."]);
    }

    #[test]
    fn text_is_one_line_and_messages_are_as_they_came() {
        let messages = Messages::of(&json!({"na\nme": ["\u{1b}]0;x\u{7}"], "x": "\0", "__all__": "a\r\nb"}));
        assert_eq!(messages.to_string(), r"a\r\nb; na\nme: \u{1b}]0;x\u{7}; x: \u{0}");
        assert_eq!((messages.global(), messages.is_cut()), (&["a\r\nb".to_owned()][..], false));
    }

    #[test]
    fn of_many_objects_the_first_few_are_shown() {
        let found = |sites: usize| {
            let sites: Vec<_> = (0..sites).map(|site| format!("Hall (a), {site} ({site})")).collect();
            format!(
                "Unable to delete object. {} dependent objects were found: {}",
                sites.len(),
                sites.join(", ")
            )
        };
        let messages = Messages::of(&json!({"detail": found(203)}));
        assert_eq!((messages.global(), messages.is_cut()), (&[found(203)][..], false));
        let first = found(5).replace(" 5 dep", " 203 dep");
        assert_eq!(messages.to_string(), format!("{first} and 198 more"));
        assert_eq!(
            Messages::of(&json!({"detail": found(6)})).to_string(),
            format!("{} and 1 more", found(5).replace(" 5 dep", " 6 dep"))
        );
        check(json!({"detail": found(5)}), &found(5));
        let cut = Messages::of(&json!({"detail": found(2_000)}));
        assert!(cut.is_cut() && cut.to_string().ends_with("4 (4) and more"), "{cut}");
    }

    #[test]
    fn long_messages_are_shown_by_their_beginning() {
        let detail = "Wrong. ".repeat(100);
        let messages = Messages::of(&json!({"detail": detail}));
        assert_eq!((messages.global(), messages.is_cut()), (&[detail.clone()][..], false));
        let text = messages.to_string();
        let end = format!("… (cut from {} bytes)", detail.len());
        assert!(text.starts_with("Wrong. Wrong.") && text.len() < 600 && text.ends_with(&end), "{text}");
    }

    #[test]
    fn of_what_is_too_long_the_beginning_is_kept() {
        let messages = Messages::of(&json!({"detail": "x".repeat(4 << 20)}));
        assert!(messages.is_cut() && messages.global()[0].len() < 17 << 10);

        let errors: Vec<_> = (0..100_000).map(|item| json!({"name": [format!("{item}")]})).collect();
        let messages = Messages::of(&errors.into());
        assert!(messages.is_cut() && kept(&messages) <= 1 << 20, "{}", kept(&messages));
        assert_eq!(messages.items()[0].messages().field("name"), ["0"]);
        assert!(messages.to_string().contains("; and more than "), "{messages}");
    }

    /// How many bytes of text `messages` holds, and something for each piece of it.
    fn kept(messages: &Messages) -> usize {
        let of =
            |said: &[String]| said.iter().map(|message| message.len() + size_of::<String>()).sum::<usize>();
        let fields = messages.fields().map(|(name, said)| name.len() + size_of::<String>() + of(said));
        let items = messages.items().iter().map(|item| kept(item.messages()));
        of(messages.global()) + fields.sum::<usize>() + items.sum::<usize>()
    }

    /// Names and texts of any length at any depth, with many that say nothing.
    fn hostile() -> impl Strategy<Value = Value> {
        let text = (prop_oneof![Just("k"), Just("é"), Just("\n")], 0_usize..3000)
            .prop_map(|(piece, times)| piece.repeat(times));
        let leaf = prop_oneof![text.clone().prop_map(Value::from), Just(json!([])), Just(json!(["x"]))];
        let leaf = (leaf, 1_usize..200).prop_map(|(leaf, times)| Value::from(vec![leaf; times]));
        leaf.prop_recursive(6, 12, 3, move |inner| {
            let name = prop_oneof![text.clone(), Just("errors".to_owned()), Just("detail".to_owned())];
            proptest::collection::btree_map(name, inner, 0..3).prop_map(|map| map.into_iter().collect())
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_is_linear_in_the_body_and_bounded(body in hostile()) {
            let messages = Messages::of(&body);
            let size = body.to_string().len();
            prop_assert!(kept(&messages) <= 1 << 20, "{}", kept(&messages));
            prop_assert!(kept(&messages) <= 128 * size, "{} of {}", kept(&messages), size);
            prop_assert!(messages.to_string().len() < 16 << 10);
        }

        #[test]
        fn any_body_is_read(body in any_json()) {
            let _ = Messages::of(&body).to_string();
        }
    }
}
