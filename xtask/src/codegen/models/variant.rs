//! The names of variants, from the values of choices.

use anyhow::{Context as _, ensure};

/// The variant for `value` in the enum `name`, where the texts say nothing else.
pub(super) fn variant(value: &str, name: &str, begin: Option<&str>) -> anyhow::Result<String> {
    // `Other` is what all enums have for values that they don't know.
    if value == "other" {
        let last = name.rfind(|letter: char| letter.is_ascii_uppercase()).unwrap_or_default();
        return Ok(format!("Other{}", &name[last..]));
    }
    let pascal = pascal(value);
    if pascal.starts_with(|letter: char| letter.is_ascii_digit()) {
        let begin = begin
            .with_context(|| format!("{name}: `{value}` begins with a digit, say what to `begin` with"))?;
        return Ok(format!("{begin}{pascal}"));
    }
    ensure!(!pascal.is_empty(), "{name}: no variant can be made of `{value}`");
    Ok(pascal)
}

/// `q-in-q` as `QInQ`, and `2.5gbase-t` as `2_5GBaseT`: what letters and digits there are, each word with a capital, and
/// an underscore where two numbers would run together.
pub(super) fn pascal(value: &str) -> String {
    // A word of its own in NetBox's names of media.
    let value = value.replace("gbase", "g-base");
    let mut name = String::new();
    for word in value.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let shouted = word.len() > 1 && !word.chars().any(|letter| letter.is_ascii_lowercase());
        let is_digit = |letter: char| letter.is_ascii_digit();
        if name.ends_with(is_digit) && word.starts_with(is_digit) {
            name.push('_');
        }
        let mut start = true;
        for letter in word.chars() {
            if start {
                name.push(letter.to_ascii_uppercase());
            } else if shouted {
                name.push(letter.to_ascii_lowercase());
            } else {
                name.push(letter);
            }
            start = letter.is_ascii_digit();
        }
    }
    name
}

/// `MacAddress` as `mac_address`.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart_and_recognised() {
        for (value, expected) in [
            ("active", "Active"),
            ("a-b", "AB"),
            ("on_failure", "OnFailure"),
            ("GET", "Get"),
            ("ISO_3166", "Iso3166"),
            ("A", "A"),
            ("1000base-t", "Type1000BaseT"),
            ("2.5gbase-t", "Type2_5GBaseT"),
            ("10gbase-x-sfpp", "Type10GBaseXSfpp"),
            ("2.4g-1-2412-22", "Type2_4G1_2412_22"),
            ("ieee802.11ax", "Ieee802_11Ax"),
            ("iec-60309-2p-e-4h", "Iec60309_2PE4H"),
            ("other", "OtherType"),
        ] {
            assert_eq!(variant(value, "InterfaceType", Some("Type")).unwrap(), expected);
        }
        assert!(variant("3des-cbc", "Algorithm", None).is_err());
        assert!(variant("-", "Algorithm", None).is_err());
    }

    #[test]
    fn models_are_in_files_of_their_names() {
        assert_eq!(snake("VirtualDeviceContext"), "virtual_device_context");
    }
}
