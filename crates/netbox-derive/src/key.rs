//! References to other objects, recognised by the names of their types.

use syn::Type;

use crate::shape::{argument, segment};

/// A foreign key.
pub(crate) struct Key<'a> {
    /// The model that the key refers to.
    pub(crate) target: &'a Type,
    pub(crate) arity: Arity,
}

/// How many objects a key refers to.
pub(crate) enum Arity {
    One,
    Optional,
    Many,
}

impl<'a> Key<'a> {
    /// Reads `Fk<M>`, `Option<Fk<M>>` or `Vec<Fk<M>>`.
    pub(crate) fn of(ty: &'a Type) -> Option<Self> {
        let within = |outer, arity| Some((argument_of(ty, outer)?, arity));
        let (one, arity) = within("Option", Arity::Optional)
            .or_else(|| within("Vec", Arity::Many))
            .unwrap_or((ty, Arity::One));
        Some(Self { target: argument_of(one, "Fk")?, arity })
    }
}

/// Whether `ty` is one generic reference, or none: `GenericFk` or `Option<GenericFk>`.
pub(crate) fn is_generic(ty: &Type) -> bool {
    let one = argument_of(ty, "Option").unwrap_or(ty);
    holds_generic(one) && argument_of(one, "Vec").is_none()
}

/// Whether `ty` is a generic reference, or options or lists of them.
pub(crate) fn holds_generic(ty: &Type) -> bool {
    segment(ty).is_some_and(|last| last.ident == "GenericFk")
        || ["Option", "Vec"].iter().filter_map(|outer| argument_of(ty, outer)).any(holds_generic)
}

/// `A` in `Name<A>`, wherever `Name` is.
fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    argument(segment(ty).filter(|last| last.ident == name)?)
}
