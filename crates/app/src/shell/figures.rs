//! A node's figures for programs: what `plenum progress --json` prints and the
//! API answers.

use plenum_rules::Day;
use plenum_rules::org::Level;
use plenum_rules::progress::{Counts, Measure};
use plenum_store::board::{Board, Child, InCharge, Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::language::Words;
use super::names::{order_natural, order_people};
use super::place::Place;
use super::sentence::sentence;

/// How many congresses are in which state, with what was reported of them.
/// Each congress that counts is in exactly one of the first ten states.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// Congresses that count.
    #[schema(example = 235)]
    pub total: i64,
    /// Of these, those that have met: `held_unreported`, `reported`, `confirmed` and `ratified` together.
    #[schema(example = 121)]
    pub held: i64,
    /// Nothing is known of them yet.
    pub expected: i64,
    /// They lost their day.
    pub postponed: i64,
    /// They have a day.
    pub dated: i64,
    /// The unit is ready.
    pub prepared: i64,
    /// The superior reviewed them.
    pub reviewed: i64,
    /// Met, the report is missing.
    pub held_unreported: i64,
    /// Reported, not yet confirmed.
    pub reported: i64,
    /// The report went back.
    pub returned: i64,
    /// The report is confirmed.
    pub confirmed: i64,
    /// The result is ratified.
    pub ratified: i64,
    /// Not met although the deadline has passed.
    pub late: i64,
    /// Not met although the planned day has passed.
    pub overdue: i64,
    /// Not met and planned within the next fourteen days.
    pub soon: i64,
    /// Members of the units whose congress counts.
    pub members: i64,
    /// Members of the units whose congress has met.
    pub members_held: i64,
    /// People convened, as reported.
    pub convened: i64,
    /// Of these, present.
    pub present: i64,
    /// Elected to committees.
    pub elected: i64,
    /// Delegates elected to the congress above.
    pub delegates: i64,
    /// Opinions gathered.
    pub opinions: i64,
    /// Congresses whose planned day has come.
    pub planned_by: i64,
    /// Congresses whose deadline has come.
    pub due_by: i64,
}

impl From<&Counts> for Figures {
    fn from(counts: &Counts) -> Self {
        use Measure as M;
        Self {
            total: counts.total(),
            held: counts.held(),
            expected: counts[M::Expected],
            postponed: counts[M::Postponed],
            dated: counts[M::Dated],
            prepared: counts[M::Prepared],
            reviewed: counts[M::Reviewed],
            held_unreported: counts[M::Held],
            reported: counts[M::Reported],
            returned: counts[M::Returned],
            confirmed: counts[M::Confirmed],
            ratified: counts[M::Ratified],
            late: counts[M::Late],
            overdue: counts[M::Overdue],
            soon: counts[M::Soon],
            members: counts[M::Members],
            members_held: counts[M::MembersHeld],
            convened: counts[M::Convened],
            present: counts[M::Present],
            elected: counts[M::Elected],
            delegates: counts[M::Delegates],
            opinions: counts[M::Opinions],
            planned_by: counts[M::PlannedBy],
            due_by: counts[M::DueBy],
        }
    }
}

/// A kind of unit within a level.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct KindFigures {
    /// Which kind.
    #[schema(example = "residential")]
    pub kind: String,
    /// Its figures.
    pub figures: Figures,
}

/// A level below the node.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct LevelFigures {
    /// Which level.
    #[schema(example = "branch")]
    pub level: String,
    /// All of it.
    pub figures: Figures,
    /// Those held on the day compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_then: Option<i64>,
    /// By kind.
    pub kinds: Vec<KindFigures>,
    /// Pilots only.
    pub pilot: Figures,
    /// Trials only.
    pub trial: Figures,
}

/// A level below a unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct BelowFigures {
    /// Which level.
    #[schema(example = "branch")]
    pub level: String,
    /// Its figures.
    pub figures: Figures,
    /// Those held on the day compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_then: Option<i64>,
}

