//! Reading attributes: `#[netbox(…)]`, `#[fk]`, and those of serde that concern the names of fields in JSON.

use syn::{
    Attribute, Error, Expr, ExprLit, ExprPath, Lit, LitStr, Meta, Path, Result, Token, meta::ParseNestedMeta,
    parse_quote, punctuated::Punctuated, token,
};

use crate::{case::Case, errors::Errors};

/// The contents of `#[netbox(…)]` on a struct.
#[derive(Default)]
pub(crate) struct Container {
    pub(crate) endpoint: Option<LitStr>,
    pub(crate) object_type: Option<LitStr>,
    pub(crate) of: Option<Of>,
    pub(crate) schema: Checked,
    pub(crate) krate: Option<Path>,
}

impl Container {
    pub(crate) fn parse(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut this = Self::default();
        for attr in named(attrs, "netbox") {
            errors.note(attr.parse_nested_meta(|meta| {
                if meta.path.is_ident("endpoint") {
                    set(&mut this.endpoint, &meta, string(&meta)?)
                } else if meta.path.is_ident("object_type") {
                    set(&mut this.object_type, &meta, string(&meta)?)
                } else if meta.path.is_ident("of") {
                    set(&mut this.of, &meta, Of::parse(string(&meta)?)?)
                } else if meta.path.is_ident("crate") {
                    set(&mut this.krate, &meta, path(&string(&meta)?)?)
                } else {
                    let others =
                        "a struct takes `endpoint`, `object_type`, `of`, `crate`, `since` and `unchecked`";
                    this.schema.parse(&meta).unwrap_or_else(|| Err(unknown(&meta, others)))
                }
            }));
        }
        this
    }
}

/// The model of which a struct has some fields.
pub(crate) struct Of {
    pub(crate) literal: LitStr,
    pub(crate) model: Path,
}

impl Of {
    fn parse(literal: LitStr) -> Result<Self> {
        let model = literal.parse().map_err(|_| {
            let message = format!(r#"{:?} is no model: write its name, such as "Device""#, literal.value());
            Error::new(literal.span(), message)
        })?;
        Ok(Self { literal, model })
    }
}

/// The contents of `#[fk]` and `#[netbox(…)]` on a field.
#[derive(Default)]
pub(crate) struct Field {
    pub(crate) fk: bool,
    pub(crate) filter: Option<LitStr>,
    /// The name that it is written by.
    pub(crate) write: Option<LitStr>,
    pub(crate) read_only: bool,
    pub(crate) schema: Checked,
}

impl Field {
    pub(crate) fn parse(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut this = Self::default();
        for attr in named(attrs, "fk") {
            if !matches!(attr.meta, Meta::Path(_)) {
                errors.at(attr, "`#[fk]` stands alone: what it refers to is the `M` in the field's `Fk<M>`");
            } else if this.fk {
                errors.at(attr, "`#[fk]` is given twice: once is enough");
            }
            this.fk = true;
        }
        for attr in named(attrs, "netbox") {
            errors.note(attr.parse_nested_meta(|meta| {
                if meta.path.is_ident("filter") {
                    set(&mut this.filter, &meta, string(&meta)?)
                } else if meta.path.is_ident("write") {
                    set(&mut this.write, &meta, string(&meta)?)
                } else if meta.path.is_ident("read_only") {
                    flag(&mut this.read_only, &meta)
                } else if meta.path.is_ident("fk") {
                    this.fk = true;
                    Err(unknown(&meta, "write `#[fk]`"))
                } else if meta.path.is_ident("rename") {
                    Err(unknown(&meta, "names are serde's, write `#[serde(rename = \"…\")]`"))
                } else {
                    let others = "a field takes `filter`, `read_only`, `since`, `unchecked` and `write`";
                    this.schema.parse(&meta).unwrap_or_else(|| Err(unknown(&meta, others)))
                }
            }));
        }
        this
    }
}

/// The options, of structs and fields alike, for the comparison with NetBox's schema.
#[derive(Default)]
pub(crate) struct Checked {
    /// The oldest NetBox that the program supports.
    pub(crate) since: Option<Since>,
    pub(crate) unchecked: bool,
}

pub(crate) type Since = (u16, u16);

impl Checked {
    /// `None` if `meta` is neither.
    fn parse(&mut self, meta: &ParseNestedMeta) -> Option<Result<()>> {
        if meta.path.is_ident("since") {
            Some(
                string(meta)
                    .and_then(|text| version(&text))
                    .and_then(|since| set(&mut self.since, meta, since)),
            )
        } else if meta.path.is_ident("unchecked") {
            Some(flag(&mut self.unchecked, meta))
        } else {
            None
        }
    }
}

/// The value that stands in for one that is missing.
#[derive(Clone)]
pub(crate) enum Absent {
    /// The default of its type.
    Default,
    /// The result of a function.
    By(ExprPath),
    /// The same field of the default of the whole struct.
    Whole(Box<Self>),
}

/// The parts of serde's attributes that concern reading JSON. serde itself reports malformed ones.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of serde's")]
pub(crate) struct Serde {
    pub(crate) rename: Option<LitStr>,
    pub(crate) rename_all: Option<Case>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) flatten: bool,
    pub(crate) skip: bool,
    /// It may be missing.
    pub(crate) default: Option<Absent>,
    pub(crate) skip_serializing: bool,
    /// The function that writes it, or the module that has one.
    pub(crate) serialize_with: Option<ExprPath>,
    /// The function that reads it, or the module that has one.
    pub(crate) deserialize_with: Option<ExprPath>,
    /// The struct is read as another type.
    pub(crate) other_form: bool,
}

