//! The same document arrived twice, by mail and by deposit say: it is shown once.
//!
//! Copies are found among what a viewer may see, so that a hidden copy changes nothing for them.

use std::{cmp::Reverse, collections::HashMap};

use access::Scope;
use jiff::Timestamp;

use crate::{Document, Documents, in_force};

type Bytes = (u64, u64);

fn bytes_of(document: &Document) -> Option<Bytes> {
    (document.digest != 0).then_some((document.digest, document.size))
}

/// Of several copies of the same bytes the one to show: rather one that everybody knows of, that
/// professionals read, that somebody else brought, and that came first.
fn rank(document: &Document) -> impl Ord {
    let item = &document.item;
    let known = !item.flags.keeps_quiet();
    let preferred = !item.flags.professionals;
    (
        Reverse((known, preferred, !item.by_holder)),
        document.received,
        document.id(),
    )
}

/// Leaves one of each document that is there several times.
pub fn once(documents: &mut Vec<&Document>) {
    let mut best: HashMap<Bytes, &Document> = HashMap::with_capacity(documents.len());
    for document in documents.iter() {
        let Some(bytes) = bytes_of(document) else {
            continue;
        };
        let known = best.entry(bytes).or_insert(document);
        if rank(document) < rank(known) {
            *known = document;
        }
    }
    documents.retain(|document| {
        bytes_of(document).is_none_or(|bytes| {
            best.get(&bytes)
                .is_none_or(|known| known.id() == document.id())
        })
    });
}

/// How many documents that the viewer may see came after an instant: each once, without those that
/// another replaced.
pub fn arrived(scope: &Scope<'_, Documents>, since: Timestamp) -> u32 {
    let current = scope.things().filter(|one| one.replaced_by.is_none());
    let mut all: Vec<&Document> = current.collect();
    once(&mut all);
    let new = all.iter().filter(|one| one.received > since).count();
    u32::try_from(new).unwrap_or(u32::MAX)
}

/// The other copies of a document in force that this viewer may see.
pub(crate) fn copies<'a>(
    scope: &Scope<'a, Documents>,
    of: &Document,
) -> impl Iterator<Item = &'a Document> {
    let (bytes, id) = (bytes_of(of), of.id());
    let others = in_force(scope);
    others.filter(move |other| bytes.is_some() && bytes_of(other) == bytes && other.id() != id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn the_same_bytes_are_shown_once_and_others_all() {
        let mine = {
            let mut own = samples::own("Reçu par courrier");
            own.by_holder = true;
            samples::document(1, own)
        };
        let theirs = samples::document(2, samples::own("Déposé"));
        let again = samples::document(3, samples::own("Déposé encore"));
        let other = {
            let mut own = samples::own("Autre");
            own.hash = fhir::pdsm::sha1(b"other");
            samples::document(4, own)
        };
        let gone = |id| {
            let mut own = samples::own("");
            own.hash.clear();
            samples::document(id, own)
        };
        let (gone, also_gone) = (gone(5), gone(6));
        let mut all = vec![&mine, &again, &theirs, &other, &gone, &also_gone];
        once(&mut all);
        let ids: Vec<_> = all.iter().map(|document| document.id().0[0]).collect();
        assert_eq!(ids, [2, 4, 5, 6]);
    }
}
