//! People and organizations in a header.

use crate::{Code, InstanceId, PointInTime};

/// The person whom a document is about (`recordTarget`), with the identity
/// traits as the CI-SIS header writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patient {
    /// The INS under its national root, local identifiers under others.
    pub ids: Vec<InstanceId>,
    /// Name on the birth certificate: `family` qualified `BR`, or the only one.
    pub birth_family: Option<String>,
    /// Name used in life: `family` qualified `CL`, or the older `SP`.
    pub used_family: Option<String>,
    /// First given name on the birth certificate: `given` qualified `BR`.
    pub birth_given: Option<String>,
    /// Given name used in life: `given` qualified `CL`.
    pub used_given: Option<String>,
    /// Given names on the birth certificate in order: `given` without
    /// qualifier, which may hold the whole list separated by spaces.
    pub given_names: Vec<String>,
    /// Date of birth.
    pub birth_date: Option<PointInTime>,
    /// Administrative sex: `M`, `F` or `U`.
    pub sex: Option<String>,
    /// INSEE code of the municipality (or country) of birth.
    pub birth_place_code: Option<String>,
    /// Name of the municipality of birth.
    pub birth_place: Option<String>,
}

impl Patient {
    /// The name people use: « Dominique PAT-TROIS ». Empty when there is none.
    pub fn name(&self) -> String {
        let given = self
            .used_given
            .as_ref()
            .or(self.birth_given.as_ref())
            .or(self.given_names.first());
        let family = self.used_family.as_ref().or(self.birth_family.as_ref());
        join([given, family])
    }
}

/// A name of a professional or another person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Civility: `M`, `MME`.
    pub prefix: Option<String>,
    /// Given names in order.
    pub given: Vec<String>,
    /// Family name; the whole name when it is not split.
    pub family: Option<String>,
    /// Title of practice: `DR`, `PR`.
    pub suffix: Option<String>,
}

impl PersonName {
    /// « DR Stéphane MEDIONI »: the title of practice, else the civility,
    /// then the name.
    pub fn full(&self) -> String {
        let title = self.suffix.as_ref().or(self.prefix.as_ref());
        join(
            std::iter::once(title)
                .chain(self.given.iter().map(Some))
                .chain([self.family.as_ref()]),
        )
    }
}

/// Someone, or a system, who took part: author, authenticator, performer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Participant {
    /// When they did.
    pub time: Option<PointInTime>,
    /// Identifiers; the RPPS number is under `1.2.250.1.71.4.2.1`.
    pub ids: Vec<InstanceId>,
    /// Name of the person.
    pub name: Option<PersonName>,
    /// Model or software, when the author is a system.
    pub device: Option<String>,
    /// Profession and specialty.
    pub specialty: Option<Code>,
    /// The organization they acted for.
    pub organization: Option<Organization>,
}

/// An organization: a practice, a hospital, a laboratory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Identifier; a FINESS number is under `1.2.250.1.71.4.2.2`.
    pub id: Option<InstanceId>,
    /// Name.
    pub name: Option<String>,
    /// Practice setting (`standardIndustryClassCode`).
    pub setting: Option<Code>,
}

fn join<'a>(words: impl IntoIterator<Item = Option<&'a String>>) -> String {
    let words: Vec<&str> = words
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
