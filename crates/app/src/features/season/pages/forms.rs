//! The pattern of a season's pages: what stands on one, and the forms that add
//! to it, put it right or take it back.
//!
//! A page is a [`SeasonPage`]; a form on it is a [`Filing`], read into what an
//! action takes. [`page`] and [`send`] are their handlers: a refusal shows the
//! page again with what was typed.

use std::future::Future;
use std::marker::PhantomData;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::db::new_id;
use plenum_store::season::Withdrawal;

use super::super::actions::TakeBack;
use super::super::fields::{Fields, Sheet};
use super::super::roll::unit_of;
use super::{At, Desk, desk, hex, on_form, show, went};
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Cx, Look, Place, Visitor, Words, act, look};

/// The form of a record: a new one, or one that is put right.
pub const RECORD: &str = "";
/// The form that takes a record back.
pub const WITHDRAW: &str = "withdraw";

/// A page of a season.
pub trait SeasonPage: Template + Send + Sized + 'static {
    /// Its name in addresses, and in the keys of its title and tab.
    const NAME: &'static str;

    /// The page, with what was typed into its forms.
    fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> impl Future<Output = Result<Self>> + Send;
}

/// What a form asks for.
pub trait Filing: Send + Sized + 'static {
    /// The page it stands on.
    type Page: SeasonPage;
    /// Which form of the page.
    const FORM: &'static str;
    /// The page it leads to.
    const TO: &'static str = <Self::Page as SeasonPage>::NAME;
    /// Whether a refusal is shown on the form; a button alone has no room.
    const SHOWN: bool = true;

    /// Reads what was sent.
    fn read(
        look: &mut Look,
        place: &Place,
        fields: &Fields,
    ) -> impl Future<Output = Result<Self>> + Send;

    /// Does it.
    fn file(self, cx: &mut Cx, season: &SeasonId) -> impl Future<Output = Result<()>> + Send;
}

/// Shows a page.
pub async fn page<P: SeasonPage>(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
) -> Response {
    let sheets = Sheets::editing(&at);
    show(
        build::<P>(&app, &visitor, &season, &at, &sheets).await,
        &visitor,
    )
}

/// Takes a form and goes back to its page.
pub async fn send<F: Filing>(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match filed::<F>(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if F::SHOWN && on_form(&problem) => {
            let record = fields.optional_id("record").ok().flatten();
            let sheets = Sheets {
                sent: Some((F::FORM, Sheet::refused(fields, &problem, visitor.words))),
                record,
            };
            let page = build::<F::Page>(&app, &visitor, &season, &at, &sheets).await;
            super::again(page, &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn build<P: SeasonPage>(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    sheets: &Sheets,
) -> Result<P> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, P::NAME).await?;
    P::build(&mut look, visitor, desk, sheets).await
}

async fn filed<F: Filing>(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, at, F::Page::NAME)
        .await?
        .place;
    let filing = F::read(&mut look, &place, fields).await?;
    drop(look);
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { filing.file(cx, &id).await })
    })
    .await?;
    Ok(place.address(F::TO, &place.unit.code))
}

/// What was typed into the forms of a page, and which record is being edited.
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    sent: Option<(&'static str, Sheet)>,
    record: Option<u128>,
}

impl Sheets {
    /// As an address asks: `edit` names the record.
    fn editing(at: &At) -> Self {
        let record = at.edit.as_deref();
        Self {
            sent: None,
            record: record.and_then(|id| u128::from_str_radix(id, 16).ok()),
        }
    }

    /// The record that is being edited.
    pub fn record(&self) -> Option<u128> {
        self.record
    }

    /// A form as it was sent; empty where it was not.
    pub fn of(&self, form: &str) -> Sheet {
        self.sent
            .as_ref()
            .filter(|(sent, _)| *sent == form)
            .map(|(_, sheet)| sheet.clone())
            .unwrap_or_default()
    }

    /// The form of a record: as it was sent, else filled in with the record
    /// that is being edited.
    pub fn filled(&self, editing: Option<Fields>) -> Sheet {
        match (&self.sent, editing) {
            (Some((RECORD, sheet)), _) => sheet.clone(),
            (_, Some(fields)) => Sheet::filled(fields),
            _ => Sheet::default(),
        }
    }
}

/// The record that is being edited, for the page's forms.
pub struct Editing {
    /// Its id in addresses.
    pub record: String,
    /// What people call it.
    pub name: String,
    /// That and since when it counts no longer; empty while it does.
    pub withdrawn: String,
    /// Whether it can be taken back at all.
    pub may_end: bool,
    /// Whether the superior may have to consent to that.
    pub consents: bool,
    /// Where it is taken back.
    pub withdraw_at: String,
    /// The page without the record.
    pub back: String,
    /// The form that takes it back.
    pub withdraw: Sheet,
}

