//! What every answer of every route says to browsers, errors included; and that no form is taken
//! that our own page did not make.

use axum::body::Body;
use http::{HeaderMap, Method, Request, header};
use testing::{Page, Visitor};

use super::{
    access_table::{Route, routes},
    bed::Bed,
};

/// Cookies that say how a page is shown, and nothing of who sees it.
const SHOWN: [&str; 2] = ["langue", "message"];

/// Somebody, and what stands for the parameters of a path.
struct Caller<'a> {
    name: &'static str,
    visitor: &'a Visitor,
    handle: &'a str,
    document: &'a str,
}

impl Caller<'_> {
    fn path(&self, route: &Route) -> String {
        let id = "0123456789abcdef0123456789abcdef";
        let given = [
            ("{handle}", self.handle),
            ("{id}", self.document),
            ("{moyen}", "email"),
            ("{number}", "1"),
            ("{version}", "1"),
            ("{look}", "x"),
            ("{*rest}", "Patient"),
        ];
        let path = given
            .iter()
            .fold(route.path.clone(), |path, (name, value)| {
                path.replace(name, value)
            });
        let parts = path
            .split('/')
            .map(|part| if part.starts_with('{') { id } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    async fn send(&self, request: Request<Body>) -> Page {
        self.visitor.send(request).await.expect("an answer")
    }
}

fn request(method: Method, path: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn told<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// What is wrong with an answer.
fn faults(page: &Page) -> Vec<String> {
    let headers = &page.headers;
    let mut faults = vec![];
    // What a SMART Health Link gives is encrypted, and made to be fetched from other sites.
    let health_link = page.path.starts_with("/partage/")
        && (page.path.ends_with("/manifeste") || page.path.contains("/fichier/"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "strict-transport-security",
            "max-age=63072000; includeSubDomains",
        ),
    ] {
        let fetched = health_link
            && (name, told(headers, name)) == ("cross-origin-resource-policy", "cross-origin");
        if told(headers, name) != value && !fetched {
            faults.push(format!("{name}: {}", told(headers, name)));
        }
    }
    if !told(headers, "permissions-policy").contains("geolocation=()") {
        faults.push("no permissions-policy".to_owned());
    }
    let policy = told(headers, "content-security-policy");
    // A document as it was deposited: it may style itself, and is sandboxed.
    let policy = policy.strip_prefix("sandbox; ").unwrap_or(policy);
    let closed = policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors ");
    let open = ["unsafe-eval", "script-src *", "http:", "data: https"];
    if !closed || open.iter().any(|word| policy.contains(word)) || script_runs(policy) {
        faults.push(format!("policy: {policy}"));
    }
    let cache = told(headers, "cache-control");
    if !cache.contains("no-store") && !page.path.starts_with("/assets/") {
        faults.push(format!("cache-control: {cache}"));
    }
    for cookie in headers.get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().unwrap_or_default();
        let name = cookie.split('=').next().unwrap_or_default();
        let mut wanted = vec!["; Path=/", "; HttpOnly", "; SameSite=Lax"];
        let shown = SHOWN.contains(&name);
        if !shown {
            wanted.push("; Secure");
        }
        let named = shown || name.starts_with("__Host-");
        if !named || wanted.iter().any(|part| !cookie.contains(part)) || cookie.contains("Domain") {
            faults.push(format!("cookie: {name} {cookie}"));
        }
    }
    faults
}

/// Whether a policy lets a script run that stands in the page.
fn script_runs(policy: &str) -> bool {
    let scripts = policy
        .split(';')
        .find(|part| part.trim().starts_with("script-src"));
    scripts.is_some_and(|part| part.contains("unsafe-inline"))
}

#[tokio::test]
async fn every_answer_of_every_route() {
    let bed = Bed::https().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    let handle = record.path.split('/').nth(3).unwrap_or_default();
    let document = camille.get("/documents").await.expect("a page");
    let document = document.links("/documents/");
    let document = document
        .iter()
        .filter_map(|link| link.split('/').nth(2))
        .find(|id| id.len() == 32)
        .expect("a document");
    let nobody = bed.visitor();
    let caller = |name, visitor| Caller {
        name,
        visitor,
        handle,
        document,
    };
    let callers = [
        caller("anyone", &nobody),
        caller("doctor", &doctor),
        caller("the person", &camille),
    ];
    let mut found = vec![];
    let mut statuses = std::collections::BTreeSet::new();
    // Signing out last, or what follows would be an unknown person's.
    let mut all: Vec<Route> = routes().into_iter().collect();
    all.sort_by_key(|route| (route.path == "/deconnexion", !route.shows()));
    for route in &all {
        for caller in &callers {
            let path = caller.path(route);
            let methods = match route.method {
                "GET" => vec![Method::GET, Method::HEAD, Method::PUT, Method::OPTIONS],
                other => vec![other.parse().expect("a method")],
            };
            for method in methods {
                let request = request(method.clone(), &path).body(Body::empty());
                let page = caller.send(request.expect("a request")).await;
                statuses.insert(page.status.as_u16());
                let faults = faults(&page);
                if !faults.is_empty() {
                    let (name, status) = (caller.name, page.status);
                    found.push(format!("{method} {path} as {name}: {status} {faults:?}"));
                }
            }
        }
    }
    for path in [
        "/nowhere",
        "/assets/x/y.css",
        "/langue/en",
        "/healthz",
        "/readyz",
        "/demo",
    ] {
        let page = callers[0]
            .send(request(Method::GET, path).body(Body::empty()).expect("one"))
            .await;
        statuses.insert(page.status.as_u16());
        found.extend(faults(&page).iter().map(|fault| format!("{path}: {fault}")));
    }
    let long = "a=".to_owned() + &"x".repeat(300_000);
    let page = callers[0]
        .send(
            request(Method::POST, "/connexion")
                .body(long.into())
                .expect("one"),
        )
        .await;
    assert_eq!(page.status, 413);
    found.extend(
        faults(&page)
            .iter()
            .map(|fault| format!("too long: {fault}")),
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
    for status in [200, 303, 401, 403, 404, 405] {
        assert!(
            statuses.contains(&status),
            "{status} was not among {statuses:?}"
        );
    }
}

#[tokio::test]
async fn no_form_is_taken_that_our_page_did_not_make() {
    let bed = Bed::https().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    let handle = record.path.split('/').nth(3).unwrap_or_default();
    let id = "0123456789abcdef0123456789abcdef";
    let posts = routes().into_iter().filter(|route| {
        let machine = route.path.starts_with("/fhir")
            || route.path.starts_with("/oauth")
            || route.path.ends_with("/manifeste");
        !route.shows() && !machine
    });
    let mut checked = 0;
    for route in posts {
        let visitor = if route.path == "/pro" || route.path.starts_with("/pro/") {
            &doctor
        } else {
            &camille
        };
        let caller = Caller {
            name: "",
            visitor,
            handle,
            document: id,
        };
        let path = caller.path(&route);
        // From another site: refused before anything is read.
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ] {
            let request = Request::post(&path)
                .header(name, value)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("csrf=x"));
            let page = caller.send(request.expect("a request")).await;
            assert_eq!(page.status, 403, "{path} with {name}");
        }
        // From our site, with no token, another's, or the one of before.
        for body in [
            "",
            "csrf=",
            "csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            let page = caller
                .send(request(Method::POST, &path).body(body.into()).expect("one"))
                .await;
            let refused = match route.path.as_str() {
                // A form with files that is none.
                "/documents/ajouter"
                | "/documents/directives/ajouter"
                | "/documents/recus"
                | "/parametres/rapporter" => page.status == 400,
                form if form.ends_with("/deposer") => page.status == 400,
                // No share is open in this browser.
                "/partage/note" => page.status == 404,
                // Nothing under way in this browser.
                _ => page.status == 403,
            };
            assert!(refused, "{path} with « {body} »: {}", page.status);
        }
        checked += 1;
    }
    assert!(checked > 25, "{checked} forms");
    // Still signed in: no refused form had an effect.
    assert_eq!(
        camille.get("/accueil").await.expect("a page").path,
        "/accueil"
    );
}
