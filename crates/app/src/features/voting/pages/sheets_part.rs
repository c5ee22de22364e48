//! Tally sheets on the page of a ballot: the form of a pile, and who has handed
//! in what. Nobody sees another's figures.

use plenum_rules::Actor;
use plenum_rules::voting::ballot::BallotKind;
use plenum_rules::voting::count::Sheet;
use plenum_rules::voting::list::Row;
use plenum_rules::voting::machine::{Closed, Differing, Election, SheetCount};
use plenum_rules::voting::profile::Effect;

use super::super::forms::{Field, FormView};
use super::super::verbs::Verb;
use super::maker::{Can, Maker};
use crate::shell::elections::Facts;
use crate::shell::{Lang, Words};

fn own<'a>(facts: &'a Facts, me: &Actor) -> Option<&'a SheetCount> {
    facts.sheets.iter().find(|count| count.by == *me)
}

/// The ballots no other pile of this person's holds.
pub fn ballots_left(facts: &Facts, me: &Actor, pile: u16) -> u32 {
    let closed = facts.election.closed();
    let returned = closed.map_or(0, |closed| closed.papers.returned);
    let others = own(facts, me).map_or(0, |count| {
        let piles = count.piles.iter().filter(|(number, _)| **number != pile);
        piles.map(|(_, sheet)| sheet.ballots).sum()
    });
    returned.saturating_sub(others)
}

/// The pile to write now: the one asked for, else the next while ballots are
/// left.
fn pile_now(facts: &Facts, me: &Actor, asked: Option<u16>) -> Option<u16> {
    let next = own(facts, me)
        .and_then(|count| count.piles.last_key_value())
        .map_or(1, |(last, _)| last.saturating_add(1));
    asked.or_else(|| (ballots_left(facts, me, next) > 0 || next == 1).then_some(next))
}

/// The tally sheet of a pile of whoever looks; nothing where they are complete.
/// Ranked ballots have none.
pub fn sheet(maker: &Maker<'_>, me: &Actor, asked: Option<u16>) -> Option<FormView> {
    let facts = &maker.seen.ballot.facts;
    let closed = facts.election.closed()?;
    if closed.open.paper.definition.layout.kind == BallotKind::Ranked {
        return None;
    }
    let pile = pile_now(facts, me, asked)?;
    let written = own(facts, me).and_then(|count| count.piles.get(&pile));
    let ballots = written.map_or_else(|| ballots_left(facts, me, pile), |sheet| sheet.ballots);
    let form = maker.form(Verb::Sheet).fields([
        maker.field("number", "pile").value(pile),
        maker
            .labelled("number", "ballots", "voting-field-pile-ballots")
            .value(ballots),
        maker
            .field("number", "valid")
            .value(said(written.map(|sheet| sheet.valid))),
    ]);
    let form = form.fields(invalid(maker, closed, written));
    let rows = &closed.open.paper.listed.rows;
    let votes = rows
        .iter()
        .flat_map(|row| votes(maker, closed, row, written));
    let form = form.fields(votes.collect::<Vec<_>>()).main();
    // One written again takes the place of the first, which is kept with the reason.
    Some(match written {
        Some(_) => form.field(maker.labelled("area", "reason", "voting-field-sheet-again")),
        None => form,
    })
}

fn said(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// A number for each criterion.
fn invalid(maker: &Maker<'_>, closed: &Closed, written: Option<&Sheet>) -> Vec<Field> {
    let words = maker.words;
    let criteria = closed.open.rules.criteria.iter();
    criteria
        .filter(|criterion| criterion.effect != Effect::NotCountedForPerson)
        .map(|criterion| {
            let text = match words.0 {
                Lang::Vi => &criterion.text_vi,
                Lang::En => &criterion.text_en,
            };
            let value = written.and_then(|sheet| sheet.invalid.get(&criterion.code).copied());
            let label = words.say_with(
                "voting-field-invalid",
                &[("code", (&criterion.code.0).into()), ("text", text.into())],
            );
            let mut field = maker
                .labelled("number", "invalid", "voting-field-valid")
                .label(label)
                .value(said(value));
            field.name = format!("invalid_{}", criterion.code.0);
            field
        })
        .collect()
}

/// A person's votes; on lists with boxes those against too.
fn votes(maker: &Maker<'_>, closed: &Closed, row: &Row, written: Option<&Sheet>) -> Vec<Field> {
    let words = maker.words;
    let of = |numbers: Option<&Vec<u32>>| {
        said(numbers.and_then(|all| all.get(row.number.place()).copied()))
    };
    let field = |name: &str, value: String, column: &str| {
        let label = format!(
            "{}. {}: {}",
            row.number,
            row.name,
            words.say(column).to_lowercase()
        );
        let mut field = maker
            .labelled("number", name, "voting-field-valid")
            .label(label)
            .options(vec![(row.number.to_string(), row.name.clone())])
            .value(value);
        field.name = format!("{name}_{}", row.number);
        field.hint = String::new();
        field
    };
    let votes = of(written.map(|sheet| &sheet.votes));
    match closed.open.paper.definition.layout.kind {
        BallotKind::AgreeDisagree | BallotKind::SingleName => vec![
            field("votes", votes, "voting-agree"),
            field(
                "against",
                of(written.map(|sheet| &sheet.against)),
                "voting-disagree",
            ),
        ],
        BallotKind::StrikeOut | BallotKind::Ranked => vec![field("votes", votes, "voting-votes")],
    }
}

/// A person's line of a tally sheet.
pub struct TallyRow<'a> {
    pub number: &'a str,
    pub name: &'a str,
    /// The votes, and on lists with boxes those against.
    pub cells: Vec<&'a Field>,
}

