//! A provisional code by letter, for who has no address and no mobile, or asks for one.
//!
//! It takes days, so it does not wait in the browser that asked for it: it is kept, sealed, under
//! the person's number, and whoever shows the same factors again may type it. A stranger sees
//! and waits the same whether one left or not.

use access::{App, Channel, Message};
use jiff::SignedDuration;
use web::{Problem, Shell, dates};

use crate::{
    claim::Claim,
    code::{Answer, Means, Sent},
    insured::Person,
    journey::Guest,
};

/// The kind of step in the store.
const NAME: &str = "letter code";
/// Least time between two letters to one person.
const BETWEEN: SignedDuration = SignedDuration::from_hours(24);
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Lets a letter with a code leave, if a postal address is known. Behind the page: what that takes
/// would tell a stranger that they typed right.
pub(crate) fn leave(guest: &Guest, person: Person) {
    let (app, shell) = (guest.app.clone(), guest.shell.clone());
    tokio::spawn(async move {
        if let Err(error) = write(&app, &shell, &person).await {
            tracing::error!(error = format!("{error:#}"), "a letter could not leave");
        }
    });
}

async fn write(app: &App, shell: &Shell, person: &Person) -> anyhow::Result<()> {
    let Some(to) = person.envelope() else {
        return Ok(());
    };
    let (now, number) = (app.now(), person.number.as_str().as_bytes());
    let next = now.checked_add(BETWEEN)?;
    let store = &app.store;
    if !store.first_seen("letter sent", number, next, now).await? {
        return Ok(());
    }
    let sent = Sent::provisional(app.random(), now, Means::Email);
    let last = now.checked_add(app.limits.letter_code)?;
    // The one before no longer counts.
    let body = serde_json::to_vec(&sent)?;
    let until = last.checked_add(SECOND)?;
    store.put_pending(NAME, number, until, &body).await?;
    let day = dates::day(dates::local(last).date(), shell.lang);
    let texts = &app.site.texts;
    let code = sent.code();
    let body = texts.format(
        shell.lang,
        "account-letter-body",
        &[("code", &code), ("day", &day), ("origin", &app.site.origin)],
    );
    app.post
        .send(Message {
            channel: Channel::Letter,
            to,
            subject: texts.get(shell.lang, "account-letter-subject"),
            body,
        })
        .await
}

/// The answer to what was typed on a page: its own, or where the code is a letter's (the first of
/// `by_letter`), the letter's, while the page has tries left.
///
/// # Errors
/// When the store fails.
pub(crate) async fn judge(
    guest: &Guest,
    claim: &Claim,
    by_letter: (bool, bool),
    on_page: Answer,
    typed: &str,
) -> Result<Answer, Problem> {
    let (is_letter, open) = by_letter;
    if !is_letter {
        return Ok(on_page);
    }
    let tried = on_page != Answer::Spent;
    let right = answer(guest, claim, open && tried, typed).await?;
    Ok(match (tried, right) {
        (true, true) => Answer::Right,
        (true, false) => Answer::Wrong,
        (false, _) => Answer::Spent,
    })
}

/// Uses up one try of the letter's code and judges what was typed: as many calls of the store
/// whatever they find. `open` says whether the claim was within its tries.
///
/// # Errors
/// When the store fails.
async fn answer(guest: &Guest, claim: &Claim, open: bool, typed: &str) -> Result<bool, Problem> {
    let app = &guest.app;
    let found = claim.find(guest).await?;
    let matches = open && found.is_some_and(|found| found.leads_on());
    let number = if matches { claim.number() } else { "" };
    let (number, now, tries) = (number.as_bytes(), app.now(), app.limits.code_tries);
    let counted = app.store.try_pending(NAME, number, tries, now).await?;
    let kept = app.store.pending(NAME, number, now).await?;
    let sent: Option<Sent> = kept.and_then(|body| serde_json::from_slice(&body).ok());
    let life = app.limits.letter_code;
    let right = sent.is_some_and(|sent| sent.judge(typed, counted, life, now) == Answer::Right);
    if right {
        // It counts once.
        let taken = app.store.take_pending(NAME, number, now).await?;
        return Ok(taken.is_some());
    }
    Ok(false)
}
