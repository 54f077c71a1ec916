//! serde's `rename_all` rules, for fields that are written in `snake_case`.

#[derive(Clone, Copy)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    pub(crate) fn parse(rule: &str) -> Option<Self> {
        Some(match rule {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    pub(crate) fn apply(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => {
                field.split('_').map(|word| with_first(word, |first| first.to_ascii_uppercase())).collect()
            }
            Self::Camel => with_first(&Self::Pascal.apply(field), |first| first.to_ascii_lowercase()),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => Self::Upper.apply(field).replace('_', "-"),
        }
    }
}

fn with_first(word: &str, change: impl FnOnce(char) -> char) -> String {
    let mut letters = word.chars();
    letters.next().map(change).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::Case;

    /// Checks the names that a rule gives to `fields`, in their order.
    #[track_caller]
    fn check(rule: &str, expected: [&str; 4]) {
        let case = Case::parse(rule).unwrap();
        let fields = ["id", "device_type", "_u_height", "ip4_"];
        assert_eq!(fields.map(|field| case.apply(field)), expected);
    }

    #[test]
    fn rules_are_those_of_serde() {
        check("lowercase", ["id", "device_type", "_u_height", "ip4_"]);
        check("UPPERCASE", ["ID", "DEVICE_TYPE", "_U_HEIGHT", "IP4_"]);
        check("PascalCase", ["Id", "DeviceType", "UHeight", "Ip4"]);
        check("camelCase", ["id", "deviceType", "uHeight", "ip4"]);
        check("snake_case", ["id", "device_type", "_u_height", "ip4_"]);
        check("SCREAMING_SNAKE_CASE", ["ID", "DEVICE_TYPE", "_U_HEIGHT", "IP4_"]);
        check("kebab-case", ["id", "device-type", "-u-height", "ip4-"]);
        check("SCREAMING-KEBAB-CASE", ["ID", "DEVICE-TYPE", "-U-HEIGHT", "IP4-"]);
    }

    #[test]
    fn a_rule_that_serde_does_not_know_is_none() {
        assert!(Case::parse("Snake_Case").is_none());
    }
}