impl FormView {
    /// Whether a field of a tally sheet stands below with others of its kind.
    pub fn is_grouped(&self, field: &Field) -> bool {
        let groups = ["invalid_", "votes_", "against_"];
        groups.iter().any(|group| field.name.starts_with(group))
    }

    /// Whether a figure of invalid ballots was written.
    pub fn has_invalid(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.name.starts_with("invalid_") && !field.value.is_empty())
    }

    /// Whether those against are counted too.
    pub fn has_against(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.name.starts_with("against_"))
    }

    /// The people of a tally sheet in the ballot's order.
    pub fn tally(&self) -> Vec<TallyRow<'_>> {
        let mut rows: Vec<TallyRow<'_>> = Vec::new();
        for field in &self.fields {
            let votes = field.name.starts_with("votes_");
            match (field.options.first(), rows.last_mut()) {
                (Some((number, name)), _) if votes => rows.push(TallyRow {
                    number,
                    name,
                    cells: vec![field],
                }),
                (_, Some(row)) if field.name.starts_with("against_") => row.cells.push(field),
                _ => {}
            }
        }
        rows
    }
}

/// A count on sheets as everybody at the count sees it.
pub struct CountRow {
    /// Whose, by name.
    pub name: String,
    /// How many piles and ballots.
    pub said: String,
    /// Whether all ballots are in it.
    pub complete: bool,
    /// The own piles, to write one again: its number and where.
    pub piles: Vec<(u16, String)>,
}

/// Who has handed in what, while it is counted; `name` says who somebody is.
pub fn counts(
    words: Words,
    facts: &Facts,
    (base, me): (&str, &Actor),
    name: impl Fn(&Actor) -> String,
) -> Vec<CountRow> {
    let Election::Counting(counting) = &facts.election else {
        return Vec::new();
    };
    let row = |count: &SheetCount| CountRow {
        name: name(&count.by),
        said: words.say_with(
            "voting-sheets-said",
            &[
                ("piles", count.piles.len().into()),
                (
                    "ballots",
                    i64::try_from(count.ballots()).unwrap_or(i64::MAX).into(),
                ),
                (
                    "returned",
                    i64::from(counting.closed.papers.returned).into(),
                ),
            ],
        ),
        complete: counting.is_complete(count),
        piles: if count.by == *me {
            let piles = count.piles.keys();
            piles
                .map(|pile| (*pile, format!("{base}?pile={pile}#sheet")))
                .collect()
        } else {
            Vec::new()
        },
    };
    facts.sheets.iter().map(row).collect()
}

/// Where complete counts differ, in words; empty where they do not.
pub fn differing(words: Words, facts: &Facts) -> String {
    let Election::Counting(counting) = &facts.election else {
        return String::new();
    };
    match counting.differing(&facts.sheets) {
        Differing::Nowhere => String::new(),
        Differing::Sums => words.say("voting-sheets-differ"),
        Differing::Piles(piles) => {
            let piles: Vec<String> = piles.iter().map(ToString::to_string).collect();
            words.say1("voting-sheets-differ-in", "piles", piles.join(", "))
        }
    }
}

/// What was taken out of the count, in words.
pub fn dropped(words: Words, facts: &Facts, name: impl Fn(&Actor) -> String) -> Vec<String> {
    let dropped = facts.dropped.iter();
    dropped
        .map(|one| {
            let piles: Vec<String> = one.count.piles.keys().map(ToString::to_string).collect();
            words.say_with(
                "voting-sheets-dropped",
                &[
                    ("name", name(&one.count.by).into()),
                    ("piles", piles.join(", ").into()),
                    ("by", name(&one.dropped_by).into()),
                    ("reason", (&one.reason).into()),
                ],
            )
        })
        .collect()
}

/// The forms that take sheets out again: the own ones, and those of somebody
/// who is gone, for whoever leads and did not count.
pub fn dropping(
    maker: &Maker<'_>,
    can: &Can,
    me: &Actor,
    name: impl Fn(&Actor) -> String,
) -> Vec<FormView> {
    let facts = &maker.seen.ballot.facts;
    if !matches!(facts.election, Election::Counting(_)) || !can.count {
        return Vec::new();
    }
    let counts = own(facts, me).is_some();
    let mine = |count: &&SheetCount| count.by == *me || can.run && !counts;
    let form = |count: &SheetCount| {
        let mut piles = vec![(String::new(), maker.words.say("voting-pile-all"))];
        piles.extend(count.piles.keys().map(|pile| {
            let label = maker.words.say1("voting-pile", "pile", i64::from(*pile));
            (pile.to_string(), label)
        }));
        let mut form = maker
            .form(Verb::DropSheet)
            .field(Field::hidden("whose", &count.by.0))
            .field(maker.field("select", "pile").options(piles))
            .field(maker.field("area", "reason"))
            .keyed(&count.by.0)
            .grave();
        form.title = maker
            .words
            .say1("voting-drop-sheet-of", "name", name(&count.by));
        form
    };
    facts.sheets.iter().filter(mine).map(form).collect()
}
