//! What is known of a document, as a list of facts.

use access::Rules;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use web::{Audience, Shell, dates};

use crate::{Stored, Wishes, reading};

/// A fact: its name and what it is, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// « Date ».
    pub label: String,
    /// « 12 mars 2026 ».
    pub value: String,
}

/// The facts of a document, for the reader of the page around.
pub fn facts(stored: &Stored, rules: &Rules, now: Timestamp, shell: &Shell) -> Vec<Fact> {
    let own = &stored.own;
    let kind = rules.types.get(&own.type_code);
    let kind = kind.map_or_else(
        || shell.t("documents-type-unknown"),
        |kind| kind.label.clone(),
    );
    let day = dates::day(dates::today(own.date), shell.lang);
    let file = reading::description(&own.media_type, own.blob.size, shell.lang);
    let class = rules.types.class_of(&own.type_code, own.class.as_deref());
    let seen_by = match (own.flags.professionals, class) {
        (true, _) => "documents-visibility-hidden",
        (false, Some(_)) if !own.reach.is_everyone() => "documents-visibility-some",
        (false, None) => "documents-tag-unsorted",
        (false, Some(_)) => "documents-visibility-shown",
    };
    // Who brought a document is no author of it, as far as anyone knows.
    let author = if own.by_holder { "" } else { &own.author };
    let said = stored.resource["description"].as_str();
    let said = said.filter(|_| own.by_holder).unwrap_or("").to_owned();
    let state = own.wishes.and_then(|wishes| match wishes {
        Wishes {
            revoked: Some(at), ..
        } => Some(("directives-revoked-on", at)),
        Wishes { confirmed, .. } => Some(("directives-confirmed-on", confirmed?)),
    });
    let state = state.map_or_else(String::new, |(key, at)| {
        shell.t1(key, "day", dates::day(dates::today(at), shell.lang))
    });
    [
        ("directives-state", state),
        ("documents-fact-date", day),
        ("documents-fact-author", author.to_owned()),
        ("documents-fact-said", said),
        ("documents-fact-organization", own.organization.clone()),
        ("documents-fact-type", kind),
        ("documents-fact-added", added(stored, now, shell)),
        ("documents-fact-file", file),
        ("documents-fact-hash", hash(&own.hash)),
        ("documents-fact-visibility", shell.t(seen_by)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| Fact {
        label: shell.t(key),
        value,
    })
    .collect()
}

/// What tells that a downloaded file is the one that came: as tools write it, in groups that break.
fn hash(base64: &str) -> String {
    let bytes = BASE64_STANDARD.decode(base64).unwrap_or_default();
    let groups = bytes.chunks(4).map(|group| {
        let hex = group.iter().map(|byte| format!("{byte:02x}"));
        hex.collect::<String>()
    });
    groups.collect::<Vec<_>>().join(" ")
}

/// « hier à 9 h 30, par vous ».
fn added(stored: &Stored, now: Timestamp, shell: &Shell) -> String {
    let own = &stored.own;
    let when = dates::moment(own.received, now, shell.lang);
    let by = match (own.by_holder, shell.audience, &own.organization) {
        (true, Audience::Professional, _) => shell.t("documents-by-person"),
        (true, ..) => shell.t("documents-by-you"),
        (false, _, place) if !place.is_empty() => place.clone(),
        (false, ..) => own.author.clone(),
    };
    if by.is_empty() {
        return when;
    }
    shell.t2("documents-added-by", "when", when, "by", by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn facts_are_in_words_and_never_empty() {
        let mut own = samples::own("Bilan");
        own.by_holder = true;
        own.organization.clear();
        let stored = |own| Stored::new(serde_json::json!({}), own);
        let all = facts(
            &stored(own.clone()),
            &samples::rules(),
            samples::now(),
            &samples::shell("/documents"),
        );
        let labels: Vec<_> = all.iter().map(|fact| fact.label.as_str()).collect();
        let expected = [
            "Date du document",
            "Type",
            "Ajouté",
            "Fichier",
            "Empreinte du fichier (SHA-1)",
            "Visibilité",
        ];
        assert_eq!(labels, expected);
        let added = all[2].value.replace('\u{a0}', " ");
        assert_eq!(added, "13 mars 2026 à 7 h 12, par vous");
        assert_eq!(all[4].value, "da39a3ee 5e6b4b0d 3255bfef 95601890 afd80709");
        own.type_code = "X".into();
        let unknown = facts(
            &stored(own),
            &samples::rules(),
            samples::now(),
            &samples::shell("/documents"),
        );
        assert_eq!(unknown[1].value, "Type inconnu");
    }
}
