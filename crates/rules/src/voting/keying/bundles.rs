//! Bundles of papers, the passes over each, and how their differences are
//! settled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::compare::{Slot, line_up};
use crate::Actor;
use crate::voting::ballot::{Ballot, Layout};
use crate::voting::refusal::Refusal;

/// The most papers in a bundle: more than anybody keys without a break.
pub const MOST_PAPERS: u32 = 1000;

/// A bundle of papers, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BundleId(pub u16);

/// One pass over a bundle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// Whose account keys it.
    pub by: Actor,
    /// What was keyed; `None`: still under way.
    pub ballots: Option<Vec<Ballot>>,
}

/// What a third person keyed anew from the paper where passes differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// Whose account.
    pub by: Actor,
    /// The ballot as it is on the paper; `None`: there is no such paper, it was
    /// keyed twice.
    pub entered: Option<Ballot>,
}

/// A bundle with its passes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Papers in it, counted when it was tied.
    pub papers: u32,
    /// The passes, by number from 1.
    pub passes: BTreeMap<u8, Pass>,
    /// What was settled, by place in [`Bundle::slots`].
    pub resolutions: BTreeMap<u32, Resolution>,
}

/// The keyed count of an election.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keying {
    /// The paper.
    pub layout: Layout,
    /// Passes over each bundle: 2 or 3.
    pub passes: u8,
    /// The bundles.
    pub bundles: BTreeMap<BundleId, Bundle>,
}

impl Bundle {
    /// The places of the bundle as the finished passes have them.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        let passes: Vec<&[Ballot]> = self
            .passes
            .values()
            .filter_map(|pass| pass.ballots.as_deref())
            .collect();
        line_up(&passes)
    }

    /// The places where passes differ that nobody has settled, counted from 0.
    #[must_use]
    pub fn open(&self) -> Vec<(u32, Slot)> {
        (0..)
            .zip(self.slots())
            .filter(|(place, slot)| slot.agreed.is_none() && !self.resolutions.contains_key(place))
            .collect()
    }
}

impl Keying {
    /// A count with so many independent passes.
    ///
    /// # Errors
    /// [`Refusal::LayoutImpossible`]; [`Refusal::SecondPersonNeeded`] for one
    /// pass; [`Refusal::TooLarge`] for more than three.
    pub fn new(layout: Layout, passes: u8) -> Result<Self, Refusal> {
        layout.check()?;
        match passes {
            0 | 1 => Err(Refusal::SecondPersonNeeded),
            2 | 3 => Ok(Self {
                layout,
                passes,
                bundles: BTreeMap::new(),
            }),
            _ => Err(Refusal::TooLarge),
        }
    }

    /// A bundle is tied.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`] beyond [`MOST_PAPERS`] or for none;
    /// [`Refusal::NotNow`] where it exists.
    pub fn tie_bundle(&mut self, id: BundleId, papers: u32) -> Result<(), Refusal> {
        if !(1..=MOST_PAPERS).contains(&papers) {
            return Err(Refusal::TooLarge);
        }
        if self.bundles.contains_key(&id) {
            return Err(Refusal::NotNow {
                verb: "tie_bundle",
                state: "tied",
            });
        }
        self.bundles.insert(
            id,
            Bundle {
                papers,
                passes: BTreeMap::new(),
                resolutions: BTreeMap::new(),
            },
        );
        Ok(())
    }

    /// Somebody takes a pass of a bundle.
    ///
    /// # Errors
    /// [`Refusal::PassTaken`]; [`Refusal::SamePerson`] where the account has
    /// another pass of this bundle.
    pub fn begin(&mut self, id: BundleId, pass: u8, by: Actor) -> Result<(), Refusal> {
        let passes = self.passes;
        let bundle = self.bundle(id)?;
        if !(1..=passes).contains(&pass) || bundle.passes.contains_key(&pass) {
            return Err(Refusal::PassTaken { pass });
        }
        if bundle.passes.values().any(|other| other.by == by) {
            return Err(Refusal::SamePerson { who: by });
        }
        bundle.passes.insert(pass, Pass { by, ballots: None });
        Ok(())
    }

