use netbox_schema::{Control, endpoint as endpoint_at};

use crate::wire::{ApiPath, Error, Params, Server, Version};

/// The requested part of each object. Only reads send it: because of these parameters, NetBox would drop input of a
/// write.
#[derive(Debug, Clone)]
pub(crate) enum Selection {
    /// Fields by their names, with commas between them.
    Fields {
        names: String,
        by_caller: bool,
    },
    All,
    Brief,
}

impl Selection {
    /// The fields of a model, or all for one that does not say.
    pub(crate) fn of(fields: Option<&[&str]>) -> Self {
        fields.map_or(Self::All, Self::fields)
    }

    /// The fields of a model.
    pub(crate) fn fields(names: &[&str]) -> Self {
        Self::Fields { names: names.join(","), by_caller: false }
    }

    /// Fields that the caller names, and the id, by which lists are paged.
    pub(crate) fn by_caller(mut names: Vec<String>) -> Self {
        if !names.iter().any(|name| name == "id") {
            names.insert(0, "id".to_owned());
        }
        Self::Fields { names: names.join(","), by_caller: true }
    }

    /// The same, and the field `name`.
    pub(crate) fn and(mut self, name: &str) -> Self {
        if let Self::Fields { names, .. } = &mut self
            && !names.split(',').any(|known| known == name)
        {
            names.push(',');
            names.push_str(name);
        }
        self
    }

    /// The fields that the caller names.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::Fields { names, by_caller: true } => names,
            _ => "",
        };
        names.split(',').filter(|name| !name.is_empty())
    }

    /// The parameters for a list in that order: NetBox fails on a counter that it is to order by and was not asked for.
    pub(super) fn params_in_order(
        &self,
        order: &[String],
        endpoint: &ApiPath,
        server: Option<Version>,
    ) -> Result<Params, Error> {
        let terms = || order.iter().map(|term| term.strip_prefix('-').unwrap_or(term));
        if let Some(counter) = terms().find(|term| term.ends_with("_count"))
            && matches!(self, Self::Brief)
        {
            return Err(Error::query(format!(
                "the brief form has no `{counter}`, and NetBox can't order by it then"
            )));
        }
        let mut params = self.params(endpoint, server);
        if let Self::Fields { names, .. } = self {
            let has = |term: &str| names.split(',').any(|name| name == term);
            let more: Vec<&str> = terms().filter(|term| !has(term)).collect();
            if !more.is_empty() {
                params.set("fields", [&[names.as_str()], &more[..]].concat().join(","));
            }
        }
        Ok(params)
    }

    pub(crate) fn params(&self, endpoint: &ApiPath, server: Option<Version>) -> Params {
        let params = Params::default();
        match self {
            Self::All => params,
            Self::Brief => params.with("brief", 1),
            Self::Fields { names, .. } => {
                let params = params.with("fields", names);
                // Some versions compute a config context, which is costly, even if it is not asked for.
                let excludes = endpoint_at(endpoint.as_str())
                    .is_some_and(|endpoint| Server::of(server).has(endpoint.supports(Control::Exclude)));
                let costly = excludes && !names.split(',').any(|name| name == "config_context");
                if costly { params.with("exclude", "config_context") } else { params }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(selection: Selection, endpoint: &str, server: Option<Version>, expected: &str) {
        assert_eq!(selection.params(&ApiPath::of_endpoint(endpoint), server).to_string(), expected);
    }

    #[test]
    fn what_the_order_needs_is_asked_for() {
        let endpoint = ApiPath::of_endpoint("dcim/sites");
        let order = ["-device_count".to_owned(), "name".to_owned()];
        let fields = Selection::fields(&["id", "name"]).params_in_order(&order, &endpoint, None).unwrap();
        assert_eq!(fields.to_string(), "fields=id,name,device_count");
        assert!(Selection::Brief.params_in_order(&order, &endpoint, None).is_err());
    }

    #[test]
    fn contexts_are_not_computed_for_nothing() {
        let fields = || Selection::fields(&["id", "name"]);
        check(fields(), "dcim/sites", None, "fields=id,name");
        check(fields(), "dcim/devices", None, "fields=id,name&exclude=config_context");
        check(fields(), "dcim/devices", Some(Version::new(4, 6)), "fields=id,name&exclude=config_context");
        check(fields(), "dcim/devices", Some(Version::new(4, 7)), "fields=id,name");
        check(Selection::fields(&["id", "config_context"]), "dcim/devices", None, "fields=id,config_context");
        check(Selection::All, "dcim/devices", None, "");
        check(Selection::Brief, "dcim/devices", None, "brief=1");
    }
}
