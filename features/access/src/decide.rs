//! The one decision: may this viewer do this, to this thing, now; and why.
//!
//! Always in the same order: state of the space, suspended actor, block (wins
//! over everything, emergencies too), way in, visibility flags, matrix. What is
//! unknown is no. The answer is stored in the journal, explained on screen and
//! returned by the API in the same words ([`Right`], [`Refusal`]).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Acting, Viewer,
    directives::DIRECTIVES,
    item::Item,
    policy::{GrantKind, Grantee, Policy, SpaceState},
    rules::DOCTOR,
    share,
    viewer::{Purpose, Situation},
};

pub use crate::{act::Act, rules::Rules};

/// By which right something is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// One's own space.
    Own,
    /// Legal representation.
    Representation,
    /// Consent that the professional declared.
    DeclaredConsent,
    /// Consent that the person gave with means of their own.
    ProvedConsent,
    /// Consent given to the facility where they work.
    Establishment,
    /// Consent given to a professional, for the team at work in the same place.
    CareTeam,
    /// Treating doctor.
    TreatingDoctor,
    /// Administrator named by the person.
    Administrator,
    /// Broken glass.
    BreakGlass,
    /// Emergency dispatch.
    Dispatch,
    /// The person shared it once.
    Share,
    /// One's own deposit.
    Author,
    /// Duty to feed the record (L.1111-15 CSP).
    Deposit,
    /// A professional looks for a person before asking for consent.
    Search,
    /// The installation's own work.
    System,
}

impl Right {
    /// The name of the sentence that says so to the person.
    pub fn sentence(self) -> String {
        let code = serde_json::to_value(self).unwrap_or_default();
        format!("right-{}", code.as_str().unwrap_or_default())
    }
}

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The space is not in a state that allows it.
    State,
    /// The actor is suspended.
    Suspended,
    /// The person blocked this professional.
    Blocked,
    /// Only an express consent of the person would do (L.1111-17 IV CSP).
    Explicit,
    /// The person opposed this kind of emergency.
    Opposed,
    /// No right leads here.
    NoWayIn,
    /// A visibility flag hides it.
    Hidden,
    /// The matrix says no, or does not know.
    Matrix,
    /// It no longer exists.
    Withdrawn,
    /// The code that was shown is another one.
    WrongCode,
    /// All else allows it, but a factor must be shown again first.
    Stale,
}

/// Yes, by which right; or no, and why.
pub type Decision = Result<Right, Refusal>;

/// Decides. `item` is `None` for acts that are about the record as a whole.
pub fn decide(
    viewer: &Viewer,
    policy: &Policy,
    act: Act,
    item: Option<&Item>,
    rules: &Rules,
    now: Timestamp,
) -> Decision {
    let too_late = act == Act::Reopen && policy.space.erasing;
    if too_late || !state_allows(policy.space.state, viewer, act) {
        return Err(Refusal::State);
    }
    if is_suspended(viewer, rules) {
        return Err(Refusal::Suspended);
    }
    match &viewer.acting {
        Acting::Holder(_) if !ACTS_OF_THE_PERSON.contains(&act) => Err(Refusal::NoWayIn),
        // They are a grown person's, and nobody writes them in somebody's place.
        Acting::Holder(_) if act == Act::WriteDirectives && !policy.is_of_age(now) => {
            Err(Refusal::NoWayIn)
        }
        Acting::Representative { .. } if act == Act::WriteDirectives => Err(Refusal::NoWayIn),
        Acting::Holder(_) => {
            person(act, item, false, rules)?;
            fresh(viewer, act, rules, now).map(|()| Right::Own)
        }
        Acting::Representative { own, .. } => {
            if !ACTS_OF_THE_PERSON.contains(&act) || !policy.represented_by(*own, now) {
                return Err(Refusal::NoWayIn);
            }
            person(act, item, true, rules)?;
            fresh(viewer, act, rules, now).map(|()| Right::Representation)
        }
        Acting::Professional(situation) => {
            let right = professional(situation, policy, act, item, rules, now)?;
            fresh(viewer, act, rules, now).map(|()| right)
        }
        Acting::Depositor(depositor) => match (act, item) {
            (Act::Add, None) => Ok(Right::Deposit),
            // Whether it is theirs is asked of each document.
            (Act::Withdraw | Act::Disclose | Act::AnswerReport, None) => Ok(Right::Author),
            (Act::Withdraw | Act::Disclose | Act::AnswerReport, Some(item))
                if item.depositor.as_deref() == Some(&depositor.client_id) =>
            {
                Ok(Right::Author)
            }
            _ => Err(Refusal::NoWayIn),
        },
        Acting::System(purpose) if purpose.allows(act) => Ok(Right::System),
        Acting::Bearer(bearer) => share::opens(bearer, policy, act, item, rules, now),
        Acting::System(_) | Acting::Caregiver(_) | Acting::Adviser | Acting::Service => {
            Err(Refusal::NoWayIn)
        }
    }
}

