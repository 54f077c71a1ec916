//! Long queries as several short ones.

use std::collections::BTreeMap;

use crate::{
    names::is_conjoined,
    wire::{Error, Params, encoded_len},
};

/// The longest URL: gunicorn, which NetBox runs on, refuses request lines above 4,094 bytes, method and version
/// included.
const LONGEST: usize = 4094 - "OPTIONS  HTTP/1.1".len();

/// Room for what asks for a page: `limit`, `ordering`, `offset`, `start` or `id__gt`, with numbers of any size.
pub(super) const PAGING: usize = 120;

/// `filters` and `fixed` as one query, or as several that together match the same, each of which `length` finds
/// short enough.
pub(super) fn split(
    filters: &Params,
    fixed: &Params,
    length: &dyn Fn(&Params) -> usize,
) -> Result<Vec<Params>, Error> {
    let whole: Params = filters.iter().chain(fixed.iter()).map(owned).collect();
    let total = length(&whole);
    if total <= LONGEST {
        return Ok(vec![whole]);
    }
    let too_long = |why: &str| {
        Err(Error::query(format!(
            "the query makes a URL of {total} bytes, servers take {LONGEST}, and {why}"
        )))
    };
    let Some(name) = longest_either_or(filters) else {
        return too_long("it has no filter with several values that could be asked for in turn");
    };
    let rest: Params = whole.iter().filter(|(other, _)| *other != name).map(owned).collect();
    let Some(room) = LONGEST.checked_sub(length(&rest)) else {
        return too_long(&format!("it is too long even without `{name}`"));
    };
    let mut parts = Vec::new();
    let mut part = rest.clone();
    let mut left = room;
    for value in filters.values(name) {
        let size = "&=".len() + encoded_len(name) + encoded_len(value);
        if size > room {
            return too_long(&format!("one value of `{name}` alone is too long"));
        }
        if size > left {
            parts.push(std::mem::replace(&mut part, rest.clone()));
            left = room;
        }
        part.push(name, value);
        left -= size;
    }
    parts.push(part);
    Ok(parts)
}

/// The longest filter among those whose values NetBox ORs.
fn longest_either_or(filters: &Params) -> Option<&str> {
    let mut sizes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, value) in filters.iter().filter(|(name, _)| !is_conjoined(name) && *name != "q") {
        let (count, size) = sizes.entry(name).or_default();
        *count += 1;
        *size += encoded_len(name) + encoded_len(value);
    }
    let several = sizes.into_iter().filter(|(_, (count, _))| *count > 1);
    several.max_by_key(|(_, (_, size))| *size).map(|(name, _)| name)
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn length(params: &Params) -> usize {
        "https://h/api/dcim/devices/?".len() + params.to_string().len() + PAGING
    }

    fn ids(count: u64) -> Params {
        (0..count).map(|id| ("id".to_owned(), (id + 10_000).to_string())).collect()
    }

    #[test]
    fn a_short_query_stays_one() {
        let parts = split(&ids(3), &Params::default().with("fields", "id"), &length).unwrap();
        assert_eq!(parts, [ids(3).with("fields", "id")]);
    }

    #[test]
    fn what_cannot_be_split_is_refused_with_a_reason() {
        let long = "x".repeat(5000);
        let refused = |filters: Params| split(&filters, &Params::default(), &length).unwrap_err().to_string();
        assert!(refused(Params::default().with("name", &long)).contains("no filter with several values"));
        assert!(
            refused(Params::default().with("name", &long).with("name", "a")).contains("one value of `name`")
        );
        let tags = (0..900).fold(Params::default(), |params, tag| params.with("tag", tag));
        assert!(refused(tags).contains("no filter with several values"));
        let negative = (0..900).fold(Params::default(), |params, id| params.with("id__n", id));
        assert!(refused(negative).contains("no filter with several values"));
    }

    proptest! {
        // Each case is hundreds of values.
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn the_parts_together_are_the_whole(
            values in vec("[a-zäé ]{0,30}", 2..600),
            other in "[a-z]{0,20}",
        ) {
            let filters: Params = values.iter().map(|value| ("name__ic".to_owned(), value.clone())).collect();
            let filters = filters.with("site", &other);
            let fixed = Params::default().with("fields", "id,name");
            let parts = split(&filters, &fixed, &length).unwrap();
            let mut again = Vec::new();
            for part in &parts {
                prop_assert!(length(part) <= LONGEST);
                prop_assert_eq!(part.values("site").collect::<Vec<_>>(), vec![other.as_str()]);
                prop_assert_eq!(part.values("fields").count(), 1);
                again.extend(part.values("name__ic").map(str::to_owned));
            }
            prop_assert_eq!(again, values);
        }
    }
}
