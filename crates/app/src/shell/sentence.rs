//! The sentence on top, and the words for states: said the same on screen, on
//! the wall, in the report and in the terminal.

use plenum_rules::Day;
use plenum_rules::congress::State;
use plenum_rules::org::Level;
use plenum_rules::profile::Profile;
use plenum_store::board::{Board, Standing};
use plenum_store::season::TermBegun;

use super::language::Words;
use super::names;
pub use super::profiles::levels_in_sentence;

/// How many complete units a sentence names before it only counts them.
const NAMED: usize = 4;

/// "Tính đến ngày 02-3-2020, Đảng bộ quận Cẩm Lệ có 121/235 chi bộ đã đại hội
/// (51,5 %), trong đó … đã xong." For a unit with nothing below: its own state.
#[must_use]
pub fn sentence(words: Words, profile: &Profile, board: &Board) -> String {
    let day = words.day_in_sentence(board.day);
    let Some(counted) = &board.counted else {
        let state = board.own.as_ref().map_or_else(
            || words.say("progress-nothing-expected"),
            |own| standing_text(words, own, board.day),
        );
        return words.say_with(
            "progress-sentence-own",
            &[
                ("day", day.into()),
                ("unit", (&board.unit.name).into()),
                ("state", state.into()),
            ],
        );
    };
    let main = board.main();
    words.say_with(
        "progress-sentence",
        &[
            ("day", day.into()),
            ("unit", (&board.unit.name).into()),
            ("done", words.count(main.held()).into()),
            ("total", words.count(main.total()).into()),
            ("level", levels_in_sentence(words, profile, counted).into()),
            ("share", words.percent(main.held(), main.total()).into()),
            ("complete", complete(words, board).into()),
        ],
    )
}

/// As [`sentence`], without share and complete units: what the back of the
/// hall reads.
#[must_use]
pub fn short_sentence(words: Words, profile: &Profile, board: &Board) -> String {
    let Some(counted) = &board.counted else {
        return sentence(words, profile, board);
    };
    let main = board.main();
    words.say_with(
        "progress-sentence-short",
        &[
            ("day", words.day_in_sentence(board.day).into()),
            ("unit", (&board.unit.name).into()),
            ("done", words.count(main.held()).into()),
            ("total", words.count(main.total()).into()),
            ("level", levels_in_sentence(words, profile, counted).into()),
        ],
    )
}

fn complete(words: Words, board: &Board) -> String {
    let Some(counted) = &board.counted else {
        return String::new();
    };
    let main = board.main();
    let mut done: Vec<(&str, i64)> = board
        .complete()
        .map(|child| {
            (
                child.unit.name.as_str(),
                child
                    .below
                    .get(counted)
                    .map_or(0, plenum_rules::progress::Counts::total),
            )
        })
        .collect();
    if done.is_empty() || main.is_complete() {
        return String::new();
    }
    done.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| names::order_natural(a.0, b.0)));
    let named: Vec<String> = done
        .iter()
        .take(NAMED)
        .map(|(name, total)| {
            let total = words.count(*total);
            format!("{name} {total}/{total}")
        })
        .collect();
    let more = done.len().saturating_sub(NAMED);
    let list = named.join(", ");
    if more == 0 {
        words.say1("progress-complete", "list", list)
    } else {
        let more = i64::try_from(more).unwrap_or(i64::MAX);
        words.say_with(
            "progress-complete-more",
            &[("list", list.into()), ("more", more.into())],
        )
    }
}

/// A congress's state in words, its days included.
#[must_use]
pub fn standing_text(words: Words, standing: &Standing, day: Day) -> String {
    let state = state_word(words, standing, day);
    let (key, days) = match (&standing.held, &standing.planned) {
        (Some((first, last)), _) => ("progress-standing-held", days(words, *first, *last)),
        (None, Some(planned)) if standing.waits() => (
            "progress-standing-planned",
            days(words, planned.first, planned.last),
        ),
        _ => return state,
    };
    words.say_with(key, &[("state", state.into()), ("days", days.into())])
}

/// One day, or two joined.
#[must_use]
pub fn days(words: Words, first: Day, last: Day) -> String {
    if first == last {
        words.day(first)
    } else {
        format!("{}–{}", words.day(first), words.day(last))
    }
}

/// The word for a congress's state on a day; what is late says so first.
#[must_use]
pub fn state_word(words: Words, standing: &Standing, day: Day) -> String {
    if standing.is_late(day) {
        words.say("congress-late")
    } else if standing.is_overdue(day) {
        words.say("congress-overdue")
    } else {
        words.say(&format!(
            "congress-state-{}",
            standing.state.code().replace('_', "-")
        ))
    }
}

/// The chip of a state, as the style knows it.
#[must_use]
pub fn chip(standing: &Standing, day: Day) -> &'static str {
    if standing.is_late(day) {
        return "late";
    }
    if standing.is_overdue(day) {
        return "soon";
    }
    let meets_today = standing
        .planned
        .as_ref()
        .is_some_and(|planned| planned.first <= day && day <= planned.last);
    match standing.state {
        _ if standing.waits() && meets_today => "today",
        State::Expected => "waiting",
        State::Postponed => "warn",
        State::Dated | State::Prepared | State::Reviewed => "planned",
        State::Held | State::Confirmed => "held",
        State::Reported => "review",
        State::Returned => "blocked",
        State::Ratified => "ratified",
        State::Cancelled | State::HandedOver => "off",
    }
}

/// The term in front of a level's name: "2020–2022".
#[must_use]
pub fn term_of(board: &Board, level: &Level) -> String {
    board
        .season
        .term(level)
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// A percentage as an SVG length: a point whatever the language.
#[must_use]
pub fn share_length(done: i64, total: i64) -> String {
    plenum_rules::words::percent_en(done, total).replace('–', "0%")
}

/// "tính từ đại hội ngày 10/8/2022 (…), nhiệm kỳ 30 tháng".
#[must_use]
pub fn term_begun(words: Words, begun: &TermBegun) -> String {
    words.say_with(
        "congress-term-begun",
        &[
            ("day", words.day(begun.held).into()),
            ("season", begun.season.clone().into()),
            ("months", i64::from(begun.months).into()),
        ],
    )
}
