//! All names of the table, each once: a number stands for each, in the order of the names.

use core::cmp::Ordering;

use crate::table::{NAME_STARTS, NAMES};

/// The name with that number.
pub(crate) const fn name(number: u16) -> &'static str {
    let number = number as usize;
    let (up_to_its_end, _) = NAMES.split_at(NAME_STARTS[number + 1] as usize);
    let (_, name) = up_to_its_end.split_at(NAME_STARTS[number] as usize);
    name
}

/// The number of `wanted`, if it is the name of anything.
pub(crate) const fn number(wanted: &str) -> Option<u16> {
    let (mut low, mut high) = (0, NAME_STARTS.len() - 1);
    while low < high {
        let middle = low + (high - low) / 2;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "there are fewer names than the numbers of `u16`"
        )]
        let number = middle as u16;
        match compare(name(number), wanted) {
            Ordering::Equal => return Some(number),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    None
}

/// The first of the rows between `low` and `high` that begins with `number`, where rows ascend by what they begin with.
pub(crate) const fn find<const N: usize>(rows: &[[u16; N]], span: Span, number: u16) -> Option<u16> {
    let (mut low, mut high) = (span.start, span.end);
    while low < high {
        let middle = low + (high - low) / 2;
        let row = rows[middle as usize][0];
        if row == number {
            return Some(middle);
        } else if row < number {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

/// Some rows of an array, from `start` to before `end`.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: u16,
    pub(crate) end: u16,
}

/// As `str` compares, which can't in a `const fn`.
pub(crate) const fn compare(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() {
        if left[at] != right[at] {
            return if left[at] < right[at] { Ordering::Less } else { Ordering::Greater };
        }
        at += 1;
    }
    if left.len() == right.len() {
        Ordering::Equal
    } else if left.len() < right.len() {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> impl Iterator<Item = (u16, &'static str)> {
        (0..u16::try_from(NAME_STARTS.len() - 1).unwrap()).map(|number| (number, name(number)))
    }

    #[test]
    fn names_ascend_and_each_is_found() {
        assert!(names().zip(names().skip(1)).all(|((_, left), (_, right))| left < right));
        for (number, name) in names() {
            assert_eq!(super::number(name), Some(number), "{name}");
        }
    }

    proptest! {
        #[test]
        fn nothing_else_is_found(text in prop_oneof!["[a-z_/0-9]{0,12}", "\\PC*"]) {
            let expected = names().find(|(_, name)| *name == text).map(|(number, _)| number);
            prop_assert_eq!(number(&text), expected);
        }

        #[test]
        fn names_are_compared_as_str_does(left in "[a-c/]{0,4}", right in "[a-c/]{0,4}") {
            prop_assert_eq!(compare(&left, &right), left.cmp(&right));
        }
    }
}
