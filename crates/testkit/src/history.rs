//! Random histories of a whole organisation with two seasons: units founded,
//! moved, merged, split, resized and reformed, plans tightened, units set
//! apart, congresses through every state; back-dated and post-dated.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::congress::{Congress, Contents, Form, Numbers, Planned};
use plenum_rules::org::{
    Change, Edit, Kind, Level, NewUnit, Outcome, Part, Tree, Vocabulary, apply,
};
use plenum_rules::progress::Frame;
use plenum_rules::season::{Mark, Window, WindowId};
use plenum_rules::timeline::Span;
use plenum_rules::{Day, UnitId};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// The levels of the histories, from the top.
pub const LEVELS: [&str; 4] = ["province", "district", "grassroots", "branch"];
/// The first of the days on which something happens.
const FIRST_DAY: i64 = 18_000;
/// On how many days something happens.
const DAYS: i64 = 120;

/// A step before it is known what there is to choose from.
#[derive(Clone, Debug)]
pub struct Step {
    on: i64,
    what: u8,
    a: usize,
    b: usize,
    c: u32,
    season: usize,
}

/// Steps of a history.
pub fn steps(longest: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..DAYS,
        0..100_u8,
        0..200_usize,
        0..200_usize,
        0..60_u32,
        0..2_usize,
    );
    let step = step.prop_map(|(on, what, a, b, c, season)| Step {
        on: FIRST_DAY + on,
        what,
        a,
        b,
        c,
        season,
    });
    vec(step, 1..longest)
}

/// A day on which histories are looked at, before, during and after them.
pub fn days() -> impl Strategy<Value = Day> {
    (-10..DAYS + 40).prop_map(|day| at(FIRST_DAY + day))
}

fn at(number: i64) -> Day {
    Day::from_number(number).expect("a day")
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Deed {
    /// The tree changes.
    Tree(Outcome),
    /// A plan of a season gets a window.
    Window(usize, Window),
    /// A unit is set apart in a season.
    Mark(usize, UnitId, Span, Mark),
    /// A congress of a season has new facts.
    Congress(usize, UnitId, Congress),
}

/// What is known of a season.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// The unit at its top.
    pub root: UnitId,
    /// Levels and first day.
    pub frame: Frame,
    /// Every congress of which something is known.
    pub congresses: BTreeMap<UnitId, Congress>,
    /// Who is set apart.
    pub marks: BTreeMap<UnitId, Vec<(Span, Mark)>>,
    /// Every window.
    pub windows: Vec<Window>,
}

/// An organisation with two seasons, in memory.
#[derive(Clone, Debug)]
pub struct World {
    /// The units.
    pub tree: Tree,
    /// The seasons.
    pub seasons: [Campaign; 2],
    words: Vocabulary,
    next: u128,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// A province with two districts and what stands below them; one season
    /// for the province, one for the first district's branches.
    #[must_use]
    pub fn new() -> Self {
        let plot = crate::Plot::from(at(FIRST_DAY - 400))
            .with("T", "Tỉnh", "", "province", "territorial", 900)
            .with("H1", "Huyện 1", "T", "district", "territorial", 500)
            .with("H2", "Huyện 2", "T", "district", "territorial", 400)
            .with("X1", "Xã 1", "H1", "grassroots", "territorial", 60)
            .branch("X1-1", "Chi bộ 1", "X1", 31)
            .branch("X1-2", "Chi bộ 2", "X1", 29)
            .with("X2", "Xã 2", "H2", "grassroots", "agency", 40)
            .branch("X2-1", "Chi bộ 1", "X2", 40);
        let campaign = |root: &str, levels: &[&str], opens: i64| Campaign {
            root: crate::unit(root),
            frame: Frame {
                levels: levels
                    .iter()
                    .map(|level| Level((*level).to_owned()))
                    .collect(),
                opens: at(FIRST_DAY + opens),
            },
            congresses: BTreeMap::new(),
            marks: BTreeMap::new(),
            windows: Vec::new(),
        };
        let kinds = ["territorial", "agency", "residential"];
        Self {
            tree: Tree::default().after(&plot.outcome().edits),
            seasons: [
                campaign("T", &["district", "grassroots", "branch"], -30),
                campaign("H1", &["branch"], 20),
            ],
            words: Vocabulary {
                ranks: (0..)
                    .zip(LEVELS)
                    .map(|(rank, level)| (Level(level.to_owned()), rank))
                    .collect(),
                kinds: kinds.map(|kind| Kind(kind.to_owned())).into(),
            },
            next: 1_000,
        }
    }

    /// What a step does here; nothing where it cannot be done or is refused.
    /// One step can be several deeds, to be taken one after another.
    pub fn decide(&mut self, step: &Step) -> Vec<Deed> {
        let on = at(step.on);
        match step.what {
            0..30 => self
                .change(step, on)
                .and_then(|change| self.allowed(on, &change))
                .into_iter()
                .collect(),
            30..35 => self.reform(step, on),
            35..45 => self.window(step, on).into_iter().collect(),
            45..52 => self.mark(step, on).into_iter().collect(),
            _ => self.meet(step, on).into_iter().collect(),
        }
    }

