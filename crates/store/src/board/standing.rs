//! How congresses stand on a day.

use std::borrow::Cow;
use std::collections::BTreeMap;

use plenum_rules::congress::{Congress, Planned, State};
use plenum_rules::org::UnitVersion;
use plenum_rules::progress::{Above, DueFinder, SOON_DAYS};
use plenum_rules::season::{Mark, Windows};
use plenum_rules::timeline::Span;
use plenum_rules::{Day, UnitId};

use crate::db::{Result, Tx};
use crate::season::Season;
use crate::{congress, season as seasons};

/// One congress as it stands on the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Where it stands.
    pub state: State,
    /// When it is to meet, as far as known on the day.
    pub planned: Option<Planned>,
    /// When it met, where it has met by the day.
    pub held: Option<(Day, Day)>,
    /// Its deadline, as the day saw it.
    pub due: Option<Day>,
    /// The reason given last.
    pub reason: Option<String>,
    /// Opinions, people and difficulties as reported, where it was.
    pub report: Option<(plenum_rules::congress::Numbers, String)>,
}

impl Standing {
    /// Not held although the deadline has passed.
    #[must_use]
    pub fn is_late(&self, day: Day) -> bool {
        self.waits() && self.due.is_some_and(|due| due < day)
    }

    /// Not held although its own day has passed.
    #[must_use]
    pub fn is_overdue(&self, day: Day) -> bool {
        self.waits()
            && self
                .planned
                .as_ref()
                .is_some_and(|planned| planned.last < day)
    }

    /// Still to be held, on a day of the next fourteen.
    #[must_use]
    pub fn is_soon(&self, day: Day) -> bool {
        let planned = self.planned.as_ref().map(|planned| planned.first);
        self.waits() && planned.is_some_and(|first| (0..=SOON_DAYS).contains(&first.since(day)))
    }

    /// Still to be held.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.state.is_held() && self.state.is_expected_of_unit()
    }
}

/// A congress as it stands on a day.
#[must_use]
pub fn standing(congress: &Congress, due: Option<Day>, day: Day) -> Standing {
    let state = congress.state_on(day);
    Standing {
        state,
        planned: congress.planned().on(day).cloned().flatten(),
        held: congress.held().filter(|(_, last)| *last <= day),
        due,
        reason: congress.reason_on(day).map(str::to_owned),
        report: congress
            .report()
            .filter(|_| state.is_held())
            .map(|(_, numbers, difficulties)| (*numbers, difficulties.to_owned())),
    }
}

type Marks = BTreeMap<UnitId, Vec<(Span, Mark)>>;

fn marks_on(marks: &Marks, unit: UnitId, day: Day) -> Vec<Mark> {
    let mut on: Vec<Mark> = marks
        .get(&unit)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter(|(span, _)| span.holds(day))
        .map(|(_, mark)| *mark)
        .collect();
    on.sort_unstable();
    on.dedup();
    on
}

/// A unit's deadline as a day saw it, where it stands under `chain`.
fn due_on(
    finder: &mut DueFinder<'_>,
    version: &UnitVersion,
    chain: &[UnitId],
    marks: &Marks,
    day: Day,
) -> Option<Day> {
    let above = Above::starting(plenum_rules::day::FIRST, Some(chain.into()));
    let marks = marks.get(&version.unit).map_or(&[][..], Vec::as_slice);
    finder
        .due(version.unit, std::slice::from_ref(version), &above, marks)
        .on(day)
        .copied()
        .flatten()
}

/// How congresses of a season stand on a day: each unit with the units above
/// it, topmost first; none where its level holds no congress.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn standings(
    tx: &mut Tx,
    season: &Season,
    units: &[(UnitVersion, Vec<UnitId>)],
    day: Day,
) -> Result<Vec<Option<Standing>>> {
    let ids: Vec<UnitId> = units.iter().map(|(version, _)| version.unit).collect();
    let scene = Scene::load(tx, season, day).await?;
    let facts = scene.facts(tx, &ids).await?;
    let mut finder = scene.finder();
    Ok(units
        .iter()
        .map(|(version, chain)| facts.standing(&mut finder, version, chain))
        .collect())
}

