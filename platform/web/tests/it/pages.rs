use std::sync::Arc;

use ambient::{SeededRandom, SystemClock};
use axum::{
    Router,
    body::Body,
    routing::{get, post},
};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::{Csrf, Fields, OWN_TEXTS, Problem, Site, Texts, gallery};

fn site(origin: &str) -> Arc<Site> {
    Arc::new(Site {
        texts: Arc::new(Texts::load(&OWN_TEXTS).unwrap()),
        clock: Arc::new(SystemClock),
        random: Arc::new(SeededRandom::new(1)),
        origin: origin.to_owned(),
        form_origins: vec!["https://idp.example".to_owned()],
        demo: false,
    })
}

fn app() -> Router {
    let site = site("https://carnet.example");
    let routes = Router::new()
        .route(
            "/post",
            post(async |fields: Fields| fields.check(&Csrf::of(b"session"))),
        )
        .route(
            "/bug",
            get(async || -> Result<(), Problem> { Err(std::io::Error::other("the cause").into()) }),
        )
        .route("/panic", get(async || -> () { panic!("a defect") }))
        .route(
            "/wait",
            get(async || Problem::TooMany(std::time::Duration::from_secs(90))),
        )
        .merge(gallery::routes(&site));
    site.pages(routes)
}

async fn answer(request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = app().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (
        parts.status,
        parts.headers,
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

async fn get_page(path: &str) -> (StatusCode, HeaderMap, String) {
    answer(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn post_form(site: &str, token: &str) -> StatusCode {
    let request = Request::post("/post")
        .header("sec-fetch-site", site)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("csrf={token}")));
    answer(request.unwrap()).await.0
}

#[tokio::test]
async fn every_page_carries_the_security_headers() {
    for path in ["/demo/galerie", "/demo/galerie/pro", "/nulle-part", "/bug"] {
        let (_, headers, page) = get_page(path).await;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}"
        );
        assert!(
            policy.ends_with("form-action 'self' https://idp.example"),
            "{path}"
        );
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert!(headers.contains_key("strict-transport-security"), "{path}");
        // What the policy would refuse anyway must not be written.
        for inline in ["style=", "<style", "onclick", "javascript:", "http://"] {
            assert!(!page.contains(inline), "{path} holds {inline}");
        }
        assert!(!page.contains('⟦'), "{path} lacks a text or an icon");
    }
}

#[tokio::test]
async fn a_form_needs_our_page_and_the_session_s_token() {
    let token = Csrf::of(b"session").token().to_owned();
    assert_eq!(post_form("same-origin", &token).await, StatusCode::OK);
    assert_eq!(post_form("cross-site", &token).await, StatusCode::FORBIDDEN);
    assert_eq!(
        post_form("same-origin", Csrf::of(b"other").token()).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(post_form("same-origin", "").await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_message_is_taken_away_by_the_page_that_shows_it() {
    let visit = async |path: &str| {
        let request = Request::get(path).header("cookie", "message=success.form-cancel");
        answer(request.body(Body::empty()).unwrap()).await.1
    };
    assert_eq!(
        visit("/demo/galerie").await["set-cookie"],
        "message=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
    );
    assert!(
        !visit(&web::asset_url("carnet.css"))
            .await
            .contains_key("set-cookie")
    );
    assert!(!visit("/nulle-part").await.contains_key("set-cookie"));
    assert!(!get_page("/demo/galerie").await.1.contains_key("set-cookie"));
}

/// The words of the page's main part, without tags.
fn words(page: &str) -> String {
    let main = page
        .split("<main")
        .nth(1)
        .and_then(|rest| rest.split("</main>").next());
    let after_tags = main
        .unwrap_or_default()
        .split('<')
        .filter_map(|piece| piece.split('>').nth(1));
    after_tags
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" | ")
        .replace('\u{a0}', " ")
}

#[tokio::test]
async fn problems_are_told_in_plain_words_and_never_their_cause() {
    let (status, _, page) = get_page("/bug").await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!page.contains("the cause"));
    insta::assert_snapshot!(words(&page), @"Un problème est survenu | C’est de notre fait, et l’équipe en est informée. Réessayez dans quelques minutes. | Si le problème persiste, indiquez ce numéro à l’assistance : | EVSCLPSK3G | Retour à l’accueil | Consulter l’aide");

    let (status, _, page) = get_page("/nulle-part").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    insta::assert_snapshot!(words(&page), @"Page introuvable | Cette page n’existe pas, ou vous n’y avez pas accès. Vérifiez l’adresse, ou repartez de l’accueil. | Retour à l’accueil | Consulter l’aide");

    let (status, headers, page) = get_page("/wait").await;
    assert_eq!(
        (status, &headers["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &http::HeaderValue::from(90))
    );
    insta::assert_snapshot!(words(&page), @"Trop de tentatives | Pour votre sécurité, patientez 2 minutes avant de réessayer. | Retour à l’accueil | Consulter l’aide");

    assert_eq!(
        get_page("/panic").await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
}

#[tokio::test]
async fn a_form_that_is_too_long_is_refused() {
    let request = Request::post("/post")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("a={}", "x".repeat(300_000))));
    assert_eq!(
        answer(request.unwrap()).await.0,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_their_own_address_only() {
    let (status, headers, _) = get_page(&web::asset_url("carnet.css")).await;
    assert_eq!(
        (status, &headers["content-type"]),
        (
            StatusCode::OK,
            &http::HeaderValue::from_static("text/css; charset=utf-8")
        )
    );
    assert!(
        headers["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let (status, headers, _) = get_page("/assets/older/carnet.css").await;
    assert_eq!(
        (status, &headers["cache-control"]),
        (StatusCode::OK, &http::HeaderValue::from_static("no-cache"))
    );
    assert_eq!(
        get_page("/assets/x/secret.txt").await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_language_is_chosen_and_leads_back_to_our_pages_only() {
    let (status, headers, _) = get_page("/langue/en?retour=/demo/galerie").await;
    assert_eq!(
        (status, &headers["location"]),
        (
            StatusCode::SEE_OTHER,
            &http::HeaderValue::from_static("/demo/galerie")
        )
    );
    assert!(
        headers["set-cookie"]
            .to_str()
            .unwrap()
            .starts_with("langue=en;")
    );
    for elsewhere in [
        "https://evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "/a%0d%0ab",
    ] {
        let (_, headers, _) = get_page(&format!("/langue/en?retour={elsewhere}")).await;
        assert_eq!(headers["location"], "/", "{elsewhere}");
    }
    let english = Request::get("/nulle-part")
        .header("cookie", "langue=en")
        .body(Body::empty());
    let (_, _, page) = answer(english.unwrap()).await;
    assert!(page.contains(r#"<html lang="en">"#) && page.contains("Page not found"));
}
