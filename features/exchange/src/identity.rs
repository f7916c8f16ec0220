//! Is it the same person? The number finds the record, the traits confirm it.
//!
//! Whatever does not lead to a record that receives documents is answered in one
//! and the same way: a number nobody has, a person who opposed the opening, a
//! closed space, traits that differ. Otherwise the answers would tell strangers
//! who has a space, and trait by trait who they are.

use access::{Act, App, Purpose, Refused, Viewer};
use fhir::{DocumentReference, Issue, Patient, Problem, pdsm::Incoming};
use ins::{BirthDate, MatriculeError, Sex, Traits};
use serde_json::Value;
use vault::RecordId;

use crate::outcome::Outcome;

/// The person of a deposit, as its sender knows them.
#[derive(Clone)]
pub(crate) struct Claimed {
    /// National number as sent: 15 characters, the key not always right.
    pub number: String,
    /// Traits, from each place of the deposit that states them.
    pub traits: Vec<Traits>,
}

/// The one answer when the identity is not confirmed.
pub(crate) fn unconfirmed() -> Problem {
    Problem::error(
        Issue::BusinessRule,
        "DocumentReference.subject",
        "L’identité de la personne n’est pas confirmée\u{a0}: rien n’est conservé. \
         Vérifiez le matricule INS et les traits d’identité, puis renvoyez le dépôt.",
    )
}

impl Claimed {
    /// The person of the metadata of a document at `place`.
    ///
    /// # Errors
    /// When the request itself says too little, or contradicts itself.
    pub fn of(
        document: &Incoming,
        place: &str,
        warnings: &mut Vec<Problem>,
    ) -> Result<Self, Problem> {
        let subject = document.subject.as_ref().filter(|subject| subject.is_ins());
        let subject = subject.ok_or_else(|| {
            Problem::error(
                Issue::Required,
                format!("{place}.subject"),
                "La personne doit être désignée par son matricule INS.",
            )
        })?;
        match subject.matricule() {
            Ok(_) => {}
            // Official examples and some software get the key wrong; the traits decide.
            Err(MatriculeError::Key) => warnings.push(Problem::warning(
                Issue::Value,
                format!("{place}.subject"),
                "La clé du matricule INS ne correspond pas au numéro.",
            )),
            Err(_) => return Err(unconfirmed()),
        }
        let source = document.source_patient.as_ref();
        let mut national = source
            .into_iter()
            .flat_map(|source| &source.identifiers)
            .filter(|identifier| identifier.is_ins())
            .peekable();
        if national.peek().is_some() && !national.any(|other| other.value == subject.value) {
            return Err(unconfirmed());
        }
        let traits = source
            .and_then(|source| source.traits.clone())
            .or_else(|| contained_subject(&document.resource)?.traits())
            .ok_or_else(|| {
                Problem::error(
                    Issue::Required,
                    format!("{place}.context.sourcePatientInfo"),
                    "Les traits d’identité sont absents ou incomplets\u{a0}: nom de naissance, prénoms, date de naissance et sexe.",
                )
            })?;
        Ok(Self {
            number: subject.value.clone(),
            traits: vec![traits],
        })
    }

    /// Adds what the header of a CDA document says.
    ///
    /// # Errors
    /// When it names another person, several, or says too little to compare.
    pub fn add_cda(&mut self, header: &cda::Header, place: &str) -> Result<(), Problem> {
        let too_little = || {
            Problem::error(
                Issue::Required,
                place,
                "L’en-tête CDA doit porter le matricule INS et les traits d’identité de la personne.",
            )
        };
        let patient = header.patient().ok_or_else(too_little)?;
        let numbers: Vec<&str> = patient.ids.iter().filter_map(national).collect();
        if numbers.is_empty() {
            return Err(too_little());
        }
        if !numbers.contains(&self.number.as_str()) {
            return Err(unconfirmed());
        }
        self.traits
            .push(cda_traits(patient).ok_or_else(too_little)?);
        Ok(())
    }

    /// The person of several documents, when they say the same number.
    pub fn all(claims: &[Self]) -> Option<Self> {
        let mut all = claims.first()?.clone();
        for claim in claims.iter().skip(1) {
            let new = claim
                .traits
                .iter()
                .filter(|traits| !all.traits.contains(traits));
            let new: Vec<Traits> = new.cloned().collect();
            all.join(Self {
                number: claim.number.clone(),
                traits: new,
            })
            .ok()?;
        }
        Some(all)
    }

    /// Joins what another document of the deposit says.
    ///
    /// # Errors
    /// When it is about another person.
    pub fn join(&mut self, other: Self) -> Result<(), Problem> {
        if self.number != other.number {
            return Err(unconfirmed());
        }
        self.traits.extend(other.traits);
        Ok(())
    }
}

/// The record of the person, when the identity is confirmed and documents are received.
pub(crate) async fn confirm(app: &App, person: &Claimed) -> Result<RecordId, Outcome> {
    let insured = app.store.insured(&person.number, "").await?;
    let record = insured
        .and_then(|insured| insured.record)
        .ok_or_else(unconfirmed)?;
    let viewer = Viewer::system(Purpose::Deposit, app.now());
    let clearance = app.gate.enter(&viewer, record, Act::ReadSettings).await;
    let clearance = clearance.map_err(not_received)?;
    let ours = clearance.policy().identity().and_then(|p| p.traits());
    let same = |ours: &Traits| {
        let mut all = person.traits.iter();
        all.all(|theirs| ins::compare(ours, theirs).is_yes())
    };
    if ours.as_ref().is_some_and(same) {
        Ok(record)
    } else {
        Err(unconfirmed().into())
    }
}

/// A record that does not let a deposit in is answered like one that does not exist.
pub(crate) fn not_received(refused: Refused) -> Outcome {
    match refused {
        Refused::Failed(error) => error.into(),
        Refused::No(_) | Refused::NotFound | Refused::Taken => unconfirmed().into(),
    }
}

/// The `Patient` inside the resource that its `subject` refers to.
fn contained_subject(resource: &Value) -> Option<Patient<'_>> {
    let id = DocumentReference::of(resource)?
        .subject()?
        .address()?
        .strip_prefix('#')?;
    let contained = resource.get("contained")?.as_array()?;
    let named = contained
        .iter()
        .find(|inside| inside.get("id").and_then(Value::as_str) == Some(id))?;
    Patient::of(named)
}

/// The value of an identifier of the national identity.
fn national(id: &cda::InstanceId) -> Option<&str> {
    let value = id.extension.as_deref()?.trim();
    let identifier = ins::Identifier {
        oid: id.root.clone(),
        value: String::new(),
    };
    identifier.is_ins().then_some(value)
}

fn cda_traits(patient: &cda::Patient) -> Option<Traits> {
    let born = patient.birth_date.as_ref()?.date_time()?;
    let birth_date: BirthDate = born.split('T').next()?.parse().ok()?;
    Some(Traits {
        birth_family_name: patient.birth_family.clone()?,
        birth_given_names: patient.given_names.clone(),
        first_given_name: patient.birth_given.clone(),
        birth_date,
        sex: match patient.sex.as_deref()? {
            "M" => Sex::Male,
            "F" => Sex::Female,
            "U" | "UN" => Sex::Unknown,
            _ => return None,
        },
        birth_place: patient.birth_place_code.clone(),
    })
}
