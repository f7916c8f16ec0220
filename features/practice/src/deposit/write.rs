//! Writes a deposit: the files, then one append that names them all.

use access::{Act, Clearance, DocumentType, Gate, Plan, Professional, Refused, Scope};
use ambient::Id;
use documents::{
    Brought, By, Described, Documents, Unfit, already,
    keep::{self, Before, Keeping, NotReplaced},
    made, stored, title,
    uploads::{RefusedFile, sentence},
};
use vault::{BlobRef, Draft, RecordId};
use web::{Errors, Problem};

use super::{Form, may_write};

/// A file with what is said of it.
pub(super) struct Paper {
    file: Brought,
    described: Described,
}

/// Each file with its own title, type and date; a file of no type is an error of the field.
pub(super) fn describe(
    who: &Professional,
    form: &Form,
    files: Vec<Brought>,
    errors: &mut Errors,
) -> Vec<Paper> {
    let rules = who.app.gate.rules();
    let of = files.len();
    let mut papers = Vec::with_capacity(of);
    for (number, file) in (1..).zip(files) {
        let said = |code: &String| rules.types.get(code);
        let said = file.type_code.as_ref().and_then(said);
        let said = said.filter(|kind| may_write(who, &rules, kind));
        let Some(kind) = form.kind.as_ref().or(said) else {
            errors.add("type", who.shell.t("practice-deposit-type-missing"));
            continue;
        };
        if let Some(key) = form.untimely(kind, &rules) {
            errors.add("moment", who.shell.t(key));
        }
        papers.push(Paper {
            described: Described {
                title: titled(form, &file, kind, (number, of)),
                made: made(form.date, file.date, who.app.now()),
                kind: kind.clone(),
                flags: form.flags,
            },
            file,
        });
    }
    papers
}

fn titled(
    form: &Form,
    file: &Brought,
    kind: &DocumentType,
    (number, of): (usize, usize),
) -> String {
    let all = [
        &*title::numbered(&form.title, number, of),
        &*file.title,
        &*kind.label,
    ];
    let typed = !form.title.is_empty();
    let mut all = all.into_iter().skip(usize::from(!typed));
    all.find(|title| !title.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// What became of a deposit.
pub(super) enum Written {
    /// All of it is there.
    Kept,
    /// Nothing is: these may not be kept, or are there already.
    Refused(Vec<RefusedFile>),
    /// Nothing is: what was to be replaced is no longer the version that holds.
    NoLongerCurrent,
}

/// Why nothing is written.
enum Stop {
    Already(Vec<RefusedFile>),
    NoLongerCurrent,
    Problem(Problem),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Problem(refused.into())
    }
}

impl From<NotReplaced> for Stop {
    fn from(why: NotReplaced) -> Self {
        match why {
            NotReplaced::NotYours => Self::Problem(Problem::NotFound),
            NotReplaced::NoLongerCurrent => Self::NoLongerCurrent,
            NotReplaced::Failed(error) => Self::Problem(error.into()),
        }
    }
}

/// Keeps the files, then the entries that name them; `old` is what a single one replaces.
pub(super) async fn keep(
    who: &Professional,
    clearance: Clearance<'_>,
    papers: &[Paper],
    old: Option<Id>,
) -> Result<Written, Problem> {
    let gate = &who.app.gate;
    let record = clearance.record();
    let mut kept = Vec::with_capacity(papers.len());
    for paper in papers {
        match gate.keep_file(paper.file.bytes.clone()).await {
            Ok(blob) => kept.push((who.app.store.name_in(record), gate.id(), blob)),
            Err(not) => {
                drop_files(gate, &kept).await?;
                let unfit = Unfit::of(not)?;
                return Ok(Written::Refused(vec![RefusedFile {
                    name: paper.file.file_name.clone(),
                    sentence: sentence(&who.shell, unfit, who.app.limits.document_bytes),
                    is: None,
                }]));
            }
        }
    }
    let done = clearance
        .act_on(|scope: &Scope<'_, Documents>| plan((who, record), scope, papers, &kept, old))
        .await;
    let stopped = match done {
        Ok(()) => return Ok(Written::Kept),
        Err(stopped) => stopped,
    };
    // After a failure of the engine the entries may be there all the same: a file without an entry
    // is noise, an entry without its file is a loss.
    if !matches!(stopped, Stop::Problem(Problem::Internal(_))) {
        drop_files(gate, &kept).await?;
    }
    match stopped {
        Stop::Already(files) => Ok(Written::Refused(files)),
        Stop::NoLongerCurrent => Ok(Written::NoLongerCurrent),
        Stop::Problem(problem) => Err(problem),
    }
}

async fn drop_files(gate: &Gate, kept: &[(Id, Id, BlobRef)]) -> Result<(), Refused> {
    for (_, _, blob) in kept {
        gate.drop_file(blob).await?;
    }
    Ok(())
}

fn plan(
    (who, record): (&Professional, RecordId),
    scope: &Scope<'_, Documents>,
    papers: &[Paper],
    kept: &[(Id, Id, BlobRef)],
    old: Option<Id>,
) -> Result<Plan<()>, Stop> {
    let app = &who.app;
    let rules = app.gate.rules();
    let mut mark: Option<(Draft, Before)> = None;
    if let (Some(old), Some((new, ..))) = (old, kept.first()) {
        mark = Some(keep::replaced(scope, old, *new)?);
    }
    // All that is deposited in a secret consultation is secret.
    let me = &who.situation.national_id;
    let secret = scope.policy().secret_until(me, scope.now).is_some();
    let most = app.limits.documents_a_day;
    if documents::is_full(scope.things_to(Act::Withdraw), most, scope.now) {
        let full = papers.iter().map(|paper| RefusedFile {
            name: paper.file.file_name.clone(),
            sentence: sentence(&who.shell, Unfit::TooMany, app.limits.document_bytes),
            is: None,
        });
        return Err(Stop::Already(full.collect()));
    }
    let mut keeping = Keeping::new();
    let mut same = vec![];
    for (paper, (id, unique, blob)) in papers.iter().zip(kept) {
        let mut described = paper.described.clone();
        described.flags.representatives |= secret;
        let stored = stored(
            &paper.file,
            &described,
            blob.clone(),
            By::Professional(&who.situation),
            (scope.policy(), &rules.types),
            (*unique, scope.now, &app.site.origin),
        );
        let mut stored = stored.map_err(|error| Stop::Problem(error.into()))?;
        if let Some((id, title)) = already(scope, &stored.own.hash, blob.size) {
            same.push(RefusedFile {
                name: paper.file.file_name.clone(),
                sentence: who.shell.t1("practice-deposit-already", "title", title),
                is: Some(id),
            });
            continue;
        }
        let before = mark.as_ref().map(|(_, before)| before);
        keep::settle(&mut stored.own, scope.policy(), app, before);
        let here = (app, record, scope.now);
        keeping = keeping.with(here, *id, &stored.resource, &stored.own);
    }
    if !same.is_empty() {
        return Err(Stop::Already(same));
    }
    let marks = mark.map(|(draft, _)| draft).into_iter().collect();
    Ok(keeping.marking(marks).plan())
}
