//! `/partage/{jeton}`: the code, who one is, for what care; then the documents.
//!
//! Used, too late, ended, locked, for somebody else, or never made: one page, one answer.

use access::{Act, Anyone, App, Bearer, Opening, Refused, Situation, Viewer};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use documents::Documents;
use http::{HeaderMap, StatusCode, header};
use jiff::SignedDuration;
use vault::RecordId;
use web::{Audience, Choice, Csrf, Errors, Fields, Html, Problem, Shell, names};

use crate::{
    choices::CHOICES,
    opener::{self, Held},
};

/// Characters of a name.
const NAME: usize = 100;
/// In which openings by one source are counted.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

#[derive(Template)]
#[template(path = "sharing-door.html")]
struct Page {
    shell: Shell,
    address: String,
    /// The professional who is signed in; empty when nobody is.
    known: String,
    purposes: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "sharing-closed.html")]
struct Closed {
    shell: Shell,
}

/// The page of a share that does not open, whatever the reason.
pub(crate) fn closed(mut shell: Shell) -> Response {
    shell.audience = Audience::Public;
    let title = shell.t("sharing-closed-title");
    let page = Closed {
        shell: shell.titled(title),
    };
    (StatusCode::NOT_FOUND, Html(page)).into_response()
}

/// Counts one more opening that a source tries; `false` when there were too many.
pub(crate) async fn counted(app: &App, source: &str) -> Result<bool, vault::DbError> {
    let (limit, now) = (app.limits.share_openings_an_hour, app.now());
    let counted = app
        .store
        .attempt("share by source", source.as_bytes(), limit, WINDOW, now);
    counted.await
}

/// `GET /partage/{jeton}`.
pub(crate) async fn page(
    visitor: Anyone,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let bearer = named(&visitor, String::new(), String::new());
    let Some((record, mut bearer)) = found(&visitor.app, &token, bearer).await? else {
        return Ok(closed(visitor.shell));
    };
    if !opens(&visitor.app, record, &bearer).await? {
        return Ok(closed(visitor.shell));
    }
    let app = visitor.app.clone();
    let secret = opener::carried(&app, &headers).unwrap_or_else(|| opener::fresh(&app));
    let known = bearer.situation.take();
    let page = show(
        visitor.shell,
        &token,
        &secret,
        known,
        Fields::default(),
        Errors::new(),
    );
    Ok(with_cookie(&app, &secret, page))
}

/// `POST /partage/{jeton}`.
pub(crate) async fn submit(
    visitor: Anyone,
    Path(token): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    let app = visitor.app.clone();
    let secret = opener::carried(&app, &headers).ok_or(Problem::Expired)?;
    fields.check(&Csrf::of(secret.as_bytes()))?;
    let (name, purpose) = (fields.get("nom"), fields.get("motif"));
    let bearer = named(&visitor, name.to_owned(), purpose.to_owned());
    let Some((record, bearer)) = found(&app, &token, bearer).await? else {
        return Ok(closed(visitor.shell));
    };
    let known = bearer.situation.clone();
    let again = |errors| {
        show(
            visitor.shell.clone(),
            &token,
            &secret,
            known.clone(),
            fields.clone(),
            errors,
        )
    };
    let errors = wrong(&fields, &bearer, &visitor.shell);
    if !errors.is_empty() {
        return match opens(&app, record, &bearer).await? {
            true => Ok(again(errors)),
            false => Ok(closed(visitor.shell)),
        };
    }
    if !counted(&app, &visitor.source).await? {
        return Err(Problem::TooMany(WINDOW.unsigned_abs()));
    }
    match open(&app, record, &bearer, fields.get("code")).await? {
        Some(Opening::Opened) => {}
        Some(Opening::Wrong { left }) if left > 0 => {
            let mut errors = Errors::new();
            errors.add("code", visitor.shell.t1("sharing-code-wrong", "left", left));
            return Ok(again(errors));
        }
        Some(Opening::Wrong { .. }) | None => return Ok(closed(visitor.shell)),
    }
    // Another secret than before: whoever had planted one in this browser reads nothing.
    let secret = opener::fresh(&app);
    let held = Held {
        record,
        bearer,
        token,
    };
    opener::keep(&app, &secret, &held).await?;
    Ok(with_cookie(
        &app,
        &secret,
        Redirect::to("/partage/documents").into_response(),
    ))
}

