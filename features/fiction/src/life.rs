//! A life being told: papers dated in days before today become documents.

use ambient::Random;
use cda::write::{Cda, WriteBody, WriteSection};
use cda::{InstanceId, Organization, Participant, Patient, PersonName, PointInTime};
use dicom::write::Encoding;
use dicom::{Kos, Series};
use ins::Sex;
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};

use crate::document::{Author, Doc, Flag};
use crate::professional::{AUTHOR_ROLE, Facility, POST_CODE, Professional, Staff, TOWN};
use crate::sheet::{Sheet, section};
use crate::{Person, catalogue, paris, pdf, png};

/// A life being told.
pub(crate) struct Life<'a> {
    pub person: &'a Person,
    pub staff: &'a Staff,
    pub random: &'a dyn Random,
    now: Timestamp,
    docs: Vec<Doc>,
}

/// Who signs, and where.
#[derive(Clone, Copy)]
pub(crate) struct Signer<'a> {
    who: &'a Professional,
    at: &'a Facility,
}

impl Professional {
    /// At the place where they usually work.
    pub(crate) fn here(&self) -> Signer<'_> {
        Signer {
            who: self,
            at: self.facility(),
        }
    }

    /// At the last of the places where they work.
    pub(crate) fn elsewhere(&self) -> Signer<'_> {
        let at = self
            .situations
            .last()
            .map_or(self.facility(), |situation| &situation.facility);
        Signer { who: self, at }
    }
}

/// A document to come.
pub(crate) struct Paper<'a> {
    ago: i32,
    by: Option<Signer<'a>>,
    kind: &'static str,
    title: String,
    form: Form,
    sections: Vec<WriteSection>,
    replaces: Option<String>,
    flags: Vec<Flag>,
    description: Option<String>,
}

enum Form {
    /// CDA with sections.
    Structured,
    /// CDA around a PDF.
    Wrapped,
    /// PDF.
    Pdf,
    /// Photograph.
    Photo,
    /// Pointer to images.
    Images(Box<Kos>),
}

/// A structured document, `ago` days before today.
pub(crate) fn note<'a>(
    ago: i32,
    by: Signer<'a>,
    kind: &'static str,
    title: &str,
    sections: Vec<WriteSection>,
) -> Paper<'a> {
    Paper {
        ago,
        by: Some(by),
        kind,
        title: title.to_owned(),
        form: Form::Structured,
        sections,
        replaces: None,
        flags: Vec::new(),
        description: None,
    }
}

/// A printed letter, `ago` days before today.
pub(crate) fn letter<'a>(
    ago: i32,
    by: Signer<'a>,
    kind: &'static str,
    title: &str,
    sections: Vec<WriteSection>,
) -> Paper<'a> {
    Paper {
        form: Form::Wrapped,
        ..note(ago, by, kind, title, sections)
    }
}

/// A PDF that the person adds, `ago` days before today.
pub(crate) fn upload<'a>(
    ago: i32,
    kind: &'static str,
    title: &str,
    sections: Vec<WriteSection>,
) -> Paper<'a> {
    Paper {
        ago,
        by: None,
        kind,
        title: title.to_owned(),
        form: Form::Pdf,
        sections,
        replaces: None,
        flags: Vec::new(),
        description: None,
    }
}

/// A photograph that the person adds, `ago` days before today.
pub(crate) fn photo<'a>(ago: i32, kind: &'static str, title: &str) -> Paper<'a> {
    Paper {
        form: Form::Photo,
        ..upload(ago, kind, title, Vec::new())
    }
}

/// A pointer to a study of images, `ago` days before today.
pub(crate) fn images<'a>(
    ago: i32,
    by: Signer<'a>,
    title: &str,
    region: &str,
    series: &[(&str, &str, usize)],
) -> Paper<'a> {
    let made = |(title, modality, images): &(&str, &str, usize)| Series {
        title: (*title).to_owned(),
        modality: (*modality).to_owned(),
        images: *images,
        ..Series::default()
    };
    let kos = Kos {
        title: title.to_owned(),
        regions: vec![region.to_owned()],
        institution: by.at.name.to_owned(),
        series: series.iter().map(made).collect(),
        retrieve: format!("https://{}/dicom-web", crate::IMAGES_AT),
        ..Kos::default()
    };
    Paper {
        form: Form::Images(Box::new(kos)),
        ..note(ago, by, "IMG-KOS", title, Vec::new())
    }
}

impl Paper<'_> {
    /// Hidden from somebody.
    pub(crate) fn hidden_from(mut self, flag: Flag) -> Self {
        self.flags.push(flag);
        self
    }

    /// A new version of that document.
    pub(crate) fn replacing(mut self, unique_id: String) -> Self {
        self.replaces = Some(unique_id);
        self
    }

    /// With a comment.
    pub(crate) fn described(mut self, text: &str) -> Self {
        self.description = Some(text.to_owned());
        self
    }
}

