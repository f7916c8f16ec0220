//! `/demo`: who can be played. `/demo/messages`: what would have left. `/demo/galerie`: every component.
//! `/demo/images`: where a place that keeps images would show them.

use std::sync::Arc;

use access::{Anyone, App, Channel};
use askama::Template;
use axum::{
    Router,
    response::{IntoResponse, Redirect},
    routing::get,
};
use web::{Html, Shell, dates};

use super::{Outbox, Persona};

#[derive(Template)]
#[template(path = "demo.html")]
struct Personas {
    shell: Shell,
    personas: Vec<Persona>,
    /// Name, role, and the number that one types to confirm on a phone.
    professionals: Vec<(String, String, &'static str)>,
}

#[derive(Template)]
#[template(path = "demo-images.html")]
struct Images {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct Messages {
    shell: Shell,
    messages: Vec<Sent>,
}

struct Sent {
    when: String,
    to: String,
    subject: String,
    body: String,
    icon: &'static str,
}

pub(super) fn routes(app: &App, outbox: &Outbox, personas: &[Persona]) -> Router {
    let (outbox, personas) = (outbox.clone(), Arc::new(personas.to_vec()));
    Router::new()
        .route(
            "/demo",
            get(move |anyone: Anyone| {
                let personas = Vec::clone(&personas);
                async move { people(anyone, personas) }
            }),
        )
        .route(
            "/demo/messages",
            get(move |anyone: Anyone| async move { messages(anyone, &outbox) }),
        )
        .route("/demo/images", get(images))
        .route(
            "/demo/outbox",
            get(async || Redirect::permanent("/demo/messages")),
        )
        .with_state(Arc::clone(app))
        .merge(web::gallery::routes(&app.site))
}

fn people(anyone: Anyone, personas: Vec<Persona>) -> impl IntoResponse + use<> {
    let title = anyone.shell.t("demo-title");
    let staff = fiction::staff();
    let professionals = staff
        .all()
        .into_iter()
        .map(|one| (one.name(), one.role().to_owned(), one.rpps));
    Html(Personas {
        shell: anyone.shell.titled(title),
        personas,
        professionals: professionals.collect(),
    })
}

async fn images(anyone: Anyone) -> impl IntoResponse + use<> {
    let title = anyone.shell.t("demo-images");
    Html(Images {
        shell: anyone.shell.titled(title),
    })
}

fn messages(anyone: Anyone, outbox: &Outbox) -> impl IntoResponse + use<> {
    let now = anyone.app.now();
    let title = anyone.shell.t("demo-outbox");
    let shell = anyone.shell.titled(title);
    let sent = |(at, message): (jiff::Timestamp, access::Message)| Sent {
        when: dates::moment(at, now, shell.lang),
        to: match message.channel {
            Channel::Push => access::masked(message.channel, &message.to),
            _ => message.to.replace('\n', ", "),
        },
        subject: message.subject,
        body: message.body,
        icon: match message.channel {
            Channel::Email => "mail",
            Channel::Sms => "phone",
            Channel::Letter => "document",
            Channel::Push => "bell",
        },
    };
    let messages = outbox.messages().into_iter().map(sent).collect();
    Html(Messages { shell, messages })
}
