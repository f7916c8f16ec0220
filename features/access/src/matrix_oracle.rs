//! The proposed matrix against cells written by hand, a count for each profession, and a snapshot
//! to read. Types and what is known of the order of 26 October 2023: `reference/LICENCES.md`.

use std::fmt::Write;

use super::*;
use crate::DocumentTypes;

fn read(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference/");
    std::fs::read_to_string(format!("{folder}{name}")).expect("reference data")
}

fn reference() -> (AccessMatrix, DocumentTypes) {
    let matrix = AccessMatrix::read(&read("access-matrix.json")).expect("a matrix");
    let types = DocumentTypes::read(&read("document-types.json")).expect("types");
    (matrix, types)
}

/// What each profession may and may not consult: profession, yes, no.
const CELLS: [(&str, &[&str], &[&str]); 20] = [
    // Everything but the certificate of residence.
    (
        "10",
        &[
            "11488-4",
            "68599-0",
            "75496-0",
            "83901-9",
            "80788-3",
            "18748-4",
            "REMB",
            "CERT_DECL",
        ],
        &["ATTEST-RESID", "E1762"],
    ),
    // Not: telemedicine requests, psychiatric and psychological summaries, the child's check-up,
    // certificates.
    (
        "60",
        &["11488-4", "11502-2", "57833-6", "80565-5"],
        &["75496-0", "68599-0", "83901-9", "68817-6", "CERT_DECL"],
    ),
    (
        "69",
        &["11488-4", "57833-6"],
        &["75496-0", "68599-0", "83901-9"],
    ),
    (
        "21",
        &["60593-1", "57833-6", "11488-4"],
        &["68599-0", "75496-0", "83901-9"],
    ),
    // Not: accompaniment plan, telemedicine requests, leaving a social structure, psychology.
    (
        "40",
        &["18748-4", "11488-4"],
        &["80788-3", "75496-0", "83981-1", "83901-9", "68599-0"],
    ),
    (
        "50",
        &["75496-0", "11488-4", "18748-4"],
        &["68599-0", "83901-9"],
    ),
    ("70", &["18748-4", "11490-0"], &["75496-0", "83901-9"]),
    ("80", &["18748-4", "57833-6"], &["68599-0", "75496-0"]),
    ("91", &["83901-9", "11488-4"], &["68599-0", "75496-0"]),
    ("92", &["11488-4", "57833-6"], &["83901-9"]),
    ("94", &["80788-3", "11488-4"], &["60593-1", "REMB"]),
    ("95", &["57833-6", "60593-1"], &["18748-4", "11369-6"]),
    ("96", &["80788-3", "83901-9"], &["18748-4", "60593-1"]),
    ("98", &["18748-4", "11488-4"], &["34133-9", "60593-1"]),
    ("26", &["60593-1", "57833-6"], &["34133-9", "80788-3"]),
    ("28", &["57833-6", "11488-4"], &["18748-4", "68599-0"]),
    ("93", &["83901-9", "68599-0"], &["75496-0", "18748-4"]),
    // Named types alone.
    (
        "35",
        &["80565-5", "80788-3", "74207-2"],
        &["11488-4", "57833-6", "11502-2"],
    ),
    (
        "41",
        &["83981-1", "34842-5"],
        &["11488-4", "57833-6", "11502-2"],
    ),
    (
        "COORD",
        &["11488-4", "83981-1"],
        &["57833-6", "11502-2", "68599-0"],
    ),
];

/// How many of the 132 types each may consult.
const COUNTS: [(&str, usize); 20] = [
    ("10", 129),
    ("60", 124),
    ("69", 124),
    ("21", 126),
    ("40", 124),
    ("50", 127),
    ("70", 126),
    ("80", 126),
    ("91", 127),
    ("92", 126),
    ("94", 109),
    ("95", 100),
    ("96", 97),
    ("98", 68),
    ("26", 71),
    ("28", 66),
    ("93", 98),
    ("35", 5),
    ("41", 7),
    ("COORD", 6),
];

#[test]
fn each_cell_written_by_hand_is_what_the_matrix_says() {
    let (matrix, types) = reference();
    let mut cells = 0;
    for (profession, yes, no) in CELLS {
        for (codes, expected) in [(yes, true), (no, false)] {
            for code in codes {
                let kind = types.get(code).unwrap_or_else(|| panic!("no type {code}"));
                let may = matrix.allows(profession, Some(&kind.class), code);
                assert_eq!(may, expected, "{profession} {code} {}", kind.label);
                cells += 1;
            }
        }
    }
    assert!(cells >= 80, "{cells} cells");
}

#[test]
fn each_profession_may_consult_as_many_types_as_was_counted() {
    let (matrix, types) = reference();
    assert_eq!(matrix.professions().count(), COUNTS.len());
    for (profession, expected) in COUNTS {
        let may =
            |kind: &&crate::DocumentType| matrix.allows(profession, Some(&kind.class), &kind.code);
        assert_eq!(types.all().filter(may).count(), expected, "{profession}");
    }
}

#[test]
fn the_matrix_to_read() {
    let (matrix, types) = reference();
    let mut text = String::new();
    for (code, label) in matrix.professions() {
        let _ = writeln!(text, "{code} {label}");
        for (class, label) in types.classes() {
            let of = |may: bool| {
                let all = types.all().filter(move |kind| kind.class == class);
                let those =
                    all.filter(|kind| matrix.allows(code, Some(&kind.class), &kind.code) == may);
                those.map(|kind| kind.label.as_str()).collect::<Vec<_>>()
            };
            let (yes, no) = (of(true), of(false));
            let said = match (yes.len(), no.len()) {
                (0, _) => "rien".to_owned(),
                (_, 0) => "tout".to_owned(),
                (few, many) if few < many => format!("seulement {}", yes.join(" ; ")),
                _ => format!("sauf {}", no.join(" ; ")),
            };
            let _ = writeln!(text, "    {:<45}{said}", label);
        }
    }
    insta::assert_snapshot!(text);
}
