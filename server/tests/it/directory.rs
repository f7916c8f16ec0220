//! The public directory: taken in whole or not at all, found in spite of a slip, and used to
//! block somebody never met.

use std::io::Cursor;

use access::directory::{self, DirectoryReport, import};
use vault::store::Source;

use super::bed::Bed;

/// The demonstration's directory is larger than those of these tests.
const FEWER: bool = true;

const HEADER: &str = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|\
    Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|\
    Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|\
    Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|\
    Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|\
    Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|\
    Numéro FINESS établissement juridique|Identifiant technique de la structure|\
    Raison sociale site|Libellé commune (coord. structure)|";

fn line(rpps: &str, family: &str, given: &str, skill: &str, place: &str, town: &str) -> String {
    format!(
        "8|{rpps}|8{rpps}|DR|Docteur|M|Monsieur|{family}|{given}|10|Médecin|C|Civil|S|Spécialité|\
         SM00|{skill}|L|Libéral|||990000017||F990000017|{place}|{town}|"
    )
}

fn file(lines: &[String]) -> String {
    format!("{HEADER}\n{}\n", lines.join("\n"))
}

async fn take(bed: &Bed, text: &str) -> DirectoryReport {
    let name = vault::chain::hash(text.as_bytes());
    let reader = Cursor::new(text.as_bytes().to_vec());
    let taken = import(&bed.demo.app, &name, FEWER, reader, |_| {}).await;
    taken.expect("taken in")
}

async fn names(bed: &Bed, asked: &str) -> Vec<String> {
    let found = directory::search(&bed.demo.app.store, Source::Professionals, asked).await;
    let mut names: Vec<_> = found
        .expect("found")
        .into_iter()
        .map(|one| format!("{}{}", one.name, if one.active { "" } else { " †" }))
        .collect();
    names.dedup();
    names
}

fn people() -> Vec<String> {
    vec![
        line(
            "99800000011",
            "QUERCELIN",
            "Zoé",
            "Cardiologie",
            "Cabinet du Lac",
            "Valbrume",
        ),
        line(
            "99800000011",
            "QUERCELIN",
            "Zoé",
            "Cardiologie",
            "Hôpital",
            "Grimaux",
        ),
        line(
            "99800000029",
            "QUERCELIN",
            "Éloi",
            "Médecine générale",
            "Cabinet",
            "Grimaux",
        ),
        line(
            "99800000037",
            "D'ŒUVRETTE",
            "Noël",
            "Radiologie",
            "Imagerie",
            "Grimaux",
        ),
    ]
}

#[tokio::test]
async fn an_extraction_is_found_by_name_profession_and_place() {
    let bed = Bed::new().await;
    let mut lines = people();
    lines.insert(1, "n’importe quoi".to_owned());
    let report = take(&bed, &file(&lines)).await;
    assert_eq!((report.read, report.taken, report.refused), (5, 4, 1));
    assert_eq!(report.reasons[0].line, 3, "its number in the file");
    let both = [
        "Dr Zoé QUERCELIN".to_owned(),
        "Dr Éloi QUERCELIN".to_owned(),
    ];
    let mut all = names(&bed, "querc").await;
    all.sort();
    assert_eq!(all, both);
    for asked in [
        "quercelin zoe",
        "Cardio quercelin",
        "quercelin valbrume",
        "zoé grimaux",
        "querselin zoe",
        "quercelni valbrume",
        "quercelinn cardiologie",
        "Dr Zoé Quercelin",
        "docteur quercelin, cardiologie",
        "Mme Querselin Zoé",
    ] {
        assert_eq!(names(&bed, asked).await, both[..1], "{asked}");
    }
    assert_eq!(names(&bed, "oeuvrette").await, ["Dr Noël D'ŒUVRETTE"]);
    for nobody in ["quercelin radiologie", "", "%", "_", "' OR 1=1", "zzzzz"] {
        assert!(names(&bed, nobody).await.is_empty(), "{nobody}");
    }
}