impl Serde {
    pub(crate) fn parse(attrs: &[Attribute]) -> Self {
        let mut this = Self::default();
        let lists = named(attrs, "serde")
            .filter_map(|attr| attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok());
        for meta in lists.flatten() {
            let Some(name) = meta.path().get_ident().map(ToString::to_string) else { continue };
            match name.as_str() {
                "rename" => this.rename = deserialized(&meta).or(this.rename),
                "rename_all" => {
                    let rule = deserialized(&meta).and_then(|rule| Case::parse(&rule.value()));
                    this.rename_all = rule.or(this.rename_all);
                }
                "alias" => this.aliases.extend(deserialized(&meta)),
                "default" => this.default = Some(function(&meta).map_or(Absent::Default, Absent::By)),
                "flatten" => this.flatten = true,
                "skip" | "skip_deserializing" => this.skip = true,
                "skip_serializing" => this.skip_serializing = true,
                "deserialize_with" => this.deserialize_with = function(&meta).or(this.deserialize_with),
                "serialize_with" => this.serialize_with = function(&meta).or(this.serialize_with),
                "with" => {
                    let module = function(&meta);
                    this.serialize_with = module.as_ref().map(|module| parse_quote!(#module::serialize));
                    this.deserialize_with = module.map(|module| parse_quote!(#module::deserialize));
                }
                "from" | "try_from" | "transparent" => this.other_form = true,
                _ => {}
            }
        }
        this
    }
}

/// `"x"` of `name = "x"` and of `name(serialize = "y", deserialize = "x")`.
fn deserialized(meta: &Meta) -> Option<LitStr> {
    match meta {
        Meta::NameValue(pair) => literal(&pair.value),
        Meta::List(list) => {
            let metas = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
            metas.iter().find(|meta| meta.path().is_ident("deserialize")).and_then(deserialized)
        }
        Meta::Path(_) => None,
    }
}

/// The path in `name = "path"`.
fn function(meta: &Meta) -> Option<ExprPath> {
    match meta {
        Meta::NameValue(pair) => literal(&pair.value)?.parse().ok(),
        _ => None,
    }
}

fn literal(value: &Expr) -> Option<LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
        // A literal that a `macro_rules!` macro passed on.
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}

fn named<'a>(attrs: &'a [Attribute], name: &'a str) -> impl Iterator<Item = &'a Attribute> {
    attrs.iter().filter(move |attr| attr.path().is_ident(name))
}

fn string(meta: &ParseNestedMeta) -> Result<LitStr> {
    meta.value()?.parse()
}

fn path(text: &LitStr) -> Result<Path> {
    text.parse().map_err(|_| {
        let message = format!(r#"{:?} is no path: write one such as "crate::netbox_core""#, text.value());
        Error::new(text.span(), message)
    })
}

fn version(text: &LitStr) -> Result<Since> {
    let value = text.value();
    let parts =
        value.split_once('.').and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    parts.ok_or_else(|| {
        let mut numbers = value.split('.');
        let message = match (numbers.next(), numbers.next(), numbers.next()) {
            (Some(major), Some(minor), Some(_)) => {
                format!(r#"write "{major}.{minor}", without the patch: patches are not told apart"#)
            }
            _ => format!(r#"{value:?} is no version of NetBox: write one such as "4.5""#),
        };
        Error::new(text.span(), message)
    })
}

fn set<T>(slot: &mut Option<T>, meta: &ParseNestedMeta, value: T) -> Result<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(meta.error(format!("`{}` is given twice: keep one", name(meta)))),
    }
}

fn flag(slot: &mut bool, meta: &ParseNestedMeta) -> Result<()> {
    if meta.input.peek(Token![=]) || meta.input.peek(token::Paren) {
        let name = name(meta);
        return Err(meta.error(format!("`{name}` stands alone: write `#[netbox({name})]`")));
    }
    if std::mem::replace(slot, true) {
        return Err(meta.error(format!("`{}` is given twice: keep one", name(meta))));
    }
    Ok(())
}

fn unknown(meta: &ParseNestedMeta, remedy: &str) -> Error {
    meta.error(format!("unknown attribute `{}`: {remedy}", name(meta)))
}

fn name(meta: &ParseNestedMeta) -> String {
    meta.path.get_ident().map_or_else(|| "…".to_owned(), ToString::to_string)
}
