//! `/pro/patients/{handle}/depots`: what a professional deposited in a person's record, to correct,
//! replace or withdraw it. Theirs alone, by their own identity: also without a way in any more, and
//! when the person has blocked them.

use access::{Act, Plan, Professional, Refused, Scope, decide};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use documents::{Document, Documents, known};
use http::HeaderMap;
use vault::RecordId;
use web::{Fields, Html, Link, Problem, Shell, dates};

use crate::{
    handle,
    patient::{Patient, allowed, no_access},
    reported, situation,
};

#[derive(Template)]
#[template(path = "deposits.html")]
struct Page {
    shell: Shell,
    at_work: String,
    trail: [Link; 2],
    patient: Patient,
    record: String,
    /// They may add more: they have a way in.
    may_add: bool,
    lines: Vec<Line>,
}

/// A document of theirs.
struct Line {
    id: Id,
    title: String,
    kind: String,
    date: String,
    /// « Déposé le 12 juin 2026 ».
    received: String,
    /// Not yet shown to the person.
    waits: bool,
    /// Kept from who represents the person.
    secret: bool,
    hidden: bool,
    withdrawn: bool,
    replaced: bool,
    /// Something is reported of it, and waits for an answer.
    reported: bool,
}

impl Line {
    fn of(document: &Document, who: &Professional, reported: bool) -> Self {
        let (shell, rules) = (&who.shell, who.app.gate.rules());
        let kind = rules.types.get(&document.item.type_code);
        let received = dates::day(dates::today(document.received), shell.lang);
        let flags = document.item.flags;
        Self {
            id: document.id(),
            title: document.title.to_string(),
            kind: kind.map_or_else(String::new, |kind| kind.label.clone()),
            date: dates::short(dates::today(document.date)),
            received: shell.t1("practice-deposits-received", "day", received),
            waits: flags.patient,
            secret: flags.representatives,
            hidden: flags.professionals,
            withdrawn: document.item.withdrawn,
            replaced: document.replaced_by.is_some(),
            reported,
        }
    }
}

/// `GET /pro/patients/{handle}/depots`
pub(crate) async fn page(
    who: Professional,
    Path(word): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let Some(clearance) = allowed(who.enter(record, Act::ListOwn).await)? else {
        return Ok(no_access(who));
    };
    let reports = clearance.reports().await?;
    let look = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let rules = who.app.gate.rules();
        let add = decide(
            &who.viewer,
            scope.policy(),
            Act::Add,
            None,
            &rules,
            scope.now,
        );
        let mut own: Vec<&Document> = scope.things_to(Act::Withdraw).collect();
        // Who has nothing here, and no way in, learns nothing of who it is.
        if own.is_empty() && add.is_err() {
            return Err(Refused::NotFound);
        }
        // Newest first, of one instant too; and in that order however the record was opened.
        own.sort_by_key(|one| std::cmp::Reverse((one.received, one.date, one.id())));
        let told = known(own.iter().copied());
        let reports = reports.all();
        let waits = |document: &Document| {
            let mut about = reports.about(scope, document);
            about.any(|(_, one)| one.came.is_open())
        };
        let lines = own.iter().map(|one| Line::of(one, &who, waits(one)));
        let lines: Vec<Line> = lines.collect();
        let patient = Patient::of(scope.policy(), &who, scope.now);
        // Who keeps a minor's secret is not to be seen looking after it.
        let secret = own.iter().any(|one| one.item.flags.representatives);
        let plan = Plan::new((patient, add.is_ok(), lines)).counting(told);
        Ok(plan.secretly_if(secret))
    });
    let Some((patient, may_add, lines)) = allowed(look.await)? else {
        return Ok(no_access(who));
    };
    let record = format!("/pro/patients/{word}");
    let shell = who.shell.with_left_message(&headers);
    let title = shell.t("practice-deposits-title");
    let page = Page {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(&*record, shell.t("practice-summary-title")),
            Link::new("", &*title),
        ],
        patient,
        record,
        may_add,
        lines,
        shell: shell.titled(title),
    };
    Ok(Html(page).into_response())
}

/// A document of a professional's own, as its pages begin with it.
pub(crate) struct Own {
    pub patient: Patient,
    pub title: String,
    /// The day that stands there, as a form shows it.
    pub date: String,
    pub type_code: String,
    pub flags: access::Flags,
    /// It may be replaced: it is the version that holds, and they have a way in.
    pub replace: bool,
    /// They may open it: they have a way in.
    pub open: bool,
    /// The person may have secrets from who represents them.
    pub minor: bool,
    /// What is reported of it and waits for an answer.
    pub reported: Vec<reported::Line>,
}

impl Own {
    /// What stands there, as the form begins.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.push("titre", &*self.title);
        fields.push("date", &*self.date);
        fields.push("type", &*self.type_code);
        let mut tick = |name: &str, on: bool| {
            if on {
                fields.push(name, "oui");
            }
        };
        tick("masque", self.flags.professionals);
        tick("secret", self.flags.representatives);
        fields
    }
}

/// A document that they deposited and that is still there; 404 for any other.
pub(crate) async fn own(who: &Professional, record: RecordId, id: Id) -> Result<Own, Problem> {
    let clearance = theirs(who.enter(record, Act::ListOwn).await)?;
    let rules = who.app.gate.rules();
    let reports = clearance.reports().await?;
    let look = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let document = scope.thing_to(Act::Withdraw, id)?;
        if document.item.withdrawn {
            return Err(Refused::NotFound);
        }
        let (policy, now) = (scope.policy(), scope.now);
        let add = decide(&who.viewer, policy, Act::Add, None, &rules, now);
        let own = Own {
            patient: Patient::of(policy, who, now),
            title: document.title.to_string(),
            date: dates::today(document.date).to_string(),
            type_code: document.item.type_code.to_string(),
            flags: document.item.flags,
            replace: document.replaced_by.is_none() && add.is_ok(),
            open: scope.may(Act::Read, document),
            minor: policy.is_represented_minor(now),
            reported: {
                let all = reports.all();
                reported::Line::of(all.about(scope, document), &who.shell, now)
            },
        };
        Ok(Plan::new(own).about(id))
    });
    theirs(look.await)
}

/// What is not theirs is not there, whatever the reason.
pub(crate) fn theirs<T>(answer: Result<T, Refused>) -> Result<T, Problem> {
    allowed(answer)?.ok_or(Problem::NotFound)
}
