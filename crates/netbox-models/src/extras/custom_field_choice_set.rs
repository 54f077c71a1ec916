// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use std::collections::BTreeMap;

use netbox_core::{Fk, NetboxModel, choice_set, value::Timestamp};
use serde::Deserialize;

use crate::users::Owner;

/// The choices of custom fields that are selections.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/custom-field-choice-sets")]
#[non_exhaustive]
pub struct CustomFieldChoiceSet {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub base_choices: Option<CustomFieldChoiceSetBaseChoices>,
    /// Values and labels.
    pub extra_choices: Option<Vec<(String, String)>>,
    /// The names of colours, by value. From NetBox 4.6 on.
    #[serde(default)]
    pub choice_colors: BTreeMap<String, String>,
    pub order_alphabetically: bool,
    pub choices_count: u64,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`CustomFieldChoiceSet::base_choices`].
    pub enum CustomFieldChoiceSetBaseChoices {
        Iata = "IATA",
        Iso3166 = "ISO_3166",
        UnLocode = "UN_LOCODE",
    }
}