    /// The units for which a deed can change what they count for: with every
    /// unit touched, all that ever stood or will stand below it.
    #[must_use]
    pub fn concerned(&self, deed: &Deed) -> Vec<UnitId> {
        match deed {
            Deed::Tree(outcome) => {
                let mut units = below(&self.tree, &outcome.touched);
                units.extend(below(&self.tree.after(&outcome.edits), &outcome.touched));
                units.into_iter().collect()
            }
            Deed::Window(_, window) => below(&self.tree, &[window.issuer]).into_iter().collect(),
            Deed::Mark(_, unit, ..) | Deed::Congress(_, unit, _) => vec![*unit],
        }
    }

    /// Does it.
    pub fn take(&mut self, deed: Deed) {
        match deed {
            Deed::Tree(outcome) => self.tree = self.tree.after(&outcome.edits),
            Deed::Window(season, window) => self.seasons[season].windows.push(window),
            Deed::Mark(season, unit, span, mark) => {
                let marks = self.seasons[season].marks.entry(unit).or_default();
                marks.retain(|(other, kind)| (other.from, *kind) != (span.from, mark));
                marks.push((span, mark));
            }
            Deed::Congress(season, unit, congress) => {
                self.seasons[season].congresses.insert(unit, congress);
            }
        }
    }

