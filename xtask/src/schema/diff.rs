use super::extract::Release;
pub(crate) fn diff(_a: &Release, _b: &Release) -> String { String::new() }
