//! What is wrong with a request, where, and what to tell its sender.

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing was done.
    Error,
    /// Done, with a correction or a doubt.
    Warning,
    /// Done; worth knowing.
    Information,
}

impl Severity {
    /// FHIR's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
        }
    }
}

macro_rules! issues {
    ($($(#[$doc:meta])* $variant:ident $code:literal $status:literal,)*) => {
        /// Kind of a [`Problem`]: the part of FHIR's `issue-type` that we answer,
        /// each with the HTTP status that it makes of a refusal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Issue { $($(#[$doc])* $variant,)* }

        impl Issue {
            /// FHIR's `issue-type` code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// HTTP status of a request refused for this.
            pub fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }
        }
    };
}

issues! {
    /// The request as a whole cannot be understood.
    Invalid "invalid" 400,
    /// Not the JSON or the FHIR structure expected.
    Structure "structure" 400,
    /// A required element is missing.
    Required "required" 422,
    /// An element's value is not acceptable.
    Value "value" 422,
    /// Elements contradict each other.
    Invariant "invariant" 422,
    /// A code is unknown or not allowed here.
    CodeInvalid "code-invalid" 422,
    /// A rule of the service refuses the request.
    BusinessRule "business-rule" 422,
    /// What the request asks for is not offered.
    NotSupported "not-supported" 422,
    /// A method or change that is never allowed.
    NotAllowed "not-supported" 405,
    /// The sender is not identified.
    Login "login" 401,
    /// The sender may not do this.
    Forbidden "forbidden" 403,
    /// No such thing, or none that the sender may know of.
    NotFound "not-found" 404,
    /// Was there and is no more.
    Deleted "deleted" 410,
    /// Already exists with another content.
    Duplicate "duplicate" 409,
    /// Someone else changed it meanwhile, or its state forbids the change.
    Conflict "conflict" 409,
    /// Larger than we take.
    TooLong "too-long" 413,
    /// Too many requests.
    Throttled "throttled" 429,
    /// Our fault.
    Exception "exception" 500,
    /// Not available now; try again.
    Transient "transient" 503,
    /// Something to know, nothing wrong.
    Informational "informational" 200,
}

/// One thing to tell the sender of a request.
///
/// `text` never repeats a value of the request: outcomes end up in logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Which kind.
    pub issue: Issue,
    /// Where, in the FHIRPath subset of `OperationOutcome.issue.expression`
    /// (`Bundle.entry[1].resource.date`); empty when about the whole request.
    pub expression: String,
    /// What and how to mend it, in French.
    pub text: String,
}

impl Problem {
    /// An error at a place.
    pub fn error(issue: Issue, expression: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            issue,
            expression: expression.into(),
            text: text.into(),
        }
    }

    /// A warning at a place.
    pub fn warning(issue: Issue, expression: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(issue, expression, text)
        }
    }

    /// 400: the request cannot be understood.
    pub fn invalid(text: impl Into<String>) -> Self {
        Self::error(Issue::Invalid, "", text)
    }

    /// 422: a rule refuses the request.
    pub fn refused(text: impl Into<String>) -> Self {
        Self::error(Issue::BusinessRule, "", text)
    }

    /// 404, in the same words for what does not exist and what may not be known.
    pub fn not_found() -> Self {
        Self::error(Issue::NotFound, "", "Aucune ressource à cette adresse.")
    }

    /// 403.
    pub fn forbidden(text: impl Into<String>) -> Self {
        Self::error(Issue::Forbidden, "", text)
    }

    /// 409.
    pub fn conflict(text: impl Into<String>) -> Self {
        Self::error(Issue::Conflict, "", text)
    }

    /// 401.
    pub fn login() -> Self {
        Self::error(Issue::Login, "", "Authentification requise.")
    }

    /// 405.
    pub fn not_allowed(text: impl Into<String>) -> Self {
        Self::error(Issue::NotAllowed, "", text)
    }

    /// 413.
    pub fn too_long(text: impl Into<String>) -> Self {
        Self::error(Issue::TooLong, "", text)
    }

    /// 500, in words that tell nothing of the inside.
    pub fn exception() -> Self {
        Self::error(
            Issue::Exception,
            "",
            "Erreur interne. La demande n’a pas été prise en compte.",
        )
    }
}

/// HTTP status of a refusal: what cannot be understood (400) first, then the
/// first error. 200 when nothing is an error.
pub fn status(problems: &[Problem]) -> u16 {
    let mut errors = problems
        .iter()
        .filter(|p| p.severity == Severity::Error)
        .map(|p| p.issue.status());
    let first = errors.next().unwrap_or(200);
    if errors.any(|s| s == 400) { 400 } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_understood_wins() {
        let required = Problem::error(Issue::Required, "List.date", "");
        let warning = Problem::warning(Issue::Structure, "", "");
        assert_eq!(status(&[]), 200);
        assert_eq!(status(std::slice::from_ref(&warning)), 200);
        assert_eq!(status(&[warning, required.clone()]), 422);
        assert_eq!(status(&[required, Problem::invalid("")]), 400);
        assert_eq!(status(&[Problem::not_found()]), 404);
    }
}