#[tokio::test]
async fn a_new_extraction_takes_the_place_of_the_former_at_once() {
    let bed = Bed::new().await;
    take(&bed, &file(&people())).await;
    take(&bed, &file(&people())).await;
    assert_eq!(names(&bed, "quercelin eloi").await, ["Dr Éloi QUERCELIN"]);

    // One is gone, one is new: who is gone stays, as inactive.
    let mut next = people();
    next.remove(2);
    next.push(line(
        "99800000045",
        "QUERCELIN",
        "Ana",
        "Urgences",
        "Hôpital",
        "Grimaux",
    ));
    let next = file(&next);
    let name = vault::chain::hash(next.as_bytes());

    // An import that stops half-way shows nothing of itself, and goes on.
    let store = &bed.demo.app.store;
    let mut half = store
        .begin_directory(Source::Professionals, &name)
        .await
        .expect("begun");
    half.position = file(&people()[..2]).len() as u64;
    half.line = 3;
    store.put_directory(&half, &[]).await.expect("noted");
    assert!(names(&bed, "quercelin ana").await.is_empty());
    assert_eq!(names(&bed, "quercelin eloi").await, ["Dr Éloi QUERCELIN"]);
    let report = take(&bed, &next).await;
    assert_eq!((report.resumed, report.read), (3, 2));
    assert_eq!(names(&bed, "quercelin ana").await, ["Dr Ana QUERCELIN"]);
    assert_eq!(names(&bed, "quercelin eloi").await, ["Dr Éloi QUERCELIN †"]);

    // Back in the next one, they are active again; a file that holds nobody changes nothing.
    take(&bed, &file(&people())).await;
    assert_eq!(names(&bed, "quercelin eloi").await, ["Dr Éloi QUERCELIN"]);
    assert_eq!(names(&bed, "quercelin ana").await, ["Dr Ana QUERCELIN †"]);
    let empty = file(&[]);
    let reader = Cursor::new(empty.into_bytes());
    assert!(
        import(&bed.demo.app, &[0; 32], FEWER, reader, |_| {})
            .await
            .is_err()
    );
    assert_eq!(names(&bed, "quercelin eloi").await, ["Dr Éloi QUERCELIN"]);
}

#[tokio::test]
async fn facilities_are_read_in_latin_1() {
    let bed = Bed::new().await;
    take(&bed, &file(&people())).await;
    let text = "finess;etalab;94;2026-11-01\n\
        structureet;990000025;990000001;HOP;HÔPITAL DE GRIMAUX;;;12;AV;DU LAC;;;001;99;X;\
        99999 GRIMAUX;;;355;Centre hospitalier\n\
        geolocalisation;990000025;1;2;x;y\n";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let name = vault::chain::hash(&latin);
    let report = import(&bed.demo.app, &name, FEWER, Cursor::new(latin), |_| {}).await;
    assert_eq!(report.expect("taken in").taken, 1);
    let store = &bed.demo.app.store;
    let found = directory::search(store, Source::Facilities, "hopital grim").await;
    assert_eq!(found.expect("found")[0].name, "HÔPITAL DE GRIMAUX");
    let listed = directory::listed(store, "1990000025").await.expect("read");
    assert_eq!(listed[0].town, "GRIMAUX");
    assert_eq!(
        names(&bed, "quercelin zoe").await,
        ["Dr Zoé QUERCELIN"],
        "the others stay"
    );
}

#[tokio::test]
async fn who_practises_no_more_does_not_get_in() {
    let bed = Bed::new().await;
    let anne = fiction::staff().anne;
    let listed = line(
        anne.rpps,
        "MARTIN",
        "Anne",
        "Cardiologie",
        "Cabinet",
        "Valbrume",
    );
    take(&bed, &file(&[people(), vec![listed]].concat())).await;
    bed.professional("Martin").await;
    // Those whom the directory never knew get in too: it may be late.
    bed.professional("Nguyen").await;
    take(&bed, &file(&people())).await;
    let visitor = bed.visitor();
    visitor.get("/pro/connexion").await.expect("page");
    let page = visitor.post("/pro/connexion", &[]).await.expect("page");
    let action = page.attribute("action=\"", "\"").expect("a form");
    let page = visitor
        .post(&action, &[("identite", anne.rpps)])
        .await
        .expect("page");
    assert_eq!(page.status, 403);
    assert!(page.has("vous n’exercez plus"), "{}", page.words());
}

