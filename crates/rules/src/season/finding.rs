//! What can be found wrong with the dates of a season.

use serde::{Deserialize, Serialize};

use super::facts::EventId;
use crate::{Day, UnitId};

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The date stands only with the superior's recorded consent.
    Blocks,
    /// Somebody should look, and may say why it is fine.
    Warns,
}

/// What was found. Closed: every code has a line in `docs/rulebook/season.md`
/// and a text in every language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The unit's congress is not over before a congress above it opens.
    ChildAfterParent,
    /// The unit meets on or before the last day of the pilot it should learn from.
    MassBeforePilot,
    /// It opens before its window.
    BeforeWindow,
    /// It ends after its window.
    AfterWindow,
    /// The plans above it contradict each other: no day is right.
    NoDayInWindow,
    /// It opens before or on an event that must be over first.
    BeforeOutsideEvent,
    /// It meets during an event it must keep clear of.
    OverlapsOutsideEvent,
    /// It takes more days than its level may (R43).
    TooManyDays,
    /// It moved further from the end of its term than the rules allow (R56).
    ShiftTooFar,
    /// It has a date while the pilot it should learn from has none.
    PilotNotDated,
    /// The preparatory session is longer than allowed (R43).
    PreparatoryTooLong,
    /// There is a preparatory session at a level that has none (R43).
    PreparatoryAtThisLevel,
    /// It meets on a public holiday.
    OnHoliday,
    /// No member is in charge of it.
    Unsupervised,
    /// It is a pilot or trial and no instrument says so.
    MarkWithoutBasis,
    /// It has no date and the deadline is near.
    UndatedNearDeadline,
    /// The superior's review comes too late before the opening (R42).
    ReviewTooLate,
    /// The opening was announced too late before it (R42).
    AnnouncedTooLate,
    /// It moved from the end of its term, which the superior must consent to (R56).
    ShiftNeedsConsent,
    /// It met, and its report is not in within the working days allowed (R39).
    ReportOverdue,
    /// Its report is in, and the superior has not ratified the result within
    /// the working days allowed (R39).
    RatificationOverdue,
    /// It ends after the season's last day (R55).
    AfterSeason,
}

impl FindingCode {
    /// Every code, in the order of the rulebook.
    pub const ALL: [Self; 22] = [
        Self::ChildAfterParent,
        Self::MassBeforePilot,
        Self::BeforeWindow,
        Self::AfterWindow,
        Self::NoDayInWindow,
        Self::BeforeOutsideEvent,
        Self::OverlapsOutsideEvent,
        Self::TooManyDays,
        Self::ShiftTooFar,
        Self::PilotNotDated,
        Self::PreparatoryTooLong,
        Self::PreparatoryAtThisLevel,
        Self::OnHoliday,
        Self::Unsupervised,
        Self::MarkWithoutBasis,
        Self::UndatedNearDeadline,
        Self::ReviewTooLate,
        Self::AnnouncedTooLate,
        Self::ShiftNeedsConsent,
        Self::ReportOverdue,
        Self::RatificationOverdue,
        Self::AfterSeason,
    ];

