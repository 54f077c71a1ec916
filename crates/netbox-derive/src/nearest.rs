//! The name that somebody meant who mistyped one.

/// The candidate that the fewest edits make of `name` in lower case, if they are few.
pub(crate) fn nearest(
    name: &str,
    candidates: impl IntoIterator<Item = &'static str>,
) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let most = (name.len() / 3).max(1);
    let distances =
        candidates.into_iter().map(|candidate| (strsim::osa_distance(&name, candidate), candidate));
    distances.filter(|(distance, _)| *distance <= most).min().map(|(_, candidate)| candidate)
}

/// The question that ends a message about a mistyped name.
pub(crate) fn did_you_mean(name: &str) -> String {
    format!("; did you mean `{name}`?")
}
