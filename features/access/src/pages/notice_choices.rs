//! « Choisir mes notifications »: of what one is told outside this space, when and how.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use vault::Volume;
use web::{Errors, Fields, Html, Lang, Problem, Shell};

use crate::{
    Act, Channel, Choice, Choices, NoticeKind, Person, Plan, Refused, When, kinds, notices,
    policy::draft,
};

/// This page.
const PATH: &str = "/notifications/choix";

#[derive(Debug, Template)]
#[template(path = "notice-choices.html")]
struct Page {
    shell: Shell,
    errors: Errors,
    rows: Vec<Row>,
    whens: Vec<web::Choice>,
    lead: String,
    /// In one's own space, where one's addresses are changed.
    at_home: bool,
    email: Reached,
    sms: Reached,
    devices: Vec<Shown>,
    /// The key that a browser subscribes with; empty where none is offered.
    push_key: String,
    /// As typed.
    device: String,
}

/// A device of who is looking.
#[derive(Debug)]
struct Shown {
    id: String,
    name: String,
    since: String,
}

/// What was typed, to be shown again.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub kinds: Option<Vec<Choice>>,
    pub device: String,
}

/// One kind, with what is chosen for it.
#[derive(Debug)]
struct Row {
    code: String,
    title: String,
    hint: String,
    security: bool,
    when_name: String,
    when: String,
    email_name: String,
    email: bool,
    sms_name: String,
    sms: bool,
    push_name: String,
    push: bool,
    error: String,
}

/// Whether and where a channel reaches who is looking.
#[derive(Debug)]
struct Reached {
    /// Messages can leave that way.
    open: bool,
    /// The address, so that its owner knows it; empty when there is none.
    to: String,
}

pub(super) async fn page(person: Person) -> Result<Response, Problem> {
    show(&person, Errors::new(), Typed::default()).await
}

pub(super) async fn choose(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let by = person.viewer.at_home().ok_or(Problem::Forbidden)?;
    let rules = person.app.gate.rules();
    let mut errors = Errors::new();
    let chosen = rules.notices.all().iter().map(|kind| {
        let chosen = read(kind, &fields);
        if chosen.when != When::Never && chosen.channels.is_empty() && !kind.security {
            let name = match person.shell.lang {
                Lang::Fr => &kind.fr,
                Lang::En => &kind.en,
            };
            let sentence = person.shell.t1("notices-choices-no-way", "kind", name);
            errors.add(&format!("email-{}", kind.code), sentence);
        }
        chosen
    });
    let kinds: Vec<Choice> = chosen.collect();
    if !errors.is_empty() {
        let typed = Typed {
            kinds: Some(kinds),
            ..Typed::default()
        };
        return show(&person, errors, typed).await;
    }
    let clearance = person.enter(Act::ChangeSettings).await?;
    let done = clearance.act(|scope| {
        let mut settings = scope.policy().settings.clone();
        let kinds = kinds.clone();
        settings.choose(Choices { by, kinds });
        let only = kinds::only::SETTINGS;
        let entry = draft(Volume::Policy, kinds::SETTINGS, only, &settings);
        Ok::<_, Refused>(Plan::new(()).writing(vec![scope.over(entry)]))
    });
    done.await?;
    let sentence = person.shell.t("notices-choices-kept");
    person.say(sentence).await?;
    Ok(Redirect::to(PATH).into_response())
}

/// What was posted of a kind; what is about security is told at once, whatever was.
fn read(kind: &NoticeKind, fields: &Fields) -> Choice {
    let ticked = [
        ("email", Channel::Email),
        ("sms", Channel::Sms),
        ("push", Channel::Push),
    ];
    let ticked = ticked.into_iter().filter(|(name, channel)| {
        let always = kind.security && kind.channels.contains(channel);
        always || fields.has(&format!("{name}-{}", kind.code))
    });
    let when = When::of(fields.get(&format!("quand-{}", kind.code)));
    Choice {
        kind: kind.code.clone(),
        when: match kind.security {
            true => When::Now,
            false => when.unwrap_or(kind.when),
        },
        channels: ticked.map(|(_, channel)| channel).collect(),
    }
}

pub(super) async fn show(
    person: &Person,
    errors: Errors,
    typed: Typed,
) -> Result<Response, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let by = person.viewer.at_home().ok_or(Problem::Forbidden)?;
    let (app, shell) = (&person.app, &person.shell);
    let own = notices::reached(app, by).await.map_err(Problem::Internal)?;
    let rules = app.gate.rules();
    let settings = &clearance.policy().settings;
    let rows = rules.notices.all().iter().map(|kind| {
        let again = typed
            .kinds
            .iter()
            .flatten()
            .find(|one| one.kind == kind.code);
        let (when, channels) = match again {
            Some(again) => (again.when, again.channels.clone()),
            None => settings.told(by, kind),
        };
        Row {
            error: errors.get(&format!("email-{}", kind.code)).to_owned(),
            ..Row::of(kind, when, &channels, shell.lang)
        }
    });
    let reached = |channel, to: Option<&String>| Reached {
        open: app.post.takes(channel),
        to: to.map_or_else(String::new, |to| crate::masked(channel, to)),
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let whens = When::ALL.map(|when| {
        let key = format!("notices-when-{}", when.code());
        web::Choice::new(when.code(), shell.t(&key))
    });
    let devices = own.devices.iter().map(|device| {
        let since = web::dates::local(device.since).date();
        Shown {
            id: device.id.to_string(),
            name: device.name.clone(),
            since: shell.t1("devices-since", "day", web::dates::day(since, shell.lang)),
        }
    });
    let page = Page {
        devices: devices.collect(),
        push_key: app.post.push_key().unwrap_or_default().to_owned(),
        device: typed.device.clone(),
        rows: rows.collect(),
        whens: whens.into(),
        at_home: person.record == by,
        lead: match person.record == by {
            true => shell.t("notices-choices-lead"),
            false => shell.t1("notices-choices-lead-of", "name", clearance.policy().name()),
        },
        email: reached(Channel::Email, own.email.as_ref()),
        sms: reached(Channel::Sms, own.phone.as_ref()),
        errors,
        shell: shell.clone().titled(shell.t("notices-choices-title")),
    };
    Ok((status, Html(page)).into_response())
}

impl Row {
    fn of(kind: &NoticeKind, when: When, channels: &[Channel], lang: Lang) -> Self {
        let (title, hint) = match lang {
            Lang::Fr => (&kind.fr, &kind.fr_hint),
            Lang::En => (&kind.en, &kind.en_hint),
        };
        Self {
            code: kind.code.clone(),
            title: lang.typeset(title.clone()),
            hint: lang.typeset(hint.clone()),
            security: kind.security,
            when_name: format!("quand-{}", kind.code),
            when: when.code().to_owned(),
            email_name: format!("email-{}", kind.code),
            email: channels.contains(&Channel::Email),
            sms_name: format!("sms-{}", kind.code),
            sms: channels.contains(&Channel::Sms),
            push_name: format!("push-{}", kind.code),
            push: channels.contains(&Channel::Push),
            error: String::new(),
        }
    }
}
