//! Walking a subtree in its own order, a stretch at a time: whoever comes
//! before whoever stands below them, and codes in order.

use plenum_rules::org::UnitVersion;
use plenum_rules::{Day, UnitId};
use plenum_store::org;

use crate::shell::Look;
use crate::shell::problem::Result;

/// A unit with the units above it, topmost first.
pub type Step = (UnitVersion, Vec<UnitVersion>);

/// A walk below a node on a day.
pub struct Walk {
    /// Who comes next, the nearest last.
    ahead: Vec<Step>,
    day: Day,
}

impl Walk {
    /// From the first unit below the node; `path` leads to it, it included.
    ///
    /// # Errors
    /// The database's.
    pub async fn below(look: &mut Look, path: &[UnitVersion], day: Day) -> Result<Self> {
        let mut walk = Self {
            ahead: Vec::new(),
            day,
        };
        walk.push_children(look, path, None).await?;
        Ok(walk)
    }

    /// From the unit after one; `path` leads to the node, `to` from there to
    /// the unit, it included.
    ///
    /// # Errors
    /// The database's.
    pub async fn after(
        look: &mut Look,
        path: &[UnitVersion],
        to: &[UnitVersion],
        day: Day,
    ) -> Result<Self> {
        let mut walk = Self {
            ahead: Vec::new(),
            day,
        };
        let mut chain = path.to_vec();
        for passed in to {
            walk.push_children(look, &chain, Some(&passed.code)).await?;
            chain.push(passed.clone());
        }
        walk.push_children(look, &chain, None).await?;
        Ok(walk)
    }

    async fn push_children(
        &mut self,
        look: &mut Look,
        chain: &[UnitVersion],
        after: Option<&str>,
    ) -> Result<()> {
        let Some(parent) = chain.last() else {
            return Ok(());
        };
        let children = org::children_on(&mut look.tx, parent.unit, self.day).await?;
        let left = children
            .into_iter()
            .filter(|child| after.is_none_or(|after| child.code.as_str() > after));
        let mut left: Vec<Step> = left.map(|child| (child, chain.to_vec())).collect();
        left.reverse();
        self.ahead.append(&mut left);
        Ok(())
    }

    /// The next units, at most so many; none at the end.
    ///
    /// # Errors
    /// The database's.
    pub async fn next(&mut self, look: &mut Look, most: usize) -> Result<Vec<Step>> {
        let mut steps = Vec::new();
        while steps.len() < most
            && let Some((unit, chain)) = self.ahead.pop()
        {
            let mut below = chain.clone();
            below.push(unit.clone());
            self.push_children(look, &below, None).await?;
            steps.push((unit, chain));
        }
        Ok(steps)
    }

    /// Whether nobody is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.ahead.is_empty()
    }
}

/// The ids of a chain.
#[must_use]
pub fn ids(chain: &[UnitVersion]) -> Vec<UnitId> {
    chain.iter().map(|version| version.unit).collect()
}
