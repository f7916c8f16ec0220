//! What the state of a space or of an account leaves.

use ambient::Id;
use vault::RecordId;

use super::{
    tests::{DOCTOR, doctor, holder, now, policy, rules},
    *,
};

#[test]
fn suspended_actors_and_closed_spaces_are_refused() {
    let suspended = Rules {
        suspended: vec![DOCTOR.into()],
        ..rules()
    };
    let open = policy(&[GrantKind::Administrator]);
    let decision = decide(&doctor(), &open, Act::List, None, &suspended, now());
    assert_eq!(decision, Err(Refusal::Suspended));
    for state in [
        SpaceState::Notified,
        SpaceState::Closed,
        SpaceState::Opposed,
        SpaceState::Suspended,
        SpaceState::Deceased,
    ] {
        let mut policy = policy(&[GrantKind::Administrator]);
        policy.space.state = state;
        for viewer in [doctor(), holder()] {
            let decision = decide(&viewer, &policy, Act::List, None, &rules(), now());
            assert_eq!(decision, Err(Refusal::State), "{state:?}");
        }
    }
}

#[test]
fn before_it_opens_a_space_can_be_refused_and_nothing_else() {
    use SpaceState::{Activated, Closed, Deceased, Notified, Opened, Opposed, Suspended};
    let parent = Viewer {
        acting: Acting::Representative {
            own: RecordId(Id([9; 16])),
            of: RecordId(Id([8; 16])),
            name: String::new(),
        },
        ..holder()
    };
    let open = Viewer::system(Purpose::Open, now());
    let may = |viewer: &Viewer, act, state| {
        let mut policy = policy(&[GrantKind::Administrator]);
        policy.space.state = state;
        policy.representations.push((
            Id([7; 16]),
            crate::policy::Representation {
                by: RecordId(Id([9; 16])),
                name: String::new(),
                since: now(),
                until: None,
            },
        ));
        decide(viewer, &policy, act, None, &rules(), now()).is_ok()
    };
    let all = [
        Notified, Opened, Activated, Closed, Opposed, Suspended, Deceased,
    ];
    for (viewer, act, states) in [
        (&holder(), Act::Oppose, &[Notified][..]),
        (&parent, Act::Oppose, &[Notified]),
        (&holder(), Act::OpenSpace, &[]),
        (&parent, Act::OpenSpace, &[Notified, Opposed]),
        (
            &open,
            Act::OpenSpace,
            &[Notified, Opened, Activated, Opposed],
        ),
        (&open, Act::Announce, &[Notified]),
        (&open, Act::Oppose, &[]),
        (&holder(), Act::Close, &[Activated]),
        (&parent, Act::Close, &[Opened, Activated]),
        (&open, Act::Close, &[]),
        (&doctor(), Act::Close, &[]),
        (&holder(), Act::Reopen, &[]),
        (&parent, Act::Reopen, &[Closed]),
        (&open, Act::Reopen, &[Closed]),
        (&doctor(), Act::Reopen, &[]),
        (&doctor(), Act::Oppose, &[]),
        (&doctor(), Act::FindPerson, &[Opened, Activated]),
        (&holder(), Act::ReadSettings, &[Activated, Suspended]),
        (&parent, Act::ReadSettings, &[Opened, Activated, Suspended]),
    ] {
        for state in all {
            let expected = states.contains(&state);
            assert_eq!(may(viewer, act, state), expected, "{act:?} {state:?}");
        }
    }
}

#[test]
fn a_space_whose_erasure_has_begun_stays_closed() {
    let open = Viewer::system(Purpose::Open, now());
    let mut closed = policy(&[]);
    closed.space.state = SpaceState::Closed;
    let reopen = |policy: &Policy| decide(&open, policy, Act::Reopen, None, &rules(), now());
    assert_eq!(reopen(&closed), Ok(Right::System));
    closed.space.erasing = true;
    assert_eq!(reopen(&closed), Err(Refusal::State));
}
