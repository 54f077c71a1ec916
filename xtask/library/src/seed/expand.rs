//! Loops, and the placeholders that they fill: `"name": "{site.code}-leaf-{rack:02}"`.

use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::rule::{Fields, Rule};

type Lists = BTreeMap<String, Vec<Value>>;

/// The loop variables of one turn.
type Turn = BTreeMap<String, Value>;

/// The objects that `rule` describes.
pub(super) fn expand(rule: &Rule, lists: &Lists) -> anyhow::Result<Vec<Fields>> {
    // Without a loop nothing is filled in, so that Jinja templates can stand there as they are.
    let Some(loops) = &rule.loops else {
        return Ok(rule.objects.iter().map(|object| with_common(rule, object)).collect());
    };
    let mut expanded = Vec::new();
    for turn in turns(loops, lists)? {
        for object in &rule.objects {
            let filled = fill(&Value::Object(with_common(rule, object)), &turn)?;
            if let Value::Object(fields) = filled {
                expanded.push(fields);
            }
        }
    }
    Ok(expanded)
}

fn with_common(rule: &Rule, object: &Fields) -> Fields {
    rule.common.iter().chain(object).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Every combination of the loops' values, the last loop turning fastest.
fn turns(loops: &str, lists: &Lists) -> anyhow::Result<Vec<Turn>> {
    let mut turns = vec![Turn::new()];
    for one in loops.split(',') {
        let (variable, values) =
            one.split_once(" in ").with_context(|| format!("`{one}` is no loop such as `rack in 1-8`"))?;
        let mut next = Vec::new();
        for turn in &turns {
            for value in values.split('|').flat_map(|part| values_of(part.trim(), lists)) {
                let mut turn = turn.clone();
                turn.insert(variable.trim().to_owned(), value);
                next.push(turn);
            }
        }
        turns = next;
    }
    Ok(turns)
}

/// The values that `part` stands for: a list by its name, a range, or one value as written.
fn values_of(part: &str, lists: &Lists) -> Vec<Value> {
    if let Some(list) = lists.get(part) {
        return list.clone();
    }
    let range =
        part.split_once('-').and_then(|(low, high)| Some((low.parse::<u32>().ok()?, high.parse().ok()?)));
    match range {
        Some((low, high)) => (low..=high).map(Value::from).collect(),
        None => vec![part.parse::<u32>().map_or_else(|_| Value::from(part), Value::from)],
    }
}

fn fill(value: &Value, turn: &Turn) -> anyhow::Result<Value> {
    Ok(match value {
        Value::String(text) => fill_text(text, turn)?,
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| fill(item, turn)).collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| Ok((name.clone(), fill(value, turn)?)))
                .collect::<anyhow::Result<_>>()?,
        ),
        other => other.clone(),
    })
}

/// `text` with its placeholders filled. A text that is one placeholder and nothing else keeps the value's JSON type.
fn fill_text(text: &str, turn: &Turn) -> anyhow::Result<Value> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (placeholder, after) =
            after.split_once('}').with_context(|| format!("a brace is not closed in `{text}`"))?;
        let (path, width) = placeholder.split_once(':').unwrap_or((placeholder, ""));
        let value = look_up(path, turn).with_context(|| format!("`{{{placeholder}}}` in `{text}`"))?;
        if before.is_empty() && after.is_empty() && filled.is_empty() && width.is_empty() {
            return Ok(value.clone());
        }
        filled += before;
        match (value, width) {
            (Value::String(word), "") => filled += word,
            (Value::Number(number), "") => filled += &number.to_string(),
            (Value::Number(number), _) => {
                let width = width.parse().with_context(|| format!("`{width}` is no width, in `{text}`"))?;
                write!(filled, "{:0>width$}", number.to_string())?;
            }
            _ => bail!("`{{{placeholder}}}` in `{text}` is neither a word nor a number"),
        }
        rest = after;
    }
    Ok(Value::from(filled + rest))
}

fn look_up<'a>(path: &str, turn: &'a Turn) -> anyhow::Result<&'a Value> {
    let mut parts = path.split('.');
    let variable = parts.next().unwrap_or_default();
    let start = turn.get(variable).with_context(|| format!("no loop has a variable `{variable}`"))?;
    parts.try_fold(start, |value, field| {
        value.get(field).with_context(|| format!("`{variable}` has no `{field}`"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Lists, expand};

    fn lists() -> Lists {
        serde_json::from_value(json!({
            "data-centre": [{"code": "ber1", "n": 1}, {"code": "cgn1", "n": 2}],
            "speeds": [10, 25],
        }))
        .expect("lists")
    }

    #[track_caller]
    fn check(rule: Value, expect: Value) {
        let rule = serde_json::from_value(rule).expect("a rule");
        let objects = expand(&rule, &lists()).expect("objects");
        assert_eq!(json!(objects), expect);
    }

    #[track_caller]
    fn refuse(rule: Value, expect: &str) {
        let rule = serde_json::from_value(rule).expect("a rule");
        let error = format!("{:#}", expand(&rule, &lists()).expect_err("an error"));
        assert!(error.contains(expect), "{error}");
    }

    #[test]
    fn without_a_loop_braces_are_just_braces() {
        check(json!({"endpoint": "a/b", "objects": [{"code": "{{ x }}"}]}), json!([{"code": "{{ x }}"}]));
    }

    #[test]
    fn common_fields_are_everyones_but_yield_to_the_objects_own() {
        check(
            json!({"endpoint": "a/b", "common": {"x": 1, "y": 1}, "objects": [{"y": 2}, {}]}),
            json!([{"x": 1, "y": 2}, {"x": 1, "y": 1}]),
        );
    }

    #[test]
    fn the_last_loop_turns_fastest() {
        check(
            json!({"endpoint": "a/b", "for": "site in data-centre, n in 1-2", "objects": [{"name": "{site.code}-{n:02}"}]}),
            json!([{"name": "ber1-01"}, {"name": "ber1-02"}, {"name": "cgn1-01"}, {"name": "cgn1-02"}]),
        );
    }

    #[test]
    fn loops_go_over_lists_ranges_and_words_together() {
        check(
            json!({"endpoint": "a/b", "for": "x in speeds|40|90-91|many", "objects": [{"x": "{x}"}]}),
            json!([{"x": 10}, {"x": 25}, {"x": 40}, {"x": 90}, {"x": 91}, {"x": "many"}]),
        );
    }

    #[test]
    fn a_lone_placeholder_keeps_its_type_at_any_depth() {
        check(
            json!({"endpoint": "a/b", "for": "n in 7", "objects": [{"a": ["{n}", {"b": "{n}"}], "c": "{n}!"}]}),
            json!([{"a": [7, {"b": 7}], "c": "7!"}]),
        );
    }

    #[test]
    fn mistakes_are_named() {
        refuse(json!({"endpoint": "a/b", "for": "rack 1-8", "objects": [{}]}), "`rack 1-8` is no loop");
        refuse(
            json!({"endpoint": "a/b", "for": "n in 1", "objects": [{"x": "{m}"}]}),
            "no loop has a variable `m`",
        );
        refuse(
            json!({"endpoint": "a/b", "for": "site in data-center", "objects": [{"x": "{site.code}"}]}),
            "`site` has no `code`",
        );
        refuse(
            json!({"endpoint": "a/b", "for": "n in 1", "objects": [{"x": "a{n"}]}),
            "a brace is not closed",
        );
    }
}
