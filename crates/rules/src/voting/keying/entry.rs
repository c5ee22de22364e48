//! One person keys one bundle: every key goes into the journal (R52).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keys::{Key, Typed, print};
use crate::voting::ballot::{Ballot, Layout, Marks, Verdict, read};
use crate::voting::profile::{CriterionCode, ElectionRules};
use crate::voting::refusal::Refusal;

/// A ballot takes a pattern key once it was keyed so often.
const COMMON: u32 = 2;
/// Pattern keys there are.
const SLOTS: usize = 9;

/// The commonest ballots and their keys. A key, once given, keeps its ballot:
/// fingers remember it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Patterns {
    counts: BTreeMap<Marks, u32>,
    slots: Vec<Marks>,
}

impl Patterns {
    /// The keys somebody's fingers know from the bundle before. How often their
    /// ballots were keyed begins anew.
    #[must_use]
    pub fn known(slots: &[Marks]) -> Self {
        Self {
            counts: BTreeMap::new(),
            slots: slots.iter().take(SLOTS).cloned().collect(),
        }
    }

    /// The ballots with a key, the first key first.
    #[must_use]
    pub fn slots(&self) -> &[Marks] {
        &self.slots
    }

    /// The key that types this ballot.
    #[must_use]
    pub fn key(&self, ballot: &Ballot) -> Option<Key> {
        let place = self.slots.iter().position(|marks| *marks == ballot.marks)?;
        let number = u8::try_from(place + 1).ok()?;
        ballot.remarks.is_empty().then_some(Key::Pattern(number))
    }

    /// Notes a ballot that was keyed.
    pub fn note(&mut self, ballot: &Ballot) {
        if !ballot.remarks.is_empty() {
            return;
        }
        let count = self.counts.entry(ballot.marks.clone()).or_default();
        *count = count.saturating_add(1);
        let common = *count >= COMMON && self.slots.len() < SLOTS;
        if common && !self.slots.contains(&ballot.marks) {
            self.slots.push(ballot.marks.clone());
        }
    }
}

/// What a key did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressed {
    /// It is part of a ballot.
    Typing,
    /// A ballot is complete.
    Accepted {
        /// Its place in the bundle, from 1.
        position: u32,
        /// The criterion it falls under: the person hears and sees that the
        /// committee will rule on it.
        flagged: Option<CriterionCode>,
    },
    /// What was typed of a ballot is gone.
    Cleared,
    /// The last ballot is gone.
    Undone {
        /// Its place in the bundle.
        position: u32,
    },
    /// Refused, with the code.
    Refused(String),
}

/// One key in the journal (R52).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalLine {
    /// The how-manieth key of this entry, from 1.
    pub turn: u32,
    /// When, in microseconds UTC; whoever calls knows.
    pub at: i64,
    /// The key.
    pub key: Key,
    /// What it did.
    pub did: Pressed,
}

/// One bundle being keyed by one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    layout: Layout,
    typed: Typed,
    ballots: Vec<Ballot>,
    patterns: Patterns,
    journal: Vec<JournalLine>,
}

impl Entry {
    /// An empty entry; patterns may come from the person's bundles before.
    ///
    /// # Errors
    /// [`Refusal::LayoutImpossible`].
    pub fn new(layout: Layout, patterns: Patterns) -> Result<Self, Refusal> {
        layout.check()?;
        Ok(Self {
            layout,
            typed: Typed::default(),
            ballots: Vec::new(),
            patterns,
            journal: Vec::new(),
        })
    }

    /// The entry as its journal tells it: what a laptop that died left behind.
    ///
    /// # Errors
    /// [`Refusal::KeysUnreadable`] where a key does something else than the
    /// journal says.
    pub fn replay(
        rules: &ElectionRules,
        layout: Layout,
        patterns: Patterns,
        journal: &[JournalLine],
    ) -> Result<Self, Refusal> {
        let mut entry = Self::new(layout, patterns)?;
        for line in journal {
            let did = match entry.press(rules, line.key, line.at) {
                Ok(did) => did,
                Err(refusal) => Pressed::Refused(refusal.code().to_owned()),
            };
            if did != line.did {
                return Err(Refusal::KeysUnreadable);
            }
        }
        Ok(entry)
    }

    /// The ballots keyed so far, in the order of the bundle.
    #[must_use]
    pub fn ballots(&self) -> &[Ballot] {
        &self.ballots
    }

    /// Every key so far.
    #[must_use]
    pub fn journal(&self) -> &[JournalLine] {
        &self.journal
    }

    /// What was typed of the ballot under way.
    #[must_use]
    pub fn typed(&self) -> &Typed {
        &self.typed
    }

