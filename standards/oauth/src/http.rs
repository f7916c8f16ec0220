//! The HTTP function that the caller lends.

use std::future::Future;

use serde_json::Value;

/// A request to send, complete: the address is absolute.
pub type HttpRequest = ::http::Request<Vec<u8>>;

/// What came back, its body read to the end.
pub type HttpResponse = ::http::Response<Vec<u8>>;

/// The other end could not be reached; the text is for the log.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct HttpError(pub String);

/// Sends one request.
///
/// The implementation decides which hosts may be reached, sets a time limit,
/// stops reading at [`MAX_ANSWER`] and **follows no redirection**: the endpoints
/// are the ones that the provider declared, no others. Any function
/// `Fn(HttpRequest) -> Future` will do.
pub trait Http: Sync {
    /// Sends `request` and reads the whole answer.
    ///
    /// # Errors
    /// When no complete answer came; an answer of any status is not an error here.
    fn send(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, HttpError>> + Send;
}

impl<F, Answer> Http for F
where
    F: Fn(HttpRequest) -> Answer + Sync,
    Answer: Future<Output = Result<HttpResponse, HttpError>> + Send,
{
    fn send(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, HttpError>> + Send {
        self(request)
    }
}

/// Longest answer that is looked at, in bytes: metadata, keys, tokens and claims are small.
pub const MAX_ANSWER: usize = 1 << 20;

/// The other end answered, but not what the protocol asks for.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AnswerError {
    /// No answer at all.
    #[error("no answer: {0}")]
    Unreachable(#[from] HttpError),
    /// Our own request could not be written, as when an endpoint is no address.
    #[error("the address cannot be called")]
    Address,
    /// An HTTP status other than 200.
    #[error("status {0}")]
    Status(u16),
    /// The body is longer than [`MAX_ANSWER`], or not the JSON object expected.
    #[error("not the expected JSON")]
    NotJson,
}

/// `GET url`, for a JSON object.
pub(crate) async fn get_json(http: &impl Http, url: &str) -> Result<Value, AnswerError> {
    let request = ::http::Request::get(url)
        .header("accept", "application/json")
        .body(Vec::new())
        .map_err(|_| AnswerError::Address)?;
    let response = http.send(request).await?;
    if response.status() != 200 {
        return Err(AnswerError::Status(response.status().as_u16()));
    }
    json(&response)
}

/// The JSON object in a body.
pub(crate) fn json(response: &HttpResponse) -> Result<Value, AnswerError> {
    if response.body().len() > MAX_ANSWER {
        return Err(AnswerError::NotJson);
    }
    serde_json::from_slice(response.body())
        .ok()
        .filter(Value::is_object)
        .ok_or(AnswerError::NotJson)
}
