//! Design §7's list of acts that take a factor shown a moment ago, each with its route: from a
//! session whose factor is six minutes old, each asks first, and does nothing.

use access::Act;
use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::Bed;

/// How a route asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// The page where a password, or a card, is shown again.
    Before,
    /// The same, of a file that is only fetched.
    OnGet,
    /// A password in the form itself, by the id of its field.
    InForm(&'static str),
}
use Asks::{Before, InForm, OnGet};

/// What is asked for, by which act, on which routes of a person.
///
/// A recall is in the list too: it is a depositor's, and two people sign it (`misfiled`).
const OF_A_PERSON: [(&str, Act, &str, Asks); 12] = [
    (
        "another e-mail",
        Act::ChangeContact,
        "/parametres/contact/email",
        InForm("mot-de-passe"),
    ),
    (
        "another mobile",
        Act::ChangeContact,
        "/parametres/contact/sms",
        InForm("mot-de-passe"),
    ),
    (
        "another password",
        Act::ChangeContact,
        "/parametres/mot-de-passe",
        InForm("actuel"),
    ),
    (
        "taking everything away",
        Act::TakeAway,
        "/parametres/emporter",
        Before,
    ),
    (
        "fetching the archive",
        Act::FetchArchive,
        "/parametres/emporter/carnet.zip",
        OnGet,
    ),
    ("closing", Act::Close, "/parametres/fermer", Before),
    (
        "showing all again",
        Act::ShowAll,
        "/documents/visibilite/tout-afficher",
        Before,
    ),
    (
        "a code for the counter",
        Act::GiveCode,
        "/acces/code",
        Before,
    ),
    (
        "a code to share documents",
        Act::Share,
        "/partages/nouveau",
        Before,
    ),
    (
        "letting somebody in",
        Act::Authorise,
        "/acces/autoriser",
        Before,
    ),
    (
        "the proof of one's history",
        Act::Prove,
        "/historique/preuve",
        Before,
    ),
    // Its address names the block: found on the page.
    ("lifting a block", Act::Lift, "/acces/blocages/", Before),
];

/// The same of a professional, below a patient's address.
const OF_A_PROFESSIONAL: [(&str, Act, &str); 1] =
    [("breaking the glass", Act::BreakGlass, "urgence")];

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

/// Every act that the journal has a word for.
fn acts() -> Vec<Act> {
    let (_, french) = access::TEXTS[0];
    let keys = french.lines().filter_map(|line| line.strip_prefix("act-"));
    let names = keys.filter_map(|line| line.split_once(" ="));
    let acts = names.filter_map(|(name, _)| {
        let name = serde_json::Value::from(name);
        serde_json::from_value(name).ok()
    });
    acts.collect()
}

#[test]
fn the_access_table_of_acts_that_need_a_fresh_factor_is_whole() {
    let acts = acts();
    assert!(acts.len() > 30, "{acts:?}");
    let named = |act: &Act| {
        OF_A_PERSON.iter().any(|row| row.1 == *act)
            || OF_A_PROFESSIONAL.iter().any(|row| row.1 == *act)
    };
    for act in &acts {
        assert_eq!(
            act.needs_fresh_factor(),
            named(act),
            "{act:?}: give it its route in this table"
        );
    }
}

#[tokio::test]
async fn each_act_of_a_person_asks_first() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    let camille = bed.sign_in("Camille").await;
    let access = get(&camille, "/acces").await;
    let grants = access.links("/acces/");
    let block = grants.iter().find(|link| link.ends_with("/bloquer"));
    let block = block.expect("a grant").clone();
    get(&camille, &block).await;
    let page = post(&camille, &block, &[]).await;
    let lift = page.links("/acces/blocages/")[0].clone();
    bed.advance(SignedDuration::from_mins(6));
    for (what, act, route, asks) in OF_A_PERSON {
        assert!(act.needs_fresh_factor(), "{what}");
        let route = if act == Act::Lift {
            lift.as_str()
        } else {
            route
        };
        // A page of ours, whose token the form will carry.
        let shown = get(&camille, route).await;
        match asks {
            Before => {
                assert_eq!(shown.path, "/verification", "{what}: {}", shown.words());
                get(&camille, "/parametres").await;
                let done = post(&camille, route, &[]).await;
                assert_eq!(done.path, "/verification", "{what}: {}", done.words());
            }
            OnGet => assert_eq!(shown.path, "/verification", "{what}: {}", shown.words()),
            InForm(field) => {
                assert_eq!(shown.path, route, "{what}");
                assert!(shown.has(&format!("id=\"{field}\"")), "{what}");
                let typed = [
                    (
                        "valeur",
                        if route.ends_with("sms") {
                            "0612345678"
                        } else {
                            "a@b.test"
                        },
                    ),
                    ("mot-de-passe", ""),
                    ("confirmation", ""),
                ];
                let done = post(&camille, route, &typed).await;
                assert!(
                    done.status == 422 && done.path == route,
                    "{what}: {}",
                    done.words()
                );
            }
        }
    }
    // Nothing was done.
    let page = get(&camille, "/acces").await;
    assert_eq!(page.links(&lift).len(), 1, "still blocked");
}

#[tokio::test]
async fn each_act_of_a_professional_asks_for_the_card_first() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    bed.advance(SignedDuration::from_mins(6));
    let found = bed.find(&doctor, "Camille").await;
    for (what, act, word) in OF_A_PROFESSIONAL {
        assert!(act.needs_fresh_factor(), "{what}");
        let route = found.path.replace("/acces", &format!("/{word}"));
        let shown = get(&doctor, &route).await;
        assert_eq!(shown.path, "/pro/verification", "{what}");
        let fields = [
            ("danger", "oui"),
            ("motif", "inconscience"),
            ("precision", "Trouvée inanimée devant la gare."),
        ];
        let done = post(&doctor, &route, &fields).await;
        assert_eq!(done.path, "/pro/verification", "{what}");
    }
}
