//! Answers that are an `OperationOutcome`.

use ambient::NoSpace;
use axum::response::{IntoResponse, Response};
use fhir::{Issue, Problem, operation_outcome};
use http::{HeaderValue, StatusCode, header};
use serde_json::Value;

/// A refusal, as software is told of it.
#[derive(Debug)]
pub(crate) struct Outcome {
    status: StatusCode,
    problems: Vec<Problem>,
    /// `WWW-Authenticate`, when a better token would do.
    challenge: Option<&'static str>,
    /// What went wrong inside: for the log alone.
    cause: Option<anyhow::Error>,
}

impl Outcome {
    /// A refusal of which the status is not that of its kind of problem.
    pub fn new(status: StatusCode, problem: Problem) -> Self {
        Self {
            status,
            problems: vec![problem],
            challenge: None,
            cause: None,
        }
    }

    /// What was found.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The refusal.
    ///
    /// # Errors
    /// What went wrong inside, when it is none.
    pub fn refusal(self) -> anyhow::Result<Self> {
        match self.cause {
            Some(cause) => Err(cause),
            None => Ok(self),
        }
    }

    /// Whether it says that there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    /// Says which token would do.
    pub fn challenging(mut self, challenge: &'static str) -> Self {
        self.challenge = Some(challenge);
        self
    }

    /// Try again later: several deposits of the same names were under way.
    pub fn busy() -> Self {
        Problem::error(
            Issue::Transient,
            "",
            "Un autre dépôt du même document est en cours. Renvoyez la demande.",
        )
        .into()
    }
}

impl From<Vec<Problem>> for Outcome {
    fn from(mut problems: Vec<Problem>) -> Self {
        // An outcome tells so many and no more: what refuses the request comes first.
        problems.sort_by_key(|problem| problem.severity);
        let status = StatusCode::from_u16(fhir::status(&problems))
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self {
            status,
            problems,
            challenge: None,
            cause: None,
        }
    }
}

impl From<Problem> for Outcome {
    fn from(problem: Problem) -> Self {
        vec![problem].into()
    }
}

impl From<anyhow::Error> for Outcome {
    fn from(cause: anyhow::Error) -> Self {
        if NoSpace::caused(cause.as_ref()) {
            let told =
                "Le serveur n’a plus de place. Rien n’a été gardé : renvoyez la demande plus tard.";
            let problem = Problem::error(Issue::Transient, "", told);
            return Self {
                cause: Some(cause),
                ..Self::new(StatusCode::INSUFFICIENT_STORAGE, problem)
            };
        }
        Self {
            cause: Some(cause),
            ..Problem::exception().into()
        }
    }
}

impl From<vault::DbError> for Outcome {
    fn from(error: vault::DbError) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let body = resource(self.status, &operation_outcome(&self.problems));
        // The layer of `Site::machines` logs the cause, which travels beside the answer.
        let mut response = match self.cause {
            Some(cause) => web::Problem::Internal(cause).into_response(),
            None => ().into_response(),
        };
        let (parts, bytes) = body.into_parts();
        *response.status_mut() = parts.status;
        response.headers_mut().extend(parts.headers);
        *response.body_mut() = bytes;
        if let Some(challenge) = self.challenge {
            let value = HeaderValue::from_static(challenge);
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, value);
        }
        response
    }
}

/// Answers a resource.
pub(crate) fn resource(status: StatusCode, resource: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/fhir+json")];
    (status, kind, resource.to_string()).into_response()
}
