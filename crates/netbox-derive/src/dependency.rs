//! The crates that the compiler was given for the crate that it compiles.

use std::env;

use syn::{Error, Ident};

/// The error for the struct `ident` if the code for it would refer to the crate `needed`, and the compiler was not given that
/// crate. It is for programs that have the derive from a crate that re-exports it.
pub(crate) fn missing(needed: &str, ident: &Ident) -> Option<Error> {
    // A crate may call itself by that name.
    let is_own = env::var("CARGO_CRATE_NAME").is_ok_and(|own| own == needed);
    (!is_own && !may_have(needed, env::args())).then(|| Error::new(ident.span(), message(needed)))
}

fn message(needed: &str) -> String {
    let package = needed.replace('_', "-");
    format!(
        "there is no crate `{needed}` here: if another crate re-exports `NetboxModel`, or Cargo.toml calls `{package}` \
         otherwise, name it, as in `#[netbox(endpoint = \"dcim/sites\", crate = \"other::{needed}\")]`; else add \
         `{package}` to Cargo.toml"
    )
}

/// Whether a compiler with these arguments may find the crate `needed`. It certainly finds none but those that it was
/// given by `--extern`; where it was given none so, they may have come another way.
fn may_have(needed: &str, args: impl Iterator<Item = String>) -> bool {
    let mut given = Vec::new();
    let mut args = args.peekable();
    while let Some(arg) = args.next() {
        let named = match arg.strip_prefix("--extern") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        // `--extern priv,noprelude:name=path`
        let named = named.as_deref().map(|named| named.split('=').next().unwrap_or_default());
        given.extend(named.map(|named| named.rsplit(':').next().unwrap_or_default().to_owned()));
    }
    given.is_empty() || given.iter().any(|known| known == needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(args: &[&str], expected: bool) {
        assert_eq!(may_have("netbox_core", args.iter().map(ToString::to_string)), expected, "{args:?}");
    }

    #[test]
    fn the_compiler_was_given_the_crates_that_there_are() {
        check(&["rustc", "--extern", "netbox_core=/libnetbox_core.rmeta", "--extern", "serde=/x"], true);
        check(&["rustc", "--extern=noprelude,priv:netbox_core=/libnetbox_core.rmeta"], true);
        check(&["rustc", "--extern", "netbox_core"], true);
        check(&["rustc", "--extern", "other=/libnetbox_core.rmeta", "--extern", "serde=/x"], false);
        check(&["rustc", "--extern=netbox_core_too=/x"], false);
    }

    #[test]
    fn a_compiler_that_was_given_none_may_have_it_all_the_same() {
        check(&["rustc", "@arguments"], true);
        check(&["rust-analyzer-proc-macro-srv"], true);
        check(&[], true);
    }

    #[test]
    fn the_attribute_is_named() {
        assert_eq!(
            message("netbox_core"),
            "there is no crate `netbox_core` here: if another crate re-exports `NetboxModel`, or Cargo.toml calls \
             `netbox-core` otherwise, name it, as in `#[netbox(endpoint = \"dcim/sites\", crate = \"other::netbox_core\")]`; \
             else add `netbox-core` to Cargo.toml"
        );
    }
}
