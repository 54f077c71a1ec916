/// The slug of the type of custom objects that are listed at `path`, if that is such a list of the plugin custom-objects.
///
/// The plugin's own lists are no lists of custom objects, as of version 0.7.1.
///
/// ```
/// use netbox_schema::custom_object_type;
///
/// assert_eq!(custom_object_type("plugins/custom-objects/gadgets"), Some("gadgets"));
/// assert_eq!(custom_object_type("plugins/custom-objects/custom-object-types"), None);
/// assert_eq!(custom_object_type("dcim/sites"), None);
/// ```
pub fn custom_object_type(path: &str) -> Option<&str> {
    let slug = path.strip_prefix("plugins/custom-objects/")?;
    let others = ["custom-object-types", "custom-object-type-fields", "linked-objects"];
    (!others.contains(&slug) && !slug.contains('/')).then_some(slug)
}
