//! Rows of the tables: everything already in words.

use plenum_rules::org::Level;
use plenum_rules::progress::{Counts, Measure};
use plenum_rules::season::Mark;
use plenum_store::board::{Board, Child, InCharge, LevelCounts, Remaining, Standing};

use crate::shell::figures::children_in_order;
use crate::shell::page::Link;
use crate::shell::sentence::{chip, days, levels_in_sentence, share_length, state_word};
use crate::shell::{Place, Words, names, profiles};

/// x of y, with its share.
#[derive(Clone, Default)]
pub struct Share {
    /// "121/235"; "–" where there is nothing to count.
    pub text: String,
    /// "51,5 %".
    pub percent: String,
    /// The bar's length.
    pub length: String,
    /// For sorting: tenths of a percent.
    pub rank: i64,
    /// x.
    pub held: i64,
    /// y.
    pub total: i64,
    /// Every one has met.
    pub complete: bool,
    /// "+38" against the day compared with.
    pub change: String,
}

impl Share {
    /// Of counts, against so many held on the other day.
    pub fn of(words: Words, counts: &Counts, then: Option<i64>) -> Self {
        let (held, total) = (counts.held(), counts.total());
        if total == 0 {
            return Self {
                text: "–".to_owned(),
                rank: -1,
                ..Self::default()
            };
        }
        let change = then
            .map(|then| held - then)
            .map_or_else(String::new, |change| match change {
                0 => "±0".to_owned(),
                more if more > 0 => format!("+{}", words.count(more)),
                less => words.count(less).replace('-', "−"),
            });
        Self {
            text: format!("{}/{}", words.count(held), words.count(total)),
            percent: words.percent(held, total),
            length: share_length(held, total),
            rank: plenum_rules::words::permille(held, total).unwrap_or(0),
            held,
            total,
            complete: counts.is_complete(),
            change,
        }
    }
}

/// A congress in words.
#[derive(Clone, Default)]
pub struct Own {
    /// The chip's class.
    pub chip: &'static str,
    /// The state.
    pub word: String,
    /// Planned days.
    pub planned: String,
    /// The first planned day, for sorting.
    pub planned_rank: i32,
    /// Days held.
    pub held: String,
    /// The deadline.
    pub due: String,
    /// The reason given last.
    pub reason: String,
    /// "27/30" present of convened.
    pub present: String,
    /// Whether the deadline has passed.
    pub late: bool,
}

impl Own {
    /// Of a congress, for the board's day.
    pub fn of(words: Words, standing: &Standing, board: &Board) -> Self {
        Self {
            chip: chip(standing, board.day),
            word: state_word(words, standing, board.day),
            planned: standing
                .planned
                .as_ref()
                .map(|planned| days(words, planned.first, planned.last))
                .unwrap_or_default(),
            planned_rank: standing
                .planned
                .as_ref()
                .map_or(i32::MAX, |planned| planned.first.number()),
            held: standing
                .held
                .map(|(first, last)| days(words, first, last))
                .unwrap_or_default(),
            due: standing.due.map(|due| words.day(due)).unwrap_or_default(),
            reason: standing.reason.clone().unwrap_or_default(),
            present: standing
                .report
                .as_ref()
                .map(|(numbers, _)| {
                    format!(
                        "{}/{}",
                        words.count(i64::from(numbers.present)),
                        words.count(i64::from(numbers.convened))
                    )
                })
                .unwrap_or_default(),
            late: standing.is_late(board.day),
        }
    }
}

/// A unit directly below.
pub struct ChildRow {
    /// The unit's id, for live marking.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its rank in natural order.
    pub rank: usize,
    /// Its kind.
    pub kind: String,
    /// Where it leads.
    pub href: String,
    /// Pilot.
    pub pilot: bool,
    /// Trial.
    pub trial: bool,
    /// Who is in charge.
    pub in_charge: String,
    /// Of the counted level.
    pub main: Share,
    /// Of the other levels below.
    pub others: Vec<Share>,
    /// Late below and itself.
    pub late: i64,
    /// Within the next days.
    pub soon: i64,
    /// Its own congress.
    pub own: Option<Own>,
}

