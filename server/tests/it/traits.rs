//! People of the registry who were imported before one could be found by all strict traits.

use std::future::ready;

use account::{Filled, fill_traits, insured::Person};
use vault::store::NewInsured;

use super::{bed::Bed, misfiled::killed};

/// The registry as it was: nobody has a hash of their traits. Gives how many can have one.
async fn as_before(bed: &Bed, others: u64) -> u64 {
    let store = &bed.demo.app.store;
    let karim = bed.persona("Karim").number.clone();
    let row = store.insured(&karim, "").await.expect("read");
    let body = row.expect("known").body;
    let known: Person = serde_json::from_slice(&body).expect("a person");
    let old = |number: String, person: &Person| NewInsured {
        number,
        card: "1".to_owned(),
        body: serde_json::to_vec(person).expect("JSON"),
        traits: None,
    };
    let mut rows = vec![old(karim, &known)];
    for n in 0..others {
        let mut person = known.clone();
        person.traits.birth_family_name = format!("FICTIF{}", "X".repeat(n as usize % 40));
        // Of some, not everything is known.
        if n % 7 == 3 {
            person.traits.birth_place = None;
        }
        rows.push(old(format!("traits-{n}"), &person));
    }
    store.put_insured(&rows).await.expect("written");
    1 + others - (0..others).filter(|n| n % 7 == 3).count() as u64
}

#[tokio::test]
async fn their_traits_are_filled_once_whatever_stops_it() {
    let bed = Bed::new().await;
    let store = &bed.demo.app.store;
    let unfilled = async || {
        let rows = store.unfilled_insured(None, 10_000).await;
        rows.expect("read").len() as u64
    };
    // Before: of the demo's own people, who could not be filled anyway.
    let others = unfilled().await;
    let able = as_before(&bed, 900).await;
    assert_eq!(unfilled().await, others + 901);
    let karim = fiction::cast(bed.demo.app.now()).karim;
    let traits = karim.traits.strict().expect("all are known");
    let found = async || store.insured_with(&traits).await.expect("read");
    assert_eq!(found().await, None);

    // Killed here and there, it goes on with those that are left.
    let mut left = unfilled().await;
    for steps in [1, 2, 3, 5, 8] {
        let _ = killed(fill_traits(store, |_| ready(())), steps).await;
        let now = unfilled().await;
        assert!(now <= left, "{now} after {left}");
        left = now;
    }
    let mut told = vec![];
    let done = fill_traits(store, |done| {
        told.push(done);
        ready(())
    });
    let done = done.await.expect("filled");
    assert_eq!(done.unreadable, 0);
    assert_eq!(unfilled().await, others + 901 - able);
    assert_eq!(found().await, bed_record(&bed).await);
    // A batch at a time, each told with counts alone.
    assert!(told.windows(2).all(|two| two[0].read < two[1].read));
    assert!(
        told.iter()
            .all(|one| one.read - one.filled <= others + 901 - able)
    );

    // Again: nothing is left to fill, and nothing changes.
    let again = fill_traits(store, |_| ready(())).await.expect("filled");
    let wanted = Filled {
        read: others + 901 - able,
        ..Filled::default()
    };
    assert_eq!(again, wanted);
}

async fn bed_record(bed: &Bed) -> Option<vault::RecordId> {
    Some(super::misfiled::record_of(bed, "Karim").await)
}
