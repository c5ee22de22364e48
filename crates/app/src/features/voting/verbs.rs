//! What can be done to elections, by the names in addresses, and what each
//! takes.

use plenum_rules::access::Permission;

/// What concerns all elections of a congress.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HallVerb {
    /// The elections are set up.
    SetUp,
    /// The unit is called together anew, for a by-election.
    CallAgain,
    /// It was called by mistake.
    Uncall,
    /// People are added.
    People,
    /// What is said of a person is corrected.
    Person,
    /// A person is taken off.
    Remove,
    /// Attendance is recorded.
    Attend,
    /// The superior approved a person for an office.
    Plan,
    /// That was noted by mistake.
    Unplan,
    /// The introduction ballot was counted on paper.
    Introduce,
    /// The introduction ballot is opened.
    Introduction,
    /// Who sits in a body already.
    Sit,
    /// An election begins.
    Begin,
    /// An election is not held.
    Skip,
    /// It is held after all.
    Hold,
    /// The superior answered.
    Reply,
    /// The superior appointed.
    Appoint,
}

impl HallVerb {
    /// The name in addresses and keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::CallAgain => "call-again",
            Self::Uncall => "uncall",
            Self::People => "people",
            Self::Person => "person",
            Self::Remove => "remove",
            Self::Attend => "attend",
            Self::Plan => "plan",
            Self::Unplan => "unplan",
            Self::Introduce => "introduce",
            Self::Introduction => "introduction",
            Self::Sit => "sit",
            Self::Begin => "begin",
            Self::Skip => "skip",
            Self::Hold => "hold",
            Self::Reply => "reply",
            Self::Appoint => "appoint",
        }
    }

    /// What it takes.
    #[must_use]
    pub fn permission(self) -> Permission {
        match self {
            Self::Appoint => Permission::ApproveElection,
            _ => Permission::RunElection,
        }
    }
}

/// What is done to one ballot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// Seats are proposed.
    Seats,
    /// People are nominated.
    Nominate,
    /// A nomination changes.
    Nomination,
    /// An opinion ballot on the nominees from outside is opened.
    Ask,
    /// What an opinion ballot counted on paper said is noted.
    Heard,
    /// Who has too few opinions, or no room, is left out.
    Sift,
    /// The names of an opinion or introduction ballot are closed.
    CloseNames,
    /// Number and list are approved.
    Approve,
    /// The list is taken up again.
    Reopen,
    /// The paper is fixed.
    Print,
    /// Papers are handed out.
    HandOut,
    /// Other accounts count.
    Counters,
    /// The boxes are opened.
    Close,
    /// The figures of people and papers are put right.
    Correct,
    /// A tally sheet is filled.
    Sheet,
    /// Tally sheets are taken out again.
    DropSheet,
    /// The papers are counted again.
    CountAgain,
    /// A number of the rules is confirmed, or a lot recorded.
    Settle,
    /// The result is confirmed.
    Confirm,
    /// It is announced.
    Announce,
    /// The congress decides.
    Decide,
    /// A decision was entered by mistake.
    Undecide,
    /// Another ballot follows.
    Further,
    /// The ballot is void.
    Annul,
    /// The ballots are sealed.
    Seal,
    /// That was noted wrongly.
    SealAgain,
    /// A complaint comes in.
    Complain,
    /// It is settled.
    Answer,
    /// The seal is opened.
    Unseal,
    /// The result is reported.
    Report,
    /// It is ratified.
    Ratify,
    /// That was noted wrongly.
    RatifyAgain,
    /// The ballots are destroyed.
    Destroy,
}

impl Verb {
    /// The name in addresses and keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Seats => "seats",
            Self::Nominate => "nominate",
            Self::Nomination => "nomination",
            Self::Ask => "ask",
            Self::Heard => "heard",
            Self::Sift => "sift",
            Self::CloseNames => "close-names",
            Self::Approve => "approve",
            Self::Reopen => "reopen",
            Self::Print => "print",
            Self::HandOut => "hand-out",
            Self::Counters => "counters",
            Self::Close => "close",
            Self::Correct => "correct",
            Self::Sheet => "sheet",
            Self::DropSheet => "drop-sheet",
            Self::CountAgain => "count-again",
            Self::Settle => "settle",
            Self::Confirm => "confirm",
            Self::Announce => "announce",
            Self::Decide => "decide",
            Self::Undecide => "undecide",
            Self::Further => "further",
            Self::Annul => "annul",
            Self::Seal => "seal",
            Self::SealAgain => "seal-again",
            Self::Complain => "complain",
            Self::Answer => "answer",
            Self::Unseal => "unseal",
            Self::Report => "report",
            Self::Ratify => "ratify",
            Self::RatifyAgain => "ratify-again",
            Self::Destroy => "destroy",
        }
    }

    /// What it takes.
    #[must_use]
    pub fn permission(self) -> Permission {
        match self {
            Self::Close
            | Self::Correct
            | Self::Sheet
            | Self::DropSheet
            | Self::CountAgain
            | Self::Confirm => Permission::KeyBallots,
            Self::Answer | Self::Unseal | Self::Ratify | Self::RatifyAgain => {
                Permission::ApproveElection
            }
            _ => Permission::RunElection,
        }
    }
}
