//! Elements by dotted path, through arrays, with the place of each.

use serde_json::Value;

/// Names in a path, at the most.
const DEEP: usize = 8;
/// Stands for the index of an element that is in no array.
const ALONE: usize = usize::MAX;

/// One element found.
pub(crate) struct Found<'a, 'p> {
    pub value: &'a Value,
    place: &'p str,
    path: &'p str,
    /// Which item of the array at each name.
    at: [usize; DEEP],
}

impl Found<'_, '_> {
    /// Its place in the FHIRPath form of [`crate::Problem::expression`]. Said only of what is
    /// wrong: most of what is looked at is right.
    pub fn place(&self) -> String {
        let mut place = self.place.to_owned();
        for (name, at) in names(self.path).zip(self.at) {
            place.push('.');
            place.push_str(name);
            if at != ALONE {
                place.push_str(&format!("[{at}]"));
            }
        }
        place
    }
}

/// Every element at `path` (`content.attachment.hash`) of `resource`, arrays
/// unfolded; `place` is that of the resource. An empty path is the resource.
pub(crate) fn select<'a, 'p>(
    resource: &'a Value,
    place: &'p str,
    path: &'p str,
) -> Vec<Found<'a, 'p>> {
    debug_assert!(names(path).count() <= DEEP, "{path}");
    let mut found = vec![Found {
        value: resource,
        place,
        path,
        at: [ALONE; DEEP],
    }];
    for (depth, name) in names(path).take(DEEP).enumerate() {
        let mut deeper = Vec::with_capacity(found.len());
        for Found { value, at, .. } in found {
            let mut push = |value, item| {
                let mut at = at;
                at[depth] = item;
                deeper.push(Found {
                    value,
                    place,
                    path,
                    at,
                });
            };
            match value.get(name) {
                None => {}
                Some(Value::Array(items)) => {
                    let items = items.iter().enumerate();
                    items.for_each(|(at, value)| push(value, at));
                }
                Some(value) => push(value, ALONE),
            }
        }
        found = deeper;
    }
    found
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arrays_are_unfolded() {
        let resource = json!({"a": [{"b": 1}, {"b": [2, 3]}, {}, 4]});
        let found = select(&resource, "R", "a.b");
        let places: Vec<String> = found.iter().map(Found::place).collect();
        assert_eq!(places, ["R.a[0].b", "R.a[1].b[0]", "R.a[1].b[1]"]);
        assert_eq!(select(&resource, "R", "").len(), 1);
        assert!(select(&resource, "R", "x.y").is_empty());
    }
}
