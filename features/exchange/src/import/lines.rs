//! Lines of the file: documents read, and what other lines refer to held for them.

use std::{collections::HashMap, io::BufRead};

use fhir::{Issue, Problem};
use serde_json::{Value, json};

use super::Numbered;
use crate::{intake::Reader, outcome::Outcome};

/// Lines that are read at once.
const LINES: usize = 2_048;
/// About how many bytes are read at once.
const BYTES: usize = 16 << 20;
/// Bytes of patients and files that wait to be referred to.
const HELD: usize = 256 << 20;

/// What a line was.
pub(super) enum Read {
    Document(Box<Numbered>),
    /// A `Patient` or a `Binary`, for the lines that refer to it.
    Held,
    Refused(u64, Outcome),
}

/// The lines of a file.
pub(super) struct Lines<R> {
    input: R,
    reader: Reader,
    line: u64,
    /// Resources that later lines may refer to, by `Type/id`.
    held: HashMap<String, Value>,
    bytes_held: usize,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, reader: Reader) -> Self {
        Self {
            input,
            reader,
            line: 0,
            held: HashMap::new(),
            bytes_held: 0,
        }
    }

    /// The next lines, read; none at the end of the file.
    pub fn chunk(&mut self) -> std::io::Result<Vec<Read>> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        let mut text = Vec::new();
        while chunk.len() < LINES && bytes < BYTES {
            text.clear();
            match self.next_line(&mut text)? {
                None => break,
                Some(whole) => {
                    self.line += 1;
                    bytes += text.len();
                    if text.trim_ascii().is_empty() && whole {
                        continue;
                    }
                    let read = match whole {
                        true => self.read(text.trim_ascii()),
                        false => Err(too_long().into()),
                    };
                    chunk.push(read.unwrap_or_else(|outcome| Read::Refused(self.line, outcome)));
                }
            }
        }
        Ok(chunk)
    }

    /// Reads to the end of the line; `Some(false)` when it is too long to be kept whole.
    fn next_line(&mut self, text: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
        let most = self.reader.line_bytes();
        let mut whole = true;
        loop {
            let ready = self.input.fill_buf()?;
            if ready.is_empty() {
                let nothing = text.is_empty() && whole;
                return Ok((!nothing).then_some(whole));
            }
            let end = ready.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(ready.len());
            if text.len() + taken <= most {
                text.extend_from_slice(&ready[..taken]);
            } else {
                whole = false;
            }
            self.input.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                return Ok(Some(whole));
            }
        }
    }

    fn read(&mut self, text: &[u8]) -> Result<Read, Outcome> {
        let mut resource = fhir::check(text)?;
        match resource.get("resourceType").and_then(Value::as_str) {
            Some("DocumentReference") => {}
            Some(kind @ ("Patient" | "Binary")) => {
                let name = resource.get("id").and_then(Value::as_str);
                let name = name.map(|id| format!("{kind}/{id}"));
                return self.hold(name, resource, text.len());
            }
            _ => return Err(other_type().into()),
        }
        self.with_patient(&mut resource);
        self.with_file(&mut resource)?;
        let (claimed, paper) = self.reader.one(&resource)?;
        Ok(Read::Document(Box::new(Numbered {
            line: self.line,
            claimed,
            paper,
        })))
    }

    fn hold(
        &mut self,
        name: Option<String>,
        resource: Value,
        bytes: usize,
    ) -> Result<Read, Outcome> {
        let name = name.ok_or_else(|| missing("id"))?;
        self.bytes_held += bytes;
        if self.bytes_held > HELD {
            return Err(too_much().into());
        }
        self.held.insert(name, resource);
        Ok(Read::Held)
    }

    /// Puts the patient that another line described into the document, where it names one.
    fn with_patient(&self, resource: &mut Value) {
        let patient = resource
            .pointer("/subject/reference")
            .and_then(Value::as_str)
            .and_then(|name| self.held.get(name));
        let Some(patient) = patient else { return };
        let national = patient.get("identifier").and_then(Value::as_array);
        let national = national.into_iter().flatten().find(|identifier| {
            let system = identifier.get("system").and_then(Value::as_str);
            system.is_some_and(|system| {
                let oid = system.trim_start_matches("urn:oid:").to_owned();
                let value = String::new();
                ins::Identifier { oid, value }.is_ins()
            })
        });
        let mut subject = json!({ "reference": "#patient" });
        if let Some(identifier) = national {
            subject["identifier"] = identifier.clone();
        }
        let mut patient = patient.clone();
        patient["id"] = "patient".into();
        resource["subject"] = subject;
        let contained = resource.get_mut("contained").and_then(Value::as_array_mut);
        match contained {
            Some(contained) => contained.push(patient),
            None => resource["contained"] = json!([patient]),
        }
        if !resource["context"].is_object() {
            resource["context"] = json!({});
        }
        resource["context"]["sourcePatientInfo"] = json!({ "reference": "#patient" });
    }

    /// Puts the file that another line brought into the document. It is needed once.
    fn with_file(&mut self, resource: &mut Value) -> Result<(), Problem> {
        let Some(attachment) = resource
            .pointer_mut("/content/0/attachment")
            .and_then(Value::as_object_mut)
        else {
            return Ok(());
        };
        let Some(url) = attachment.get("url").and_then(Value::as_str) else {
            return Ok(());
        };
        let file = self.held.remove(url).ok_or_else(unknown_file)?;
        let data = file.get("data").cloned().unwrap_or_default();
        self.bytes_held = self
            .bytes_held
            .saturating_sub(data.as_str().map_or(0, str::len));
        attachment.remove("url");
        attachment.insert("data".to_owned(), data);
        Ok(())
    }
}

fn other_type() -> Problem {
    Problem::error(
        Issue::NotSupported,
        "",
        "Seules les ressources DocumentReference sont reprises, avec les Patient et les Binary qu’elles citent.",
    )
}

fn missing(what: &str) -> Problem {
    Problem::error(Issue::Required, what, "Cet élément est nécessaire.")
}

fn unknown_file() -> Problem {
    Problem::error(
        Issue::NotFound,
        "DocumentReference.content[0].attachment.url",
        "Le fichier cité n’est sur aucune ligne qui précède\u{a0}: donnez-le dans une ligne Binary, une fois par document.",
    )
}

fn too_long() -> Problem {
    Problem::error(Issue::TooLong, "", "La ligne est trop longue.")
}

fn too_much() -> Problem {
    Problem::error(
        Issue::TooLong,
        "",
        "Trop de fichiers attendent d’être cités\u{a0}: placez chaque Binary juste avant son document.",
    )
}
