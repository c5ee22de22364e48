//! The forms of changes: what was typed, what can be chosen, what is wanted.

use std::collections::BTreeMap;

use plenum_rules::access::Permission;
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::{Day, UnitId};
use plenum_store::org;

use crate::features::org::wish::{Described, Wish};
use crate::shell::Look;
use crate::shell::language::Words;
use crate::shell::names::order_natural;
use crate::shell::problem::{Problem, Result};
use crate::shell::profiles::{kind_name, level_name};

/// How many units a list offers at most.
const OFFERED: usize = 600;

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// A unit begins.
    Found,
    /// Name and code.
    Rename,
    /// The unit above.
    Move,
    /// Level and kind.
    Reclassify,
    /// Members.
    Resize,
    /// An end.
    Close,
    /// Several become one.
    Merge,
    /// One becomes several.
    Split,
}

impl Verb {
    /// From an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "found" => Self::Found,
            "rename" => Self::Rename,
            "move" => Self::Move,
            "reclassify" => Self::Reclassify,
            "resize" => Self::Resize,
            "close" => Self::Close,
            "merge" => Self::Merge,
            "split" => Self::Split,
            _ => return None,
        })
    }

    /// In addresses and keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Reclassify => "reclassify",
            Self::Resize => "resize",
            Self::Close => "close",
            Self::Merge => "merge",
            Self::Split => "split",
        }
    }
}

/// What a form sent, by name.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub BTreeMap<String, Vec<String>>);

impl From<Vec<(String, String)>> for Fields {
    fn from(pairs: Vec<(String, String)>) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            fields.0.entry(name).or_default().push(value);
        }
        fields
    }
}

impl Fields {
    /// The value of a name; empty where it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0
            .get(name)
            .and_then(|values| values.first())
            .map_or("", |value| value.trim())
    }

    /// Every value of a name.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Sets a value that was not sent.
    pub fn offer(&mut self, name: &str, value: impl Into<String>) {
        self.0
            .entry(name.to_owned())
            .or_insert_with(|| vec![value.into()]);
    }

    /// How many parts a split has.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.get("parts").parse::<usize>().unwrap_or(2).clamp(2, 12)
    }

    fn members(&self, name: &str) -> Result<u32> {
        let typed: String = self
            .get(name)
            .chars()
            .filter(|letter| !['.', ',', ' '].contains(letter))
            .collect();
        typed
            .parse()
            .map_err(|_| Problem::field("E-ORG-23", "members").with("value", self.get(name)))
    }

    fn described(&self, suffix: &str) -> Result<Described> {
        let get = |name: &str| self.get(&format!("{name}{suffix}")).to_owned();
        Ok(Described {
            code: get("code"),
            name: get("name"),
            parent: self.get("parent").to_owned(),
            level: self.get("level").to_owned(),
            kind: get("kind"),
            members: self.members(&format!("members{suffix}"))?,
        })
    }

    /// What is wanted, of the unit named in the form.
    ///
    /// # Errors
    /// `E-ORG-23`: a number of members that is none.
    pub fn wish(&self, verb: Verb) -> Result<Wish> {
        let unit = self.get("unit").to_owned();
        Ok(match verb {
            Verb::Found => Wish::Found(self.described("")?),
            Verb::Rename => Wish::Rename {
                unit,
                name: self.get("name").to_owned(),
                code: self.get("code").to_owned(),
            },
            Verb::Move => Wish::Move {
                unit,
                parent: self.get("parent").to_owned(),
            },
            Verb::Reclassify => Wish::Reclassify {
                unit,
                level: self.get("level").to_owned(),
                kind: self.get("kind").to_owned(),
            },
            Verb::Resize => Wish::Resize {
                unit,
                members: self.members("members")?,
            },
            Verb::Close => Wish::Close { unit },
            Verb::Merge => {
                let more = self
                    .get("others")
                    .split([',', ';'])
                    .map(|code| code.trim().to_owned());
                let mut units: Vec<String> = self.all("units").to_vec();
                units.extend(more.filter(|code| !code.is_empty()));
                Wish::Merge {
                    units,
                    into: self.described("")?,
                }
            }
            Verb::Split => Wish::Split {
                unit,
                into: self.shared_parts()?,
            },
        })
    }

    fn shared_parts(&self) -> Result<Vec<(Described, Vec<String>)>> {
        let mut parts = Vec::new();
        for number in 1..=self.parts() {
            let mine = number.to_string();
            let children = self
                .0
                .iter()
                .filter(|(_, values)| values.first() == Some(&mine))
                .filter_map(|(name, _)| name.strip_prefix("child:").map(str::to_owned))
                .collect();
            parts.push((self.described(&format!("-{number}"))?, children));
        }
        Ok(parts)
    }
}

