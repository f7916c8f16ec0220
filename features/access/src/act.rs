//! Every act: what a viewer may want to do to a record, or to a thing in it.

use serde::{Deserialize, Serialize};

/// What a viewer wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// See the list of documents, or search it.
    List,
    /// Open a document.
    Read,
    /// Read the results of laboratories out of documents, each over time.
    ReadResults,
    /// Read what was measured over time, and take it as a file.
    ReadMeasures,
    /// Add what one measured.
    AddMeasure,
    /// Correct what one added.
    CorrectMeasure,
    /// Delete what one added.
    DeleteMeasure,
    /// See what a record comes to: problems, treatments, the last results, what is new.
    ReadSummary,
    /// Download the original.
    Download,
    /// Add a document.
    Add,
    /// Hide a document from professionals.
    Hide,
    /// Show it to them again.
    Show,
    /// Choose which professionals a document is shown to, or keep it from who represents one.
    ChooseReaders,
    /// Hide every document from professionals, those of a topic, and those that will come.
    HideAll,
    /// Show every document to them, and those that will come.
    ShowAll,
    /// Show the person what waited to be explained to them.
    Disclose,
    /// Pin a document, or put it in a folder of one's own.
    Arrange,
    /// Say what a document is: its type when nobody knows it, all of it when one added it oneself.
    Describe,
    /// Delete what one added oneself.
    Delete,
    /// Say that a document is somebody else's: it leaves the record at once.
    Disown,
    /// Say that something is wrong with a document, to whoever deposited it: as the person, or as a
    /// professional who reads it.
    Report,
    /// Answer what was reported of what one deposited; as the person, that it is theirs indeed.
    AnswerReport,
    /// Write, replace, confirm or revoke one's advance directives (L.1111-11 CSP).
    WriteDirectives,
    /// Say that it is time to read something again: the work of its day.
    Remind,
    /// See what one deposited oneself, to correct it.
    ListOwn,
    /// Replace, correct or withdraw what one deposited.
    Withdraw,
    /// Read who did what.
    ReadHistory,
    /// Take a proof of one's history home.
    Prove,
    /// Read one's own settings and identity.
    ReadSettings,
    /// Change settings.
    ChangeSettings,
    /// Forget a device that notices were shown on.
    DropDevice,
    /// Change how one is reached, or one's credentials.
    ChangeContact,
    /// Block a professional.
    Block,
    /// Lift a block.
    Lift,
    /// End an authorisation.
    EndGrant,
    /// Declare, as a professional, that the person agreed.
    DeclareConsent,
    /// Begin or end, as a professional, a consultation that a minor keeps from who represents them
    /// (L.1111-5, L.1111-5-1 CSP).
    KeepSecret,
    /// Open the record of somebody who cannot answer and is in danger (L.1111-17 I CSP).
    BreakGlass,
    /// Open the record of somebody for whom the 15 was called.
    Dispatch,
    /// Say, as a professional who has the person's consent, that they agreed to a colleague too.
    ConsentForColleague,
    /// Let somebody of the directory in, ahead of any visit.
    Authorise,
    /// Make a code to show at the counter.
    GiveCode,
    /// Show, as a professional, the code that the person gave.
    UseCode,
    /// Share chosen documents once, with whoever shows a code.
    Share,
    /// End what one shares.
    EndShare,
    /// Show the code of a share, and open it.
    OpenShare,
    /// Leave a note for the person, as the reader of a share.
    LeaveNote,
    /// Put away a note that was left.
    DropNote,
    /// Ask for an archive of everything that one may see.
    TakeAway,
    /// Put that archive together: the work that was asked for.
    Gather,
    /// Fetch that archive.
    FetchArchive,
    /// Contest an access, or say more of it.
    Contest,
    /// Find the person by their national number.
    FindPerson,
    /// Make the space known to its person, before it opens.
    Announce,
    /// Refuse that the space opens.
    Oppose,
    /// Open the space and write its first settings.
    OpenSpace,
    /// Close the space (R.1111-36 CSP).
    Close,
    /// Open a space again that was closed and is not erased yet.
    Reopen,
    /// Sign in.
    SignIn,
    /// Sign out.
    SignOut,
}

impl Act {
    /// Whether a person must have shown a factor a moment ago (design §7), so that who finds a
    /// screen left open, or stole a session, goes no further.
    ///
    /// To guard a step, name its act here and enter the form's page by the same act: on
    /// [`crate::Refusal::Stale`] the page becomes the one where the password is shown again, which leads
    /// back to its own address. A sensitive form is therefore posted to the address that shows it.
    pub fn needs_fresh_factor(self) -> bool {
        matches!(
            self,
            Self::ChangeContact
                | Self::Lift
                | Self::GiveCode
                | Self::Share
                | Self::TakeAway
                | Self::FetchArchive
                | Self::Authorise
                | Self::Prove
                | Self::Close
                | Self::BreakGlass
                | Self::ShowAll
        )
    }
}