    /// The code shown to people and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ChildAfterParent => "E-SEA-11",
            Self::MassBeforePilot => "E-SEA-12",
            Self::BeforeWindow => "E-SEA-13",
            Self::AfterWindow => "E-SEA-14",
            Self::NoDayInWindow => "E-SEA-15",
            Self::BeforeOutsideEvent => "E-SEA-16",
            Self::OverlapsOutsideEvent => "E-SEA-17",
            Self::TooManyDays => "E-SEA-18",
            Self::ShiftTooFar => "E-SEA-19",
            Self::PilotNotDated => "W-SEA-21",
            Self::PreparatoryTooLong => "W-SEA-22",
            Self::PreparatoryAtThisLevel => "W-SEA-23",
            Self::OnHoliday => "W-SEA-24",
            Self::Unsupervised => "W-SEA-25",
            Self::MarkWithoutBasis => "W-SEA-26",
            Self::UndatedNearDeadline => "W-SEA-27",
            Self::ReviewTooLate => "W-SEA-28",
            Self::AnnouncedTooLate => "W-SEA-29",
            Self::ShiftNeedsConsent => "W-SEA-30",
            Self::ReportOverdue => "W-SEA-31",
            Self::RatificationOverdue => "W-SEA-32",
            Self::AfterSeason => "W-SEA-33",
        }
    }

    /// The code of this text.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    /// The rule it comes from: a number of rules.md, or the season whose facts
    /// ask for it.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::ChildAfterParent
            | Self::BeforeOutsideEvent
            | Self::OverlapsOutsideEvent
            | Self::MarkWithoutBasis => "S0",
            Self::MassBeforePilot | Self::PilotNotDated => "S3",
            Self::BeforeWindow
            | Self::AfterWindow
            | Self::NoDayInWindow
            | Self::UndatedNearDeadline
            | Self::AfterSeason => "R55",
            Self::TooManyDays | Self::PreparatoryTooLong | Self::PreparatoryAtThisLevel => "R43",
            Self::ShiftTooFar | Self::ShiftNeedsConsent => "R56",
            Self::OnHoliday | Self::ReportOverdue | Self::RatificationOverdue => "R39",
            Self::Unsupervised => "S2",
            Self::ReviewTooLate | Self::AnnouncedTooLate => "R42",
        }
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::ChildAfterParent
            | Self::MassBeforePilot
            | Self::BeforeWindow
            | Self::AfterWindow
            | Self::NoDayInWindow
            | Self::BeforeOutsideEvent
            | Self::OverlapsOutsideEvent
            | Self::TooManyDays
            | Self::ShiftTooFar => Severity::Blocks,
            Self::PilotNotDated
            | Self::PreparatoryTooLong
            | Self::PreparatoryAtThisLevel
            | Self::OnHoliday
            | Self::Unsupervised
            | Self::MarkWithoutBasis
            | Self::UndatedNearDeadline
            | Self::ReviewTooLate
            | Self::AnnouncedTooLate
            | Self::ShiftNeedsConsent
            | Self::ReportOverdue
            | Self::RatificationOverdue
            | Self::AfterSeason => Severity::Warns,
        }
    }
}

/// What was to be kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// A day: to be after it, on it or before it, as the code says.
    Day(Day),
    /// A number of days, half-days, working days or months, as the code says.
    Number(u16),
}

/// Something found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// How much it weighs; always [`FindingCode::severity`].
    pub severity: Severity,
    /// The unit whose date it is about.
    pub unit: UnitId,
    /// The other unit: whose date does not fit, or whose plan sets the window.
    pub other: Option<UnitId>,
    /// The outside event, where one is in the way.
    pub event: Option<EventId>,
    /// The unit's day that is wrong.
    pub day: Option<Day>,
    /// What it should keep to.
    pub limit: Option<Limit>,
}

impl Finding {
    /// A finding about a unit, to be filled in.
    pub(super) fn about(code: FindingCode, unit: UnitId) -> Self {
        Self {
            code,
            severity: code.severity(),
            unit,
            other: None,
            event: None,
            day: None,
            limit: None,
        }
    }

    /// The units that could make it go away by another date: the one it is
    /// about, and the parent or pilot it clashes with.
    pub fn turns_on(&self) -> impl Iterator<Item = UnitId> {
        let clash = matches!(
            self.code,
            FindingCode::ChildAfterParent
                | FindingCode::MassBeforePilot
                | FindingCode::PilotNotDated
        );
        std::iter::once(self.unit).chain(self.other.filter(|_| clash))
    }

    pub(super) fn with(self, other: UnitId) -> Self {
        Self {
            other: Some(other),
            ..self
        }
    }

    pub(super) fn during(self, event: EventId) -> Self {
        Self {
            event: Some(event),
            ..self
        }
    }

    pub(super) fn on(self, day: Day) -> Self {
        Self {
            day: Some(day),
            ..self
        }
    }

    pub(super) fn within(self, limit: Limit) -> Self {
        Self {
            limit: Some(limit),
            ..self
        }
    }
}