impl<'a> Life<'a> {
    pub(crate) fn new(
        person: &'a Person,
        staff: &'a Staff,
        random: &'a dyn Random,
        now: Timestamp,
    ) -> Self {
        Self {
            person,
            staff,
            random,
            now,
            docs: Vec::new(),
        }
    }

    /// « Patiente de 36 ans », that many days ago.
    pub(crate) fn patient(&self, ago: i32) -> String {
        let months = paris::months(self.person.birth(), paris::day(self.time(ago)));
        let woman = self.person.traits.sex == Sex::Female;
        match months {
            ..24 => format!("Nourrisson de {months} mois"),
            24..192 => format!("Enfant de {} ans", months / 12),
            _ if woman => format!("Patiente de {} ans", months / 12),
            _ => format!("Patient de {} ans", months / 12),
        }
    }

    /// That day, as a CDA document writes it.
    pub(crate) fn day(&self, ago: i32) -> PointInTime {
        let day = paris::day(self.time(ago));
        PointInTime::new(day.strftime("%Y%m%d").to_string())
    }

    /// The ending of a feminine, for a woman.
    pub(crate) fn e(&self) -> &'static str {
        if self.person.traits.sex == Sex::Female {
            "e"
        } else {
            ""
        }
    }

    /// Days lived.
    pub(crate) fn days_lived(&self) -> i32 {
        let span = self.person.birth().until(paris::day(self.now));
        span.map_or(0, |span| span.get_days())
    }

    /// Somewhere between two numbers, both included.
    pub(crate) fn between(&self, low: i32, high: i32) -> i32 {
        low + self.random.below((high - low + 1).unsigned_abs()) as i32
    }

    /// Adds a document; the `unique_id` is given even when the paper is left out,
    /// which happens when the person was not born or the day has not come.
    pub(crate) fn add(&mut self, paper: Paper<'_>) -> String {
        let oid = format!("2.25.{}", u128::from_be_bytes(self.random.id().0));
        let unique_id = format!("urn:oid:{oid}");
        let date = self.time(paper.ago);
        let day = paris::day(date);
        if paper.ago < 1 || date >= self.now || day < self.person.birth() {
            return unique_id;
        }
        let replaces = paper
            .replaces
            .filter(|old| self.docs.iter().any(|doc| doc.unique_id == *old));
        let author = paper.by.map(|by| Author {
            who: by.who.clone(),
            at: by.at.clone(),
        });
        let sheet = || self.sheet(&paper.title, paper.by, date, paper.sections.clone());
        let cda = |body, by| {
            self.cda(
                &oid,
                paper.kind,
                &paper.title,
                by,
                date,
                replaces.as_deref(),
                body,
            )
        };
        let (bytes, media_type, format) = match (&paper.form, paper.by) {
            (Form::Structured, Some(by)) => {
                let mut sections = paper.sections.clone();
                sections.push(section("Avertissement", &["Document fictif, produit pour la démonstration\u{A0}: sans valeur médicale."]));
                (
                    cda(WriteBody::Structured(sections), by),
                    "text/xml",
                    "urn:asipSante:modelesHorsProfils:2011",
                )
            }
            (Form::Wrapped, Some(by)) => {
                let file = pdf::render(&sheet());
                (
                    cda(WriteBody::Pdf(file), by),
                    "text/xml",
                    "urn:ihe:iti:xds-sd:pdf:2008",
                )
            }
            (Form::Images(kos), _) => (pointer(kos, &oid, day), "application/dicom", dicom::KOS),
            (Form::Photo, _) => (png::paper(self.random), "image/png", SIMPLE),
            (Form::Pdf | Form::Structured | Form::Wrapped, _) => {
                (pdf::render(&sheet()), "application/pdf", SIMPLE)
            }
        };
        let (_, class) = catalogue::kind(paper.kind);
        self.docs.push(Doc {
            title: paper.title,
            description: paper.description,
            type_code: paper.kind,
            class: class.code,
            date,
            author,
            media_type,
            format,
            bytes,
            unique_id: unique_id.clone(),
            replaces,
            flags: paper.flags,
        });
        unique_id
    }

    /// The documents, oldest first.
    pub(crate) fn finish(mut self) -> Vec<Doc> {
        self.docs.sort_by_key(|doc| doc.date);
        self.docs
    }

    /// That many days before today, in opening hours and never on a Sunday;
    /// papers of one day follow each other as they are told.
    fn time(&self, ago: i32) -> Timestamp {
        let today = paris::day(self.now);
        let day = today.checked_sub(ago.days()).unwrap_or(today);
        let closed = day.weekday() == Weekday::Sunday && ago > 7;
        let open = if closed {
            day.tomorrow().unwrap_or(day)
        } else {
            day
        };
        let hour = 8 + (ago.rem_euclid(10)) as i8;
        paris::at(open, hour, (self.docs.len() * 2).min(59) as i8)
    }

    fn sheet(
        &self,
        title: &str,
        by: Option<Signer<'_>>,
        date: Timestamp,
        sections: Vec<WriteSection>,
    ) -> Sheet {
        let person = self.person;
        let day = paris::day(date);
        let e = self.e();
        let born = format!(
            "Né{e} le {} – {} ans",
            paris::slashes(person.birth()),
            person.age(date)
        );
        let number = person
            .identity
            .matricule()
            .map(|number| format!("INS (fictif) {}", number.grouped()));
        let letterhead = match by {
            Some(Signer { who, at }) => vec![
                at.name.to_owned(),
                format!("{}, {POST_CODE} {TOWN} – {}", at.street, at.phone),
                format!("{} – {} – RPPS {}", who.name(), who.role(), who.rpps),
            ],
            None => vec![
                "Document personnel".to_owned(),
                format!("Ajouté par {}", person.name()),
            ],
        };
        Sheet {
            letterhead,
            person: [person.name(), born].into_iter().chain(number).collect(),
            title: title.to_owned(),
            date: format!("{TOWN}, le {}", paris::words(day)),
            sections,
            signature: by.map_or_else(String::new, |by| by.who.name()),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one value for each part of the header"
    )]
    fn cda(
        &self,
        oid: &str,
        kind: &str,
        title: &str,
        by: Signer<'_>,
        date: Timestamp,
        replaces: Option<&str>,
        body: WriteBody,
    ) -> Vec<u8> {
        let (kind, _) = catalogue::kind(kind);
        let time = PointInTime::new(paris::zoned(date).strftime("%Y%m%d%H%M%S%z").to_string());
        let replaced = replaces.and_then(|old| old.strip_prefix("urn:oid:"));
        let code_system = if kind.system == fhir::system::LOINC {
            cda::write::LOINC
        } else {
            "1.2.250.1.213.1.1.4.12"
        };
        let organization = Organization {
            id: Some(InstanceId::new("1.2.250.1.71.4.2.2", by.at.national_id())),
            name: Some(by.at.name.to_owned()),
            setting: None,
        };
        Cda {
            id: InstanceId::root(oid),
            set_id: InstanceId::root(replaced.unwrap_or(oid)),
            version: 1 + u32::from(replaced.is_some()),
            code: cda::Code::new(kind.code, code_system, kind.display),
            title: title.to_owned(),
            time: time.clone(),
            confidentiality: "N".to_owned(),
            template: None,
            patient: self.record_target(),
            author: Participant {
                time: Some(time.clone()),
                ids: vec![InstanceId::new("1.2.250.1.71.4.2.1", by.who.national_id())],
                name: Some(PersonName {
                    prefix: Some(by.who.civility.to_owned()),
                    given: vec![by.who.given.to_owned()],
                    family: Some(by.who.family.to_owned()),
                    suffix: by.who.title.map(str::to_owned),
                }),
                device: None,
                specialty: Some(cda::Code::new(
                    by.who.author_code(),
                    AUTHOR_ROLE,
                    by.who.role(),
                )),
                organization: Some(organization.clone()),
            },
            custodian: organization,
            service: None,
            service_date: time,
            facility_type: cda::Code::new(by.at.sector, "1.2.250.1.71.4.2.4", by.at.name),
            practice_setting: cda::Code::new(by.at.setting, "1.2.250.1.213.1.1.4.9", by.at.setting),
            replaces: replaced.map(InstanceId::root),
            body,
        }
        .to_xml()
    }

    fn record_target(&self) -> Patient {
        let traits = &self.person.traits;
        Patient {
            ids: vec![InstanceId::new(
                self.person.identity.oid.as_str(),
                self.person.number(),
            )],
            birth_family: Some(traits.birth_family_name.clone()),
            used_family: self.person.used_family.clone(),
            birth_given: traits.first_given_name.clone(),
            used_given: None,
            given_names: vec![traits.birth_given_names.join(" ")],
            birth_date: Some(PointInTime::new(
                self.person.birth().strftime("%Y%m%d").to_string(),
            )),
            sex: Some(if traits.sex == Sex::Female { "F" } else { "M" }.to_owned()),
            birth_place_code: traits.birth_place.clone(),
            birth_place: Some(TOWN.to_owned()),
        }
    }
}

/// The file of a pointer to images, under the names that its document has.
fn pointer(kos: &Kos, oid: &str, day: Date) -> Vec<u8> {
    let mut kos = kos.clone();
    kos.date = Some(day);
    kos.study = oid.to_owned();
    kos.accession = format!("FICT-{}", day.strftime("%y%m%d"));
    for (number, series) in (1..).zip(&mut kos.series) {
        series.uid = format!("{oid}.{number}");
    }
    dicom::write::file(&kos, Encoding::Explicit)
}

/// The MIME type says it all.
const SIMPLE: &str = "urn:ihe:iti:xds:2017:mimeTypeSufficient";
