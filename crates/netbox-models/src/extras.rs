//! Objects that go with objects of all kinds: tags, custom fields, config contexts, events.
// Written by `cargo xtask codegen models`.

mod bookmark;
mod config_context;
mod config_context_profile;
mod config_template;
mod custom_field;
mod custom_field_choice_set;
mod custom_link;
mod event_rule;
mod event_type;
mod export_template;
mod image_attachment;
mod journal_entry;
mod notification;
mod notification_group;
mod saved_filter;
mod script;
mod subscription;
mod table_config;
mod tag;
mod tagged_object;
mod webhook;

#[cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "tenancy",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]
pub use self::tag::Tag;

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]
pub use self::config_template::ConfigTemplate;

#[cfg(feature = "extras")]
pub use self::{
    bookmark::Bookmark,
    config_context::ConfigContext,
    config_context_profile::{ConfigContextProfile, TagKey},
    custom_field::{
        CustomField, CustomFieldFilterLogic, CustomFieldStatus, CustomFieldType, CustomFieldUiEditable,
        CustomFieldUiVisible,
    },
    custom_field_choice_set::{CustomFieldChoiceSet, CustomFieldChoiceSetBaseChoices},
    custom_link::{CustomLink, CustomLinkButtonClass},
    event_rule::{EventRule, EventRuleActionType},
    event_type::EventType,
    export_template::ExportTemplate,
    image_attachment::ImageAttachment,
    journal_entry::{JournalEntry, JournalEntryKind},
    notification::Notification,
    notification_group::NotificationGroup,
    saved_filter::SavedFilter,
    script::Script,
    subscription::Subscription,
    table_config::TableConfig,
    tagged_object::TaggedObject,
    webhook::{Webhook, WebhookHttpMethod},
};
