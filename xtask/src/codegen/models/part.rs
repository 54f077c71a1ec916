//! Types for values that have a shape of their own, which no kind in netbox-schema describes.

/// A type that only the model of one endpoint has.
pub(super) struct Part {
    pub(super) endpoint: &'static str,
    pub(super) names: &'static [&'static str],
    /// The endpoints of the models that it refers to.
    pub(super) refers_to: &'static [&'static str],
    pub(super) source: &'static str,
}

pub(super) const PARTS: &[Part] = &[
    Part {
        endpoint: "core/jobs",
        names: &["JobLogEntry"],
        refers_to: &[],
        source: "
/// A line that a job logged.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct JobLogEntry {
    pub level: String,
    pub message: String,
    pub timestamp: Option<Timestamp>,
}
",
    },
    Part {
        endpoint: "dcim/front-ports",
        names: &["FrontPortMapping"],
        refers_to: &["dcim/rear-ports"],
        source: "
/// Where a position of a front port leads to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FrontPortMapping {
    pub position: u32,
    pub rear_port: Fk<RearPort>,
    pub rear_port_position: Option<u32>,
}
",
    },
    Part {
        endpoint: "dcim/front-port-templates",
        names: &["FrontPortTemplateMapping"],
        refers_to: &["dcim/rear-port-templates"],
        source: "
/// Where a position of a front port will lead to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FrontPortTemplateMapping {
    pub position: u32,
    pub rear_port: Fk<RearPortTemplate>,
    pub rear_port_position: Option<u32>,
}
",
    },
    Part {
        endpoint: "dcim/rear-ports",
        names: &["RearPortMapping"],
        refers_to: &["dcim/front-ports"],
        source: "
/// Where a position of a rear port leads to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RearPortMapping {
    pub position: u32,
    pub front_port: Fk<FrontPort>,
    pub front_port_position: Option<u32>,
}
",
    },
    Part {
        endpoint: "dcim/rear-port-templates",
        names: &["RearPortTemplateMapping"],
        refers_to: &["dcim/front-port-templates"],
        source: "
/// Where a position of a rear port will lead to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RearPortTemplateMapping {
    pub position: u32,
    pub front_port: Fk<FrontPortTemplate>,
    pub front_port_position: Option<u32>,
}
",
    },
    Part {
        endpoint: "extras/config-context-profiles",
        names: &["TagKey"],
        refers_to: &["extras/tags"],
        source: "
/// A tag of a profile: NetBox 4.4 has its slug, and later ones refer to it as elsewhere.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum TagKey {
    Key(Fk<Tag>),
    Slug(String),
}
",
    },
];