/// The units directly below, in natural order, late ones told.
pub fn children(words: Words, place: &Place, board: &Board, others: &[Level]) -> Vec<ChildRow> {
    children_in_order(board)
        .into_iter()
        .enumerate()
        .map(|(rank, child)| child_row(words, place, board, others, child, rank))
        .collect()
}

fn child_row(
    words: Words,
    place: &Place,
    board: &Board,
    others: &[Level],
    child: &Child,
    rank: usize,
) -> ChildRow {
    let then = |level: &Level| board.then.map(|_| child.held_then(level));
    let main = board
        .counted
        .as_ref()
        .map(|level| Share::of(words, &child.counts(level), then(level)));
    let sum = |measure| {
        child
            .below
            .values()
            .map(|counts| counts[measure])
            .sum::<i64>()
    };
    let mut people: Vec<&str> = child
        .in_charge
        .iter()
        .map(|(person, _)| person.as_str())
        .collect();
    people.sort_by(|a, b| names::order_people(a, b));
    ChildRow {
        key: child.unit.unit.to_string(),
        name: child.unit.name.clone(),
        rank,
        kind: profiles::kind_name(words, place.profile, &child.unit.kind),
        href: place.address("progress", &child.unit.code),
        pilot: child.marks.contains(&Mark::Pilot),
        trial: child.marks.contains(&Mark::Trial),
        in_charge: people.join(", "),
        main: main.unwrap_or_default(),
        others: others
            .iter()
            .map(|level| Share::of(words, &child.counts(level), then(level)))
            .collect(),
        late: sum(Measure::Late) + child.own_counts[Measure::Late],
        soon: sum(Measure::Soon) + child.own_counts[Measure::Soon],
        own: child.own.as_ref().map(|own| Own::of(words, own, board)),
    }
}

/// A level or a part of one.
pub struct PartRow {
    /// What it is.
    pub name: String,
    /// x of y.
    pub share: Share,
    /// Not held though the deadline has passed.
    pub late: i64,
    /// Members in those held, of all members.
    pub members: String,
    /// Whether it is a part of the line above.
    pub part: bool,
}

/// Levels, each with its kinds, pilots and trials.
pub fn parts(words: Words, place: &Place, board: &Board) -> Vec<PartRow> {
    let mut rows = Vec::new();
    let row = |name: String, counts: &Counts, then: Option<i64>, part| PartRow {
        name,
        share: Share::of(words, counts, then),
        late: counts[Measure::Late],
        members: format!(
            "{}/{}",
            words.count(counts[Measure::MembersHeld]),
            words.count(counts[Measure::Members])
        ),
        part,
    };
    for level in board.levels.iter().rev() {
        let name = profiles::level_name(words, place.profile, &level.level);
        rows.push(row(
            name,
            &level.all,
            board.then.map(|_| level.then.held()),
            false,
        ));
        if level.kinds.len() > 1 {
            for (kind, counts) in &level.kinds {
                rows.push(row(
                    profiles::kind_name(words, place.profile, kind),
                    counts,
                    None,
                    true,
                ));
            }
        }
        for (counts, key) in [
            (&level.pilot, "progress-pilots"),
            (&level.trial, "progress-trials"),
        ] {
            if counts.total() > 0 {
                rows.push(row(words.say(key), counts, None, true));
            }
        }
    }
    rows
}

/// A congress still to be held.
pub struct RemainingRow {
    /// The unit's id.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The unit above it.
    pub above: String,
    /// Where it leads.
    pub href: String,
    /// How it stands.
    pub own: Own,
    /// Planned within the next days.
    pub soon: bool,
}

/// Those still to be held, late ones first.
pub fn remaining(
    words: Words,
    place: &Place,
    board: &Board,
    remaining: &[Remaining],
) -> Vec<RemainingRow> {
    remaining
        .iter()
        .map(|each| RemainingRow {
            key: each.unit.unit.to_string(),
            name: each.unit.name.clone(),
            above: each.above.clone(),
            href: place.address("congress", &each.unit.code),
            own: Own::of(words, &each.standing, board),
            soon: each.standing.is_soon(board.day),
        })
        .collect()
}

/// At most so many members in charge of units of one level are listed.
const MOST_PEOPLE: usize = 200;
/// At most so many of a person's units are named.
const MOST_NAMED: usize = 3;

