//! The pattern of a season's pages: what stands on one, and the forms that add
//! to it or put it right. What takes a record back stands in `mended`.
//!
//! A page is a [`SeasonPage`]; a form on it is a [`Filing`], read into what an
//! action takes. [`page`] and [`send`] are their handlers: a refusal shows the
//! page again with what was typed.

use std::future::Future;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::{SeasonId, UnitId};
use plenum_store::db::new_id;

use super::super::fields::{Fields, Sheet};
use super::super::roll::unit_of;
use super::{At, Desk, desk, on_form, show, went};
use crate::shell::asked::{Known, one_of};
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Cx, Look, Place, Visitor, act, look};

/// The form of a record: a new one, or one that is put right.
pub const RECORD: &str = "";

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
    Known(at): Known<At>,
) -> Response {
    let page = match Sheets::editing(&at) {
        Ok(sheets) => build::<P>(&app, &visitor, &season, &at, &sheets).await,
        Err(problem) => Err(problem),
    };
    show(page, &visitor)
}

/// Takes a form and goes back to its page.
pub async fn send<F: Filing>(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(at): Known<At>,
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
    ///
    /// # Errors
    /// `E-URL-02` where it does not read as one.
    fn editing(at: &At) -> Result<Self> {
        let read = |id: &str| u128::from_str_radix(id, 16).ok();
        Ok(Self {
            sent: None,
            record: one_of("edit", at.edit.as_deref(), read)?,
        })
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
        self.filled_of(RECORD, editing)
    }

    /// As [`Sheets::filled`], another form of the page.
    pub fn filled_of(&self, form: &str, editing: Option<Fields>) -> Sheet {
        match (&self.sent, editing) {
            (Some((sent, sheet)), _) if *sent == form => sheet.clone(),
            (_, Some(fields)) => Sheet::filled(fields),
            _ => Sheet::default(),
        }
    }
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