/// What each actor may do in each state of the space.
fn state_allows(state: SpaceState, viewer: &Viewer, act: Act) -> bool {
    use SpaceState::{Activated, Closed, Deceased, Notified, Opened, Opposed, Suspended};
    // Before a space opens its person may only refuse it; who represents them may open it.
    match (&viewer.acting, act) {
        (Acting::Holder(_) | Acting::Representative { .. }, Act::Oppose) => {
            return state == Notified;
        }
        (Acting::Representative { .. }, Act::OpenSpace) => {
            return matches!(state, Notified | Opposed);
        }
        (Acting::Holder(_), Act::OpenSpace) => return false,
        (_, Act::Announce) if state != Notified => return false,
        // Who closed a space comes back by activating it; a child's is theirs who represent it.
        (Acting::Representative { .. } | Acting::System(Purpose::Open), Act::Reopen) => {
            return state == Closed;
        }
        (_, Act::Reopen) => return false,
        _ => {}
    }
    match (&viewer.acting, state) {
        // What is somebody else's leaves a space whatever became of it.
        (Acting::System(Purpose::Audit | Purpose::Erase | Purpose::SetAside), _) => true,
        // Who activates a space takes an opposition back.
        (Acting::System(Purpose::Open), Notified | Opened | Opposed) => true,
        (Acting::System(_), Opened | Activated) => true,
        (Acting::Depositor(_), Opened | Activated) => true,
        // A person may still sign in to a suspended space, to read why and to object.
        (Acting::Holder(_) | Acting::Representative { .. }, Suspended) => {
            matches!(
                act,
                Act::SignIn | Act::SignOut | Act::ReadSettings | Act::ReadHistory
            )
        }
        (Acting::Holder(_), Activated) => true,
        // A child's space is activated by their representative.
        (Acting::Representative { .. }, Opened | Activated) => true,
        (Acting::Professional(_), Opened | Activated) => true,
        (Acting::Bearer(_), Opened | Activated) => true,
        (_, Notified | Opened | Activated | Closed | Opposed | Suspended | Deceased) => false,
    }
}

fn is_suspended(viewer: &Viewer, rules: &Rules) -> bool {
    let name = match &viewer.acting {
        Acting::Professional(situation) => &situation.national_id,
        Acting::Depositor(depositor) => &depositor.client_id,
        Acting::Bearer(bearer) => match &bearer.situation {
            Some(situation) => &situation.national_id,
            None => return false,
        },
        _ => return false,
    };
    rules.suspended.contains(name)
}

