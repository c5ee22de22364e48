//! Who may do what where.
//!
//! A grant gives one role in one unit for some days. A role gives each
//! permission a reach around that unit; `docs/rulebook/access.md` has the whole
//! table. Nothing here reaches outside the grant's subtree, and nobody confirms
//! a report of their own unit.

pub mod account;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::timeline::Span;
use crate::{Day, UnitId};

/// What somebody is in a unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps the installation: accounts, the tree, seasons. Makes no record of
    /// any congress, except that it stands in for the superior of a root, who
    /// is outside.
    Administrator,
    /// Works for a unit's committee and runs the season in its subtree.
    Office,
    /// The member in charge of a unit (cấp ủy viên phụ trách): sees, visits.
    Supervisor,
    /// The unit's own secretary: reports.
    UnitSecretary,
    /// Counts ballots at the unit's congress (thành viên ban kiểm phiếu).
    Teller,
    /// A screen on a wall.
    Wall,
    /// Reads everything, changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 7] = [
        Self::Administrator,
        Self::Office,
        Self::Supervisor,
        Self::UnitSecretary,
        Self::Teller,
        Self::Wall,
        Self::Auditor,
    ];

    /// The name in the database, addresses and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Office => "office",
            Self::Supervisor => "supervisor",
            Self::UnitSecretary => "unit_secretary",
            Self::Teller => "teller",
            Self::Wall => "wall",
            Self::Auditor => "auditor",
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether it can be held for the whole installation instead of one unit.
    #[must_use]
    pub fn can_be_everywhere(self) -> bool {
        matches!(self, Self::Administrator | Self::Auditor)
    }

    /// How far around its unit the role has a permission; the table of
    /// `docs/rulebook/access.md`.
    #[must_use]
    pub fn reach(self, permission: Permission) -> Reach {
        use Permission as P;
        match self {
            Self::Administrator => of_administrator(permission),
            Self::Office => of_office(permission),
            Self::Supervisor if permission == P::RecordVisit => Reach::Subtree,
            Self::Auditor if permission == P::ReadAudit => Reach::Subtree,
            Self::UnitSecretary => match permission {
                P::ConfirmReport | P::DateCongress => Reach::Below,
                P::ReportCongress | P::AcknowledgeInstrument | P::RunElection | P::KeyBallots => {
                    Reach::OwnUnit
                }
                _ => of_reader(permission),
            },
            Self::Teller => match permission {
                P::SeeElection | P::KeyBallots => Reach::OwnUnit,
                _ => Reach::Nothing,
            },
            Self::Supervisor | Self::Auditor => of_reader(permission),
            Self::Wall if permission == P::SeeWall => Reach::Subtree,
            Self::Wall => Reach::Nothing,
        }
    }
}

/// What everybody with a seat in a unit can do.
fn of_reader(permission: Permission) -> Reach {
    use Permission as P;
    match permission {
        P::SeeProgress | P::SeeUnit | P::SeeElection | P::SeeWall | P::DownloadReport => {
            Reach::Subtree
        }
        _ => Reach::Nothing,
    }
}

fn of_administrator(permission: Permission) -> Reach {
    use Permission as P;
    match permission {
        P::ReadAudit
        | P::EditTree
        | P::ImportTree
        | P::EditSeason
        | P::EditPlan
        | P::ManageAccounts
        | P::ManageTokens => Reach::Subtree,
        P::ConfirmReport | P::MoveCongressState | P::ApproveElection => Reach::Roots,
        _ => of_reader(permission),
    }
}

fn of_office(permission: Permission) -> Reach {
    use Permission as P;
    match permission {
        P::ReportCongress
        // The convening committee sets its own opening (R42).
        | P::DateCongress
        | P::ImportTree
        | P::EditSeason
        | P::EditPlan
        | P::HandleFinding
        | P::RunElection
        | P::KeyBallots => Reach::Subtree,
        P::ConfirmReport
        | P::MoveCongressState
        | P::ApproveElection
        | P::EditTree
        | P::MarkPilot
        | P::AssignSupervisor
        | P::RecordVisit => Reach::Below,
        P::AcknowledgeInstrument => Reach::OwnUnit,
        _ => of_reader(permission),
    }
}

