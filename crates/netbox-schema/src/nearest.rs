//! The name that was meant by one that there isn't.

/// The one of `candidates` that somebody who wrote `name` may have meant: the candidate with the fewest edits from
/// `name`, at most a third of the letters of `name`, or one edit. Among equals, the first by name wins.
///
/// ```
/// use netbox_schema::nearest;
///
/// assert_eq!(nearest("nmae", ["facility", "name", "slug"]), Some("name"));
/// assert_eq!(nearest("colour", ["facility", "name", "slug"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.len() / 3).max(1);
    let distances =
        candidates.into_iter().map(|candidate| (strsim::osa_distance(name, candidate), candidate));
    distances.filter(|(distance, _)| *distance <= most).min().map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(name, candidates.iter().copied()), expected, "{name}");
    }

    #[test]
    fn few_edits_are_forgiven() {
        check("nmae", &["name"], Some("name"));
        check("sitte_id", &["site", "site_id"], Some("site_id"));
        check("a", &["b"], Some("b"));
        check("ab", &["cd"], None);
        check("status", &["statuses"], Some("statuses"));
        check("name", &["note"], None);
        check("name", &[], None);
    }

    #[test]
    fn the_nearest_is_the_first_by_name() {
        check("site", &["sites", "sit", "site_"], Some("sit"));
        check("region", &["regions", "region", "regio"], Some("region"));
    }
}
