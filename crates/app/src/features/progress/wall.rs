//! The wall: for a beamer, read from the back of the hall.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::org::UnitVersion;
use plenum_rules::progress::{Counts, Measure};
use plenum_store::board::{self, Board, Child, Standing};

use super::pages::{Asked, load_for};
use super::rows::Share;
use crate::shell::asked::{Known, one_of};
use crate::shell::page::render;
use crate::shell::sentence::{chip, short_sentence, state_word};
use crate::shell::{App, Chrome, Place, Problem, Visitor, Words, look, names};

/// A unit as a cell.
pub struct Cell {
    key: String,
    /// What fits into a cell: the number a branch is called by, or letters.
    short: String,
    label: String,
    sign: &'static str,
}

/// Units under one heading.
pub struct Group {
    key: String,
    tone: &'static str,
    name: String,
    count: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "progress/wall.html")]
struct WallPage {
    p: Chrome,
    white: bool,
    sentence: String,
    share: Share,
    clock: String,
    groups: Vec<Group>,
    other: String,
    back: String,
}

/// `GET /s/{season}/wall`.
pub async fn wall(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    let ((place, board, cells), white) = match load_cells(&app, &visitor, &season, &asked).await {
        Ok(found) => found,
        Err(problem) => return problem.page(&visitor),
    };
    let words = visitor.words;
    let address = place.address("wall", &board.unit.code);
    let page = WallPage {
        p: Chrome::new(&visitor, &board.unit.name)
            .at(&place, "wall")
            .live(&place),
        white,
        sentence: short_sentence(words, place.profile, &board),
        share: Share::of(words, &board.main(), None),
        clock: app.clock.time_of(app.clock.now()),
        groups: groups(words, &board, &cells),
        other: address,
        back: place.address("progress", &board.unit.code),
    };
    render(&page)
}

type Cells = BTreeMap<UnitId, Vec<(UnitVersion, Standing)>>;

async fn load_cells(
    app: &App,
    visitor: &Visitor,
    season: &str,
    asked: &Asked,
) -> Result<((Place, Board, Cells), bool), Problem> {
    // What a page compares with is the wall's colour, not a day.
    let white = one_of("with", asked.with.as_deref(), |colour| {
        (colour == "white").then_some(())
    })?;
    let asked = Asked {
        with: None,
        ..asked.clone()
    };
    let (place, board) = load_for(app, visitor, Permission::SeeWall, season, &asked).await?;
    let chain: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
    let mut look = look(app, visitor.signed_in()?).await?;
    let cells = board::cells(&mut look.tx, &place.season, &board, &chain).await?;
    Ok(((place, board, cells), white.is_some()))
}

fn groups(words: Words, board: &Board, cells: &Cells) -> Vec<Group> {
    let mut children: Vec<&Child> = board.children.iter().collect();
    children.sort_by(|a, b| names::order_natural(&a.unit.name, &b.unit.name));
    let (parents, leaves): (Vec<&Child>, Vec<&Child>) = children
        .into_iter()
        .partition(|child| !child.below.is_empty());
    let mut groups: Vec<Group> = Vec::new();
    for parent in parents {
        let Some(counted) = &board.counted else {
            continue;
        };
        let counts = parent.below.get(counted).copied().unwrap_or_default();
        let units = cells.get(&parent.unit.unit).map_or(&[][..], Vec::as_slice);
        let units: Vec<(&UnitVersion, &Standing)> =
            units.iter().map(|(unit, own)| (unit, own)).collect();
        groups.push(Group {
            key: parent.unit.unit.to_string(),
            tone: tone(&counts),
            name: short_name(&parent.unit.name),
            count: Share::of(words, &counts, None).text,
            cells: drawn(words, board, units),
        });
    }
    let own: Vec<(&UnitVersion, &Standing)> = leaves
        .iter()
        .filter_map(|leaf| Some((&leaf.unit, leaf.own.as_ref()?)))
        .collect();
    if !own.is_empty() {
        let held = own.iter().filter(|(_, own)| own.state.is_held()).count();
        let name = if groups.is_empty() {
            short_name(&board.unit.name)
        } else {
            words.say("progress-wall-direct")
        };
        let count = format!("{held}/{}", own.len());
        groups.push(Group {
            key: "own".to_owned(),
            tone: "",
            name,
            count,
            cells: drawn(words, board, own),
        });
    }
    groups
}

fn tone(counts: &Counts) -> &'static str {
    if counts.is_complete() {
        "wall__group--done"
    } else if counts[Measure::Late] > 0 {
        "wall__group--late"
    } else {
        ""
    }
}

fn drawn(words: Words, board: &Board, mut units: Vec<(&UnitVersion, &Standing)>) -> Vec<Cell> {
    units.sort_by(|a, b| names::order_natural(&a.0.name, &b.0.name));
    units
        .into_iter()
        .map(|(unit, own)| Cell {
            key: unit.unit.to_string(),
            short: short_mark(&unit.name),
            label: format!("{}: {}", unit.name, state_word(words, own, board.day)),
            sign: chip(own, board.day),
        })
        .collect()
}

/// What fits into a cell: the number a branch is called by, else the letters its
/// last words begin with. Its place in the list would be another's number.
fn short_mark(name: &str) -> String {
    let last = name.split_whitespace().last().unwrap_or("");
    let is_number = last.starts_with(|first: char| first.is_ascii_digit()) && last.len() <= 3;
    if is_number {
        return last.to_owned();
    }
    let mut letters: Vec<char> = name
        .split_whitespace()
        .rev()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .collect();
    letters.reverse();
    letters.into_iter().flat_map(char::to_uppercase).collect()
}

/// A unit's name as a hall reads it: "Đảng bộ phường Khuê Trung" is "P. Khuê
/// Trung" there.
fn short_name(name: &str) -> String {
    let bare = ["Đảng bộ ", "Chi bộ "]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    let shorter = [
        ("phường ", "P. "),
        ("xã ", "X. "),
        ("thị trấn ", "TT. "),
        ("cơ quan ", "CQ "),
    ];
    let replaced = shorter
        .iter()
        .find_map(|(long, short)| Some(format!("{short}{}", bare.strip_prefix(long)?)));
    let mut letters = replaced.unwrap_or_else(|| bare.to_owned());
    if let Some(first) = letters.chars().next() {
        let rest = letters.split_off(first.len_utf8());
        letters = first.to_uppercase().chain(rest.chars()).collect();
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::short_mark;

    #[test]
    fn a_cell_has_the_number_of_the_branch_or_letters_and_never_another_s_number() {
        assert_eq!(short_mark("Chi bộ 12"), "12");
        assert_eq!(short_mark("Tổ dân phố 3"), "3");
        assert_eq!(short_mark("Chi bộ Công an"), "CA");
        assert_eq!(short_mark("Trường tiểu học Đồng Khởi"), "ĐK");
        assert_eq!(short_mark("Chi bộ 1975 Xuân"), "1X");
    }
}