/// A choice of a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub text: String,
}

/// What can be chosen.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Levels.
    pub levels: Vec<Choice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Units that could stand above.
    pub parents: Vec<Choice>,
    /// Units that could merge with the unit, itself among them.
    pub siblings: Vec<Choice>,
    /// The unit's children.
    pub children: Vec<Choice>,
}

/// What a form offers for a unit on a day.
///
/// # Errors
/// The database's.
pub async fn choices(
    look: &mut Look,
    words: Words,
    profile: &Profile,
    (verb, unit): (Verb, Option<&UnitVersion>),
    day: Day,
) -> Result<Choices> {
    let above = match verb {
        Verb::Found => unit.and_then(|unit| profile.rank(&unit.level)),
        _ => None,
    };
    let level = |rule: &plenum_rules::profile::LevelRule| Choice {
        value: rule.code.0.clone(),
        text: level_name(words, profile, &rule.code),
    };
    let kind = |rule: &plenum_rules::profile::KindRule| Choice {
        value: rule.code.0.clone(),
        text: kind_name(words, profile, &rule.code),
    };
    let mut choices = Choices {
        levels: profile
            .levels
            .iter()
            .skip(above.map_or(0, |rank| rank + 1))
            .map(level)
            .collect(),
        kinds: profile.kinds.iter().map(kind).collect(),
        ..Choices::default()
    };
    let Some(unit) = unit else { return Ok(choices) };
    match verb {
        Verb::Merge => {
            let beside = match unit.parent {
                Some(parent) => org::children_on(&mut look.tx, parent, day).await?,
                None => org::roots_on(&mut look.tx, day).await?,
            };
            choices.siblings = listed(
                beside
                    .into_iter()
                    .filter(|each| each.level == unit.level)
                    .collect(),
            );
        }
        Verb::Split => {
            choices.children = listed(org::children_on(&mut look.tx, unit.unit, day).await?)
        }
        Verb::Move => choices.parents = parents(look, unit, day).await?,
        _ => {}
    }
    Ok(choices)
}

/// Units beside the one above, of its level: where a unit usually moves to.
async fn parents(look: &mut Look, unit: &UnitVersion, day: Day) -> Result<Vec<Choice>> {
    let mut tops = super::tops(look, Permission::EditTree, day).await?;
    if let Some(parent) = unit.parent
        && let Some(parent) = org::on(&mut look.tx, parent, day).await?
    {
        if let Some(above) = parent.parent {
            tops.extend(org::on(&mut look.tx, above, day).await?);
            tops.extend(org::children_on(&mut look.tx, above, day).await?);
        }
        tops.push(parent);
    }
    let mut seen: Vec<UnitId> = vec![unit.unit];
    tops.retain(|each| {
        let fresh = !seen.contains(&each.unit);
        seen.push(each.unit);
        fresh
    });
    Ok(listed(tops))
}

fn listed(mut units: Vec<UnitVersion>) -> Vec<Choice> {
    units.sort_by(|a, b| order_natural(&a.name, &b.name));
    units
        .into_iter()
        .take(OFFERED)
        .map(|unit| Choice {
            text: format!("{} ({})", unit.name, unit.code),
            value: unit.code,
        })
        .collect()
}
