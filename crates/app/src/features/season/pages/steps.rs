//! Steps of a preparation: some more done on a day, put right, taken back.

use plenum_rules::{SeasonId, UnitId};
use plenum_store::season::{self as records, Work, WorkStep};

use super::super::actions::{self, Mend, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::forms::{Change, Filing, SeasonPage as _, Sheets};
use super::hex;
use super::mended::{Editing, Mended, Restored};
use super::works::{Page, near};
use crate::shell::problem::{Problem, Result};
use crate::shell::reporting::filed_for;
use crate::shell::{Cx, Look, Place, Words};

/// Where its forms are sent to.
const AT: &str = "works/step";

/// A step as its page shows it.
pub struct Stepped {
    /// Day, amount and note.
    pub text: String,
    /// Where it is put right or taken back; empty where this person may not.
    pub edit: String,
}

/// "01/06/2020: +9 Đợt 1".
pub fn said(step: &WorkStep, words: Words) -> String {
    let sign = if step.amount > 0 { "+" } else { "" };
    format!(
        "{}: {sign}{} {}",
        words.day(step.day),
        words.count(step.amount),
        step.note
    )
    .trim_end()
    .to_owned()
}

/// What people call a step.
fn name(work: &Work, step: &WorkStep, words: Words) -> String {
    format!("{}, {}", work.title, said(step, words))
}

/// Every step of these preparations, by id, unit and name.
pub fn named(works: &[Work], words: Words) -> Vec<(u128, UnitId, String)> {
    let of_work = |work: &Work| -> Vec<(u128, UnitId, String)> {
        let steps = work.steps.iter();
        steps
            .map(|step| (step.id, work.unit, name(work, step, words)))
            .collect()
    };
    works.iter().flat_map(of_work).collect()
}

/// The form of a step, and which one is being edited.
pub async fn form(
    look: &mut Look,
    place: &Place,
    words: Words,
    sheets: &Sheets,
) -> Result<(Sheet, Option<Editing>)> {
    let (rows, _) = near(look, place).await?;
    let known = rows.iter().find_map(|work| {
        let step = work.steps.iter();
        let step = step
            .into_iter()
            .find(|step| sheets.record() == Some(step.id))?;
        Some((work, step))
    });
    let Some((work, step)) = known else {
        return Ok((sheets.of(Step::FORM), None));
    };
    let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
    let what = (AT, step.id, name(work, step, words));
    let editing = Editing::of(sheets, place, words, what, withdrawals.get(&step.id));
    let filled = Fields::default()
        .with("work", hex(work.id))
        .with("amount", step.amount.to_string())
        .with("day", step.day.to_string())
        .with("note", &step.note);
    let sheet = sheets.filled_of(Step::FORM, Some(filled));
    Ok((sheet, Some(editing.back_to(place, Page::NAME))))
}

/// Some more of a preparation done, recorded or put right.
pub enum Step {
    /// Done.
    Added {
        /// The preparation.
        work: u128,
        /// The step.
        step: WorkStep,
    },
    /// Entered wrongly.
    Corrected {
        /// The step as it should be.
        step: WorkStep,
        /// Why it is put right.
        why: String,
    },
}

impl Filing for Step {
    type Page = Page;
    const FORM: &'static str = "step";

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let amount = fields.number("amount", -10_000_000, 10_000_000)?;
        let step = WorkStep {
            id: change.id(),
            day: fields
                .optional_day("day")?
                .unwrap_or_else(|| filed_for(&place.season, look.today)),
            amount: amount.ok_or_else(|| Problem::field("E-SEA-41", "amount"))?,
            note: fields.optional("note")?.unwrap_or_default(),
            until: None,
        };
        Ok(match change {
            Change::Add => Self::Added {
                work: fields.id("work")?,
                step,
            },
            Change::Correct { why, .. } => Self::Corrected { step, why },
        })
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self {
            Self::Added { work, step } => actions::add_step(cx, season, work, step).await,
            Self::Corrected { step, why } => actions::correct_step(cx, season, step, &why).await,
        }
    }
}

/// Steps are taken back.
pub struct Steps;

impl Restored for Steps {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_step(cx, season, mend).await
    }
}

impl Mended for Steps {
    async fn withdraw(cx: &mut Cx, season: &SeasonId, what: TakeBack) -> Result<()> {
        actions::withdraw_step(cx, season, what).await
    }
}
