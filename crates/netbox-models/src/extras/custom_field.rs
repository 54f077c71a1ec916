// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{Decimal, Timestamp},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{extras::CustomFieldChoiceSet, users::Owner};

/// A field that objects of some types have beside NetBox's own.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/custom-fields")]
#[non_exhaustive]
pub struct CustomField {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub object_types: Vec<String>,
    pub r#type: CustomFieldType,
    pub related_object_type: Option<String>,
    #[netbox(read_only)]
    pub data_type: String,
    pub name: String,
    /// The name that people see; if it is empty, they see `name`.
    pub label: String,
    pub group_name: String,
    pub description: String,
    pub required: bool,
    pub unique: bool,
    pub search_weight: u32,
    pub filter_logic: CustomFieldFilterLogic,
    pub ui_visible: CustomFieldUiVisible,
    pub ui_editable: CustomFieldUiEditable,
    pub is_cloneable: bool,
    /// From NetBox 4.7 on.
    pub nulls_first: Option<bool>,
    pub r#default: Option<Value>,
    pub related_object_filter: Option<Value>,
    /// In the order of forms: lighter ones come first.
    pub weight: u32,
    pub validation_minimum: Option<Decimal>,
    pub validation_maximum: Option<Decimal>,
    pub validation_regex: String,
    /// From NetBox 4.6 on.
    pub validation_schema: Option<Value>,
    #[fk]
    pub choice_set: Option<Fk<CustomFieldChoiceSet>>,
    /// From NetBox 4.7 on.
    #[netbox(read_only)]
    pub status: Option<CustomFieldStatus>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`CustomField::type`].
    pub enum CustomFieldType {
        Text = "text",
        Longtext = "longtext",
        Integer = "integer",
        Decimal = "decimal",
        Boolean = "boolean",
        Date = "date",
        Datetime = "datetime",
        Url = "url",
        Json = "json",
        Select = "select",
        Multiselect = "multiselect",
        Object = "object",
        Multiobject = "multiobject",
    }
}

choice_set! {
    /// The values of [`CustomField::filter_logic`].
    pub enum CustomFieldFilterLogic {
        Disabled = "disabled",
        Loose = "loose",
        Exact = "exact",
    }
}

choice_set! {
    /// The values of [`CustomField::ui_visible`].
    pub enum CustomFieldUiVisible {
        Always = "always",
        IfSet = "if-set",
        Hidden = "hidden",
    }
}

choice_set! {
    /// The values of [`CustomField::ui_editable`].
    pub enum CustomFieldUiEditable {
        Yes = "yes",
        No = "no",
        Hidden = "hidden",
    }
}

choice_set! {
    /// The values of [`CustomField::status`].
    pub enum CustomFieldStatus {
        Active = "active",
        Provisioning = "provisioning",
        Deleting = "deleting",
    }
}
