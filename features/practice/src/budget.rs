//! How many people a professional may open for the first time, so that nobody, and no thief of an
//! account, goes through people one by one.
//!
//! Three things are looked at, and the most careful one counts: how many the account opened in an
//! hour; how many all accounts of its organisation did; what is unusual in how it does it
//! ([`access::watch`]). Up to a number nothing is asked; then a minute between two; then a card shown
//! a moment ago; beyond, even that does not help: the account is suspended and the operator told.
//! Consents that are declared and broken glass count; what a person proved with a code does not,
//! nor does the 15. Whom one goes to at all counts apart, by whatever right ([`crate::handle::go_to`]).

use access::{
    App, Policy, Professional, Refused, Situation, Viewer, Why,
    watch::{self, DAY, HOUR, Place, SPACING, Seen, Signal, Step, windows},
};
use jiff::SignedDuration;

/// Whose first openings are counted: a professional's, on our pages or with software of their own.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    app: &'a App,
    viewer: &'a Viewer,
    situation: &'a Situation,
}

impl<'a> Account<'a> {
    /// The account of a professional; nothing for anybody else.
    pub fn of(app: &'a App, viewer: &'a Viewer) -> Option<Self> {
        let situation = viewer.professional()?;
        Some(Self {
            app,
            viewer,
            situation,
        })
    }
}

impl<'a> From<&'a Professional> for Account<'a> {
    fn from(who: &'a Professional) -> Self {
        Self {
            app: &who.app,
            viewer: &who.viewer,
            situation: &who.situation,
        }
    }
}

/// Whether one more may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Budget {
    /// Yes.
    Within,
    /// In a minute.
    Slowed,
    /// Once the card was shown, and why.
    ShowCard(Vec<Signal>),
    /// No: the account is suspended.
    Suspended,
}

/// Whether it bears a minute more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haste {
    /// Somebody who can say that they agree.
    CanWait,
    /// Somebody in danger.
    CannotWait,
}

/// Counts one first opening, before it is made.
///
/// # Errors
/// When the store fails.
pub async fn spend<'a>(
    who: impl Into<Account<'a>>,
    policy: &Policy,
    haste: Haste,
) -> Result<Budget, Refused> {
    let who = who.into();
    let (app, limits) = (who.app, &who.app.limits);
    let (now, rules) = (app.now(), app.gate.rules());
    let shown = now.duration_since(who.viewer.authenticated.at);
    let fresh = shown <= rules.fresh_factor;
    let place = rules.watch.place(who.situation.sector.as_deref());
    let seen = Seen::of(policy, who.situation, now);

    let (of_place, crowd) = organisation(who, place).await?;
    let mut lately = app.gate.lately(who.situation, now).await?;
    lately.account.push(seen.clone());
    lately.place.push(seen.clone());
    let score = watch::score(&lately, place, &rules.watch);
    let step = of_place.max(score.step(&rules.watch));
    let signals: Vec<Signal> = crowd.into_iter().chain(score.signals.clone()).collect();

    if step == Step::Full {
        let why = match of_place {
            Step::Full => Why::Organisation,
            _ => Why::Unusual,
        };
        return suspend(who, why, signals).await;
    }
    if step == Step::Card && !fresh {
        return Ok(Budget::ShowCard(signals));
    }
    let an_hour = limits.first_openings_an_hour;
    if !app
        .counts("first opening", &who.situation.national_id, an_hour)
        .await?
        && !fresh
    {
        return Ok(Budget::ShowCard(vec![Signal::Hour { budget: an_hour }]));
    }
    if step >= Step::Slowed && haste == Haste::CanWait {
        let whom = who.situation.national_id.as_bytes();
        let store = &app.store;
        let waited = store.attempt("first opening slowed", whom, 1, SPACING, now);
        if !waited.await? {
            return Ok(Budget::Slowed);
        }
    }
    let most = limits.first_openings_at_most;
    if !app
        .counts("first opening at most", &who.situation.national_id, most)
        .await?
    {
        let signal = Signal::Hour { budget: most };
        return suspend(who, Why::FirstOpenings, vec![signal]).await;
    }
    if !take(who, place).await? {
        return suspend(who, Why::Organisation, signals).await;
    }
    app.gate.note_first(who.situation, &seen).await?;
    // Others may have been opened at once: one of them sees all.
    let lately = app.gate.lately(who.situation, now).await?;
    let score = watch::score(&lately, place, &rules.watch);
    match score.step(&rules.watch) {
        Step::Full => suspend(who, Why::Unusual, score.signals).await,
        _ => Ok(Budget::Within),
    }
}

