//! From the sign-in page: who was named is asked.

use std::sync::Arc;

use access::Anyone;
use axum::{
    Extension,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use web::{Errors, Fields, Problem};

use super::{
    PAGE,
    question::{Unasked, ask},
};
use crate::{
    ProSanteConnect,
    sign_in::{self, Failure, Form},
};

/// The field of the sign-in page.
const FIELD: &str = "identifiant-national";

/// `POST /pro/connexion/telephone`: asks who was named.
pub(crate) async fn start(
    visitor: Anyone,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    let app = &visitor.app;
    sign_in::check(app, &headers, &fields)?;
    if !identity.asks_on_phones() {
        return Err(Problem::NotFound);
    }
    let typed = fields.get(FIELD);
    let wrong = |key: &str, status| {
        let mut errors = Errors::new();
        errors.add(FIELD, visitor.shell.t(key));
        Form {
            typed: typed.to_owned(),
            errors,
            status: Some(status),
            ..Form::default()
        }
    };
    let Some(who) = national_id(typed) else {
        let form = wrong("practice-phone-wrong", StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(sign_in::show(visitor, &identity, form));
    };
    match ask(app, &visitor.source, &identity, who, None).await? {
        Ok(cookie) => Ok(([(header::SET_COOKIE, cookie)], Redirect::to(PAGE)).into_response()),
        Err(Unasked::TooMany) => {
            let form = wrong("practice-phone-too-many", StatusCode::TOO_MANY_REQUESTS);
            Ok(sign_in::show(visitor, &identity, form))
        }
        Err(Unasked::Unavailable) => {
            let form = Form {
                typed: typed.to_owned(),
                ..Failure::Unavailable.into()
            };
            Ok(sign_in::show(visitor, &identity, form))
        }
    }
}

/// A national identifier as Pro Santé Connect has it, from what somebody types: a number of the RPPS
/// (11 digits) or ADELI (9) has the digit of its kind before it there.
fn national_id(typed: &str) -> Option<String> {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-.".contains(&byte);
    let fits = (5..=40).contains(&bare.len()) && bare.bytes().all(plain);
    let digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| match (digits, bare.len()) {
        (true, 11) => format!("8{bare}"),
        (true, 9) => format!("0{bare}"),
        _ => bare.to_ascii_uppercase(),
    })
}

#[cfg(test)]
mod tests {
    use super::national_id;

    #[test]
    fn an_identifier_is_read_as_people_type_it() {
        let read = |typed| national_id(typed);
        assert_eq!(read("10 000 000 018").as_deref(), Some("810000000018"));
        assert_eq!(read("810000000018").as_deref(), Some("810000000018"));
        assert_eq!(read("751234567").as_deref(), Some("0751234567"));
        assert_eq!(read("3/999900011/abc").as_deref(), Some("3/999900011/ABC"));
        for wrong in [
            "",
            "    ",
            "1234",
            "é1000000001",
            "1&login_hint=2",
            &"1".repeat(41),
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