/// Where a season has no more pilots and trials than this, all of them are
/// loaded at once.
const FEW_MARKS: u32 = 250;

/// What decides how congresses of a season stand on a day, loaded once.
pub(crate) struct Scene<'a> {
    pub(crate) season: &'a Season,
    pub(crate) day: Day,
    windows: Windows,
    /// All pilots and trials, where there are few.
    marks: Option<Marks>,
}

/// What is known of some units' congresses.
pub(crate) struct Facts<'a> {
    scene: &'a Scene<'a>,
    congresses: BTreeMap<UnitId, Congress>,
    marks: Cow<'a, Marks>,
}

impl<'a> Scene<'a> {
    pub(crate) async fn load(tx: &mut Tx, season: &'a Season, day: Day) -> Result<Self> {
        Ok(Self {
            season,
            day,
            windows: seasons::windows(tx, &season.id).await?,
            marks: seasons::few_marks(tx, &season.id, FEW_MARKS).await?,
        })
    }

    /// Finds deadlines; one finder remembers what it found on the way.
    pub(crate) fn finder(&self) -> DueFinder<'_> {
        DueFinder::new(&self.windows)
    }

    pub(crate) async fn facts(&'a self, tx: &mut Tx, units: &[UnitId]) -> Result<Facts<'a>> {
        Ok(Facts {
            scene: self,
            congresses: congress::load_many(tx, &self.season.id, units).await?,
            marks: match &self.marks {
                Some(all) => Cow::Borrowed(all),
                None => Cow::Owned(seasons::marks_of(tx, &self.season.id, units).await?),
            },
        })
    }
}

impl Facts<'_> {
    pub(crate) fn congress(&self, unit: UnitId) -> &Congress {
        static NOTHING: Congress = Congress::nothing();
        self.congresses.get(&unit).unwrap_or(&NOTHING)
    }

    /// A unit's pilot and trial on the day.
    pub(crate) fn marks(&self, unit: UnitId) -> Vec<Mark> {
        marks_on(&self.marks, unit, self.scene.day)
    }

    /// A unit's deadline as the day saw it, where it stands under `chain`.
    pub(crate) fn due(
        &self,
        finder: &mut DueFinder<'_>,
        version: &UnitVersion,
        chain: &[UnitId],
    ) -> Option<Day> {
        due_on(finder, version, chain, &self.marks, self.scene.day)
    }

    /// How a unit's congress stands on the day; none where its level holds
    /// none.
    pub(crate) fn standing(
        &self,
        finder: &mut DueFinder<'_>,
        version: &UnitVersion,
        chain: &[UnitId],
    ) -> Option<Standing> {
        let day = self.scene.day;
        holds_congress(self.scene.season, version, day).then(|| {
            let due = self.due(finder, version, chain);
            standing(self.congress(version.unit), due, day)
        })
    }
}

pub(super) fn holds_congress(season: &Season, version: &UnitVersion, day: Day) -> bool {
    day >= season.opens && version.span().holds(day) && season.term(&version.level).is_some()
}

/// The congress of a path's last unit as it stands on a day; none where its
/// level holds none on that day.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn own_of(
    tx: &mut Tx,
    season: &Season,
    path: &[UnitVersion],
    day: Day,
) -> Result<Option<Standing>> {
    let Some((unit, above)) = path.split_last() else {
        return Ok(None);
    };
    let chain: Vec<UnitId> = above.iter().map(|version| version.unit).collect();
    if !holds_congress(season, unit, day) {
        return Ok(None);
    }
    let scene = Scene::load(tx, season, day).await?;
    let facts = scene.facts(tx, &[unit.unit]).await?;
    Ok(facts.standing(&mut scene.finder(), unit, &chain))
}