/// Opens a share by its code; `None` when it does not open, whatever the reason.
pub(crate) async fn open(
    app: &App,
    record: RecordId,
    bearer: &Bearer,
    code: &str,
) -> Result<Option<Opening>, Problem> {
    let viewer = Viewer::bearer(bearer.clone(), app.now());
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let opened = match app.gate.enter(&viewer, record, Act::OpenShare).await {
        Ok(clearance) => clearance.open_share::<Documents>(&digits).await,
        Err(refused) => Err(refused),
    };
    match opened {
        Ok(opening) => Ok(Some(opening)),
        Err(Refused::No(_) | Refused::NotFound) => Ok(None),
        Err(failed) => Err(failed.into()),
    }
}

async fn opens(app: &App, record: RecordId, bearer: &Bearer) -> Result<bool, Problem> {
    let viewer = Viewer::bearer(bearer.clone(), app.now());
    match app.gate.enter(&viewer, record, Act::OpenShare).await {
        Ok(_) => Ok(true),
        Err(Refused::No(_) | Refused::NotFound) => Ok(false),
        Err(failed) => Err(failed.into()),
    }
}

/// The record and the share of an address.
pub(crate) async fn found(
    app: &App,
    token: &str,
    bearer: Bearer,
) -> Result<Option<(RecordId, Bearer)>, vault::DbError> {
    let found = app.shared(token).await?;
    Ok(found.map(|(record, share)| (record, Bearer { share, ..bearer })))
}

/// Who asks: by what they type, and by their session when they have one at work.
fn named(visitor: &Anyone, name: String, purpose: String) -> Bearer {
    let viewer = visitor.session.as_ref().and_then(access::Session::viewer);
    let situation = viewer.as_ref().and_then(Viewer::professional).cloned();
    Bearer {
        share: ambient::Id([0; 16]),
        name: match &situation {
            Some(situation) => situation.name.clone(),
            None => name,
        },
        purpose,
        situation,
    }
}

/// What is missing before a code is compared: no try is lost for it.
fn wrong(fields: &Fields, bearer: &Bearer, shell: &Shell) -> Errors {
    let mut errors = Errors::new();
    if !fields.get("code").chars().any(|c| c.is_ascii_digit()) {
        errors.add("code", shell.t("sharing-code-missing"));
    }
    let named = !bearer.name.is_empty()
        && bearer.name.chars().count() <= NAME
        && !names::misleads(&bearer.name);
    if !named {
        errors.add("nom", shell.t("sharing-name-missing"));
    }
    if CHOICES.purpose(&bearer.purpose).is_none() {
        errors.add("motif", shell.t("sharing-purpose-missing"));
    }
    if fields.get("soins") != "oui" {
        errors.add("soins", shell.t("sharing-care-missing"));
    }
    errors
}

fn show(
    mut shell: Shell,
    token: &str,
    secret: &str,
    known: Option<Situation>,
    fields: Fields,
    errors: Errors,
) -> Response {
    shell.audience = Audience::Public;
    Csrf::of(secret.as_bytes())
        .token()
        .clone_into(&mut shell.csrf);
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = shell.t("sharing-door-title");
    let page = Page {
        address: format!("/partage/{token}"),
        known: known.map(|known| known.name).unwrap_or_default(),
        purposes: CHOICES.purposes(&shell),
        fields,
        errors,
        shell: shell.titled(title),
    };
    (status, Html(page)).into_response()
}

fn with_cookie(app: &App, secret: &str, mut answer: Response) -> Response {
    let cookie = opener::carry(app, secret);
    answer.headers_mut().append(header::SET_COOKIE, cookie);
    answer
}