/// Counts one search by traits, found or not, before it is made: as many as first openings, beside
/// them; whoever is then opened counts as one too.
///
/// # Errors
/// When the store fails.
pub(crate) async fn spend_on_traits(who: &Professional) -> Result<Budget, Refused> {
    let who = Account::from(who);
    let (app, limits) = (&who.app, &who.app.limits);
    let shown = app.now().duration_since(who.viewer.authenticated.at);
    let fresh = shown <= app.gate.rules().fresh_factor;
    let an_hour = limits.first_openings_an_hour;
    if !app
        .counts("search by traits", &who.situation.national_id, an_hour)
        .await?
        && !fresh
    {
        return Ok(Budget::ShowCard(vec![Signal::Hour { budget: an_hour }]));
    }
    let most = limits.first_openings_at_most;
    if !app
        .counts("search by traits at most", &who.situation.national_id, most)
        .await?
    {
        let signal = Signal::Hour { budget: most };
        return suspend(who, Why::FirstOpenings, vec![signal]).await;
    }
    Ok(Budget::Within)
}

async fn suspend(who: Account<'_>, why: Why, signals: Vec<Signal>) -> Result<Budget, Refused> {
    let gate = &who.app.gate;
    let why = (why, signals);
    let suspended = gate.suspend(who.situation, who.viewer.account, why, who.app.now());
    if suspended.await? {
        tracing::error!(
            "an account is suspended after unusual first openings: « carnet suspensions » says whose"
        );
    }
    Ok(Budget::Suspended)
}

/// What the organisation's accounts have left, and what says so when it is not all.
async fn organisation(who: Account<'_>, place: &Place) -> Result<(Step, Option<Signal>), Refused> {
    let (store, now) = (&who.app.store, who.app.now());
    let mut found = (Step::Free, None);
    for (what, length, budget) in budgets(place) {
        for whom in windows(organisation_of(who), now.as_second(), length) {
            let used = store.attempts(what, &whom, now).await?;
            let step = watch::step(used, budget);
            if step > found.0 {
                let signal = Signal::Organisation {
                    count: used,
                    budget,
                };
                found = (step, Some(signal));
            }
        }
    }
    Ok(found)
}

/// Takes one out of the organisation's budgets; `false` when another took the last one meanwhile.
async fn take(who: Account<'_>, place: &Place) -> Result<bool, Refused> {
    let (store, now) = (&who.app.store, who.app.now());
    let mut within = true;
    for (what, length, budget) in budgets(place) {
        for whom in windows(organisation_of(who), now.as_second(), length) {
            let window = SignedDuration::from_secs(length);
            let most = watch::most(budget);
            within &= store.attempt(what, &whom, most, window, now).await?;
        }
    }
    Ok(within)
}

fn budgets(place: &Place) -> [(&'static str, i64, u32); 2] {
    [
        ("organisation in an hour", HOUR, place.an_hour),
        ("organisation in a day", DAY, place.a_day),
    ]
}

/// Who works nowhere in particular is an organisation alone.
fn organisation_of(who: Account<'_>) -> &[u8] {
    let place = who.situation.facility_id.as_ref();
    place.unwrap_or(&who.situation.national_id).as_bytes()
}
