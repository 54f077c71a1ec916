//! Tokens: where the compiler shows them, what `Self` means among them, and how people read them.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Type, spanned::Spanned};

/// A span for code that the compiler is to show at `place`. Its names are resolved as if they stood at the derive:
/// tokens that a `macro_rules!` macro wrote and tokens that it was given would not see each other's `self`.
pub(crate) fn at(place: &impl Spanned) -> Span {
    Span::call_site().located_at(place.span())
}

/// `tokens` with the name of the model in place of `Self`.
pub(crate) fn named(tokens: TokenStream, model: &Ident) -> TokenStream {
    let named = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => {
            let mut name = model.clone();
            name.set_span(ident.span());
            name.into()
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), named(group.stream(), model));
            inner.set_span(group.span());
            inner.into()
        }
        other => other,
    });
    named.collect()
}

/// The type as people write it, without the spaces between its tokens.
pub(crate) fn spelt(ty: &Type) -> String {
    let mut text = String::new();
    let tokens = ty.to_token_stream().to_string();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    for word in tokens.split(' ') {
        let between_words =
            text.ends_with(is_word) && word.starts_with(|letter| is_word(letter) || letter == '\'');
        if between_words || text.ends_with([',', ';']) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ty: &str) {
        assert_eq!(spelt(&syn::parse_str(ty).unwrap()), ty);
    }

    #[test]
    fn types_are_spelt_as_people_do() {
        check("Fk<Tenant>");
        check("Vec<netbox_core::Fk<crate::Tenant>>");
        check("HashMap<String, Vec<u8>>");
        check("(String, [u8; 4])");
        check("Box<dyn Trait>");
    }
}