    /// Every unit there ever was.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        let units: BTreeSet<UnitId> = self.tree.all().iter().map(|version| version.unit).collect();
        units.into_iter().collect()
    }

    fn pick(&self, on: Day, place: usize) -> Option<UnitId> {
        let alive: Vec<UnitId> = self.tree.alive_on(on).map(|version| version.unit).collect();
        alive.get(place % alive.len().max(1)).copied()
    }

    fn allowed(&self, on: Day, change: &Change) -> Option<Deed> {
        apply(&self.tree, &self.words, on, change)
            .ok()
            .map(Deed::Tree)
    }

    fn begin(&mut self, parent: Option<UnitId>, level: String, step: &Step) -> NewUnit {
        self.next += 1;
        let kind = ["territorial", "agency", "residential"][step.b % 3];
        NewUnit {
            unit: UnitId(self.next),
            code: format!("M{}", self.next),
            name: format!("Đơn vị {}", self.next),
            parent,
            level: Level(level),
            kind: Kind(kind.to_owned()),
            members: step.c,
        }
    }

    fn change(&mut self, step: &Step, on: Day) -> Option<Change> {
        let unit = self.pick(on, step.a)?;
        let version = self.tree.on(unit, on)?.clone();
        let rank = LEVELS.iter().position(|level| *level == version.level.0)?;
        Some(match step.what {
            0..8 => {
                let level = LEVELS[(rank + 1 + step.b % 2).min(3)];
                Change::Found(self.begin(Some(unit), level.to_owned(), step))
            }
            8..10 => Change::Rename {
                unit,
                name: format!("Tên {}", step.c),
                code: None,
            },
            10..15 => Change::Move {
                unit,
                parent: self.pick(on, step.b),
            },
            15..18 => {
                let kind = Kind(["agency", "residential"][step.b % 2].to_owned());
                let level = Level(
                    LEVELS[if step.c.is_multiple_of(3) {
                        step.b % 4
                    } else {
                        rank
                    }]
                    .to_owned(),
                );
                Change::Reclassify { unit, level, kind }
            }
            18..21 => Change::Resize {
                unit,
                members: step.c,
            },
            21..24 => Change::Close { unit },
            24..27 => {
                let alike = |other: &&plenum_rules::org::UnitVersion| other.level == version.level;
                let units: Vec<UnitId> = self
                    .tree
                    .alive_on(on)
                    .filter(alike)
                    .skip(step.b % 3)
                    .take(2)
                    .map(|each| each.unit)
                    .collect();
                let parent = self.tree.on(*units.first()?, on)?.parent;
                let into = self.begin(parent, version.level.0, step);
                Change::Merge { units, into }
            }
            _ => {
                let mut children: Vec<UnitId> = self
                    .tree
                    .versions_under(Some(unit))
                    .map(|child| child.unit)
                    .collect();
                children.dedup();
                let rest = children.split_off(children.len() / 2);
                let share = version.members / 2;
                let halves = [(share, children), (version.members - share, rest)];
                let into = halves.map(|(members, children)| {
                    let new = self.begin(version.parent, version.level.0.clone(), step);
                    Part {
                        unit: NewUnit { members, ..new },
                        children,
                    }
                });
                Change::Split {
                    unit,
                    into: into.into(),
                }
            }
        })
    }

    /// A district goes: all below it comes under the province, then it ends.
    fn reform(&self, step: &Step, on: Day) -> Vec<Deed> {
        let districts: Vec<UnitId> = self
            .tree
            .alive_on(on)
            .filter(|version| version.level.0 == "district")
            .map(|each| each.unit)
            .collect();
        let Some(district) = districts.get(step.a % districts.len().max(1)).copied() else {
            return Vec::new();
        };
        let parent = self
            .tree
            .on(district, on)
            .and_then(|version| version.parent);
        let moves = self
            .tree
            .children_on(district, on)
            .into_iter()
            .map(|child| child.unit);
        let changes = moves
            .map(|unit| Change::Move { unit, parent })
            .chain([Change::Close { unit: district }])
            .collect::<Vec<_>>();
        let mut after = self.clone();
        let mut deeds = Vec::new();
        for change in changes {
            if let Some(deed) = after.allowed(on, &change) {
                after.take(deed.clone());
                deeds.push(deed);
            }
        }
        deeds
    }

    fn window(&mut self, step: &Step, on: Day) -> Option<Deed> {
        self.next += 1;
        let last = on.plus(i32::try_from(step.c).ok()?);
        let window = Window {
            id: WindowId(self.next),
            issuer: self.pick(on, step.a)?,
            level: Level(LEVELS[1 + step.b % 3].to_owned()),
            kind: step.b.is_multiple_of(5).then(|| Kind("agency".to_owned())),
            mark: step.b.is_multiple_of(7).then_some(Mark::Pilot),
            first: step.c.is_multiple_of(2).then(|| last.plus(-20)),
            last,
            from: on,
            until: step
                .b
                .is_multiple_of(3)
                .then(|| on.plus(i32::try_from(step.a).unwrap_or(0) % 90)),
            consent: step.c.is_multiple_of(4).then(|| "Công văn 12".to_owned()),
            reason: None,
        };
        Some(Deed::Window(step.season, window))
    }

    fn mark(&self, step: &Step, on: Day) -> Option<Deed> {
        let unit = self.pick(on, step.a)?;
        let until = step
            .c
            .is_multiple_of(2)
            .then(|| on.plus(1 + i32::try_from(step.c).unwrap_or(0)));
        let mark = if step.b.is_multiple_of(3) {
            Mark::Trial
        } else {
            Mark::Pilot
        };
        Some(Deed::Mark(
            step.season,
            unit,
            Span { from: on, until },
            mark,
        ))
    }

    fn meet(&self, step: &Step, on: Day) -> Option<Deed> {
        let unit = self.pick(on, step.a % 7)?;
        let mut congress = self.seasons[step.season]
            .congresses
            .get(&unit)
            .cloned()
            .unwrap_or_default();
        let some = i32::try_from(step.c).ok()?;
        let numbers = Numbers {
            convened: step.c,
            present: step.c / 2,
            elected_committee: step.c / 3,
            elected_delegates: step.c / 10,
            opinions: step.c,
            ..Numbers::default()
        };
        let days = (on.plus(-some), on.plus(-some / 2));
        let held = if step.b.is_multiple_of(11) {
            (on, on.next())
        } else {
            days
        };
        let done = match step.what {
            52..56 => congress.settle(
                on,
                Form::Members,
                Some(3),
                Contents::FOUR,
                false,
                (step.c, Some(200)),
            ),
            56..66 => {
                let planned = Planned {
                    first: on.plus(some),
                    last: on.plus(some + some % 3),
                    preparatory_half_days: 0,
                };
                congress.date(on, planned, Some("lý do".to_owned()))
            }
            66..69 => congress.postpone(on, "lý do"),
            69..72 => congress.prepare(on),
            72..75 => congress.review(on, ""),
            75..78 => congress.hold(on, held),
            78..87 => congress.submit_report(on, held, numbers, ""),
            87..92 => congress.confirm(on),
            92..94 => congress.return_for_rework(on, "lý do"),
            94..98 => congress.ratify(on, "QĐ 1"),
            98 => congress.cancel(on, "lý do"),
            _ => congress.hand_over(on, self.pick(on, step.b)?, "lý do"),
        };
        done.ok()?;
        Some(Deed::Congress(step.season, unit, congress))
    }
}

/// The units and all that ever stood below them.
fn below(tree: &Tree, units: &[UnitId]) -> BTreeSet<UnitId> {
    let mut found = BTreeSet::new();
    let mut waiting = units.to_vec();
    while let Some(unit) = waiting.pop() {
        if found.insert(unit) {
            waiting.extend(tree.versions_under(Some(unit)).map(|child| child.unit));
        }
    }
    found
}

/// The units a change of the tree begins.
#[must_use]
pub fn begun(deed: &Deed) -> Vec<UnitId> {
    match deed {
        Deed::Tree(outcome) => outcome
            .edits
            .iter()
            .filter_map(|edit| match edit {
                Edit::Put(version) => Some(version.unit),
                Edit::Drop { .. } | Edit::End { .. } => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
