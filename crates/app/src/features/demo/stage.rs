//! What the five seasons are set up with: units, plans, congresses, all
//! through the rules.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use plenum_rules::congress::{Congress, Contents, Form, Numbers, Planned, Refusal};
use plenum_rules::org::{
    Change, Edit, Kind, Level, NewUnit, Outcome, Tree, UnitVersion, Vocabulary, apply,
};
use plenum_rules::season::{
    EventId, EventRelation, InstrumentKey, InstrumentKind, Mark, Marked, OutsideEvent, Term,
    Window, WindowId,
};
use plenum_rules::timeline::Span;
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::db::new_id;
use plenum_store::season::{
    self as seasons, Attendance, Briefing, Charge, InstrumentRow, Season, SetApart, Shape,
    ShapeLevel, Visit, VisitFinding, Work, WorkArea, WorkStep,
};
use plenum_store::{congress, org, progress};

use crate::shell::problem::Result;
use crate::shell::{Cx, Problem, profiles};

/// A fault in the demo's own facts.
pub fn fault(what: impl std::fmt::Display) -> Problem {
    let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
    problem.inner = Some(format!("demo: {what}"));
    problem
}

/// A day of the demo's facts.
pub fn day(year: i16, month: i8, day: i8) -> Result<Day> {
    Day::of(year, month, day).map_err(fault)
}

/// A unit to be set up.
pub struct Unit<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub above: Option<&'a str>,
    pub level: &'a str,
    pub kind: &'a str,
    pub members: u32,
}

/// An instrument to be set up.
pub struct Paper<'a> {
    pub kind: InstrumentKind,
    pub issuer: &'a str,
    pub unit: Option<&'a str>,
    pub number: &'a str,
    pub day: Day,
    pub title: &'a str,
    pub from: Option<u128>,
}

/// What a season is set up with.
pub struct Frame<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub root: &'a str,
    pub opens: Day,
    pub last: Day,
    /// Levels from the top down, each with the years of its term.
    pub levels: &'a [(&'a str, (u16, u16))],
    pub counted: &'a str,
    pub contents: Contents,
}

/// A window to be set up.
#[derive(Clone, Copy)]
pub struct Days<'a> {
    pub issuer: &'a str,
    pub level: &'a str,
    pub mark: Option<Mark>,
    pub first: Option<Day>,
    pub last: Day,
    pub plan_of: Day,
    pub instrument: Option<u128>,
}

/// A congress's numbers as a small branch reports them.
pub fn numbers(convened: u32, absent: u32, elected: u32, delegates: u32, opinions: u32) -> Numbers {
    Numbers {
        convened,
        present: convened - absent.min(convened),
        elected_committee: elected,
        elected_secretary: true,
        elected_deputies: u32::from(elected > 2),
        elected_delegates: delegates,
        opinions,
    }
}

/// Sets the demo up.
pub struct Stage<'a> {
    /// The transaction.
    pub cx: &'a mut Cx,
    codes: BTreeMap<String, UnitId>,
    seasons: Vec<Season>,
}

impl<'a> Stage<'a> {
    /// An empty stage.
    pub fn new(cx: &'a mut Cx) -> Self {
        Self {
            cx,
            codes: BTreeMap::new(),
            seasons: Vec::new(),
        }
    }

    /// The unit of a code.
    pub fn id(&self, code: &str) -> Result<UnitId> {
        self.codes
            .get(code)
            .copied()
            .ok_or_else(|| fault(format!("no unit {code}")))
    }

