//! Preparations counted in dated batches: background conclusions, drafts,
//! delegates fixed.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::{Day, SeasonId, UnitId};

use crate::args;
use crate::db::{Result, StoreError, Tx, end};

/// What a preparation belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum WorkArea {
    /// Văn kiện.
    Documents,
    /// Nhân sự.
    Personnel,
    /// Đại biểu.
    Delegates,
    /// Tổ chức phục vụ.
    Logistics,
    /// Tuyên truyền.
    Information,
}

impl WorkArea {
    /// Every area, in the order of screens.
    pub const ALL: [Self; 5] = [
        Self::Documents,
        Self::Personnel,
        Self::Delegates,
        Self::Logistics,
        Self::Information,
    ];

    /// The name in the database and in the keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Personnel => "personnel",
            Self::Delegates => "delegates",
            Self::Logistics => "logistics",
            Self::Information => "information",
        }
    }

    /// The area of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.code() == code)
    }
}

/// A preparation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Work {
    /// Which.
    pub id: u128,
    /// Whose.
    pub unit: UnitId,
    /// What it belongs to.
    pub area: WorkArea,
    /// What is counted ("Kết luận tiêu chuẩn chính trị cán bộ chủ chốt").
    pub title: String,
    /// How many there are to do; may be unknown.
    pub total: Option<u32>,
    /// The first day on which it counts no longer: it was taken back.
    pub until: Option<Day>,
    /// What was done when, oldest first.
    pub steps: Vec<WorkStep>,
}

/// Some of a preparation done on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkStep {
    /// Which.
    pub id: u128,
    /// When.
    pub day: Day,
    /// How many more; negative where some were taken back.
    pub amount: i64,
    /// What happened, in words.
    pub note: String,
    /// The first day on which it counts no longer: it was taken back.
    pub until: Option<Day>,
}

impl WorkStep {
    /// Whether it counts on a day.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.day <= day && self.until.is_none_or(|until| day < until)
    }
}

impl Work {
    /// The steps that count on a day, oldest first.
    pub fn steps_on(&self, day: Day) -> impl Iterator<Item = &WorkStep> {
        self.steps.iter().filter(move |step| step.holds(day))
    }

    /// How many were done by a day.
    #[must_use]
    pub fn done_on(&self, day: Day) -> i64 {
        self.steps_on(day).map(|step| step.amount).sum()
    }

    /// The latest step by a day.
    #[must_use]
    pub fn latest_on(&self, day: Day) -> Option<&WorkStep> {
        self.steps_on(day).last()
    }

    /// The first day on which its steps make more done than there is to do, or
    /// less than nothing, with how many they make.
    #[must_use]
    pub fn out_of_bounds(&self) -> Option<(Day, i64)> {
        let days: BTreeSet<Day> = self
            .steps
            .iter()
            .flat_map(|step| [Some(step.day), step.until])
            .flatten()
            .collect();
        let most = self.total.map_or(i64::MAX, i64::from);
        days.into_iter()
            .map(|day| (day, self.done_on(day)))
            .find(|(_, done)| *done < 0 || *done > most)
    }
}

/// The preparations of a season with their steps, by area.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn works(tx: &mut Tx, season: &SeasonId) -> Result<Vec<Work>> {
    let mut steps: BTreeMap<u128, Vec<WorkStep>> = BTreeMap::new();
    let sql = "SELECT work, id, day, amount, note, until_day FROM work_step \
               WHERE work IN (SELECT id FROM work WHERE season = $1) ORDER BY day, id";
    for row in tx.rows(sql, args![season.as_str()]).await? {
        let step = WorkStep {
            id: row.id(1)?,
            day: row.day(2)?,
            amount: row.int(3)?,
            note: row.text(4)?,
            until: row.opt_day(5)?,
        };
        steps.entry(row.id(0)?).or_default().push(step);
    }
    let sql =
        "SELECT id, unit, area, title, total, until_day FROM work WHERE season = $1 ORDER BY id";
    let rows = tx.rows(sql, args![season.as_str()]).await?;
    let mut works = rows
        .iter()
        .map(|row| {
            let (id, area) = (row.id(0)?, row.text(2)?);
            let total = row.opt_int(4)?;
            Ok(Work {
                id,
                unit: row.unit(1)?,
                area: WorkArea::parse(&area)
                    .ok_or_else(|| StoreError::Damaged(format!("a preparation ({area})")))?,
                title: row.text(3)?,
                total: total
                    .map(|total| {
                        u32::try_from(total).map_err(|_| StoreError::Damaged("a total".to_owned()))
                    })
                    .transpose()?,
                until: row.opt_day(5)?,
                steps: steps.remove(&id).unwrap_or_default(),
            })
        })
        .collect::<Result<Vec<Work>>>()?;
    works.sort_by_key(|work| work.area);
    Ok(works)
}

/// Records a preparation with the steps it has.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_work(tx: &mut Tx, season: &SeasonId, work: &Work) -> Result<()> {
    tx.run(
        "INSERT INTO work (id, season, unit, area, title, total, until_day) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            work.id,
            season.as_str(),
            work.unit,
            work.area.code(),
            &work.title,
            work.total.map(i64::from),
            end(work.until)
        ],
    )
    .await?;
    for step in &work.steps {
        add_work_step(tx, work.id, step).await?;
    }
    Ok(())
}

/// Writes a preparation that was entered wrongly anew; its steps stay.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn correct_work(tx: &mut Tx, work: &Work) -> Result<()> {
    tx.run(
        "UPDATE work SET area = $2, title = $3, total = $4 WHERE id = $1",
        args![
            work.id,
            work.area.code(),
            &work.title,
            work.total.map(i64::from)
        ],
    )
    .await?;
    Ok(())
}

/// Records that some more of a preparation was done.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_work_step(tx: &mut Tx, work: u128, step: &WorkStep) -> Result<()> {
    tx.run(
        "INSERT INTO work_step (id, work, day, amount, note, until_day) VALUES ($1, $2, $3, $4, $5, $6)",
        args![step.id, work, step.day, step.amount, &step.note, end(step.until)],
    )
    .await?;
    Ok(())
}

/// Writes a step that was entered wrongly anew.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn correct_work_step(tx: &mut Tx, step: &WorkStep) -> Result<()> {
    tx.run(
        "UPDATE work_step SET day = $2, amount = $3, note = $4 WHERE id = $1",
        args![step.id, step.day, step.amount, &step.note],
    )
    .await?;
    Ok(())
}
