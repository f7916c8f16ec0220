//! What leaves: that something happened, and the site's address.

use web::{Lang, Texts};

use crate::{Channel, Message, journal::Notice};

impl Message {
    /// The same, to somebody.
    pub(super) fn to(self, to: String) -> Self {
        Self { to, ..self }
    }
}

/// What happened, in one sentence that names nobody.
fn what(texts: &Texts, notice: Notice, relative: bool) -> String {
    let notice = match (notice, relative) {
        (Notice::Emergency, true) => Notice::EmergencyOfRelative,
        _ => notice,
    };
    texts.get(Lang::Fr, notice.key())
}

/// One event, on a channel; to nobody yet.
pub(super) fn message(
    texts: &Texts,
    origin: &str,
    channel: Channel,
    notice: Notice,
    relative: bool,
) -> Message {
    match channel {
        Channel::Sms => return short(texts, origin, notice),
        Channel::Push => return shown(texts, notice),
        Channel::Email | Channel::Letter => {}
    }
    let what = what(texts, notice, relative);
    let key = match relative && notice != Notice::Emergency {
        true => "notice-mail-relative",
        false => "notice-mail-body",
    };
    let arguments: [(&str, &dyn web::Argument); 2] = [("what", &what), ("origin", &origin)];
    mail(
        texts,
        channel,
        "notice-mail-subject",
        texts.format(Lang::Fr, key, &arguments),
    )
}

/// The same, where a message is short and shows on a locked screen: no more than that there is
/// something, and whether to hurry.
fn short(texts: &Texts, origin: &str, notice: Notice) -> Message {
    let key = match hurries(notice) {
        true => "notice-sms-security",
        false => "notice-sms",
    };
    Message {
        channel: Channel::Sms,
        to: String::new(),
        subject: String::new(),
        body: texts.format(Lang::Fr, key, &[("origin", &origin)]),
    }
}

/// The same, on the screen of a device that leads to the space by itself.
fn shown(texts: &Texts, notice: Notice) -> Message {
    let key = match hurries(notice) {
        true => "notice-push-security",
        false => "notice-push",
    };
    mail(
        texts,
        Channel::Push,
        "notice-push-title",
        texts.get(Lang::Fr, key),
    )
}

/// Whether it is an alert.
fn hurries(notice: Notice) -> bool {
    matches!(
        notice,
        Notice::Emergency | Notice::EmergencyOfRelative | Notice::BlockedAttempt
    )
}

/// What was gathered, each sentence with how often.
pub(super) fn gathered(
    texts: &Texts,
    origin: &str,
    channel: Channel,
    notices: &[Notice],
    relative: bool,
) -> Message {
    let count = notices.len();
    let arguments: [(&str, &dyn web::Argument); 2] = [("count", &count), ("origin", &origin)];
    if channel == Channel::Sms {
        return Message {
            channel,
            to: String::new(),
            subject: String::new(),
            body: texts.format(Lang::Fr, "notice-digest-sms", &arguments),
        };
    }
    if channel == Channel::Push {
        let body = texts.format(Lang::Fr, "notice-push-digest", &[("count", &count)]);
        return mail(texts, channel, "notice-push-title", body);
    }
    let lines = Notice::ALL.into_iter().filter_map(|notice| {
        let times = notices.iter().filter(|one| **one == notice).count();
        let what = what(texts, notice, relative);
        let line: [(&str, &dyn web::Argument); 2] = [("what", &what), ("count", &times)];
        (times > 0).then(|| texts.format(Lang::Fr, "notice-digest-line", &line))
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let key = match relative {
        true => "notice-digest-relative",
        false => "notice-digest-body",
    };
    let arguments: [(&str, &dyn web::Argument); 2] = [("lines", &lines), ("origin", &origin)];
    mail(
        texts,
        channel,
        "notice-digest-subject",
        texts.format(Lang::Fr, key, &arguments),
    )
}

fn mail(texts: &Texts, channel: Channel, subject: &str, body: String) -> Message {
    Message {
        channel,
        to: String::new(),
        subject: texts.get(Lang::Fr, subject),
        body,
    }
}

/// Every message that can leave, for tests: each notice, channel and reader, alone and gathered.
#[cfg(test)]
pub(super) fn samples(texts: &Texts, kinds: &crate::NoticeKinds) -> Vec<Message> {
    let origin = "https://carnet.example";
    let mut all = vec![];
    for notice in Notice::ALL {
        assert!(kinds.of(notice).is_some(), "{notice:?} is of no kind");
        for channel in [Channel::Email, Channel::Sms, Channel::Push] {
            for relative in [false, true] {
                all.push(message(texts, origin, channel, notice, relative));
                let many = [notice, Notice::Added, notice];
                all.push(gathered(texts, origin, channel, &many, relative));
            }
        }
    }
    all
}