    /// The pass is keyed. Another number of ballots than papers is a
    /// difference to be looked at, not a refusal: what was keyed is kept.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where somebody else or nobody has the pass or it is
    /// finished; as [`Ballot::check`].
    pub fn finish(
        &mut self,
        id: BundleId,
        pass: u8,
        by: &Actor,
        ballots: Vec<Ballot>,
    ) -> Result<(), Refusal> {
        for ballot in &ballots {
            ballot.check(&self.layout)?;
        }
        if ballots.len() > 2 * MOST_PAPERS as usize {
            return Err(Refusal::TooLarge);
        }
        let own = self
            .bundle(id)?
            .passes
            .get_mut(&pass)
            .filter(|own| own.by == *by && own.ballots.is_none())
            .ok_or(Refusal::NotNow {
                verb: "finish",
                state: "not begun",
            })?;
        own.ballots = Some(ballots);
        Ok(())
    }

    /// A third person keys a place anew from the paper.
    ///
    /// # Errors
    /// [`Refusal::ThirdPersonNeeded`] for whoever keyed one of the passes;
    /// [`Refusal::NotNow`] before all passes are finished or where they do not
    /// differ; as [`Ballot::check`].
    pub fn resolve(
        &mut self,
        id: BundleId,
        place: u32,
        resolution: Resolution,
    ) -> Result<(), Refusal> {
        if let Some(ballot) = &resolution.entered {
            ballot.check(&self.layout)?;
        }
        self.compared(id)?;
        let bundle = self.bundle(id)?;
        if bundle.passes.values().any(|pass| pass.by == resolution.by) {
            return Err(Refusal::ThirdPersonNeeded { who: resolution.by });
        }
        let differs = bundle
            .slots()
            .get(place as usize)
            .is_some_and(|slot| slot.agreed.is_none());
        if !differs {
            return Err(Refusal::NotNow {
                verb: "resolve",
                state: "agreed",
            });
        }
        bundle.resolutions.insert(place, resolution);
        Ok(())
    }

    /// The ballots of a bundle once nothing differs any more.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] before all passes are finished;
    /// [`Refusal::PassesDiffer`]; [`Refusal::BundleDiffers`] where the papers
    /// are not as many: one was missed or keyed twice by everybody.
    pub fn settled(&self, id: BundleId) -> Result<Vec<Ballot>, Refusal> {
        let bundle = self.compared(id)?;
        let open = bundle.open().len();
        if open > 0 {
            return Err(Refusal::PassesDiffer { ballots: open });
        }
        let ballots: Vec<Ballot> = (0_u32..)
            .zip(bundle.slots())
            .filter_map(|(place, slot)| {
                slot.agreed.or_else(|| {
                    let settled = bundle.resolutions.get(&place)?;
                    settled.entered.clone()
                })
            })
            .collect();
        if ballots.len() == bundle.papers as usize {
            Ok(ballots)
        } else {
            Err(Refusal::BundleDiffers {
                papers: bundle.papers,
                keyed: ballots.len() as u64,
            })
        }
    }

    /// The ballots of all bundles.
    ///
    /// # Errors
    /// As [`Keying::settled`].
    pub fn ballots(&self) -> Result<Vec<Ballot>, Refusal> {
        let mut all = Vec::new();
        for id in self.bundles.keys() {
            all.extend(self.settled(*id)?);
        }
        Ok(all)
    }

    /// A pass of a bundle whose passes differ too much, or that does not add
    /// up, is keyed again from the start: all of it is dropped.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::NotNow`] where nobody has it.
    pub fn drop_pass(&mut self, id: BundleId, pass: u8, reason: &str) -> Result<Pass, Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        let bundle = self.bundle(id)?;
        let dropped = bundle.passes.remove(&pass).ok_or(Refusal::NotNow {
            verb: "drop_pass",
            state: "not begun",
        })?;
        // Its differences were against what is gone.
        bundle.resolutions.clear();
        Ok(dropped)
    }

    fn bundle(&mut self, id: BundleId) -> Result<&mut Bundle, Refusal> {
        self.bundles.get_mut(&id).ok_or(UNKNOWN)
    }

    fn compared(&self, id: BundleId) -> Result<&Bundle, Refusal> {
        let bundle = self.bundles.get(&id).ok_or(UNKNOWN)?;
        let done = bundle
            .passes
            .values()
            .filter(|pass| pass.ballots.is_some())
            .count();
        if done == usize::from(self.passes) {
            Ok(bundle)
        } else {
            Err(Refusal::NotNow {
                verb: "compare",
                state: "keying",
            })
        }
    }
}

const UNKNOWN: Refusal = Refusal::NotNow {
    verb: "key",
    state: "no such bundle",
};