    /// The pattern keys as they stand.
    #[must_use]
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// A key is pressed. The journal has it whatever it did.
    ///
    /// # Errors
    /// Why it did nothing; see [`Typed::press`], [`Typed::finish`] and
    /// [`Refusal::NothingBefore`].
    pub fn press(&mut self, rules: &ElectionRules, key: Key, at: i64) -> Result<Pressed, Refusal> {
        let did = self.act(rules, key);
        let told = match &did {
            Ok(pressed) => pressed.clone(),
            Err(refusal) => Pressed::Refused(refusal.code().to_owned()),
        };
        let turn = u32::try_from(self.journal.len() + 1).map_err(|_| Refusal::TooLarge)?;
        self.journal.push(JournalLine {
            turn,
            at,
            key,
            did: told,
        });
        did
    }

    fn act(&mut self, rules: &ElectionRules, key: Key) -> Result<Pressed, Refusal> {
        match key {
            Key::Enter => {
                let ballot = self.typed.finish(&self.layout)?;
                self.accept(rules, ballot)
            }
            Key::Repeat | Key::Pattern(_) if self.typed.is_choosing() => {
                let known = self.known(key).ok_or(Refusal::NothingBefore)?;
                self.typed.begin_with(&known.marks);
                Ok(Pressed::Typing)
            }
            Key::Repeat | Key::Pattern(_) if !self.typed.is_empty() => Err(Refusal::KeysUnreadable),
            Key::Repeat | Key::Pattern(_) => {
                let known = self.known(key).ok_or(Refusal::NothingBefore)?;
                self.accept(rules, known)
            }
            Key::Edit => {
                self.typed.edit(&self.layout)?;
                Ok(Pressed::Typing)
            }
            Key::Undo if !self.typed.is_empty() => {
                self.typed = Typed::default();
                Ok(Pressed::Cleared)
            }
            Key::Undo => {
                let position = self.position(self.ballots.len())?;
                self.ballots.pop().ok_or(Refusal::NothingBefore)?;
                Ok(Pressed::Undone { position })
            }
            _ => {
                self.typed.press(&self.layout, key)?;
                Ok(Pressed::Typing)
            }
        }
    }

    /// The ballot a repeat or pattern key stands for.
    fn known(&self, key: Key) -> Option<Ballot> {
        match key {
            Key::Pattern(place) => {
                let slot = usize::from(place).checked_sub(1)?;
                self.patterns.slots.get(slot).cloned().map(Ballot::plain)
            }
            _ => self.ballots.last().cloned(),
        }
    }

    /// The fewest keys for a ballot as things stand, Enter included: what a
    /// practised person presses, and what a hint can say.
    #[must_use]
    pub fn fewest_keys(&self, ballot: &Ballot) -> Vec<Key> {
        if self.ballots.last() == Some(ballot) {
            return vec![Key::Repeat];
        }
        if let Some(key) = self.patterns.key(ballot) {
            return vec![key];
        }
        let ended = |mut keys: Vec<Key>| {
            keys.push(Key::Enter);
            keys
        };
        let mut best = ended(print(&self.layout, ballot));
        let Marks::Struck(struck) = ballot.marks else {
            return best;
        };
        let places = (1..).take(self.patterns.slots.len()).map(Key::Pattern);
        for key in std::iter::once(Key::Repeat).chain(places) {
            let Some(Marks::Struck(base)) = self.known(key).map(|known| known.marks) else {
                continue;
            };
            let differs = base.without(struck).or(struck.without(base));
            // Everybody at once is a number of its own and changes nothing.
            if differs == self.layout.all() {
                continue;
            }
            let change = Ballot {
                marks: Marks::Struck(differs),
                remarks: ballot.remarks,
            };
            let mut keys = vec![Key::Edit, key];
            keys.extend(print(&self.layout, &change));
            if keys.len() + 1 < best.len() {
                best = ended(keys);
            }
        }
        best
    }

    fn accept(&mut self, rules: &ElectionRules, ballot: Ballot) -> Result<Pressed, Refusal> {
        let flagged = match read(rules, &self.layout, &ballot).verdict {
            Verdict::Valid => None,
            Verdict::Doubtful(code) | Verdict::Invalid(code) => Some(code),
        };
        let position = self.position(self.ballots.len() + 1)?;
        self.patterns.note(&ballot);
        self.ballots.push(ballot);
        Ok(Pressed::Accepted { position, flagged })
    }

    fn position(&self, place: usize) -> Result<u32, Refusal> {
        u32::try_from(place).map_err(|_| Refusal::TooLarge)
    }
}
