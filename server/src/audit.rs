//! `carnet audit verify`: reads every record from its first entry to its last.

use std::{collections::BTreeMap, path::Path};

use access::{
    App, Gate,
    aside::{Cause, Owner},
    contest::By,
    journal::Who,
};
use anyhow::Context;
use serde::Serialize;
use serde_json::json;
use vault::{Checkpoints, Finding, OpenError, RecordId};

use crate::{checkpoints, registers};

/// What a verification found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Records read.
    pub records: u64,
    /// Entries read.
    pub entries: u64,
    /// Whether the journal's tail is complete.
    pub tail_intact: bool,
    /// Records that do not verify, with what does not fit.
    pub findings: BTreeMap<String, Vec<Finding>>,
    /// Records that could not be read at all.
    pub unreadable: Vec<String>,
    /// What the signed checkpoints show, where they were compared.
    pub checkpoints: Option<Checkpoints>,
}

impl Report {
    /// Whether all is well.
    pub fn is_clean(&self) -> bool {
        let signed = self.checkpoints.as_ref();
        self.tail_intact
            && self.findings.is_empty()
            && self.unreadable.is_empty()
            && signed.is_none_or(|signed| signed.problems.is_empty())
    }

    /// Says it to the operator.
    pub fn print(&self) {
        println!("Lu : {} dossiers, {} entrées.", self.records, self.entries);
        if !self.tail_intact {
            println!("La fin du journal a été coupée ou altérée.");
        }
        for (record, findings) in &self.findings {
            println!("{record} : {findings:?}");
        }
        for record in &self.unreadable {
            println!("{record} : ne s’ouvre pas");
        }
        if let Some(signed) = &self.checkpoints {
            match &signed.last {
                None => println!("Aucun point de contrôle n’a encore été signé."),
                Some(last) => {
                    println!("Comparé au point de contrôle {}.", checkpoints::named(last))
                }
            }
            for problem in &signed.problems {
                println!("{}", checkpoints::said(problem));
            }
        }
        println!(
            "{}",
            match self.is_clean() {
                true => "Tout est en ordre.",
                false => "Quelque chose a été altéré.",
            }
        );
    }
}

/// Verifies every record, and all of them with the signed checkpoints of a folder.
///
/// # Errors
/// When a store or the folder fails.
pub async fn verify_all(
    gate: &Gate,
    folder: &Path,
    progress: impl FnMut(usize, usize),
) -> anyhow::Result<Report> {
    let mut report = verify(gate, progress).await?;
    report.checkpoints = Some(gate.verify_checkpoints(folder).await?);
    Ok(report)
}

/// Verifies every record; `progress` is told how many are done, of how many.
///
/// # Errors
/// When the key store fails.
pub async fn verify(gate: &Gate, mut progress: impl FnMut(usize, usize)) -> anyhow::Result<Report> {
    let records: Vec<RecordId> = gate.records().await.map_err(failed)?;
    let mut report = Report {
        tail_intact: gate.tail_intact(),
        ..Report::default()
    };
    for (done, record) in records.iter().enumerate() {
        progress(done, records.len());
        report.records += 1;
        match gate.verify(*record).await {
            Ok(verdict) => {
                report.entries += verdict.entries;
                if !verdict.findings.is_empty() {
                    report.findings.insert(record.to_string(), verdict.findings);
                }
            }
            Err(access::Refused::Failed(error)) if !error.is::<OpenError>() => return Err(error),
            Err(_) => report.unreadable.push(record.to_string()),
        }
    }
    progress(records.len(), records.len());
    Ok(report)
}

/// Prints the records opened in an emergency, newest first, after noting that one was reviewed.
///
/// Nothing says whose record it was, nor what was in it, but what the professional wrote.
///
/// # Errors
/// When there is none of that number, or the store fails.
pub async fn break_glass(
    app: &App,
    json: bool,
    reviewed: Option<(&str, &str)>,
) -> anyhow::Result<()> {
    if let Some((number, note)) = reviewed {
        let id = of_list(number)?;
        let noted = app.gate.review(id, note.trim(), app.now()).await;
        noted.map_err(|_| anyhow::anyhow!("aucun accès d’urgence n’a le numéro {number}"))?;
    }
    let all = app.gate.emergencies().await.map_err(closed)?;
    if json {
        let lines = all
            .iter()
            .map(|(id, one)| json!({"id": id, "emergency": one}));
        println!(
            "{}",
            serde_json::to_string_pretty(&lines.collect::<Vec<_>>())?
        );
        return Ok(());
    }
    for (id, one) in &all {
        let kind = match one.right {
            access::Right::Dispatch => "centre 15",
            _ => "bris de glace",
        };
        let reviewed = match one.reviewed {
            Some(at) => format!("vérifié le {at:.0}"),
            None => "à vérifier".to_owned(),
        };
        println!("{:.0}  {kind}  {reviewed}  n° {id}", one.at);
        println!("  {} ({}), {}", one.name, one.by, one.role);
        println!("  {}", one.reason);
        if !one.note.is_empty() {
            println!("  → {}", one.note);
        }
    }
    let left = all.iter().filter(|(_, one)| one.reviewed.is_none()).count();
    println!("{} accès en urgence, dont {left} à vérifier.", all.len());
    Ok(())
}