/// Those in charge of units of one level.
pub struct PeopleGroup {
    /// "Phụ trách chi bộ: 12 đồng chí".
    pub title: String,
    /// What the units themselves are, where another level is counted below
    /// them.
    pub own_level: String,
    /// Who.
    pub people: Vec<PersonRow>,
    /// How many more there are.
    pub more: usize,
}

/// A member in charge.
pub struct PersonRow {
    /// The name.
    pub person: String,
    /// The post.
    pub post: String,
    /// Units in charge of: the first of them, with where they lead.
    pub units: Vec<Link>,
    /// How many more units.
    pub more: usize,
    /// Of the counted level.
    pub main: Share,
    /// Of the units' own level.
    pub own: Share,
    /// Late among them.
    pub late: i64,
}

/// Members in charge by the level they look after, in the order of their given
/// names.
pub fn people(words: Words, place: &Place, board: &Board) -> Vec<PeopleGroup> {
    board
        .in_charge
        .chunk_by(|a, b| a.level == b.level)
        .map(|of_level| people_group(words, place, board, of_level))
        .collect()
}

fn people_group(words: Words, place: &Place, board: &Board, of_level: &[InCharge]) -> PeopleGroup {
    let mut people: Vec<&InCharge> = of_level.iter().collect();
    people.sort_by(|a, b| names::order_people(&a.person, &b.person));
    let level = people.first().map(|first| &first.level);
    let counted = |level: &&Level| board.levels.iter().any(|each| each.level == **level);
    let own = level.filter(|level| board.counted.as_ref() != Some(level));
    let own = own.filter(counted);
    let name = |level| levels_in_sentence(words, place.profile, level);
    let values = [
        ("level", level.map(name).unwrap_or_default().into()),
        ("count", people.len().into()),
    ];
    PeopleGroup {
        title: words.say_with("progress-people-of", &values),
        own_level: own.map(name).unwrap_or_default(),
        more: people.len().saturating_sub(MOST_PEOPLE),
        people: people
            .into_iter()
            .take(MOST_PEOPLE)
            .map(|each| person_row(words, place, board, (each, own)))
            .collect(),
    }
}

fn person_row(
    words: Words,
    place: &Place,
    board: &Board,
    (each, own): (&InCharge, Option<&Level>),
) -> PersonRow {
    let share = |level: Option<&Level>| {
        let counts = level.and_then(|level| each.counts.get(level));
        Share::of(words, &counts.copied().unwrap_or_default(), None)
    };
    let mut units: Vec<_> = each.units.iter().collect();
    units.sort_by(|a, b| names::order_natural(&a.name, &b.name));
    PersonRow {
        person: each.person.clone(),
        post: each.post.clone(),
        more: units.len().saturating_sub(MOST_NAMED),
        units: units
            .into_iter()
            .take(MOST_NAMED)
            .map(|unit| Link::to(&unit.name, place.address("progress", &unit.code)))
            .collect(),
        main: share(board.counted.as_ref()),
        own: share(own),
        late: each
            .counts
            .values()
            .map(|counts| counts[Measure::Late])
            .sum(),
    }
}

/// A figure above the tables.
pub struct Tile {
    /// What it counts.
    pub name: String,
    /// x of y.
    pub share: Share,
    /// Colour class.
    pub tone: &'static str,
    /// What stands below.
    pub note: String,
}

/// The figures: each level, then what needs attention.
pub fn tiles(words: Words, place: &Place, board: &Board) -> Vec<Tile> {
    board
        .levels
        .iter()
        .rev()
        .map(|level| tile(words, place, board, level))
        .collect()
}

fn tile(words: Words, place: &Place, board: &Board, level: &LevelCounts) -> Tile {
    let late = level.all[Measure::Late];
    let share = Share::of(words, &level.all, board.then.map(|_| level.then.held()));
    let tone = if late > 0 {
        "bad"
    } else if share.complete {
        "ok"
    } else {
        ""
    };
    let values = [
        ("late", late.into()),
        ("soon", level.all[Measure::Soon].into()),
        ("planned", words.count(level.all[Measure::PlannedBy]).into()),
    ];
    Tile {
        name: words.say1(
            "progress-tile",
            "level",
            levels_in_sentence(words, place.profile, &level.level),
        ),
        share,
        tone,
        note: words.say_with("progress-tile-note", &values),
    }
}
