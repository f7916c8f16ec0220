//! The numbers of design §7, all of them settings.

use jiff::SignedDuration;

/// Limits and lifetimes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Activation tries a day, per number, per card and per source.
    pub activations_a_day: u32,
    /// Sign-in tries a day, per login and per source.
    pub sign_ins_a_day: u32,
    /// Life of a provisional code sent by e-mail or SMS.
    pub provisional_code: SignedDuration,
    /// Life of a provisional code sent by letter.
    pub letter_code: SignedDuration,
    /// Least time between two codes.
    pub between_codes: SignedDuration,
    /// Life of a one-time code.
    pub one_time_code: SignedDuration,
    /// Tries of a code.
    pub code_tries: u32,
    /// A person's session ends after this long without use.
    pub person_idle: SignedDuration,
    /// A person's session ends after this long in any case.
    pub person_session: SignedDuration,
    /// A professional's session ends after this long without use.
    pub professional_idle: SignedDuration,
    /// A professional's session ends after this long in any case.
    pub professional_session: SignedDuration,
    /// A factor shown within this time is fresh.
    pub fresh_factor: SignedDuration,
    /// Professionals whom the directory says inactive do not get in.
    pub inactive_refused: bool,
    /// First openings an hour per professional, before they must show their card for more.
    pub first_openings_an_hour: u32,
    /// First openings an hour beyond which their account is suspended.
    pub first_openings_at_most: u32,
    /// Life of a code that a person shows at a counter.
    pub counter_code: SignedDuration,
    /// Tries of its digits.
    pub counter_tries: u32,
    /// Tries of the code of a share, before it opens no more.
    pub share_tries: u32,
    /// How long who opened a share may read without opening it again.
    pub share_session: SignedDuration,
    /// Openings of shares that are tried in an hour, per source.
    pub share_openings_an_hour: u32,
    /// Times an hour that somebody is asked on their phone to sign in, by national identifier.
    pub phone_asks_an_hour: u32,
    /// The same, per source.
    pub phone_asks_by_source_an_hour: u32,
    /// Bytes of an archive that is brought back.
    pub archive_bytes: usize,
    /// How long an archive of everything can be fetched.
    pub archive_link: SignedDuration,
    /// Time to oppose, from the notice to the opening of a space (R.1111-28 CSP).
    pub opposition: SignedDuration,
    /// How long a closed space is kept before it is erased (R.1111-36 CSP).
    pub archive: SignedDuration,
    /// How long who closes a space and asks for its erasure may think again.
    pub before_erasure: SignedDuration,
    /// How long a backup of the key store may be kept.
    pub key_retention: SignedDuration,
    /// How long broken glass opens a record.
    pub break_glass: SignedDuration,
    /// How long a record is open to the doctor who answers the 15.
    pub dispatch: SignedDuration,
    /// How long a document that its author withdrew is kept, unseen, before it is destroyed.
    pub withdrawn_kept: SignedDuration,
    /// How long the registers of accounts are kept: which records each opened.
    pub registers: SignedDuration,
    /// Bytes of one document.
    pub document_bytes: usize,
    /// Documents added at once.
    pub documents_at_once: usize,
    /// Documents that one voice (the person's home, a professional) adds by hand to a space in a day.
    pub documents_a_day: usize,
    /// Authorisations in force at once that the person gave, or that one professional collected for
    /// colleagues.
    pub grants: usize,
    /// Professionals whom one voice (the person, an administrator) ever blocked in a space.
    pub blocks: usize,
    /// Shares that are made in a space in a day.
    pub shares_a_day: usize,
    /// Accesses that are contested in a space in a day.
    pub contests_a_day: usize,
    /// Secret consultations that a professional begins with one minor in a day.
    pub secrets_a_day: usize,
    /// Bytes of one request by which software deposits documents.
    pub deposit_bytes: usize,
    /// Life of a machine's access token.
    pub access_token: SignedDuration,
    /// Life of a token with which software reads in a professional's name, at the most.
    pub professional_token: SignedDuration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            activations_a_day: 5,
            sign_ins_a_day: 20,
            provisional_code: SignedDuration::from_mins(30),
            letter_code: SignedDuration::from_hours(24 * 15),
            between_codes: SignedDuration::from_secs(30),
            one_time_code: SignedDuration::from_mins(10),
            code_tries: 3,
            person_idle: SignedDuration::from_mins(15),
            person_session: SignedDuration::from_hours(12),
            professional_idle: SignedDuration::from_mins(10),
            professional_session: SignedDuration::from_hours(4),
            fresh_factor: SignedDuration::from_mins(5),
            inactive_refused: true,
            first_openings_an_hour: 30,
            first_openings_at_most: 45,
            counter_code: SignedDuration::from_mins(10),
            counter_tries: 5,
            share_tries: 5,
            share_session: SignedDuration::from_mins(30),
            share_openings_an_hour: 30,
            phone_asks_an_hour: 5,
            phone_asks_by_source_an_hour: 30,
            archive_bytes: 100_000_000,
            archive_link: SignedDuration::from_hours(24 * 7),
            opposition: SignedDuration::from_hours(24 * 42),
            archive: SignedDuration::from_hours(24 * 3_653),
            before_erasure: SignedDuration::from_hours(24 * 30),
            key_retention: SignedDuration::from_hours(24 * 30),
            break_glass: SignedDuration::from_hours(12),
            dispatch: SignedDuration::from_hours(24),
            withdrawn_kept: SignedDuration::from_hours(24 * 30),
            registers: SignedDuration::from_hours(24 * 1_096),
            document_bytes: 5_000_000,
            documents_at_once: 20,
            documents_a_day: 300,
            grants: 200,
            blocks: 500,
            shares_a_day: 30,
            contests_a_day: 20,
            secrets_a_day: 10,
            deposit_bytes: 20_000_000,
            access_token: SignedDuration::from_mins(5),
            professional_token: SignedDuration::from_mins(5),
        }
    }
}
