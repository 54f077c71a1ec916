//! For the derive's check that a key refers to a model of the right endpoint, in constants.

use std::marker::PhantomData;

use super::{fk::Fk, resource::Model};

/// Has the endpoint of `M`, if that is a model.
pub struct Target<M>(PhantomData<M>);

impl<M: Model> Target<M> {
    /// The endpoint.
    pub const ENDPOINT: Option<&'static str> = Some(M::ENDPOINT);
}

/// Has the endpoint of the model to which values of `T` refer, if that is a key: an alias of one, for example.
pub struct TargetBehind<T>(PhantomData<T>);

impl<M: Model> TargetBehind<Fk<M>> {
    /// The endpoint.
    pub const ENDPOINT: Option<&'static str> = Some(M::ENDPOINT);
}

impl<M: Model> TargetBehind<Option<Fk<M>>> {
    /// The endpoint.
    pub const ENDPOINT: Option<&'static str> = Some(M::ENDPOINT);
}

impl<M: Model> TargetBehind<Vec<Fk<M>>> {
    /// The endpoint.
    pub const ENDPOINT: Option<&'static str> = Some(M::ENDPOINT);
}

/// The fallback for a type that is no model or key: the compiler prefers the constant that a type has itself. Another
/// check reports that the type is no model.
pub trait NoTarget {
    /// None.
    const ENDPOINT: Option<&'static str> = None;
}

impl<M> NoTarget for Target<M> {}

impl<T> NoTarget for TargetBehind<T> {}

/// Whether `endpoint`, if it is known, is one of `endpoints`.
pub const fn is_one_of(endpoint: Option<&str>, endpoints: &[&str]) -> bool {
    let Some(endpoint) = endpoint else { return true };
    let mut at = 0;
    while at < endpoints.len() {
        if is_same(endpoint, endpoints[at]) {
            return true;
        }
        at += 1;
    }
    // A model with an error of its own has none.
    endpoint.is_empty()
}

/// As `==`, which can't be in a `const fn`.
pub(crate) const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Site {
        id: u64,
    }

    impl Model for Site {
        const ENDPOINT: &'static str = "dcim/sites";

        fn id(&self) -> u64 {
            self.id
        }
    }

    #[track_caller]
    fn check(endpoint: Option<&str>, expected: bool) {
        assert_eq!(is_one_of(endpoint, &["dcim/sites", "dcim/site-groups"]), expected);
    }

    #[test]
    fn endpoints_are_compared() {
        check(Some("dcim/sites"), true);
        check(Some("dcim/site-groups"), true);
        check(Some("dcim/site"), false);
        check(Some("dcim/sites2"), false);
        check(Some(""), true);
        check(None, true);
    }

    #[test]
    fn only_models_have_an_endpoint() {
        assert_eq!(Target::<Site>::ENDPOINT, Some("dcim/sites"));
        assert_eq!(Target::<String>::ENDPOINT, None);
    }

    #[test]
    fn keys_are_seen_through_aliases() {
        type SiteRef = Fk<Site>;
        assert_eq!(TargetBehind::<SiteRef>::ENDPOINT, Some("dcim/sites"));
        assert_eq!(TargetBehind::<Option<SiteRef>>::ENDPOINT, Some("dcim/sites"));
        assert_eq!(TargetBehind::<Vec<SiteRef>>::ENDPOINT, Some("dcim/sites"));
        assert_eq!(TargetBehind::<Vec<Site>>::ENDPOINT, None);
    }
}
