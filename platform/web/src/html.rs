use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header;

use crate::Problem;

/// The content type of every page.
pub(crate) const KIND: &str = "text/html; charset=utf-8";

/// A page: renders the template, or becomes [`Problem::Internal`].
#[derive(Debug)]
pub struct Html<T>(pub T);

impl<T: Template> IntoResponse for Html<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(text) => ([(header::CONTENT_TYPE, KIND)], text).into_response(),
            Err(error) => Problem::from(error).into_response(),
        }
    }
}