const ACTS_OF_THE_PERSON: &[Act] = &[
    Act::List,
    Act::Read,
    Act::ReadResults,
    Act::ReadMeasures,
    Act::AddMeasure,
    Act::CorrectMeasure,
    Act::DeleteMeasure,
    Act::Download,
    Act::Add,
    Act::Hide,
    Act::Show,
    Act::ChooseReaders,
    Act::HideAll,
    Act::ShowAll,
    Act::Arrange,
    Act::Describe,
    Act::Delete,
    Act::Disown,
    Act::Report,
    Act::AnswerReport,
    Act::WriteDirectives,
    Act::ReadHistory,
    Act::Prove,
    Act::ReadSettings,
    Act::ChangeSettings,
    Act::DropDevice,
    Act::ChangeContact,
    Act::Block,
    Act::Lift,
    Act::EndGrant,
    Act::Oppose,
    Act::OpenSpace,
    Act::Close,
    Act::Reopen,
    Act::GiveCode,
    Act::Authorise,
    Act::Share,
    Act::EndShare,
    Act::DropNote,
    Act::TakeAway,
    Act::Gather,
    Act::FetchArchive,
    Act::Contest,
    Act::SignIn,
    Act::SignOut,
];

/// Last of all, so that a question to show a factor again says nothing but « otherwise yes ».
fn fresh(viewer: &Viewer, act: Act, rules: &Rules, now: Timestamp) -> Result<(), Refusal> {
    let since = now.duration_since(viewer.authenticated.at);
    match act.needs_fresh_factor() && since > rules.fresh_factor {
        true => Err(Refusal::Stale),
        false => Ok(()),
    }
}

/// The flags that hold for the person, or for who represents them.
fn person(
    act: Act,
    item: Option<&Item>,
    representative: bool,
    rules: &Rules,
) -> Result<(), Refusal> {
    let Some(item) = item else { return Ok(()) };
    if item.flags.patient || item.flags.unknown || (representative && item.flags.representatives) {
        return Err(Refusal::Hidden);
    }
    if item.withdrawn {
        return Err(Refusal::Withdrawn);
    }
    let directives = &*item.type_code == DIRECTIVES;
    match act {
        // They are replaced or revoked, never described anew; who represents somebody may read them.
        Act::Describe if directives => Err(Refusal::NoWayIn),
        Act::Delete if directives && representative => Err(Refusal::NoWayIn),
        Act::WriteDirectives if !(directives && item.by_holder) => Err(Refusal::NoWayIn),
        // A person deletes only what they brought (product §3.3).
        Act::Delete if !item.by_holder => Err(Refusal::NoWayIn),
        // What they brought themself goes back to nobody.
        Act::Disown if item.by_holder => Err(Refusal::NoWayIn),
        // Somebody must be there to be told.
        Act::Report if item.by_holder || !item.has_depositor() => Err(Refusal::NoWayIn),
        Act::AnswerReport if item.by_holder => Err(Refusal::NoWayIn),
        // And says what a document is only where nobody else has, or they said it before.
        Act::Describe if !(item.by_holder || item.type_chosen || is_unknown(item, rules)) => {
            Err(Refusal::NoWayIn)
        }
        // Whoever shows the code may be anybody: what is not for all professionals is not for them.
        Act::Share if item.flags.professionals || !item.reach.is_everyone() => Err(Refusal::Hidden),
        Act::Share if is_unknown(item, rules) => Err(Refusal::Matrix),
        _ => Ok(()),
    }
}

/// Of a type that nobody here knows: professionals cannot read it yet.
fn is_unknown(item: &Item, rules: &Rules) -> bool {
    let class = item.class.as_deref();
    rules.types.class_of(&item.type_code, class).is_none()
}