/// Prints the accounts that were suspended, newest first, after lifting one.
///
/// # Errors
/// When that one is not suspended, or the store fails.
pub async fn suspensions(app: &App, json: bool, lift: Option<&str>) -> anyhow::Result<()> {
    if let Some(number) = lift {
        let lifted = app.gate.lift_suspension(number, app.now()).await;
        lifted.map_err(|_| anyhow::anyhow!("aucun compte de ce numéro n’est suspendu"))?;
    }
    let all = app.gate.suspensions().await.map_err(closed)?;
    if json {
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    for one in &all {
        let why = match one.why {
            access::Why::FirstOpenings => "trop de premiers accès en une heure",
            access::Why::Organisation => "trop de premiers accès dans son organisation",
            access::Why::Unusual => "premiers accès inhabituels",
            access::Why::People => "trop de personnes en une heure, de quelque droit que ce soit",
        };
        let state = match one.lifted {
            Some(at) => format!("levée le {at:.0}"),
            None => "en vigueur".to_owned(),
        };
        println!(
            "{:.0}  {state}  {} ({}), {}",
            one.at, one.name, one.who, one.place
        );
        println!("  {why}");
        for signal in &one.signals {
            let (count, usual) = signal.numbers();
            let (count, usual) = (i64::from(count), i64::from(usual));
            let key = format!("{}-operator", signal.key());
            let numbers: [(&str, &dyn web::Argument); 2] = [("count", &count), ("usual", &usual)];
            println!(
                "  — {}",
                app.site.texts.format(web::Lang::Fr, &key, &numbers)
            );
        }
    }
    if all.iter().any(|one| one.lifted.is_none()) {
        println!("Quels dossiers ? carnet audit who --professional NUMÉRO");
    }
    let left = all.iter().filter(|one| one.lifted.is_none()).count();
    println!("{} suspensions, dont {left} en vigueur.", all.len());
    Ok(())
}

/// Prints the accesses that people contest, after answering one. Nothing says whose record it was.
///
/// # Errors
/// When there is none of that number, or the store fails.
pub async fn contests(app: &App, json: bool, answer: Option<(&str, &str)>) -> anyhow::Result<()> {
    if let Some((number, text)) = answer {
        let id = of_list(number)?;
        let said = app.gate.answer_contest(id, text, app.now()).await;
        said.map_err(|_| anyhow::anyhow!("aucune contestation n’a le numéro {number}"))?;
    }
    let all = app.gate.contested().await.map_err(closed)?;
    if json {
        let lines = all
            .iter()
            .map(|(id, one)| json!({"id": id, "contest": one.contest}));
        println!(
            "{}",
            serde_json::to_string_pretty(&lines.collect::<Vec<_>>())?
        );
        return Ok(());
    }
    for (id, one) in &all {
        let one = &one.contest;
        println!("contesté le {:.0}  n° {id}", one.since);
        println!("  {} le {:.0}", registers::act(one.act), one.at);
        if let Who::Professional {
            id,
            name,
            role,
            place,
            software,
        } = &one.who
        {
            println!("  {name} ({id}), {role}, {place}");
            if let Some(software) = software {
                println!("  avec le logiciel {software}");
            }
        }
        for said in &one.said {
            let by = match said.by {
                By::Person => "la personne",
                By::Operator => "l’exploitant",
            };
            println!("  {:.0}, {by} : {}", said.at, said.text);
        }
    }
    let left = all.iter().filter(|(_, one)| one.contest.waits()).count();
    println!("{} accès contestés, dont {left} sans réponse.", all.len());
    Ok(())
}

/// Prints the documents that stood in the wrong record. Nothing says what they were, nor whose
/// record it was.
///
/// # Errors
/// When the store fails.
pub async fn misfiled(app: &App, json: bool) -> anyhow::Result<()> {
    let all = app.gate.misfiled().await.map_err(closed)?;
    if json {
        let lines = all
            .iter()
            .map(|(id, one)| json!({"id": id, "misfiled": one}));
        println!(
            "{}",
            serde_json::to_string_pretty(&lines.collect::<Vec<_>>())?
        );
        return Ok(());
    }
    for (id, one) in &all {
        let cause = match one.cause {
            Cause::Reported => "signalé par la personne",
            Cause::Recalled => "rappelé par son déposant",
        };
        let owner = match &one.owner {
            Owner::Software(client) => format!("logiciel {client}"),
            Owner::Professional(number) => format!("professionnel {number}"),
            Owner::Operator => "personne qui soit connu".to_owned(),
        };
        println!("{:.0}  {cause}  déposé par : {owner}  n° {id}", one.at);
    }
    println!("{} documents rangés dans le mauvais dossier.", all.len());
    Ok(())
}

fn of_list(number: &str) -> anyhow::Result<ambient::Id> {
    let id = number.parse().ok();
    id.with_context(|| format!("« {number} » n’est pas un numéro de cette liste"))
}

fn closed(refused: access::Refused) -> anyhow::Error {
    anyhow::anyhow!("la liste ne s’ouvre pas : {refused:?}")
}

fn failed(refused: access::Refused) -> anyhow::Error {
    anyhow::anyhow!("the key store: {refused:?}")
}
