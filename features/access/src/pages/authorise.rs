//! Letting somebody of the directory in ahead of any visit: a professional, alone or with those who
//! work with them, an establishment; or naming one's treating doctor, or an administrator. What is
//! asked is posted: no address holds a name.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use vault::{Draft, store::Source};
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell};

use super::code::choices;
use crate::{
    Act, Lasting, Nothing, Person, Plan, Refused, Scope,
    directory::{self, Candidate},
    policy::{Grant, GrantKind, Grantee},
};

/// How many are shown; more are asked to say more.
const SHOWN: usize = 20;
/// A doctor (TRE_G15): who else may not be a treating doctor.
const DOCTOR: &str = "10";

#[derive(Debug, Template)]
#[template(path = "authorise.html")]
struct Search {
    shell: Shell,
    trail: [Link; 2],
    kinds: Vec<Choice>,
    kind: String,
    asked: String,
    searched: bool,
    more: bool,
    found: Vec<Found>,
}

#[derive(Debug)]
struct Found {
    who: Candidate,
    masked: String,
    blocked: bool,
}

#[derive(Debug, Template)]
#[template(path = "authorise-terms.html")]
struct Terms {
    shell: Shell,
    trail: [Link; 2],
    who: Candidate,
    kind: String,
    capacities: Vec<Choice>,
    capacity: String,
    places: Vec<Choice>,
    durations: Vec<Choice>,
    duration: String,
    fields: Fields,
    errors: Errors,
}

/// What the person gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capacity {
    Consent,
    TreatingDoctor,
    Administrator,
}

impl Capacity {
    const ALL: [Self; 3] = [Self::Consent, Self::TreatingDoctor, Self::Administrator];

    fn code(self) -> &'static str {
        match self {
            Self::Consent => "consulter",
            Self::TreatingDoctor => "medecin-traitant",
            Self::Administrator => "administrateur",
        }
    }

    fn suits(self, who: &Candidate, source: Source) -> bool {
        match self {
            Self::Consent => true,
            Self::TreatingDoctor => source == Source::Professionals && who.profession == DOCTOR,
            Self::Administrator => source == Source::Professionals,
        }
    }
}

pub(super) fn source(fields: &Fields) -> Source {
    match fields.get("genre") {
        "etablissement" => Source::Facilities,
        _ => Source::Professionals,
    }
}

pub(super) fn kind(source: Source) -> &'static str {
    match source {
        Source::Facilities => "etablissement",
        Source::Professionals => "professionnel",
    }
}

/// Whom one may look for, to choose from.
pub(super) fn kinds(shell: &Shell) -> Vec<Choice> {
    let all = [Source::Professionals, Source::Facilities];
    all.map(|one| Choice::new(kind(one), shell.t(&format!("authorise-{}", kind(one)))))
        .into()
}

pub(super) async fn ask(person: Person) -> Result<impl IntoResponse, Problem> {
    person.enter(Act::Authorise).await?;
    Ok(search_page(&person, Source::Professionals, "", None))
}

/// Searches, then asks for what, then does it: one address, to which a factor leads back.
pub(super) async fn post(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let clearance = person.enter(Act::Authorise).await?;
    let source = source(&fields);
    let number = fields.get("numero");
    let store = &person.app.store;
    if number.is_empty() {
        let asked: String = fields.get("qui").chars().take(100).collect();
        let lines = directory::search(store, source, &asked).await?;
        let found = directory::candidates(lines).into_iter().map(|who| Found {
            blocked: clearance.policy().blocks(&who.number),
            masked: who.masked(),
            who,
        });
        let found = found.collect();
        return Ok(search_page(&person, source, &asked, Some(found)).into_response());
    }
    let lines = store.listed(source, number).await?;
    let chosen = directory::candidates(lines).into_iter().next();
    let who = chosen.filter(|who| who.active).ok_or(Problem::NotFound)?;
    if clearance.policy().blocks(&who.number) {
        let sentence = person.shell.t("authorise-blocked");
        return Err(Problem::BadRequest(sentence));
    }
    if fields.get("confirme") != "oui" {
        return Ok(terms(&person, source, who, fields, Errors::new()));
    }
    let (wanted, errors) = read(&fields, &who, source, &person.shell);
    let Some(wanted) = wanted.filter(|_| errors.is_empty()) else {
        return Ok(terms(&person, source, who, fields, errors));
    };
    let most = person.app.limits.grants;
    if !clearance.policy().gives_more(most, person.app.now()) {
        let mut errors = Errors::new();
        let sentence = person.shell.t1("authorise-too-many", "count", most);
        errors.add("qualite", sentence);
        return Ok(terms(&person, source, who, fields, errors));
    }
    clearance
        .act::<_, Problem>(|scope| {
            let drafts = wanted.entries(scope, || person.app.gate.id())?;
            Ok(Plan::new(()).writing(drafts).noting(who.name.clone()))
        })
        .await?;
    let sentence = person.shell.t1("authorised", "name", who.name);
    person.say(sentence).await?;
    Ok(Redirect::to("/acces").into_response())
}

/// What the form says, once it is whole.
struct Wanted {
    capacity: Capacity,
    to: Grantee,
    name: String,
    lasting: Lasting,
    /// Place of the team, and its words.
    team: Option<(String, String)>,
}

