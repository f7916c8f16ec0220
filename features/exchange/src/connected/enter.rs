//! The way into a record for software, as on our pages: the same decision, and the same budgets.

use access::{Act, Clearance, Refused, Right, watch::Met};
use fhir::{Issue, Problem};
use http::StatusCode;
use practice::budget::{self, Account, Budget, Haste};
use vault::RecordId;

use super::Reader;
use crate::outcome::Outcome;

/// Asks for a factor to be shown again (RFC 9470).
const STEP_UP: &str =
    "Bearer realm=\"fhir\", error=\"insufficient_user_authentication\", max_age=300";

/// The right to do something; `None` where the answer is no, whatever the reason.
///
/// A record that the account never looked at, and that nobody opened to it by name (their facility's, a
/// colleague's team's), is a first opening: on our pages somebody goes through those one by one, and
/// software would in a minute.
pub(super) async fn enter<'r>(
    reader: &'r Reader,
    record: RecordId,
    act: Act,
) -> Result<Option<Clearance<'r>>, Outcome> {
    let gate = &reader.app.gate;
    let entered = gate.enter(&reader.viewer, record, act).await;
    let Some(clearance) = allowed(entered)? else {
        return Ok(None);
    };
    met(reader, record).await?;
    let unnamed = matches!(clearance.right(), Right::Establishment | Right::CareTeam);
    let looked = gate.has_opened(&reader.viewer, record).await;
    if unnamed && !allowed(looked)?.unwrap_or_default() {
        let account = Account::of(&reader.app, &reader.viewer);
        let account = account.ok_or_else(|| Outcome::from(Problem::not_found()))?;
        let spent = budget::spend(account, clearance.policy(), Haste::CanWait).await;
        within(allowed(spent)?.unwrap_or(Budget::Suspended))?;
    }
    Ok(Some(clearance))
}

/// Counts the person among those whom the account goes to, as our pages do ([`access::watch`]).
async fn met(reader: &Reader, record: RecordId) -> Result<(), Outcome> {
    if reader.has_met(record).await? {
        return Ok(());
    }
    let situation = reader.viewer.professional();
    let situation = situation.ok_or_else(|| Outcome::from(Problem::not_found()))?;
    let met = reader.app.meet(&reader.viewer, situation).await;
    match allowed(met)?.unwrap_or(Met::Suspended) {
        Met::Within => Ok(reader.meets(record).await?),
        Met::ShowCard(_) => Err(show_card("Beaucoup de personnes consultées en une heure")),
        Met::Suspended => Err(suspended("après des consultations inhabituelles")),
    }
}

fn within(budget: Budget) -> Result<(), Outcome> {
    match budget {
        Budget::Within => Ok(()),
        Budget::Slowed => {
            let told =
                "Trop de dossiers ouverts pour la première fois\u{a0}: un par minute à présent.";
            let problem = Problem::error(Issue::Throttled, "", told);
            Err(Outcome::new(StatusCode::TOO_MANY_REQUESTS, problem))
        }
        Budget::ShowCard(_) => Err(show_card(
            "Beaucoup de dossiers ouverts pour la première fois",
        )),
        Budget::Suspended => Err(suspended("après des ouvertures inhabituelles")),
    }
}

fn show_card(why: &str) -> Outcome {
    let told = format!(
        "{why}\u{a0}: le professionnel doit s’identifier de nouveau auprès de Pro Santé Connect, puis \
         échanger ce jeton."
    );
    Outcome::from(Problem::error(Issue::Login, "", told)).challenging(STEP_UP)
}

fn suspended(why: &str) -> Outcome {
    Problem::forbidden(format!("Ce compte est suspendu {why}.")).into()
}

/// Notes that the professional looked, where their list of patients has it.
pub(super) async fn looked(reader: &Reader, record: RecordId) -> Result<(), Outcome> {
    let (gate, now) = (&reader.app.gate, reader.app.now());
    allowed(gate.opened(&reader.viewer, record, now).await).map(drop)
}

/// What was answered; `None` where the answer is no.
pub(super) fn allowed<T>(answer: Result<T, Refused>) -> Result<Option<T>, Outcome> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(Refused::No(_) | Refused::NotFound) => Ok(None),
        Err(Refused::Taken) => Err(Outcome::busy()),
        Err(Refused::Failed(error)) => Err(error.into()),
    }
}
