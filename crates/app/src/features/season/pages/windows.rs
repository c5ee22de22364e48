//! The windows of a season's plans, as its pages show them.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{
    Effective, Mark, Marks, PathWindow, Selector, Window, WindowId, Windows, effective,
};
use plenum_store::season::{self as records, Withdrawal};

use super::super::roll::Roll;
use super::forms::SeasonPage as _;
use super::mended::{edit_address, gone_text};
use super::plan::Page;
use super::{days, mark_code};
use crate::shell::problem::Result;
use crate::shell::{Look, Place, Words, profiles};

/// A window that counts at a unit, or one that somebody issued.
pub struct Row {
    /// For which level.
    pub level: String,
    /// For which kind.
    pub kind: String,
    /// For the mass, pilots or trials.
    pub mark: String,
    /// The days.
    pub days: String,
    /// Whether the plans leave no day.
    pub broken: bool,
    /// Who issued it, and by which instrument.
    pub by: String,
    /// The plan's date, reason and consent.
    pub note: String,
    /// Whether a superior consented to loosening.
    pub consent: bool,
    /// Whether it was taken back by the day.
    pub gone: bool,
    /// Where it is put right or taken back; empty where this person may not.
    pub edit: String,
}

/// The season's windows with what people want to know of them.
pub struct Plans {
    windows: Windows,
    issued: Vec<(Window, Option<u128>)>,
    withdrawals: BTreeMap<u128, Withdrawal>,
    numbers: BTreeMap<u128, String>,
    mine: BTreeSet<UnitId>,
    roll: Roll,
}

impl Plans {
    /// Loads them.
    pub async fn load(look: &mut Look, place: &Place, words: Words) -> Result<Self> {
        let issued = records::issued_windows(&mut look.tx, &place.season.id).await?;
        let roll = Roll::of(
            &mut look.tx,
            issued.iter().map(|(window, _)| window.issuer),
            place.day,
        )
        .await?;
        let rows = records::instruments(&mut look.tx, &place.season.id).await?;
        let numbers = rows
            .into_iter()
            .map(|row| {
                (
                    row.id,
                    words.say_with(
                        "season-by-number",
                        &[
                            ("number", row.key.number.into()),
                            ("day", words.day(row.key.date).into()),
                        ],
                    ),
                )
            })
            .collect();
        let mut mine = BTreeSet::new();
        for issuer in issued.iter().map(|(window, _)| window.issuer) {
            if !mine.contains(&issuer) && look.may(Permission::EditPlan, issuer).await? {
                mine.insert(issuer);
            }
        }
        let windows = Windows::new(issued.iter().map(|(window, _)| window.clone()).collect());
        Ok(Self {
            windows,
            issued,
            withdrawals: records::withdrawals(&mut look.tx, &place.season.id).await?,
            mine,
            numbers,
            roll,
        })
    }

    pub fn by(&self, issuer: UnitId, window: WindowId) -> String {
        let number = self
            .issued
            .iter()
            .find(|(known, _)| known.id == window)
            .and_then(|(_, instrument)| self.numbers.get(&(*instrument)?));
        match number {
            Some(number) => format!("{} · {number}", self.roll.name(issuer)),
            None => self.roll.name(issuer),
        }
    }

    /// What counts at the place for each level at and below its own, and for
    /// each kind and mark that some plan on the way names.
    pub fn counting(&self, place: &Place, words: Words) -> Vec<Row> {
        let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
        let on_path = self.windows.on_path(&path);
        let own = place.profile.rank(&place.unit.level);
        let mut rows = Vec::new();
        for each in &place.season.shape.levels {
            if place.profile.rank(&each.level) < own {
                continue;
            }
            let mut wanted: Vec<(Option<Kind>, Option<Mark>)> = vec![(None, None)];
            for (_, window) in on_path
                .iter()
                .filter(|(_, window)| window.level == each.level)
            {
                let combination = (window.kind.clone(), window.mark);
                if window.holds(place.day) && !wanted.contains(&combination) {
                    wanted.push(combination);
                }
            }
            for (kind, mark) in wanted {
                let marks = mark.map_or(Marks::default(), Marks::only);
                let selector = Selector {
                    level: &each.level,
                    kind: kind.as_ref(),
                    marks,
                };
                if let Some(found) = effective(&on_path, &selector, place.day) {
                    rows.push(self.row(place, words, &each.level, kind.as_ref(), mark, &found));
                }
            }
        }
        rows
    }

    /// The windows on a path of units.
    pub fn on_path(&self, path: &[UnitId]) -> Vec<PathWindow<'_>> {
        self.windows.on_path(path)
    }

    /// A recorded window with the instrument it comes from.
    pub fn window(&self, record: Option<u128>) -> Option<&(Window, Option<u128>)> {
        self.issued
            .iter()
            .find(|(window, _)| record == Some(window.id.0))
    }

    /// That a window was taken back.
    pub fn gone(&self, window: WindowId) -> Option<&Withdrawal> {
        self.withdrawals.get(&window.0)
    }

    fn row(
        &self,
        place: &Place,
        words: Words,
        level: &Level,
        kind: Option<&Kind>,
        mark: Option<Mark>,
        found: &Effective,
    ) -> Row {
        Row {
            level: profiles::level_name(words, place.profile, level),
            kind: kind_text(place, words, kind),
            mark: mark_text(words, mark),
            days: days(words, found.first, Some(found.last)),
            broken: found.leaves_no_day(),
            by: self.by(found.from_issuer, found.window),
            note: String::new(),
            consent: false,
            gone: false,
            edit: String::new(),
        }
    }

    /// The windows issued by the units on the way to the place and below it,
    /// up to its day, latest first.
    pub fn issued(&self, place: &Place, words: Words) -> Vec<Row> {
        let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
        let near = |unit: UnitId| path.contains(&unit) || self.roll.is_under(unit, place.unit.unit);
        let rows = self
            .issued
            .iter()
            .rev()
            .filter(|(window, _)| window.from <= place.day && near(window.issuer));
        rows.map(|(window, _)| Row {
            level: profiles::level_name(words, place.profile, &window.level),
            kind: kind_text(place, words, window.kind.as_ref()),
            mark: mark_text(words, window.mark),
            days: days(words, window.first, Some(window.last)),
            broken: false,
            by: self.by(window.issuer, window.id),
            note: self.note(window, place, words),
            consent: window.has_consent(),
            gone: window.until.is_some_and(|until| until <= place.day),
            edit: match self.mine.contains(&window.issuer) {
                true => edit_address(place, Page::NAME, window.id.0),
                false => String::new(),
            },
        })
        .collect()
    }

    fn note(&self, window: &Window, place: &Place, words: Words) -> String {
        let mut parts = vec![words.say1("season-in-force", "day", words.day(window.from))];
        parts.extend(window.reason.clone());
        parts.extend(
            window
                .consent
                .as_ref()
                .map(|text| words.say1("season-consent-is", "text", text.as_str())),
        );
        parts.extend(
            self.withdrawals
                .get(&window.id.0)
                .filter(|gone| gone.from <= place.day)
                .map(|gone| gone_text(gone, words)),
        );
        parts.join(" · ")
    }
}

fn kind_text(place: &Place, words: Words, kind: Option<&Kind>) -> String {
    kind.map_or_else(
        || words.say("season-all-kinds"),
        |kind| profiles::kind_name(words, place.profile, kind),
    )
}

/// "Đại trà", "Đại hội điểm".
pub fn mark_text(words: Words, mark: Option<Mark>) -> String {
    words.say(&format!("season-mark-{}", mark.map_or("mass", mark_code)))
}
