//! The name that a mistyped one most likely means.

/// The candidate that the fewest edits make of `name` in lower case, if they are few.
pub(crate) fn nearest(
    name: &str,
    candidates: impl IntoIterator<Item = &'static str>,
) -> Option<&'static str> {
    netbox_schema::nearest(&name.to_ascii_lowercase(), candidates)
}

/// The question that ends a message about a mistyped name.
pub(crate) fn did_you_mean(name: &str) -> String {
    format!("; did you mean `{name}`?")
}
