//! Pages of this feature: `/acces`, `/historique`, `/notifications`.

mod authorise;
mod block;
mod code;
mod contest;
mod devices;
mod export;
mod grants;
mod history;
mod history_query;
mod matrix;
mod never_met;
mod notice_choices;
mod notices;
mod proof;
mod words;

use axum::{
    Router,
    http::StatusCode,
    routing::{get, post},
};

use crate::{Anyone, App};

/// The routes of this feature.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/acces", get(grants::list))
        .route(
            "/acces/bloquer",
            get(never_met::ask).post(never_met::search),
        )
        .route("/acces/bloquer/choisir", post(never_met::choose))
        .route("/acces/code", get(code::page).post(code::post))
        .route("/acces/contester", post(contest::contest))
        .route(
            "/acces/contestations/{thread}",
            get(contest::thread).post(contest::say),
        )
        .route("/acces/matrice", get(matrix::page))
        .route(
            "/acces/autoriser",
            get(authorise::ask).post(authorise::post),
        )
        .route(
            "/acces/{grant}/retirer",
            get(grants::confirm_end).post(grants::end),
        )
        .route(
            "/acces/{grant}/bloquer",
            get(block::confirm).post(block::block),
        )
        .route(
            "/acces/blocages/{block}/lever",
            get(block::confirm_lift).post(block::lift),
        )
        .route("/historique", get(history::page))
        .route(
            "/historique/export",
            get(export::page).post(export::download),
        )
        .route("/historique/preuve", get(proof::page).post(proof::download))
        .route("/notifications", get(notices::page))
        .route("/notifications/lues", post(notices::read_all))
        .route("/notifications/marquer", post(notices::mark))
        .route("/notifications/effacer", post(notices::clear))
        .route("/notifications/veille.js", get(devices::worker))
        .route("/notifications/appareils", post(devices::add))
        .route("/notifications/appareils/retirer", post(devices::drop))
        .route(
            "/notifications/choix",
            get(notice_choices::page).post(notice_choices::choose),
        )
        .route("/rester", get(stay))
}

/// Keeps a session alive while its page is in use; shows nothing, leaves no line.
async fn stay(anyone: Anyone) -> StatusCode {
    if anyone.session.is_some() {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::UNAUTHORIZED
    }
}
