//! All names of the table, each once: a number stands for each, in the order of the names.

use core::cmp::Ordering;

use crate::table::{NAME_STARTS, NAMES};

/// The name with that number.
pub(crate) const fn name(number: u16) -> &'static str {
    let (start, end) = (NAME_STARTS[number as usize], NAME_STARTS[number as usize + 1]);
    NAMES.split_at(end as usize).0.split_at(start as usize).1
}

/// The one of the rows in `span` that begins with the number of the name `wanted`. Rows ascend by their names.
pub(crate) const fn find<const N: usize>(rows: &[[u16; N]], span: Span, wanted: &str) -> Option<u16> {
    let (mut low, mut high) = (span.start, span.end);
    while low < high {
        let middle = low + (high - low) / 2;
        match compare(rows[middle as usize][0], wanted.as_bytes()) {
            Ordering::Equal => return Some(middle),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    None
}

/// Whether the name with that number is `text`.
pub(crate) const fn is(number: u16, text: &str) -> bool {
    matches!(compare(number, text.as_bytes()), Ordering::Equal)
}

/// Some rows of an array, from `start` to before `end`.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: u16,
    pub(crate) end: u16,
}

/// All rows of an array, of which there are no more than numbers for them.
#[expect(clippy::cast_possible_truncation, reason = "a row's number is a `u16`, as the generator makes sure")]
pub(crate) const fn whole<const N: usize>(rows: &[[u16; N]]) -> Span {
    Span { start: 0, end: rows.len() as u16 }
}

/// How the name with that number compares with `wanted`.
///
/// No name is cut out and no function called: in a constant it is an interpreter that looks up, and it feels each.
const fn compare(number: u16, wanted: &[u8]) -> Ordering {
    let names = NAMES.as_bytes();
    let start = NAME_STARTS[number as usize] as usize;
    let length = NAME_STARTS[number as usize + 1] as usize - start;
    let mut at = 0;
    while at < length && at < wanted.len() {
        let (byte, wanted) = (names[start + at], wanted[at]);
        if byte != wanted {
            return if byte < wanted { Ordering::Less } else { Ordering::Greater };
        }
        at += 1;
    }
    if length == wanted.len() {
        Ordering::Equal
    } else if length < wanted.len() {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers() -> std::ops::Range<u16> {
        0..u16::try_from(NAME_STARTS.len() - 1).unwrap()
    }

    #[test]
    fn names_ascend() {
        assert!(numbers().zip(numbers().skip(1)).all(|(left, right)| name(left) < name(right)));
    }

    proptest! {
        #[test]
        fn names_are_compared_as_text_is(number in numbers(), other in numbers(), more in "\\PC{0,2}") {
            for text in [name(other).to_owned(), format!("{}{more}", name(number)), more] {
                prop_assert_eq!(compare(number, text.as_bytes()), name(number).cmp(&text));
            }
        }
    }
}
