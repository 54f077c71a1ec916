// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, choice_set, value::Timestamp};
use serde::Deserialize;

use crate::users::Owner;

/// A link that NetBox shows with objects of some types.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/custom-links")]
#[non_exhaustive]
pub struct CustomLink {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub object_types: Vec<String>,
    pub name: String,
    pub enabled: bool,
    pub link_text: String,
    pub link_url: String,
    /// Lighter ones come first in lists.
    pub weight: u32,
    pub group_name: String,
    pub button_class: CustomLinkButtonClass,
    pub new_window: bool,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`CustomLink::button_class`].
    pub enum CustomLinkButtonClass {
        Default = "default",
        Blue = "blue",
        Indigo = "indigo",
        Purple = "purple",
        Pink = "pink",
        Red = "red",
        Orange = "orange",
        Yellow = "yellow",
        Green = "green",
        Teal = "teal",
        Cyan = "cyan",
        Gray = "gray",
        Black = "black",
        White = "white",
        GhostDark = "ghost-dark",
    }
}
