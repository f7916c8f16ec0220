//! Topics that people may want to keep to themselves, as far as a document's type tells: data.

use serde::Deserialize;

/// The topics (`reference/sensitive-topics.json`).
#[derive(Debug, Clone, Default)]
pub struct Topics(Vec<Topic>);

/// A topic: some types of documents.
#[derive(Debug, Clone, Deserialize)]
pub struct Topic {
    /// Names it in settings; means nothing by itself.
    pub code: String,
    /// Its French name.
    pub fr: String,
    /// Its English name.
    pub en: String,
    types: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    topics: Vec<Topic>,
}

impl Topic {
    /// Whether a document of that type is about it.
    pub fn covers(&self, type_code: &str) -> bool {
        self.types.iter().any(|code| code == type_code)
    }
}

impl Topics {
    /// Reads the table.
    ///
    /// # Errors
    /// When it is not JSON of that shape.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(json)?;
        Ok(Self(file.topics))
    }

    /// All of them, in the order of the screen.
    pub fn all(&self) -> &[Topic] {
        &self.0
    }

    /// One of them.
    pub fn get(&self, code: &str) -> Option<&Topic> {
        self.0.iter().find(|topic| topic.code == code)
    }

    /// Whether a document of that type is about one of these topics.
    pub fn any_covers(&self, codes: &[String], type_code: &str) -> bool {
        let topics = codes.iter().filter_map(|code| self.get(code));
        topics.into_iter().any(|topic| topic.covers(type_code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DocumentTypes;

    #[test]
    fn each_topic_is_made_of_types_that_there_are() {
        let read = Topics::read(include_str!("../../../reference/sensitive-topics.json"));
        let topics = read.expect("the table that is shipped");
        let types = include_str!("../../../reference/document-types.json");
        let types = DocumentTypes::read(types).expect("the types");
        for topic in topics.all() {
            assert_eq!(topic.code.len(), 1, "a code that means nothing");
            for code in &topic.types {
                assert!(types.get(code).is_some(), "{code}");
            }
        }
        let mental = vec!["a".to_owned()];
        assert!(topics.any_covers(&mental, "68599-0"));
        assert!(!topics.any_covers(&mental, "11502-2"));
        assert!(!topics.any_covers(&["?".to_owned()], "68599-0"));
    }
}
