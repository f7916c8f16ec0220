//! Elements by dotted path, through arrays, with the place of each.

use serde_json::Value;

/// One element found, and its place in the FHIRPath form of [`crate::Problem::expression`].
pub(crate) struct Found<'a> {
    pub place: String,
    pub value: &'a Value,
}

/// Every element at `path` (`content.attachment.hash`) of `resource`, arrays
/// unfolded; `place` is that of the resource. An empty path is the resource.
pub(crate) fn select<'a>(resource: &'a Value, place: &str, path: &str) -> Vec<Found<'a>> {
    let mut found = vec![Found {
        place: place.to_owned(),
        value: resource,
    }];
    for name in path.split('.').filter(|name| !name.is_empty()) {
        found = found
            .into_iter()
            .filter_map(|f| Some((format!("{}.{name}", f.place), f.value.get(name)?)))
            .flat_map(|(place, value)| unfold(place, value))
            .collect();
    }
    found
}

fn unfold(place: String, value: &Value) -> Vec<Found<'_>> {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, value)| Found {
                place: format!("{place}[{i}]"),
                value,
            })
            .collect(),
        value => vec![Found { place, value }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arrays_are_unfolded() {
        let resource = json!({"a": [{"b": 1}, {"b": [2, 3]}, {}, 4]});
        let found = select(&resource, "R", "a.b");
        let places: Vec<&str> = found.iter().map(|f| f.place.as_str()).collect();
        assert_eq!(places, ["R.a[0].b", "R.a[1].b[0]", "R.a[1].b[1]"]);
        assert_eq!(select(&resource, "R", "").len(), 1);
        assert!(select(&resource, "R", "x.y").is_empty());
    }
}
