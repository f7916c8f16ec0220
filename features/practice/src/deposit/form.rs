//! What a professional says of what they deposit.

use access::{DocumentType, Flags, Policy, Professional, Release, Rules};
use documents::{is_written_at_work, read_date, title, type_choices};
use jiff::civil::Date;
use web::{Choice, Errors, Fields, Shell};

/// What the form says of its files.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub title: String,
    pub date: Option<Date>,
    /// `None` where each file says it itself.
    pub kind: Option<DocumentType>,
    pub flags: Flags,
    when: Shown,
}

/// When the person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    AtOnce,
    /// When the author has explained it.
    Announced,
    /// After the days that the table says for its type.
    Later,
}

impl Shown {
    const ALL: [(Self, &'static str); 3] = [
        (Self::AtOnce, "tout-de-suite"),
        (Self::Announced, "annonce"),
        (Self::Later, "delai"),
    ];

    fn of(code: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, known)| *known == code).map(|(one, _)| one)
    }
}

/// When a document is shown to the person, to choose from.
pub(crate) fn whens(shell: &Shell) -> Vec<Choice> {
    let choice = |(_, code): (Shown, &str)| {
        let key = format!("practice-deposit-when-{code}");
        Choice::new(code, shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
    };
    Shown::ALL.into_iter().map(choice).collect()
}

/// The first choice: nothing is kept from the person unless its author says so.
pub(crate) fn untouched() -> Fields {
    let mut fields = Fields::default();
    fields.push("moment", "tout-de-suite");
    fields
}

/// Whether a professional may deposit that type: one that they could read again, and none of those
/// that people bring themselves.
pub(crate) fn may_write(who: &Professional, rules: &Rules, kind: &DocumentType) -> bool {
    let profession = &who.situation.profession;
    is_written_at_work(kind)
        && rules
            .matrix
            .allows(profession, Some(&kind.class), &kind.code)
}

/// The types to choose from.
pub(crate) fn types(who: &Professional, rules: &Rules) -> Vec<Choice> {
    type_choices(&rules.types, |kind| may_write(who, rules, kind))
}

impl Form {
    /// Reads what was typed; `minor`: the person may have secrets from who represents them.
    pub fn read(
        fields: &Fields,
        who: &Professional,
        rules: &Rules,
        minor: bool,
        today: Date,
    ) -> Result<Self, Errors> {
        let shell = &who.shell;
        let mut errors = Errors::new();
        let mut wrong = |field: &str, key: &str| errors.add(field, shell.t(key));
        let kind = match fields.get("type") {
            "" => None,
            code => {
                let known = rules.types.get(code);
                let known = known.filter(|kind| may_write(who, rules, kind));
                if known.is_none() {
                    wrong("type", "practice-deposit-type-missing");
                }
                known.cloned()
            }
        };
        if let Err(bad) = title::check(fields.get("titre")) {
            wrong("titre", bad.key());
        }
        let date = match fields.get("date") {
            "" => None,
            typed => match read_date(typed) {
                Some(date) if date > today => {
                    wrong("date", "documents-date-future");
                    None
                }
                None => {
                    wrong("date", "documents-date-bad");
                    None
                }
                date => date,
            },
        };
        let when = Shown::of(fields.get("moment"));
        if when.is_none() {
            wrong("moment", "practice-deposit-when-missing");
        }
        let when = when.unwrap_or(Shown::AtOnce);
        let flags = Flags {
            professionals: fields.get("masque") == "oui",
            patient: when != Shown::AtOnce,
            representatives: minor && fields.get("secret") == "oui",
            unknown: false,
        };
        if flags.professionals && flags.patient {
            wrong("masque", "practice-deposit-nobody");
        }
        let form = Self {
            title: fields.get("titre").to_owned(),
            date,
            kind,
            flags,
            when,
        };
        if let Some(key) = form
            .kind
            .as_ref()
            .and_then(|kind| form.untimely(kind, rules))
        {
            errors.add("moment", shell.t(key));
        }
        match errors.is_empty() {
            true => Ok(form),
            false => Err(errors),
        }
    }

    /// Why a document of that type cannot be shown when its author wants it.
    pub fn untimely(&self, kind: &DocumentType, rules: &Rules) -> Option<&'static str> {
        match (self.when, rules.disclosure.of(&kind.code)) {
            (Shown::AtOnce, _)
            | (Shown::Announced, Release::AfterDays(_) | Release::AfterConsultation)
            | (Shown::Later, Release::AfterDays(_)) => None,
            (_, Release::AtOnce) => Some("practice-deposit-when-at-once"),
            (Shown::Later, Release::AfterConsultation) => Some("practice-deposit-when-no-delay"),
        }
    }
}

/// Whether the page offers to keep it from who represents the person.
pub(crate) fn has_secrets(policy: &Policy, now: jiff::Timestamp) -> bool {
    policy.is_represented_minor(now)
}