/// A unit directly below the node.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChildFigures {
    /// Its code.
    #[schema(example = "CL-KT")]
    pub code: String,
    /// Its name on the day.
    #[schema(example = "Đảng bộ phường Khuê Trung")]
    pub name: String,
    /// Its kind.
    #[schema(example = "territorial")]
    pub kind: String,
    /// Where its own congress stands; absent where its level holds none.
    #[schema(example = "dated")]
    pub state: Option<String>,
    /// What is counted below it.
    pub below: Vec<BelowFigures>,
}

/// A unit somebody is in charge of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct UnitNamed {
    /// Its code.
    #[schema(example = "CL-KT")]
    pub code: String,
    /// Its name on the day.
    #[schema(example = "Đảng bộ phường Khuê Trung")]
    pub name: String,
}

/// A committee member in charge of units below the node.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct InChargeFigures {
    /// The name.
    pub person: String,
    /// The post.
    pub post: String,
    /// The level of the topmost of their units.
    #[schema(example = "grassroots")]
    pub level: String,
    /// Which units.
    pub units: Vec<UnitNamed>,
    /// What is counted in those units and below them, each congress once.
    pub counts: Vec<BelowFigures>,
}

/// A congress that has not met.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RemainingFigures {
    /// The unit's code.
    #[schema(example = "CL-HT-03")]
    pub code: String,
    /// Its name on the day.
    pub name: String,
    /// The name of the unit directly above.
    pub above: String,
    /// Its level.
    #[schema(example = "branch")]
    pub level: String,
    /// Where it stands.
    #[schema(example = "dated")]
    pub state: String,
    /// The first planned day.
    #[schema(value_type = Option<String>, format = Date)]
    pub planned_first: Option<Day>,
    /// The last planned day.
    #[schema(value_type = Option<String>, format = Date)]
    pub planned_last: Option<Day>,
    /// The deadline.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Day>,
    /// The reason given last: why it was dated anew, postponed or returned.
    pub reason: Option<String>,
}

/// How many of how many, at a node, on a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ProgressFigures {
    /// The season's name in addresses.
    #[schema(example = "cam-le-2020")]
    pub season: String,
    /// The node's code.
    #[schema(example = "CL")]
    pub unit: String,
    /// The node's name on the day.
    #[schema(example = "Đảng bộ quận Cẩm Lệ")]
    pub name: String,
    /// The day.
    #[schema(value_type = String, format = Date, example = "2020-03-02")]
    pub as_of: Day,
    /// The day compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, example = "2020-02-24")]
    pub with: Option<Day>,
    /// The answer in one sentence, in the language asked for.
    pub sentence: String,
    /// The level the sentence counts; absent where nothing is counted below the node.
    #[schema(example = "branch")]
    pub counted: Option<String>,
    /// Of that level, congresses that have met.
    #[schema(example = 121)]
    pub held: i64,
    /// Of that level, all congresses that count.
    #[schema(example = 235)]
    pub total: i64,
    /// Where the node's own congress stands; absent where its level holds none.
    #[schema(example = "dated")]
    pub state: Option<String>,
    /// The levels below, in the season's order.
    pub levels: Vec<LevelFigures>,
    /// The units directly below: those with congresses below them first, each part in natural order of the names.
    pub children: Vec<ChildFigures>,
    /// Those in charge of units below, by the level of the topmost of their units.
    pub in_charge: Vec<InChargeFigures>,
    /// Whether those in charge further down are left out, because there are too many.
    pub in_charge_cut: bool,
    /// Congresses below that have not met, late ones first; absent where there are more than 400: ask the
    /// units below.
    pub remaining: Option<Vec<RemainingFigures>>,
    /// Of these, those whose deadline has passed.
    pub late: Option<Vec<RemainingFigures>>,
    /// Of these, those planned within the next fourteen days.
    pub soon: Option<Vec<RemainingFigures>>,
}

