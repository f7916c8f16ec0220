//! A study of images, as the document that points to it says it (DICOM Key Object Selection): the
//! images stay where they were made.

use access::ImageViewers;
use dicom::Kos;
use jiff::civil::Date;
use serde_json::Value;
use web::{Shell, dates};

use crate::Fact;

/// What is shown of a study.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Study {
    date: Option<Date>,
    title: String,
    place: String,
    accession: String,
    modalities: Vec<String>,
    regions: Vec<String>,
    acts: Vec<String>,
    images: usize,
    /// Its series: what they are called, how they were made, images.
    pub series: Vec<(String, String, usize)>,
    /// Where the images are seen; empty when no viewer is trusted for them.
    pub viewer: String,
}

/// Series that a page names.
const SERIES: usize = 100;

/// Codes of modalities that have a name in `texts/`.
const NAMED: [&str; 16] = [
    "CR", "CT", "DX", "ES", "IO", "MG", "MR", "NM", "OP", "OPT", "PT", "RF", "SR", "US", "XA", "XC",
];

/// Names of the code system of DICOM (PS3.16), in which metadata say how images were made.
const DCM: [&str; 3] = [
    "http://dicom.nema.org/resources/ontology/DCM",
    "urn:oid:1.2.840.10008.2.16.4",
    "1.2.840.10008.2.16.4",
];

impl Study {
    /// What a file says, and the metadata that came with it where it says nothing.
    pub fn of(kos: Kos, resource: &Value, viewers: &ImageViewers) -> Self {
        let viewer = viewers.address(&kos.host(), &kos.study);
        let images = kos.images();
        let mut study = Self {
            date: kos.date,
            title: kos.title,
            place: kos.institution,
            accession: kos.accession,
            modalities: kos.modalities,
            regions: kos.regions,
            images,
            viewer: viewer.unwrap_or_default(),
            ..Self::default()
        };
        let series = kos.series.into_iter().take(SERIES);
        study.series = series
            .map(|one| (one.title, one.modality, one.images))
            .collect();
        study.with(resource);
        study
    }

    /// The event of the metadata (XDS `eventCodeList`): how, and which act.
    fn with(&mut self, resource: &Value) {
        let events = resource.pointer("/context/event").and_then(Value::as_array);
        let codings = events
            .into_iter()
            .flatten()
            .filter_map(|event| event.get("coding")?.as_array())
            .flatten();
        for coding in codings {
            let word = |key: &str| coding.get(key).and_then(Value::as_str).unwrap_or_default();
            if DCM.contains(&word("system")) {
                add(&mut self.modalities, word("code"));
            } else {
                add(&mut self.acts, word("display"));
            }
        }
    }

    /// How a series was made, in words.
    pub fn made(&self, code: &str, shell: &Shell) -> String {
        match NAMED.contains(&code) {
            true => shell.t(&format!("imaging-{code}")),
            false => code.to_owned(),
        }
    }

    /// What is known of it, and its page does not say in its title.
    pub fn facts(&self, shell: &Shell, title: &str) -> Vec<Fact> {
        let day = self.date.map(|date| dates::day(date, shell.lang));
        let made = self.modalities.iter().map(|code| self.made(code, shell));
        let made: Vec<String> = made.collect();
        let count = match self.images {
            0 => String::new(),
            count => count.to_string(),
        };
        [
            ("imaging-fact-date", day.unwrap_or_default()),
            ("imaging-fact-made", made.join(", ")),
            ("imaging-fact-region", self.regions.join(", ")),
            ("imaging-fact-title", self.title.clone()),
            ("imaging-fact-act", self.acts.join(", ")),
            ("imaging-fact-place", self.place.clone()),
            ("imaging-fact-number", self.accession.clone()),
            ("imaging-fact-images", count),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty() && value != title)
        .map(|(key, value)| Fact {
            label: shell.t(key),
            value,
        })
        .collect()
    }

    /// The host of the viewer, as people read it before they follow the link.
    pub fn host(&self) -> &str {
        let rest = self.viewer.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

fn add(all: &mut Vec<String>, word: &str) {
    let word: String = word.trim().chars().take(200).collect();
    if !word.is_empty() && !all.contains(&word) {
        all.push(word);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use web::{Lang, Texts};

    use super::*;
    use crate::samples;

    #[test]
    fn a_study_says_when_how_and_of_what_and_leads_to_a_trusted_viewer_alone() {
        let kos = Kos {
            study: "1.2.3".into(),
            date: Some(jiff::civil::date(2026, 10, 2)),
            modalities: vec!["CT".into()],
            title: "Scanner".into(),
            regions: vec!["Thorax".into()],
            retrieve: "https://pacs.port.fr/dicom-web".into(),
            ..Kos::default()
        };
        let resource = json!({"context": {"event": [{"coding": [
            {"system": DCM[0], "code": "CT"},
            {"system": DCM[0], "code": "PT"},
            {"system": "urn:oid:1.2.250.1.213.2.5", "code": "ZBQK002", "display": "Scanographie du thorax"},
            {"display": 3}]}]}});
        let viewers = ImageViewers::read("pacs.port.fr=https://voir.fr/{study}").expect("read");
        let study = Study::of(kos.clone(), &resource, &viewers);
        assert_eq!(
            (&*study.viewer, study.host()),
            ("https://voir.fr/1.2.3", "voir.fr")
        );
        let facts = study.facts(&samples::shell("/documents"), "Scanner");
        let values: Vec<&str> = facts.iter().map(|fact| fact.value.as_str()).collect();
        let day = "2\u{a0}octobre\u{a0}2026";
        let made = "Scanner, TEP";
        assert_eq!(values, [day, made, "Thorax", "Scanographie du thorax"]);
        let alone = Study::of(kos, &json!({}), &ImageViewers::default());
        assert!(alone.viewer.is_empty() && alone.host().is_empty());
    }

    #[test]
    fn every_named_code_has_its_name() {
        let texts = Texts::load(&crate::TEXTS).expect("texts");
        for (code, lang) in NAMED
            .iter()
            .flat_map(|code| [(code, Lang::Fr), (code, Lang::En)])
        {
            assert!(
                !texts.get(lang, &format!("imaging-{code}")).contains('⟦'),
                "{code}"
            );
        }
    }
}
