//! `/deconnexion`: ends the session of this browser, a person's or a professional's.

use access::{Act, Acting, Plan, Refused, SignedIn, Viewer};
use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use web::{Csrf, Fields, Flash, Problem, Tone};

use crate::journey::{Guest, with_cookie};

/// Ends the session.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let app = &guest.app;
    if let Some(session) = &guest.session {
        fields.check(&Csrf::of(session.secret()))?;
        if let SignedIn::Person { own, .. } = session.body.who {
            let viewer = Viewer {
                account: own.0,
                acting: Acting::Holder(own),
                authenticated: session.body.authenticated,
            };
            match app.gate.enter(&viewer, own, Act::SignOut).await {
                Ok(clearance) => clearance.act(|_| Ok::<_, Refused>(Plan::new(()))).await?,
                // A space that was closed meanwhile can still be left.
                Err(Refused::No(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // With it ends what software reads in a professional's name.
        if let SignedIn::Professional { own, .. } = session.body.who {
            app.end_carried(own).await?;
        }
        app.store.end_session(&session.hash).await?;
    }
    let said = Flash::leave(Tone::Success, "account-signed-out");
    let answer = ([(header::SET_COOKIE, said)], Redirect::to("/"));
    Ok(with_cookie(
        app.session_cookie().clear(),
        answer.into_response(),
    ))
}
