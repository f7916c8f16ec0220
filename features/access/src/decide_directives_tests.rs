use ambient::Id;
use vault::RecordId;

use super::{
    tests::{doctor, holder, item, now, policy, rules, viewer},
    *,
};
use crate::{
    directives::{DIRECTIVES, Standing},
    item::Flags,
};

#[test]
fn advance_directives_are_a_grown_persons_own() {
    let born = |day: &str| {
        let traits = ins::Traits {
            birth_family_name: "FICTIVE".into(),
            birth_given_names: vec!["CAMILLE".into()],
            first_given_name: None,
            birth_date: day.parse().expect("a birth date"),
            sex: ins::Sex::Female,
            birth_place: None,
        };
        let mut policy = policy(&[GrantKind::Declared]);
        policy.patient = Some(fhir::patient("x", &[], &traits));
        policy
    };
    let own = RecordId(Id([2; 16]));
    let parent = viewer(Acting::Representative {
        own,
        of: RecordId(Id([1; 16])),
        name: String::new(),
    });
    let link = crate::policy::Representation {
        by: own,
        name: String::new(),
        since: now(),
        until: None,
    };
    let mut child = born("2012-01-01");
    child.representations = vec![(Id([5; 16]), link.clone())];
    let grown = born("1960-01-01");
    let mut protected = grown.clone();
    protected.representations = vec![(Id([5; 16]), link)];
    let write = |viewer: &Viewer, policy: &Policy, item: Option<&Item>| {
        let act = Act::WriteDirectives;
        decide(viewer, policy, act, item, &rules(), now())
    };
    let no = Err(Refusal::NoWayIn);
    assert_eq!(write(&holder(), &grown, None), Ok(Right::Own));
    assert_eq!(write(&holder(), &protected, None), Ok(Right::Own));
    assert_eq!(write(&holder(), &child, None), no);
    assert_eq!(write(&holder(), &policy(&[]), None), no, "no birth date");
    assert_eq!(write(&parent, &child, None), no);
    assert_eq!(write(&parent, &protected, None), no);
    assert_eq!(write(&doctor(), &grown, None), no);
    let standing = |viewer: &Viewer, policy: &Policy| Standing::of(viewer, policy, now());
    assert_eq!(standing(&holder(), &grown), Standing::Own);
    assert_eq!(standing(&holder(), &protected), Standing::Protected);
    assert_eq!(standing(&parent, &protected), Standing::Represents);
    assert_eq!(standing(&parent, &child), Standing::Minor);
    // Of one document: their own directives, which nobody describes anew or deletes in their place.
    let mut theirs = item(Flags::default());
    (theirs.type_code, theirs.by_holder) = (DIRECTIVES.into(), true);
    assert!(write(&holder(), &grown, Some(&theirs)).is_ok());
    let other = item(Flags::default());
    assert_eq!(write(&holder(), &grown, Some(&other)), no);
    let may = |viewer: &Viewer, act| {
        decide(viewer, &protected, act, Some(&theirs), &rules(), now()).is_ok()
    };
    assert!(may(&holder(), Act::Delete) && !may(&parent, Act::Delete));
    assert!(!may(&holder(), Act::Describe) && !may(&parent, Act::Describe));
    assert!(may(&parent, Act::Read) && may(&parent, Act::Download));
}