fn professional(
    situation: &Situation,
    policy: &Policy,
    act: Act,
    item: Option<&Item>,
    rules: &Rules,
    now: Timestamp,
) -> Decision {
    let is_author = item.is_some_and(|item| {
        item.authors
            .iter()
            .any(|author| **author == *situation.national_id)
    });
    // Blocked or without a link, an author still corrects or withdraws what they deposited.
    if matches!(
        act,
        Act::ListOwn | Act::Withdraw | Act::Disclose | Act::AnswerReport
    ) {
        // Whether it is theirs is asked of each document.
        return if is_author || item.is_none() {
            Ok(Right::Author)
        } else {
            Err(Refusal::NoWayIn)
        };
    }
    if policy.shuts_out(situation) {
        return Err(Refusal::Blocked);
    }
    if act == Act::DeclareConsent && situation.is_occupational() {
        return Err(Refusal::Explicit);
    }
    if matches!(act, Act::FindPerson | Act::DeclareConsent) {
        return Ok(Right::Search);
    }
    if act == Act::KeepSecret {
        return keep_secret(situation, policy, rules, now);
    }
    if act == Act::ConsentForColleague {
        return passing_on(policy, &situation.national_id, now)
            .map(|(right, _)| right)
            .ok_or(Refusal::NoWayIn);
    }
    if act == Act::UseCode {
        // Who is of no known profession could open nothing with it.
        return match rules.matrix.profession(&situation.profession) {
            Some(_) => Ok(Right::ProvedConsent),
            None => Err(Refusal::Matrix),
        };
    }
    if matches!(act, Act::BreakGlass | Act::Dispatch) {
        return emergency(situation, policy, act, rules);
    }
    if act == Act::Block {
        // To block is theirs alone whom the person named for it; to lift is the person's.
        let ways = ways_in(situation, policy, rules, now);
        let named = ways.into_iter().find(|way| *way == Right::Administrator);
        return named.ok_or(Refusal::NoWayIn);
    }
    if !matches!(
        act,
        Act::List
            | Act::Read
            | Act::ReadResults
            | Act::ReadSummary
            | Act::Download
            | Act::Report
            | Act::Add
    ) {
        return Err(Refusal::NoWayIn);
    }
    let ways = ways_in(situation, policy, rules, now);
    let mut right = *ways.first().ok_or(Refusal::NoWayIn)?;
    let Some(item) = item else { return Ok(right) };
    if item.withdrawn {
        return Err(Refusal::Withdrawn);
    }
    if item.flags.unknown && !is_author {
        return Err(Refusal::Hidden);
    }
    let masked = item.flags.professionals || !item.reach.includes(situation);
    if masked && !is_author {
        // Who was excluded by name is not let in by a role.
        let by_role = !item.reach.excludes_by_name(situation);
        let lifts = |right: &Right| match right {
            Right::Administrator => by_role,
            Right::TreatingDoctor => by_role && rules.treating_doctor_reads_masked,
            Right::BreakGlass | Right::Dispatch => policy.settings.hidden_in_emergency,
            _ => false,
        };
        // Who has consent and breaks the glass sees by the emergency what consent does not show.
        right = ways.into_iter().find(lifts).ok_or(Refusal::Hidden)?;
    }
    if !rules.matrix.allows(
        &situation.profession,
        rules.types.class_of(&item.type_code, item.class.as_deref()),
        &item.type_code,
    ) {
        return Err(Refusal::Matrix);
    }
    // Their own they correct themselves; of what the person brought, or nobody is known to have
    // deposited, there is nobody to tell.
    if act == Act::Report && (is_author || item.by_holder || !item.has_depositor()) {
        return Err(Refusal::NoWayIn);
    }
    Ok(right)
}

/// Who may be told a minor's secret: whoever cares for them, of a profession that is known, and never
/// for somebody's employer.
fn keep_secret(situation: &Situation, policy: &Policy, rules: &Rules, now: Timestamp) -> Decision {
    if rules.matrix.profession(&situation.profession).is_none() {
        return Err(Refusal::Matrix);
    }
    if situation.is_occupational() {
        return Err(Refusal::Explicit);
    }
    let minor = policy.is_represented_minor(now);
    minor.then_some(Right::Search).ok_or(Refusal::NoWayIn)
}

/// Whether the person allows that emergency; a profession that is unknown opens nothing by it.
fn emergency(situation: &Situation, policy: &Policy, act: Act, rules: &Rules) -> Decision {
    let (allowed, right) = match act {
        Act::Dispatch => (policy.settings.dispatch, Right::Dispatch),
        _ => (policy.settings.break_glass, Right::BreakGlass),
    };
    if rules.matrix.profession(&situation.profession).is_none() {
        return Err(Refusal::Matrix);
    }
    if act == Act::Dispatch && !rules.regulates(situation) {
        return Err(Refusal::NoWayIn);
    }
    allowed.then_some(right).ok_or(Refusal::Opposed)
}