impl Editing {
    /// Of a record that can be taken back.
    pub fn of(
        sheets: &Sheets,
        place: &Place,
        words: Words,
        (page, record, name): (&str, u128, String),
        gone: Option<&Withdrawal>,
    ) -> Self {
        let code = &place.unit.code;
        // A season that is over is mended in its own days, not today's.
        let withdraw = match (sheets.of(WITHDRAW), place.season.shape.pages_open_on) {
            (sent, Some(day)) if !sent.is_refused() => {
                Sheet::filled(Fields::default().with("until", day.to_string()))
            }
            (sent, _) => sent,
        };
        Self {
            record: hex(record),
            name,
            withdrawn: gone.map(|gone| gone_text(gone, words)).unwrap_or_default(),
            may_end: true,
            consents: false,
            withdraw_at: place.address(&format!("{page}/withdraw"), code),
            back: place.address(page, code),
            withdraw,
        }
    }
}

/// "Thu hồi từ 01/3/2020: lý do (vanphong)."
pub fn gone_text(gone: &Withdrawal, words: Words) -> String {
    let mut text = words.say_with(
        "season-withdrawn-from",
        &[
            ("day", words.day(gone.from).into()),
            ("reason", gone.reason.clone().into()),
            ("by", gone.by.0.clone().into()),
        ],
    );
    if let Some(consent) = &gone.consent {
        text.push(' ');
        text.push_str(&words.say1("season-consent-is", "text", consent.as_str()));
    }
    text
}

/// Where a record is edited.
pub fn edit_address(place: &Place, page: &str, record: u128) -> String {
    let address = place.address(page, &place.unit.code);
    format!("{address}&edit={}#edit", hex(record))
}

/// What was taken back by the place's day, in words, the latest first.
pub fn gone_lines(
    words: Words,
    day: Day,
    gone: impl Iterator<Item = (String, Withdrawal)>,
) -> Vec<String> {
    let mut gone: Vec<(String, Withdrawal)> = gone.filter(|(_, gone)| gone.from <= day).collect();
    gone.sort_by(|a, b| b.1.from.cmp(&a.1.from).then_with(|| a.0.cmp(&b.0)));
    gone.iter()
        .map(|(name, gone)| format!("{name} – {}", gone_text(gone, words)))
        .collect()
}

/// A record as its form was sent: new, or put right for a reason.
pub enum Change {
    /// It is new.
    Add,
    /// It was entered wrongly.
    Correct {
        /// Which.
        record: u128,
        /// Why it is put right.
        why: String,
    },
}

impl Change {
    /// Reads it from the form.
    ///
    /// # Errors
    /// `E-SEA-41` without a reason.
    pub fn read(fields: &Fields) -> Result<Self> {
        Ok(match fields.optional_id("record")? {
            None => Self::Add,
            Some(record) => Self::Correct {
                record,
                why: fields.text("why")?,
            },
        })
    }
}

impl Change {
    /// The record's id and its unit: for a new one the unit typed into
    /// `target`; of one that is put right the unit stays as recorded, and the
    /// place stands in for it.
    ///
    /// # Errors
    /// As [`unit_of`].
    pub async fn target(
        &self,
        look: &mut Look,
        place: &Place,
        fields: &Fields,
    ) -> Result<(u128, UnitId)> {
        match self {
            Self::Add => {
                let (text, day) = (fields.get("target"), place.day);
                let unit = unit_of(&mut look.tx, &place.season, text, day, "target").await?;
                Ok((new_id(), unit.unit))
            }
            Self::Correct { record, .. } => Ok((*record, place.unit.unit)),
        }
    }

    /// The record's id; a new one has a new one.
    pub fn id(&self) -> u128 {
        match self {
            Self::Add => new_id(),
            Self::Correct { record, .. } => *record,
        }
    }
}

/// Reads what takes a record back; without a day, from today on.
///
/// # Errors
/// `E-SEA-41` without a reason, `E-DAY`.
pub fn take_back(fields: &Fields, today: Day) -> Result<TakeBack> {
    Ok(TakeBack {
        record: fields.id("record")?,
        from: fields.optional_day("until")?.unwrap_or(today),
        reason: fields.text("end_why")?,
        consent: fields.optional("end_consent")?,
    })
}

/// Records of a page that are taken back.
pub trait Mended: Send + 'static {
    /// The page they stand on.
    type Page: SeasonPage;

    /// Takes one back.
    fn withdraw(
        cx: &mut Cx,
        season: &SeasonId,
        what: TakeBack,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// The form that takes a record back.
pub struct Withdrawing<M>(TakeBack, PhantomData<M>);

impl<M: Mended> Filing for Withdrawing<M> {
    type Page = M::Page;
    const FORM: &'static str = WITHDRAW;

    async fn read(look: &mut Look, _: &Place, fields: &Fields) -> Result<Self> {
        Ok(Self(take_back(fields, look.today)?, PhantomData))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        M::withdraw(cx, season, self.0).await
    }
}
