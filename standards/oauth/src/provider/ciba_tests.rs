use proptest::prelude::*;

use super::*;
use crate::provider::RegisteredAuth;

const SOUND: &str = "scope=openid+scope_all&login_hint=899700000018&binding_message=4827";

fn at(seconds: u32) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + i64::from(seconds)).expect("a date")
}

fn parse(form: &str) -> Result<BackchannelRequest, ErrorCode> {
    let client = RegisteredClient {
        id: "carnet".into(),
        redirect_uris: vec![],
        scopes: vec!["openid".into(), "scope_all".into()],
        auth: RegisteredAuth::Public,
    };
    let form = Params::parse(form).expect("no repetition");
    BackchannelRequest::parse(&form, &client).map_err(|error| error.code)
}

fn asked() -> Backchannel {
    Backchannel::begin(parse(SOUND).expect("sound"), at(0))
}

fn polled(asked: &mut Backchannel, seconds: u32) -> Result<String, ErrorCode> {
    let polled = asked.poll("carnet", at(seconds));
    polled
        .map(|grant| grant.subject)
        .map_err(|error| error.code)
}

#[test]
fn a_sound_request_is_read_and_every_fault_has_its_error() {
    let sound = parse(SOUND).expect("sound");
    assert_eq!(
        (sound.login_hint.as_str(), sound.lifetime),
        ("899700000018", 120)
    );
    let with = |more: &str| parse(&format!("{SOUND}{more}"));
    assert_eq!(with("&requested_expiry=30").map(|one| one.lifetime), Ok(30));
    assert_eq!(
        with("&requested_expiry=900").map(|one| one.lifetime),
        Ok(120)
    );
    let long = format!("&binding_message={}", "x".repeat(41));
    let cases = [
        (SOUND.replace("openid+", ""), ErrorCode::InvalidScope),
        (SOUND.replace("scope_all", "admin"), ErrorCode::InvalidScope),
        (SOUND.replace("899700000018", ""), ErrorCode::InvalidRequest),
        (
            SOUND.replace("login_hint", "hint"),
            ErrorCode::InvalidRequest,
        ),
        (
            SOUND.replace("login_hint", "id_token_hint"),
            ErrorCode::InvalidRequest,
        ),
        (
            format!("{SOUND}&login_hint_token=x"),
            ErrorCode::InvalidRequest,
        ),
        (format!("{SOUND}&request=x.y.z"), ErrorCode::InvalidRequest),
        (
            format!("{SOUND}&requested_expiry=0"),
            ErrorCode::InvalidRequest,
        ),
        (
            format!("{SOUND}&requested_expiry=soon"),
            ErrorCode::InvalidRequest,
        ),
        (
            SOUND.replace("&binding_message=4827", &long),
            ErrorCode::InvalidBindingMessage,
        ),
        (
            SOUND.replace("4827", "48%0A27"),
            ErrorCode::InvalidBindingMessage,
        ),
    ];
    for (form, error) in cases {
        assert_eq!(parse(&form), Err(error), "{form}");
    }
}

#[test]
fn who_waits_as_told_gets_in_once_confirmed() {
    let mut one = asked();
    assert_eq!(polled(&mut one, 5), Err(ErrorCode::AuthorizationPending));
    one.confirm("martin", Some("eidas1"), at(7));
    assert!(!one.is_open(at(7)));
    let other = one.poll("another", at(10)).map_err(|error| error.code);
    assert_eq!(other.err(), Some(ErrorCode::InvalidGrant));
    let grant = one.poll("carnet", at(10)).expect("confirmed");
    assert_eq!((grant.subject.as_str(), grant.auth_time), ("martin", at(7)));
    assert_eq!(grant.acr.as_deref(), Some("eidas1"));
}

#[test]
fn who_hurries_waits_longer_even_when_the_answer_is_there() {
    let mut one = asked();
    one.confirm("martin", None, at(1));
    assert_eq!(polled(&mut one, 4), Err(ErrorCode::SlowDown));
    assert_eq!(one.interval, 10);
    assert_eq!(polled(&mut one, 9), Err(ErrorCode::SlowDown));
    assert_eq!(polled(&mut one, 23), Err(ErrorCode::SlowDown));
    assert_eq!(polled(&mut one, 43), Ok("martin".into()));
}

#[test]
fn a_no_stays_a_no_and_what_is_late_is_late() {
    let mut one = asked();
    one.refuse(at(3));
    one.confirm("martin", None, at(4));
    assert_eq!(polled(&mut one, 5), Err(ErrorCode::AccessDenied));
    let mut late = asked();
    assert!(late.is_open(at(119)) && !late.is_open(at(120)));
    late.confirm("martin", None, at(120));
    assert_eq!(polled(&mut late, 120), Err(ErrorCode::ExpiredToken));
    let mut confirmed = asked();
    confirmed.confirm("martin", None, at(119));
    assert_eq!(polled(&mut confirmed, 120), Err(ErrorCode::ExpiredToken));
}

/// When a client that polls at these instants gets in.
fn gets_in(polls: &[u32], confirmed: u32) -> Option<u32> {
    let mut one = asked();
    let mut yes = false;
    polls.iter().copied().find(|&second| {
        if !yes && second >= confirmed {
            one.confirm("martin", None, at(confirmed));
            yes = true;
        }
        polled(&mut one, second).is_ok()
    })
}

proptest! {
    /// To poll more often than told, anywhere, gets nobody in sooner.
    #[test]
    fn hurrying_never_gets_in_sooner(
        gaps in proptest::collection::vec((5..15_u32, proptest::collection::vec(0..5_u32, 0..3)), 1..20),
        confirmed in 0..120_u32,
    ) {
        let (mut patient, mut hurried) = (vec![], vec![]);
        let mut second = 0;
        for (gap, early) in gaps {
            let mut early = early;
            early.sort_unstable();
            hurried.extend(early.iter().map(|after| second + after));
            second += gap;
            patient.push(second);
            hurried.push(second);
        }
        let by = |polls: &[u32]| gets_in(polls, confirmed).unwrap_or(u32::MAX);
        prop_assert!(by(&hurried) >= by(&patient));
    }

    #[test]
    fn never_panics(form in ".{0,80}", expiry in ".{0,12}") {
        if Params::parse(&form).is_ok() {
            let _ = parse(&form);
        }
        let _ = parse(&format!("{SOUND}&requested_expiry={}", expiry.replace(['&', '='], "")));
    }
}
