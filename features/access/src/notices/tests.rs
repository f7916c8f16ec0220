//! Nothing that leaves says a word of health, on any channel.

use web::Texts;

use super::{NoticeKinds, words};
use crate::Channel;

/// Beginnings of words that say something of somebody's health, in French and English; `sang` and
/// such as whole words, so that « sans » is none.
const HEALTH: [&str; 40] = [
    "santé",
    "médic",
    "médec",
    "malad",
    "diagnos",
    "patient",
    "soin",
    "soign",
    "clini",
    "hôpital",
    "hospit",
    "labor",
    "analys",
    "résultat",
    "ordonn",
    "prescri",
    "vaccin",
    "allerg",
    "traite",
    "cancer",
    "diabèt",
    "grossess",
    "psych",
    "chirurg",
    "radio",
    "imagerie",
    "biolog",
    "pharma",
    "infirm",
    "urgentiste",
    "docteur",
    "symptôm",
    "health",
    "medic",
    "disease",
    "doctor",
    "hospital",
    "result",
    "treatment",
    "document",
];

#[test]
fn no_message_says_a_word_of_health() {
    let texts = Texts::load(&[&crate::TEXTS[..], &web::OWN_TEXTS[..]].concat()).expect("texts");
    let all = words::samples(&texts, &NoticeKinds::default());
    assert!(all.len() > 60, "{}", all.len());
    for message in all {
        let said = format!("{} {}", message.subject, message.body).to_lowercase();
        assert!(!said.contains('⟦'), "a text is missing: {said}");
        for word in said.split(|c: char| !c.is_alphabetic()) {
            let told = HEALTH.iter().find(|health| word.starts_with(*health));
            assert_eq!(told, None, "« {word} » in {said}");
        }
        // A device leads there by itself.
        let leads = message.channel == Channel::Push || said.contains("https://carnet.example");
        assert!(leads, "where to read it: {said}");
        if message.channel == Channel::Sms {
            assert!(
                message.body.chars().count() <= 160,
                "one SMS: {}",
                message.body
            );
            assert!(message.subject.is_empty());
        }
    }
}