/// What can be permitted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See how far the season has come.
    SeeProgress,
    /// See a unit's page.
    SeeUnit,
    /// See a unit's elections.
    SeeElection,
    /// See the screen for the wall.
    SeeWall,
    /// Take out tables and reports.
    DownloadReport,
    /// Read who did what.
    ReadAudit,
    /// Say of a congress, for its unit: ready, held, the numbers.
    ReportCongress,
    /// Confirm a report or return it; the one above does.
    ConfirmReport,
    /// Set and change the day of a congress.
    DateCongress,
    /// Settle, review, postpone, cancel, hand over, ratify.
    MoveCongressState,
    /// Lead a unit's elections: people, lists, papers, decisions, custody.
    RunElection,
    /// Count a unit's ballots and confirm the count.
    KeyBallots,
    /// Approve, for the level above, what a unit elected.
    ApproveElection,
    /// Say that the unit knows an instrument.
    AcknowledgeInstrument,
    /// Say why a finding is fine, or record the superior's consent.
    HandleFinding,
    /// Record a visit to a unit and what was found.
    RecordVisit,
    /// Say which member is in charge of a unit.
    AssignSupervisor,
    /// Single out pilots and trials.
    MarkPilot,
    /// Write a unit's plan: windows, outside events.
    EditPlan,
    /// Set up a season and its instruments.
    EditSeason,
    /// Add, rename, move, merge, split and end units.
    EditTree,
    /// Bring in units from a spreadsheet.
    ImportTree,
    /// Give and take accounts and grants.
    ManageAccounts,
    /// Give and take keys for programs.
    ManageTokens,
}

impl Permission {
    /// Every permission, in the order of the table.
    pub const ALL: [Self; 24] = [
        Self::SeeProgress,
        Self::SeeUnit,
        Self::SeeElection,
        Self::SeeWall,
        Self::DownloadReport,
        Self::ReadAudit,
        Self::ReportCongress,
        Self::ConfirmReport,
        Self::DateCongress,
        Self::MoveCongressState,
        Self::RunElection,
        Self::KeyBallots,
        Self::ApproveElection,
        Self::AcknowledgeInstrument,
        Self::HandleFinding,
        Self::RecordVisit,
        Self::AssignSupervisor,
        Self::MarkPilot,
        Self::EditPlan,
        Self::EditSeason,
        Self::EditTree,
        Self::ImportTree,
        Self::ManageAccounts,
        Self::ManageTokens,
    ];

    /// The name in records and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SeeProgress => "see_progress",
            Self::SeeUnit => "see_unit",
            Self::SeeElection => "see_election",
            Self::SeeWall => "see_wall",
            Self::DownloadReport => "download_report",
            Self::ReadAudit => "read_audit",
            Self::ReportCongress => "report_congress",
            Self::ConfirmReport => "confirm_report",
            Self::DateCongress => "date_congress",
            Self::MoveCongressState => "move_congress_state",
            Self::RunElection => "run_election",
            Self::KeyBallots => "key_ballots",
            Self::ApproveElection => "approve_election",
            Self::AcknowledgeInstrument => "acknowledge_instrument",
            Self::HandleFinding => "handle_finding",
            Self::RecordVisit => "record_visit",
            Self::AssignSupervisor => "assign_supervisor",
            Self::MarkPilot => "mark_pilot",
            Self::EditPlan => "edit_plan",
            Self::EditSeason => "edit_season",
            Self::EditTree => "edit_tree",
            Self::ImportTree => "import_tree",
            Self::ManageAccounts => "manage_accounts",
            Self::ManageTokens => "manage_tokens",
        }
    }

    /// The permission of this name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|permission| permission.code() == code)
    }

    /// Whether using it changes anything.
    #[must_use]
    pub fn writes(self) -> bool {
        !matches!(
            self,
            Self::SeeProgress
                | Self::SeeUnit
                | Self::SeeElection
                | Self::SeeWall
                | Self::DownloadReport
                | Self::ReadAudit
        )
    }
}

