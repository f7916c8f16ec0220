use axum::{
    Form,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};

use crate::{Csrf, Problem};

/// What a person typed in a form, in order; kept to be shown again beside errors.
///
/// An extractor for plain forms; forms with files come from [`crate::multipart::read`].
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields from pairs.
    pub fn new(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }

    /// The field's text without the spaces around it; empty when absent.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The field's text exactly as typed (a password); empty when absent.
    pub fn raw(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a field that can be given several times (checkboxes).
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self.0
            .iter()
            .filter(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Whether a field was sent at all (a checkbox, a button).
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    /// Everything that was sent, without our own token.
    pub fn pairs(&self) -> Vec<&(String, String)> {
        let typed = |pair: &&(String, String)| pair.0 != Csrf::FIELD;
        self.0.iter().filter(typed).collect()
    }

    /// Adds a field, for a form shown with values of ours.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Refuses a form that our own page did not make for this session.
    ///
    /// # Errors
    /// [`Problem::Expired`] when the field [`Csrf::FIELD`] is not the session's token.
    pub fn check(&self, csrf: &Csrf) -> Result<(), Problem> {
        csrf.verify(self.raw(Csrf::FIELD))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(pairs)) => Ok(Fields(pairs)),
            Err(refusal) if refusal.status() == http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::TooLarge.into_response())
            }
            Err(_) => Err(Problem::BadRequest(String::new()).into_response()),
        }
    }
}

/// What is wrong in a form: field and sentence, in the order of the form.
///
/// Templates show it in the summary at the top and beside each field. A sentence
/// names the field and says how to mend it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// Nothing wrong.
    pub fn new() -> Errors {
        Errors::default()
    }

    /// Adds what is wrong with `field`; only the first sentence per field is kept.
    pub fn add(&mut self, field: &str, sentence: impl Into<String>) {
        if self.get(field).is_empty() {
            self.0.push((field.to_owned(), sentence.into()));
        }
    }

    /// The sentence about `field`; empty when it is right.
    pub fn get(&self, field: &str) -> &str {
        self.0
            .iter()
            .find(|(name, _)| name == field)
            .map_or("", |(_, sentence)| sentence)
    }

    /// Whether everything is right.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields to mend.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// (field, sentence), in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (String, String)> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_what_was_typed() {
        let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let fields = Fields::new([("a", " 1 "), ("b", "2"), ("b", "3")].map(pair).to_vec());
        assert_eq!(
            (fields.get("a"), fields.raw("a"), fields.get("c")),
            ("1", " 1 ", "")
        );
        assert_eq!(fields.all("b"), ["2", "3"]);
        assert!(fields.has("b") && !fields.has("c"));
    }

    #[test]
    fn the_first_error_of_a_field_is_the_one_shown() {
        let mut errors = Errors::new();
        errors.add("nom", "Saisissez votre nom.");
        errors.add("nom", "Trop court.");
        errors.add("date", "Saisissez une date.");
        assert_eq!(errors.get("nom"), "Saisissez votre nom.");
        assert_eq!((errors.len(), errors.get("ville")), (2, ""));
    }
}