/// A node's figures.
#[must_use]
pub fn figures(words: Words, place: &Place, board: &Board) -> ProgressFigures {
    let main = board.main();
    ProgressFigures {
        season: board.season.id.to_string(),
        unit: board.unit.code.clone(),
        name: board.unit.name.clone(),
        as_of: board.day,
        with: board.then,
        sentence: sentence(words, place.profile, board),
        counted: board.counted.as_ref().map(|level| level.0.clone()),
        held: main.held(),
        total: main.total(),
        state: board.own.as_ref().map(|own| own.state.code().to_owned()),
        levels: levels(board),
        children: children(board),
        in_charge: in_charge(board),
        in_charge_cut: board.in_charge_cut,
        remaining: remaining(board, |_| true),
        late: remaining(board, |each| each.is_late(board.day)),
        soon: remaining(board, |each| each.is_soon(board.day)),
    }
}

fn in_charge(board: &Board) -> Vec<InChargeFigures> {
    let mut people: Vec<&InCharge> = board.in_charge.iter().collect();
    let place = |level: &Level| board.in_charge.iter().position(|each| each.level == *level);
    people.sort_by(|a, b| {
        let levels = place(&a.level).cmp(&place(&b.level));
        levels.then_with(|| order_people(&a.person, &b.person))
    });
    people
        .into_iter()
        .map(|each| InChargeFigures {
            person: each.person.clone(),
            post: each.post.clone(),
            level: each.level.0.clone(),
            units: each
                .units
                .iter()
                .map(|unit| UnitNamed {
                    code: unit.code.clone(),
                    name: unit.name.clone(),
                })
                .collect(),
            counts: each
                .counts
                .iter()
                .filter(|(_, counts)| counts.total() > 0)
                .map(|(level, counts)| BelowFigures {
                    level: level.0.clone(),
                    figures: counts.into(),
                    held_then: None,
                })
                .collect(),
        })
        .collect()
}

fn remaining(board: &Board, wanted: impl Fn(&Standing) -> bool) -> Option<Vec<RemainingFigures>> {
    let remaining = board.remaining.as_ref()?;
    Some(
        remaining
            .iter()
            .filter(|each| wanted(&each.standing))
            .map(|each| RemainingFigures {
                code: each.unit.code.clone(),
                name: each.unit.name.clone(),
                above: each.above.clone(),
                level: each.unit.level.0.clone(),
                state: each.standing.state.code().to_owned(),
                planned_first: each.standing.planned.as_ref().map(|planned| planned.first),
                planned_last: each.standing.planned.as_ref().map(|planned| planned.last),
                due: each.standing.due,
                reason: each.standing.reason.clone(),
            })
            .collect(),
    )
}

fn levels(board: &Board) -> Vec<LevelFigures> {
    board
        .levels
        .iter()
        .map(|level| LevelFigures {
            level: level.level.0.clone(),
            figures: (&level.all).into(),
            held_then: board.then.map(|_| level.then.held()),
            kinds: level
                .kinds
                .iter()
                .map(|(kind, counts)| KindFigures {
                    kind: kind.0.clone(),
                    figures: counts.into(),
                })
                .collect(),
            pilot: (&level.pilot).into(),
            trial: (&level.trial).into(),
        })
        .collect()
}

/// The units directly below as every list of them shows them: those with
/// congresses below first, each part in natural order of the names.
#[must_use]
pub fn children_in_order(board: &Board) -> Vec<&Child> {
    let mut children: Vec<&Child> = board.children.iter().collect();
    children.sort_by(|a, b| {
        let branchless = |child: &Child| child.below.is_empty();
        branchless(a)
            .cmp(&branchless(b))
            .then_with(|| order_natural(&a.unit.name, &b.unit.name))
    });
    children
}

fn children(board: &Board) -> Vec<ChildFigures> {
    children_in_order(board)
        .into_iter()
        .map(|child| ChildFigures {
            code: child.unit.code.clone(),
            name: child.unit.name.clone(),
            kind: child.unit.kind.0.clone(),
            state: child.own.as_ref().map(|own| own.state.code().to_owned()),
            below: child
                .below
                .iter()
                .map(|(level, counts)| BelowFigures {
                    level: level.0.clone(),
                    figures: counts.into(),
                    held_then: board.then.map(|_| {
                        child
                            .below_then
                            .get(level)
                            .map_or(0, plenum_rules::progress::Counts::held)
                    }),
                })
                .collect(),
        })
        .collect()
}
