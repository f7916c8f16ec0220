//! Lines of the file: documents read, and what other lines refer to held for them.

use std::{collections::HashMap, io::BufRead, thread};

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

/// A line as it stands; without its text when it is too long.
struct Line {
    number: u64,
    text: Option<Vec<u8>>,
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
    ///
    /// Checking them takes most of the time of an import: all cores do it.
    pub fn chunk(&mut self) -> std::io::Result<Vec<Read>> {
        let lines = self.texts()?;
        let checked = everywhere(lines, |Line { number, text }| {
            let text = text.ok_or_else(|| too_long().into());
            (
                number,
                text.and_then(|text| Ok((fhir::check(&text)?, text.len()))),
            )
        })?;
        // What a line refers to stands before it, so these go one by one.
        let whole: Vec<_> = checked
            .into_iter()
            .map(|(number, checked)| (number, checked.and_then(|(it, len)| self.complete(it, len))))
            .collect();
        let reader = &self.reader;
        everywhere(whole, |(line, whole)| {
            let read = whole.and_then(|whole| match whole {
                None => Ok(Read::Held),
                Some(resource) => {
                    let (claimed, paper) = reader.one(&resource)?;
                    Ok(Read::Document(Box::new(Numbered {
                        line,
                        claimed,
                        paper,
                    })))
                }
            });
            read.unwrap_or_else(|outcome| Read::Refused(line, outcome))
        })
    }

    /// The next lines that are not empty, as they stand.
    fn texts(&mut self) -> std::io::Result<Vec<Line>> {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        let mut text = Vec::new();
        while lines.len() < LINES && bytes < BYTES {
            text.clear();
            let Some(whole) = self.next_line(&mut text)? else {
                break;
            };
            self.line += 1;
            bytes += text.len();
            let content = text.trim_ascii();
            if content.is_empty() && whole {
                continue;
            }
            lines.push(Line {
                number: self.line,
                text: whole.then(|| content.to_vec()),
            });
        }
        Ok(lines)
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

    /// A document with what it refers to; `None` when the resource waits to be referred to.
    fn complete(&mut self, mut resource: Value, bytes: usize) -> Result<Option<Value>, Outcome> {
        match resource.get("resourceType").and_then(Value::as_str) {
            Some("DocumentReference") => {}
            Some(kind @ ("Patient" | "Binary")) => {
                let name = resource.get("id").and_then(Value::as_str);
                let name = name.map(|id| format!("{kind}/{id}"));
                self.hold(name, resource, bytes)?;
                return Ok(None);
            }
            _ => return Err(other_type().into()),
        }
        self.with_patient(&mut resource);
        self.with_file(&mut resource)?;
        Ok(Some(resource))
    }

    fn hold(&mut self, name: Option<String>, resource: Value, bytes: usize) -> Result<(), Problem> {
        let name = name.ok_or_else(|| missing("id"))?;
        self.bytes_held += bytes;
        if self.bytes_held > HELD {
            return Err(too_much());
        }
        self.held.insert(name, resource);
        Ok(())
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

/// Does the same to each of `all`, on all cores, in order; on stacks that a check needs.
fn everywhere<A: Send, B: Send>(
    all: Vec<A>,
    work: impl Fn(A) -> B + Sync,
) -> std::io::Result<Vec<B>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(cores).max(1);
    let (mut all, mut shares) = (all.into_iter(), Vec::new());
    while all.len() > 0 {
        shares.push(all.by_ref().take(share).collect::<Vec<A>>());
    }
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = shares
            .into_iter()
            .map(|share| {
                let thread = thread::Builder::new().stack_size(fhir::STACK);
                thread.spawn_scoped(scope, move || {
                    fhir::this_thread_has_stack();
                    share.into_iter().map(work).collect::<Vec<B>>()
                })
            })
            .collect();
        let mut done = Vec::new();
        for thread in threads {
            let share = thread?.join();
            done.extend(share.map_err(|_| std::io::Error::other("reading a line panicked"))?);
        }
        Ok(done)
    })
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