#[tokio::test]
async fn somebody_never_met_is_blocked() {
    let bed = Bed::new().await;
    let marc = line(
        "99700000041",
        "LEFÈVRE",
        "Marc",
        "Radiologie",
        "Imagerie",
        "Valbrume",
    );
    let martin = fiction::staff().anne;
    let anne = line(
        martin.rpps,
        "MARTIN",
        "Anne",
        "Médecine générale",
        "Cabinet",
        "Valbrume",
    );
    take(&bed, &file(&[marc, anne])).await;
    let camille = bed.sign_in("Camille").await;
    camille.get("/acces/bloquer").await.expect("page");
    let page = camille
        .post("/acces/bloquer", &[("qui", "Dr Martin, généraliste")])
        .await
        .expect("page");
    assert!(page.has("Anne MARTIN"), "{}", page.words());
    let page = camille
        .post("/acces/bloquer", &[("qui", "martin ane")])
        .await
        .expect("page");
    assert!(
        page.has("Anne MARTIN") && page.has("Valbrume"),
        "{}",
        page.words()
    );
    assert!(!page.words().contains(martin.rpps), "the number is masked");
    let number = martin.national_id();
    let chosen = [("numero", number.as_str()), ("confirme", "oui")];
    let asked = camille
        .post("/acces/bloquer/choisir", &chosen[..1])
        .await
        .expect("page");
    assert!(asked.has("Bloquer Dr Anne MARTIN"), "{}", asked.words());
    let done = camille
        .post("/acces/bloquer/choisir", &chosen)
        .await
        .expect("page");
    assert_eq!(done.path, "/acces", "{}", done.words());
    assert!(done.has("Anne MARTIN"), "{}", done.words());

    // The doctor finds nobody, as anybody who was never let in and is blocked.
    let doctor = bed.professional("Martin").await;
    let page = bed.find(&doctor, "Camille").await;
    let page = doctor
        .post(&page.path, &[("accord", "oui"), ("duree", "trois-mois")])
        .await
        .expect("page");
    assert!(!page.has("Bilan"), "{}", page.words());
    let access = camille.get("/acces").await.expect("page");
    assert!(!access.has("Accord déclaré"), "{}", access.words());

    // She is told that they tried.
    let notices = camille.get("/notifications?voir=non-lues").await;
    let notices = notices.expect("page");
    assert!(notices.has("Vous l’avez bloqué"), "{}", notices.words());
    let home = camille.get("/accueil").await.expect("page");
    assert!(!home.has("Rien de nouveau"), "{}", home.words());

    // Nobody that the directory does not know.
    camille.get("/acces/bloquer").await.expect("page");
    let unknown = [("numero", "899999999999"), ("confirme", "oui")];
    let page = camille
        .post("/acces/bloquer/choisir", &unknown)
        .await
        .expect("page");
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn an_extraction_cut_short_changes_nothing_unless_one_says_so() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let person = |n: u32| {
        let rpps = format!("9970000{n:04}");
        line(
            &rpps,
            &format!("DELTOUR{n}"),
            "Zoé",
            "Cardiologie",
            "Cabinet",
            "Grimaux",
        )
    };
    let of = |count: u32| file(&(0..count).map(person).collect::<Vec<_>>());
    take(&bed, &of(100)).await;
    let try_it = async |text: &str, fewer: bool| {
        let name = vault::chain::hash(text.as_bytes());
        let reader = Cursor::new(text.as_bytes().to_vec());
        import(app, &name, fewer, reader, |_| {}).await
    };
    // One fewer than a fifth is a year; a fifth is a file cut short.
    let cut = try_it(&of(80), false)
        .await
        .expect_err("cut short")
        .to_string();
    assert!(
        cut.contains("20 des 100") && cut.contains("--fewer"),
        "{cut}"
    );
    assert_eq!(names(&bed, "deltour99").await, ["Dr Zoé DELTOUR99"]);
    let report = try_it(&of(81), false).await.expect("taken in");
    assert_eq!((report.taken, report.lost), (81, 19));
    assert_eq!(names(&bed, "deltour99").await, ["Dr Zoé DELTOUR99 †"]);
    // Those who had left already do not count again, and who says so is believed: it goes on
    // where the file was read to.
    let half = of(30);
    assert!(try_it(&half, false).await.is_err());
    let report = try_it(&half, true).await.expect("taken in");
    assert_eq!((report.taken, report.lost), (0, 51), "{report:?}");
    assert!(report.resumed > 0);
    assert_eq!(names(&bed, "deltour29").await, ["Dr Zoé DELTOUR29"]);
    assert_eq!(names(&bed, "deltour30").await, ["Dr Zoé DELTOUR30 †"]);
}