/// How far a permission goes from the unit of a grant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Nowhere.
    Nothing,
    /// The unit itself only.
    OwnUnit,
    /// The units below it, not itself.
    Below,
    /// Itself and the units below it.
    Subtree,
    /// Roots only, and only with a grant for the whole installation: the
    /// superior of a root is outside, and somebody must record what it said.
    Roots,
}

/// A role given to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// In which unit; `None`: the whole installation, which only an
    /// administrator or auditor can hold.
    pub unit: Option<UnitId>,
    /// The first day.
    pub from: Day,
    /// The first day on which it no longer holds; `None` while it goes on.
    pub until: Option<Day>,
}

/// Why a grant cannot be given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GrantRefusal {
    /// This role is held in a unit, not everywhere.
    UnitNeeded,
    /// It would end before it begins.
    DaysReversed,
}

impl GrantRefusal {
    /// The code; `docs/rulebook/access.md` explains each.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UnitNeeded => "E-ACC-01",
            Self::DaysReversed => "E-ACC-02",
        }
    }
}

impl fmt::Display for GrantRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnitNeeded => "E-ACC-01: this role is held in a unit",
            Self::DaysReversed => "E-ACC-02: the grant would end before it begins",
        })
    }
}

impl std::error::Error for GrantRefusal {}

impl Grant {
    /// Whether the grant can be given.
    ///
    /// # Errors
    /// [`GrantRefusal::UnitNeeded`], [`GrantRefusal::DaysReversed`].
    pub fn check(&self) -> Result<(), GrantRefusal> {
        if self.unit.is_none() && !self.role.can_be_everywhere() {
            Err(GrantRefusal::UnitNeeded)
        } else if self.until.is_some_and(|until| until <= self.from) {
            Err(GrantRefusal::DaysReversed)
        } else {
            Ok(())
        }
    }

    /// Whether it gives the permission on a day for the last unit of `path`.
    fn gives(&self, day: Day, permission: Permission, path: &[UnitId]) -> bool {
        if !(Span {
            from: self.from,
            until: self.until,
        })
        .holds(day)
        {
            return false;
        }
        let reach = self.role.reach(permission);
        match self.unit {
            None if self.role.can_be_everywhere() => match reach {
                Reach::Subtree | Reach::Below => true,
                Reach::Roots => path.len() == 1,
                Reach::OwnUnit | Reach::Nothing => false,
            },
            None => false,
            Some(unit) => match path.split_last() {
                None => false,
                Some((own, above)) => match reach {
                    Reach::OwnUnit => *own == unit,
                    Reach::Below => *own != unit && above.contains(&unit),
                    Reach::Subtree => *own == unit || above.contains(&unit),
                    Reach::Roots | Reach::Nothing => false,
                },
            },
        }
    }
}

/// Whether these grants permit something to be done to a unit on a day. `path`
/// is the unit's ancestors from the root down, then the unit itself; empty for
/// what concerns the whole installation.
#[must_use]
pub fn may(grants: &[Grant], day: Day, permission: Permission, path: &[UnitId]) -> bool {
    grants
        .iter()
        .any(|grant| grant.gives(day, permission, path))
}

/// Whether these grants give the permission anywhere at all on a day: what a
/// person could never do is not offered to them.
#[must_use]
pub fn holds_anywhere(grants: &[Grant], day: Day, permission: Permission) -> bool {
    grants.iter().any(|grant| {
        let holds = Span {
            from: grant.from,
            until: grant.until,
        }
        .holds(day);
        holds && grant.role.reach(permission) != Reach::Nothing
    })
}
