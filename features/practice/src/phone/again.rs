//! From the page that asks for one's card again: who is signed in is asked once more.

use std::sync::Arc;

use access::{Anyone, Professional};
use axum::{
    Extension,
    response::{IntoResponse, Redirect, Response},
};
use http::header;
use web::{Fields, Problem};

use super::{
    PAGE,
    question::{Unasked, ask},
};
use crate::{
    ProSanteConnect,
    sign_in::{Again, Failure},
    verify,
};

/// `POST /pro/verification/telephone`: asks who is signed in, once more.
pub(crate) async fn again(
    who: Professional,
    visitor: Anyone,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    if !identity.asks_on_phones() {
        return Err(Problem::NotFound);
    }
    let back = verify::ours(fields.get("retour"));
    let again = Again {
        session: who.session.hash,
        back: back.clone(),
    };
    let me = who.situation.national_id.clone();
    let asked = ask(&who.app, &visitor.source, &identity, me, Some(again)).await?;
    Ok(match asked {
        Ok(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to(PAGE)).into_response(),
        Err(unasked) => {
            let failure = match unasked {
                Unasked::TooMany => Failure::TooMany,
                Unasked::Unavailable => Failure::Unavailable,
            };
            verify::failed(&back, failure)
        }
    })
}