/// The rights in force, strongest first.
fn ways_in(situation: &Situation, policy: &Policy, rules: &Rules, now: Timestamp) -> Vec<Right> {
    let facility = situation.facility_id.as_deref();
    let grants = policy.grants_to(&situation.national_id, facility, now);
    let settings = &policy.settings;
    let mut rights: Vec<(u8, Right)> = grants
        .filter_map(|(_, grant)| {
            let named = matches!(grant.to, Grantee::Professional(_));
            if situation.is_occupational() && (!named || grant.kind == GrantKind::Declared) {
                return None;
            }
            match (&grant.to, grant.kind) {
                (Grantee::Professional(_), GrantKind::Proved) => Some((2, Right::ProvedConsent)),
                (Grantee::Professional(_), GrantKind::Declared) => {
                    Some((3, Right::DeclaredConsent))
                }
                (Grantee::Facility(_), kind) if kind.is_consent() => {
                    Some((4, Right::Establishment))
                }
                (Grantee::Team { .. }, kind) if kind.is_consent() => Some((5, Right::CareTeam)),
                // A capacity, or an emergency, is one professional's.
                _ if !named => None,
                (_, GrantKind::Administrator) => Some((0, Right::Administrator)),
                (_, GrantKind::TreatingDoctor) => {
                    (situation.profession == DOCTOR).then_some((1, Right::TreatingDoctor))
                }
                (_, GrantKind::BreakGlass) => {
                    settings.break_glass.then_some((6, Right::BreakGlass))
                }
                // Open for the call: not to the same doctor elsewhere.
                (_, GrantKind::Dispatch) => (settings.dispatch && rules.regulates(situation))
                    .then_some((7, Right::Dispatch)),
                (_, GrantKind::Proved | GrantKind::Declared) => None,
            }
        })
        .collect();
    rights.sort_by_key(|(rank, _)| *rank);
    rights.into_iter().map(|(_, right)| right).collect()
}

/// What lets a professional collect a colleague's consent, and until when it does: a consent or a
/// capacity of their own, that no colleague collected for them. So nobody is passed on twice, and
/// two colleagues do not keep each other in.
pub fn passing_on(
    policy: &Policy,
    national_id: &str,
    now: Timestamp,
) -> Option<(Right, Option<Timestamp>)> {
    // What a minor keeps secret is passed on to nobody.
    if policy.secret_until(national_id, now).is_some() {
        return None;
    }
    let grants = policy.grants_to(national_id, None, now);
    let rights = grants.filter(|(_, grant)| grant.via.is_none());
    let rights = rights.filter_map(|(_, grant)| {
        let right = match grant.kind {
            GrantKind::Administrator => Right::Administrator,
            GrantKind::TreatingDoctor => Right::TreatingDoctor,
            GrantKind::Proved => Right::ProvedConsent,
            GrantKind::Declared => Right::DeclaredConsent,
            GrantKind::BreakGlass | GrantKind::Dispatch => return None,
        };
        Some((right, grant.until))
    });
    rights.max_by_key(|(_, until)| until.unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
#[path = "decide_laws.rs"]
mod laws;

#[cfg(test)]
#[path = "decide_oracle.rs"]
mod oracle;

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "decide_directives_tests.rs"]
mod directives_tests;

#[cfg(test)]
#[path = "decide_reach_tests.rs"]
mod reach_tests;

#[cfg(test)]
#[path = "decide_block_tests.rs"]
mod block_tests;

#[cfg(test)]
#[path = "decide_report_tests.rs"]
mod report_tests;

#[cfg(test)]
#[path = "decide_emergency_tests.rs"]
mod emergency_tests;

#[cfg(test)]
#[path = "decide_states_tests.rs"]
mod states_tests;

#[cfg(test)]
#[path = "decide_random_tests.rs"]
mod random_tests;