    /// Founds units.
    pub async fn found(&mut self, from: Day, units: &[Unit<'_>]) -> Result<()> {
        let mut outcome = Outcome::default();
        for unit in units {
            let id = UnitId(new_id());
            let parent = unit.above.map(|above| self.id(above)).transpose()?;
            self.codes.insert(unit.code.to_owned(), id);
            outcome.edits.push(Edit::Put(UnitVersion {
                unit: id,
                from,
                until: None,
                code: unit.code.to_owned(),
                name: unit.name.to_owned(),
                parent,
                level: Level(unit.level.to_owned()),
                kind: Kind(unit.kind.to_owned()),
                members: unit.members,
            }));
        }
        org::save(&mut self.cx.tx, &outcome).await?;
        Ok(())
    }

    /// Branches `first..=last` under one committee: names made from the
    /// number, members shared out evenly.
    pub async fn branches(
        &mut self,
        from: Day,
        (above, prefix, kind): (&str, &str, &str),
        named: &(dyn Fn(u32) -> String + Sync),
        (first, last): (u32, u32),
        members: u32,
    ) -> Result<()> {
        let count = last - first + 1;
        let made: Vec<(String, String, u32)> = (first..=last)
            .map(|number| {
                let share = members / count + u32::from(number - first < members % count);
                (format!("{prefix}{number:02}"), named(number), share)
            })
            .collect();
        let units: Vec<Unit<'_>> = made
            .iter()
            .map(|(code, name, members)| Unit {
                code,
                name,
                above: Some(above),
                level: "branch",
                kind,
                members: *members,
            })
            .collect();
        self.found(from, &units).await
    }

    /// The tree as it stands.
    pub async fn tree(&mut self) -> Result<Tree> {
        Ok(org::tree(&mut self.cx.tx).await?)
    }

    /// Changes the tree by the rules; `tree` is brought up to date.
    pub async fn change(&mut self, tree: &mut Tree, on: Day, change: &Change) -> Result<()> {
        let profile = profiles::named("vn-party").ok_or_else(|| fault("no profile"))?;
        let ranks = (0_u8..)
            .zip(&profile.levels)
            .map(|(rank, level)| (level.code.clone(), rank))
            .collect();
        let kinds = profile.kinds.iter().map(|kind| kind.code.clone()).collect();
        let outcome = apply(tree, &Vocabulary { ranks, kinds }, on, change)
            .map_err(|refusal| fault(refusal.code()))?;
        org::save(&mut self.cx.tx, &outcome).await?;
        *tree = tree.after(&outcome.edits);
        for edit in &outcome.edits {
            if let Edit::Put(version) = edit {
                self.codes.insert(version.code.clone(), version.unit);
            }
        }
        Ok(())
    }

    /// A new unit for a merger.
    pub fn new_unit(&self, unit: &Unit<'_>) -> Result<NewUnit> {
        Ok(NewUnit {
            unit: UnitId(new_id()),
            code: unit.code.to_owned(),
            name: unit.name.to_owned(),
            parent: unit.above.map(|above| self.id(above)).transpose()?,
            level: Level(unit.level.to_owned()),
            kind: Kind(unit.kind.to_owned()),
            members: unit.members,
        })
    }

    /// Opens a season.
    pub async fn open(&mut self, frame: &Frame<'_>) -> Result<Season> {
        let mut levels = Vec::new();
        for (level, (first, last)) in frame.levels {
            let term = Term::new(*first, *last).map_err(fault)?;
            levels.push(ShapeLevel {
                level: Level((*level).to_owned()),
                term,
                running_term_ends: None,
            });
        }
        let season = Season {
            id: SeasonId::new(frame.id).ok_or_else(|| fault("a season's name"))?,
            name: frame.name.to_owned(),
            root: self.id(frame.root)?,
            opens: frame.opens,
            profile: "vn-party".to_owned(),
            shape: Shape {
                levels,
                counted: Level(frame.counted.to_owned()),
                contents: frame.contents,
                pages_open_on: Some(frame.last),
                closes: None,
            },
        };
        seasons::insert(&mut self.cx.tx, &season).await?;
        self.seasons.push(season.clone());
        Ok(season)
    }

    /// Adds an instrument.
    pub async fn instrument(&mut self, season: &Season, paper: &Paper<'_>) -> Result<u128> {
        let row = InstrumentRow {
            id: new_id(),
            key: InstrumentKey {
                issuer: paper.issuer.to_owned(),
                number: paper.number.to_owned(),
                date: paper.day,
            },
            unit: season.root,
            kind: paper.kind,
            title: paper.title.to_owned(),
            issuer_unit: paper.unit.map(|unit| self.id(unit)).transpose()?,
            derived_from: paper.from,
            acknowledge_by: None,
            until: None,
        };
        seasons::add_instrument(&mut self.cx.tx, &season.id, &row).await?;
        Ok(row.id)
    }

    /// Addresses an instrument to units; the first so many have acknowledged it.
    pub async fn address(
        &mut self,
        instrument: u128,
        codes: &[&str],
        acknowledged: usize,
        on: Day,
    ) -> Result<()> {
        let units = codes
            .iter()
            .map(|code| self.id(code))
            .collect::<Result<Vec<UnitId>>>()?;
        seasons::address(&mut self.cx.tx, instrument, &units).await?;
        for unit in units.iter().take(acknowledged) {
            seasons::acknowledge(&mut self.cx.tx, instrument, *unit, on, "demo").await?;
        }
        Ok(())
    }

    /// Adds a conference that made instruments known.
    pub async fn briefing(
        &mut self,
        season: &Season,
        unit: &str,
        on: Day,
        title: &str,
        groups: &[&str],
        instruments: &[u128],
    ) -> Result<()> {
        let briefing = Briefing {
            id: new_id(),
            unit: self.id(unit)?,
            day: on,
            title: title.to_owned(),
            attendance: groups
                .iter()
                .map(|group| Attendance {
                    group: (*group).to_owned(),
                    convened: None,
                    present: None,
                })
                .collect(),
            instruments: instruments.to_vec(),
            until: None,
        };
        Ok(seasons::add_briefing(&mut self.cx.tx, &season.id, &briefing).await?)
    }

    /// Adds a window of a plan.
    pub async fn window(&mut self, season: &Season, days: Days<'_>) -> Result<()> {
        let window = Window {
            id: WindowId(new_id()),
            issuer: self.id(days.issuer)?,
            level: Level(days.level.to_owned()),
            kind: None,
            mark: days.mark,
            first: days.first,
            last: days.last,
            from: days.plan_of,
            until: None,
            consent: None,
            reason: None,
        };
        Ok(seasons::add_window(&mut self.cx.tx, &season.id, &window, days.instrument).await?)
    }

    /// Sets a unit apart.
    pub async fn mark(
        &mut self,
        season: &Season,
        unit: &str,
        mark: Mark,
        (by, basis): (&str, &str),
        subject: &str,
        from: Day,
    ) -> Result<()> {
        let apart = SetApart {
            id: new_id(),
            unit: self.id(unit)?,
            marked: Marked {
                mark,
                by: self.id(by)?,
                legal_basis: Some(basis.to_owned()),
            },
            subject: subject.to_owned(),
            span: Span::from(from),
        };
        Ok(seasons::add_mark(&mut self.cx.tx, &season.id, &apart).await?)
    }

    /// Puts a person in charge of units.
    pub async fn charge(
        &mut self,
        season: &Season,
        person: &str,
        post: &str,
        units: &[&str],
        from: Day,
    ) -> Result<()> {
        let mut charges = Vec::new();
        for unit in units {
            charges.push(Charge {
                id: new_id(),
                unit: self.id(unit)?,
                person: person.to_owned(),
                post: post.to_owned(),
                span: Span::from(from),
            });
        }
        Ok(seasons::add_charges(&mut self.cx.tx, &season.id, &charges).await?)
    }

    /// Adds an outside event that must be over before congresses open.
    pub async fn event(
        &mut self,
        season: &Season,
        unit: &str,
        name: &str,
        on: Day,
        level: &str,
    ) -> Result<()> {
        let event = OutsideEvent {
            id: EventId(new_id()),
            name: name.to_owned(),
            first: on,
            last: on,
            scope: self.id(unit)?,
            level: Some(Level(level.to_owned())),
            kind: None,
            relation: EventRelation::MustPrecede,
            until: None,
        };
        Ok(seasons::add_event(&mut self.cx.tx, &season.id, &event).await?)
    }

    /// Adds a working group's visit.
    pub async fn visit(
        &mut self,
        season: &Season,
        unit: &str,
        visitors: &str,
        on: Day,
        purpose: &str,
        findings: &[&str],
    ) -> Result<()> {
        let visit = Visit {
            id: new_id(),
            unit: self.id(unit)?,
            visitors: visitors.to_owned(),
            day: on,
            purpose: purpose.to_owned(),
            findings: findings
                .iter()
                .map(|text| VisitFinding::open(text))
                .collect(),
        };
        Ok(seasons::save_visit(&mut self.cx.tx, &season.id, &visit).await?)
    }

    /// Adds a preparation with its dated steps: day, amount, note.
    pub async fn work(
        &mut self,
        season: &Season,
        unit: &str,
        area: WorkArea,
        title: &str,
        total: Option<u32>,
        steps: &[(Day, i64, &str)],
    ) -> Result<()> {
        let steps: Vec<WorkStep> = steps
            .iter()
            .map(|(day, amount, note)| WorkStep {
                id: new_id(),
                day: *day,
                amount: *amount,
                note: (*note).to_owned(),
                until: None,
            })
            .collect();
        let work = Work {
            id: new_id(),
            unit: self.id(unit)?,
            area,
            title: title.to_owned(),
            total,
            until: None,
            steps: Vec::new(),
        };
        seasons::add_work(&mut self.cx.tx, &season.id, &work).await?;
        for step in &steps {
            seasons::add_work_step(&mut self.cx.tx, work.id, step).await?;
        }
        Ok(())
    }

    /// Writes a congress's facts.
    pub async fn congress(
        &mut self,
        season: &Season,
        unit: &str,
        facts: impl FnOnce(&mut Congress) -> std::result::Result<(), Refusal>,
    ) -> Result<()> {
        let id = self.id(unit)?;
        let mut congress = congress::load(&mut self.cx.tx, &season.id, id).await?;
        facts(&mut congress).map_err(|refusal| fault(format!("{unit}: {refusal:?}")))?;
        congress::save(&mut self.cx.tx, &season.id, id, &congress, self.cx.now).await?;
        Ok(())
    }

    /// Dates a congress.
    pub async fn date(
        &mut self,
        season: &Season,
        unit: &str,
        on: Day,
        (first, last): (Day, Day),
    ) -> Result<()> {
        let planned = Planned {
            first,
            last,
            preparatory_half_days: 0,
        };
        self.congress(season, unit, |congress| congress.date(on, planned, None))
            .await
    }

    /// A congress that was dated, met on its day, reported, was confirmed and
    /// its result ratified.
    pub async fn held(
        &mut self,
        season: &Season,
        unit: &str,
        dated_on: Day,
        held: Day,
        numbers: Numbers,
    ) -> Result<()> {
        let planned = Planned {
            first: held,
            last: held,
            preparatory_half_days: 0,
        };
        self.congress(season, unit, |congress| {
            congress.date(dated_on, planned, None)?;
            congress.submit_report(held, (held, held), numbers, "")?;
            congress.confirm(held)?;
            congress.ratify(held, "")
        })
        .await
    }

    /// Settles form, ordinal and contents.
    pub async fn settle(
        &mut self,
        season: &Season,
        unit: &str,
        on: Day,
        (form, ordinal): (Form, u16),
        members: u32,
    ) -> Result<()> {
        let contents = season.shape.contents;
        self.congress(season, unit, |congress| {
            congress.settle(
                on,
                form,
                Some(ordinal),
                contents,
                false,
                (members, Some(200)),
            )
        })
        .await
    }

    /// Counts everything.
    pub async fn finish(self) -> Result<()> {
        for season in &self.seasons {
            progress::rebuild(&mut self.cx.tx, season).await?;
        }
        Ok(())
    }
}
