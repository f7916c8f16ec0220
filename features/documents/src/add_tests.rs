use access::Limits;

use super::*;
use crate::{Unfit, samples, uploads::sentence};

fn fields(pairs: &[(&str, &str)]) -> Fields {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Fields::new(pairs.iter().map(own).collect())
}

fn read(pairs: &[(&str, &str)]) -> Result<Form, Vec<Wrong>> {
    let today = dates::today(samples::now());
    Form::read(&fields(pairs), &samples::rules().types, today)
}

fn page(fields: Fields) -> AddPage {
    let shell = samples::shell("/documents/ajouter");
    let hint = uploads::hint(&Limits::default(), &shell);
    AddPage::new(shell, hint, &samples::rules().types, fields)
}

#[test]
fn dates_are_read_as_browsers_and_people_write_them() {
    let day = |typed| read_date(typed).map(|date| date.to_string());
    assert_eq!(day("2026-03-12").as_deref(), Some("2026-03-12"));
    assert_eq!(day("12/03/2026").as_deref(), Some("2026-03-12"));
    for bad in [
        "",
        "hier",
        "2026-02-30",
        "31/02/2026",
        "0012-03-12",
        "12/03/26",
    ] {
        assert_eq!(day(bad), None, "{bad}");
    }
}

#[test]
fn every_wrong_field_is_named() {
    let fine = [
        ("titre", "Hôpital d'Ivry : « sortie » 100 %"),
        ("date", "12/06/2026"),
        ("categorie", "BIOLOGIE"),
        ("visibilite", "masque"),
    ];
    let form = read(&fine)
        .map_err(|wrong| format!("{wrong:?}"))
        .expect("fine");
    assert!(form.hidden && form.category.is_some_and(|kind| kind.code == "DOCPAT05"));
    let wrong = [
        ("titre", "a\u{7}b"),
        ("date", "2026-06-13"),
        ("visibilite", "tous"),
    ];
    let named = read(&wrong).err().expect("wrong");
    let expected = [
        ("titre", "documents-title-control"),
        ("date", "documents-date-future"),
        ("visibilite", "documents-visibility-missing"),
    ];
    assert_eq!(named, expected);
}

#[test]
fn the_form_keeps_what_was_typed_and_names_each_file() {
    let typed = [
        ("titre", "Bilan \"d’été\""),
        ("date", "2026-03-12"),
        ("categorie", "CERT_MED"),
        ("visibilite", "masque"),
    ];
    let mut page = page(fields(&typed));
    page.added = 2;
    page.refused = vec![
        RefusedFile {
            name: "virus.exe".to_owned(),
            sentence: sentence(&page.shell, Unfit::Program, 5_000_000),
            is: None,
        },
        RefusedFile {
            name: "bilan.pdf".to_owned(),
            sentence: page.shell.t1("documents-already", "title", "Bilan"),
            is: Some(Id([4; 16])),
        },
    ];
    let html = page.render().expect("renders");
    assert!(!html.contains("⟦"));
    assert!(html.contains(r#"value="Bilan &#34;d’été&#34;""#));
    assert!(html.contains(r#"value="2026-03-12""#));
    assert!(html.contains(r#"value="CERT_MED" selected"#));
    assert!(html.contains(r#"value="masque" checked"#));
    assert!(html.contains("virus.exe") && html.contains("c’est un programme"));
    assert!(html.contains(&format!("/documents/{}", Id([4; 16]))));
    assert!(html.contains("Vos 2 documents sont ajoutés."));
    assert!(html.contains(r#"id="fichier""#) && html.contains(r#"id="ajouter""#));
    assert!(html.contains(" multiple") && html.contains("5\u{a0}Mo"));
}

#[test]
fn every_refusal_has_its_sentence_in_both_languages() {
    let mut shell = samples::shell("/");
    for lang in web::Lang::ALL {
        shell.lang = lang;
        for unfit in Unfit::ALL {
            let said = sentence(&shell, unfit, 5_000_000);
            assert!(
                said.len() > 20 && !said.contains('⟦') && !said.contains('{'),
                "{said}"
            );
        }
    }
    let pages = ["fr", "en"].map(|tag| {
        let (_, text) = crate::TEXTS
            .iter()
            .find(|(known, _)| *known == tag)
            .expect("texts");
        let key = |line: &&str| line.starts_with("documents-");
        let name = |line: &str| line.split(" =").next().unwrap_or_default().to_owned();
        text.lines().filter(key).map(name).collect::<Vec<_>>()
    });
    assert_eq!(pages[0], pages[1]);
}