fn read(
    fields: &Fields,
    who: &Candidate,
    source: Source,
    shell: &Shell,
) -> (Option<Wanted>, Errors) {
    let mut errors = Errors::new();
    let capacity = Capacity::ALL.into_iter().find(|one| {
        let code = match fields.get("qualite") {
            "" => "consulter",
            code => code,
        };
        one.code() == code && one.suits(who, source)
    });
    if capacity.is_none() {
        errors.add("qualite", shell.t("authorise-capacity-wrong"));
    }
    let lasting = match capacity {
        Some(Capacity::Consent) => Lasting::of(fields.get("duree")),
        _ => Some(Lasting::UntilWithdrawn),
    };
    if lasting.is_none() {
        errors.add("duree", shell.t("lasting-missing"));
    }
    let place = fields.get("lieu");
    let team = who
        .places
        .iter()
        .find(|(id, _)| !id.is_empty() && id == place);
    if team.is_none() && !place.is_empty() {
        errors.add("lieu", shell.t("authorise-place-wrong"));
    }
    let wanted = capacity.zip(lasting).map(|(capacity, lasting)| Wanted {
        capacity,
        to: match source {
            Source::Professionals => Grantee::Professional(who.number.clone()),
            Source::Facilities => Grantee::Facility(who.number.clone()),
        },
        name: who.name.clone(),
        lasting,
        team: team
            .filter(|_| capacity == Capacity::Consent && source == Source::Professionals)
            .cloned(),
    });
    (wanted, errors)
}

impl Wanted {
    /// The authorisation, and the end of those whose place it takes.
    fn entries(
        &self,
        scope: &Scope<'_, Nothing>,
        id: impl Fn() -> ambient::Id,
    ) -> Result<Vec<Draft>, Refused> {
        let until = self.lasting.until(scope.now);
        let given = |to, kind, name: &str| Grant::new(to, kind, name, scope.now, until);
        let kind = match self.capacity {
            Capacity::Consent => GrantKind::Proved,
            Capacity::TreatingDoctor => GrantKind::TreatingDoctor,
            Capacity::Administrator => GrantKind::Administrator,
        };
        let former = |grant: &Grant| {
            let same = grant.kind == kind && grant.in_force(scope.now);
            // There is one treating doctor; there may be several administrators.
            same && (kind == GrantKind::TreatingDoctor || grant.to == self.to)
        };
        let mut drafts = match self.capacity {
            Capacity::Consent => scope.end_consents(&self.to)?,
            _ => {
                let former = scope.policy().grants.iter().filter(|(_, one)| former(one));
                let ended = former.map(|(id, grant)| scope.end_grant(*id, grant));
                ended.collect::<Result<_, _>>()?
            }
        };
        let mut new = vec![given(self.to.clone(), kind, &self.name)];
        if let (Some((place, words)), Grantee::Professional(lead)) = (&self.team, &self.to) {
            let team = Grantee::Team {
                lead: lead.clone(),
                facility: place.clone(),
            };
            new.push(given(team, kind, &format!("{} ({words})", self.name)));
        }
        drafts.extend(scope.giving(new, id));
        Ok(drafts)
    }
}

fn trail(shell: &Shell) -> [Link; 2] {
    [
        Link::new("/acces", shell.t("grants-title")),
        Link::new("", shell.t("authorise-title")),
    ]
}

fn search_page(
    person: &Person,
    source: Source,
    asked: &str,
    found: Option<Vec<Found>>,
) -> Html<Search> {
    let shell = &person.shell;
    let searched = found.is_some();
    let mut found = found.unwrap_or_default();
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    Html(Search {
        trail: trail(shell),
        kinds: kinds(shell),
        kind: kind(source).to_owned(),
        asked: asked.to_owned(),
        searched,
        more,
        found,
        shell: shell.clone().titled(shell.t("authorise-title")),
    })
}

fn terms(
    person: &Person,
    source: Source,
    who: Candidate,
    fields: Fields,
    errors: Errors,
) -> Response {
    let shell = &person.shell;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let suits = |one: &Capacity| one.suits(&who, source);
    let capacities = Capacity::ALL.into_iter().filter(suits).map(|one| {
        let key = format!("authorise-{}", one.code());
        Choice::new(one.code(), shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
    });
    let places = who.places.iter().filter(|(id, _)| !id.is_empty());
    let or = |name: &str, default: &str| match fields.get(name) {
        "" => default.to_owned(),
        said => said.to_owned(),
    };
    let page = Terms {
        trail: trail(shell),
        capacities: capacities.collect(),
        capacity: or("qualite", Capacity::Consent.code()),
        places: match source {
            Source::Professionals => places.map(|(id, words)| Choice::new(id, words)).collect(),
            Source::Facilities => vec![],
        },
        durations: choices(shell),
        duration: or("duree", Lasting::ThreeMonths.code()),
        kind: kind(source).to_owned(),
        shell: shell
            .clone()
            .titled(shell.t1("authorise-whom", "name", who.name.as_str())),
        who,
        fields,
        errors,
    };
    (status, Html(page)).into_response()
}
