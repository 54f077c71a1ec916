//! What somebody may have meant who mistyped a name.

/// The candidate that it takes the fewest edits to get to from `name`, if they are few.
pub(crate) fn nearest(name: &str, candidates: impl IntoIterator<Item = String>) -> Option<String> {
    let most = (name.len() / 3).max(1);
    let distances =
        candidates.into_iter().map(|candidate| (strsim::osa_distance(name, &candidate), candidate));
    distances.filter(|(distance, _)| *distance <= most).min().map(|(_, candidate)| candidate)
}
