//! The numbers that the settings hold.

use access::Limits;
use jiff::SignedDuration;

use super::Settings;

impl Settings {
    /// The numbers of design §7.
    ///
    /// # Errors
    /// When a setting cannot be read.
    pub fn limits(&self) -> anyhow::Result<Limits> {
        let time = |name: &str| self.duration(&format!("limits.{name}"));
        Ok(Limits {
            activations_a_day: self.number("limits.activations_a_day")?,
            sign_ins_a_day: self.number("limits.sign_ins_a_day")?,
            provisional_code: time("provisional_code")?,
            letter_code: time("letter_code")?,
            between_codes: time("between_codes")?,
            one_time_code: time("one_time_code")?,
            code_tries: self.number("limits.code_tries")?,
            person_idle: time("person_idle")?,
            person_session: time("person_session")?,
            professional_idle: time("professional_idle")?,
            professional_session: time("professional_session")?,
            fresh_factor: time("fresh_factor")?,
            inactive_refused: self.is_on("limits.inactive_refused"),
            first_openings_an_hour: self.number("limits.first_openings_an_hour")?,
            counter_code: time("counter_code")?,
            counter_tries: self.number("limits.counter_tries")?,
            share_tries: self.number("limits.share_tries")?,
            share_session: time("share_session")?,
            share_openings_an_hour: self.number("limits.share_openings_an_hour")?,
            phone_asks_an_hour: self.number("limits.phone_asks_an_hour")?,
            phone_asks_by_source_an_hour: self.number("limits.phone_asks_by_source_an_hour")?,
            archive_bytes: self.number("limits.archive_bytes")?,
            archive_link: time("archive_link")?,
            first_openings_at_most: self.number("limits.first_openings_at_most")?,
            opposition: time("opposition")?,
            archive: time("archive")?,
            before_erasure: time("before_erasure")?,
            key_retention: SignedDuration::from_hours(24 * self.number::<i64>("keys.retention")?),
            break_glass: time("break_glass")?,
            dispatch: time("dispatch")?,
            withdrawn_kept: time("withdrawn_kept")?,
            registers: time("registers")?,
            document_bytes: self.number("limits.document_bytes")?,
            documents_at_once: self.number("limits.documents_at_once")?,
            documents_a_day: self.number("limits.documents_a_day")?,
            grants: self.number("limits.grants")?,
            blocks: self.number("limits.blocks")?,
            shares_a_day: self.number("limits.shares_a_day")?,
            contests_a_day: self.number("limits.contests_a_day")?,
            secrets_a_day: self.number("limits.secrets_a_day")?,
            deposit_bytes: self.number("limits.deposit_bytes")?,
            access_token: time("access_token")?,
            professional_token: time("professional_token")?,
        })
    }
}
