//! What differs between organisations and between years, as data: levels,
//! kinds, and the versions of the rules with the instrument each comes from.
//!
//! A profile is read from a file by another crate; [`Profile::check`] says what
//! is wrong with it, by the name of the field. A parameter nobody could confirm
//! says so in the file, and the screen says so to the reader.

mod check;
mod parameters;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use check::ProfileError;
pub use parameters::{DelegateCap, Parameter, Parameters, Shift};

use crate::Day;
use crate::org::{Kind, Level};
use crate::season::InstrumentKey;

/// A level of the organisation. Its place in [`Profile::levels`] is its rank.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRule {
    /// The code units carry.
    pub code: Level,
    /// The name on a Vietnamese screen.
    pub name_vi: String,
    /// The name on an English screen.
    pub name_en: String,
    /// Several of them in an English sentence ("branches"); empty: the name
    /// with an s.
    #[serde(default)]
    pub plural_en: String,
    /// What people write for it in spreadsheets.
    #[serde(default)]
    pub words: Vec<String>,
    /// How long a term lasts: a branch's two and a half years are 30 months, so
    /// years would not do.
    pub term_months: u16,
    /// Who reviews and ratifies this level's congress; empty where nobody does.
    #[serde(default)]
    pub superior_vi: String,
    /// The same in English.
    #[serde(default)]
    pub superior_en: String,
}

/// A kind of unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRule {
    /// The code units carry.
    pub code: Kind,
    /// The name on a Vietnamese screen.
    pub name_vi: String,
    /// The name on an English screen.
    pub name_en: String,
    /// Several of them in an English sentence ("branches"); empty: the name
    /// with an s.
    #[serde(default)]
    pub plural_en: String,
    /// What people write for it in spreadsheets.
    #[serde(default)]
    pub words: Vec<String>,
}

/// The rules as one instrument set them, from a day on. A later version
/// replaces an earlier one whole, not parameter by parameter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileVersion {
    /// The instrument. A number alone would not do: 35-CT/TW exists of
    /// 30/5/2019 and of 14/6/2024.
    pub instrument: InstrumentKey,
    /// The first day on which it is in force.
    pub valid_from: Day,
    /// The levels it is for; empty: all.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// The kinds it is for; empty: all.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// What it says.
    pub parameters: Parameters,
}

impl ProfileVersion {
    /// Whether it is for units of this level and kind. A unit whose kind is not
    /// known is met only by versions for all kinds.
    #[must_use]
    pub fn is_for(&self, level: &Level, kind: Option<&Kind>) -> bool {
        (self.levels.is_empty() || self.levels.contains(level))
            && (self.kinds.is_empty() || kind.is_some_and(|kind| self.kinds.contains(kind)))
    }

    /// How many of level and kind it names: a version for some counts before
    /// one for all that starts on the same day.
    fn specificity(&self) -> u8 {
        u8::from(!self.levels.is_empty()) + u8::from(!self.kinds.is_empty())
    }
}

/// An organisation's make-up and rules.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name in files and addresses.
    pub id: String,
    /// The name on a Vietnamese screen.
    pub name_vi: String,
    /// The name on an English screen.
    pub name_en: String,
    /// What its official papers carry at the top right; empty where they carry
    /// nothing there.
    #[serde(default)]
    pub heading_vi: String,
    /// What its papers call a member: "đảng viên".
    pub member_vi: String,
    /// The levels from the top.
    pub levels: Vec<LevelRule>,
    /// The kinds.
    pub kinds: Vec<KindRule>,
    /// The versions of the rules, oldest first.
    pub versions: Vec<ProfileVersion>,
}

impl Profile {
    /// The version in force for a unit of this level and kind on a day: a
    /// congress follows the rules of its own day, also when they change later
    /// in the season (rules.md §2). `None` before the first version.
    #[must_use]
    pub fn in_force(
        &self,
        day: Day,
        level: &Level,
        kind: Option<&Kind>,
    ) -> Option<&ProfileVersion> {
        self.versions
            .iter()
            .filter(|version| version.valid_from <= day && version.is_for(level, kind))
            .max_by_key(|version| (version.valid_from, version.specificity()))
    }

    /// The rule of a level.
    #[must_use]
    pub fn level(&self, code: &Level) -> Option<&LevelRule> {
        self.levels.iter().find(|rule| rule.code == *code)
    }

    /// The place of a level from the top, 0 for the first.
    #[must_use]
    pub fn rank(&self, code: &Level) -> Option<usize> {
        self.levels.iter().position(|rule| rule.code == *code)
    }

    /// The rule of a kind.
    #[must_use]
    pub fn kind(&self, code: &Kind) -> Option<&KindRule> {
        self.kinds.iter().find(|rule| rule.code == *code)
    }

    /// The kind somebody means by a word in a spreadsheet: its code, a name or
    /// one of its words, in capitals or not.
    #[must_use]
    pub fn kind_by_word(&self, word: &str) -> Option<&KindRule> {
        let wanted = folded(word);
        self.kinds
            .iter()
            .find(|rule| spoken(rule).any(|known| known == wanted))
    }
}

/// Everything that names a kind, folded, without repetition.
fn spoken(rule: &KindRule) -> impl Iterator<Item = String> {
    let mut all: Vec<String> = [&rule.code.0, &rule.name_vi, &rule.name_en]
        .into_iter()
        .chain(&rule.words)
        .map(|word| folded(word))
        .collect();
    all.sort();
    all.dedup();
    all.into_iter()
}

/// Lower case, single spaces: how two spreadsheet words are compared.
fn folded(word: &str) -> String {
    word.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}
