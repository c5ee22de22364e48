//! The forms that take a record back, and those that put right a withdrawal
//! entered wrongly.

use std::future::Future;
use std::marker::PhantomData;

use plenum_rules::access::Permission;
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, Withdrawal};

use super::super::actions::{Mend, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::forms::{Filing, SeasonPage, Sheets};
use super::hex;
use crate::shell::problem::Result;
use crate::shell::{Cx, Look, Place, Words};

/// The form that takes a record back.
pub const WITHDRAW: &str = "withdraw";
/// The form that puts a withdrawal right.
pub const MEND: &str = "mend";

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
    /// Where a withdrawal is put right.
    pub mend_at: String,
    /// The form that puts it right.
    pub mend: Sheet,
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
            mend_at: place.address(&format!("{page}/withdrawal"), code),
            mend: sheets.filled_of(MEND, gone.map(again)),
        }
    }

    /// Of a record that leads back to another page than the one its forms are
    /// sent to.
    pub fn back_to(mut self, place: &Place, page: &str) -> Self {
        self.back = place.address(page, &place.unit.code);
        self
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

/// A withdrawal as the form that puts it right has it.
fn again(gone: &Withdrawal) -> Fields {
    Fields::default()
        .with("again", gone.from.to_string())
        .with("again_consent", gone.consent.clone().unwrap_or_default())
}

/// Something that was taken back.
pub struct Gone {
    /// What, since when and why.
    pub text: String,
    /// Where that is put right; empty where this person may not.
    pub edit: String,
}

/// What was taken back of these records, by id, unit and name, as far as the
/// place's day knows, the latest first.
pub async fn gone_lines(
    look: &mut Look,
    (place, words): (&Place, Words),
    (page, permission): (&str, Permission),
    records: Vec<(u128, UnitId, String)>,
) -> Result<Vec<Gone>> {
    let mut withdrawals = season::withdrawals(&mut look.tx, &place.season.id).await?;
    let mut gone = Vec::new();
    for (record, unit, name) in records {
        // One that begins later is known from the day on which it was entered.
        let known = withdrawals
            .remove(&record)
            .filter(|gone| gone.from <= place.day || gone.on <= place.day);
        let Some(known) = known else {
            continue;
        };
        let mine = look.may(permission, unit).await?;
        let edit = match mine {
            true => edit_address(place, page, record),
            false => String::new(),
        };
        gone.push((known.from, name, gone_text(&known, words), edit));
    }
    gone.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let line = |(_, name, text, edit): (Day, String, String, String)| Gone {
        text: format!("{name} – {text}"),
        edit,
    };
    Ok(gone.into_iter().map(line).collect())
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

/// Reads how a withdrawal is put right: another day, or none at all.
///
/// # Errors
/// `E-SEA-41` without a reason or, for another day, without the day; `E-DAY`.
pub fn mend(fields: &Fields) -> Result<Mend> {
    Ok(Mend {
        record: fields.id("record")?,
        from: match fields.get("deed") {
            "restore" => None,
            _ => Some(fields.day("again")?),
        },
        reason: fields.text("again_why")?,
        consent: fields.optional("again_consent")?,
    })
}

/// Records of a page whose withdrawal can be put right.
pub trait Restored: Send + 'static {
    /// The page they stand on.
    type Page: SeasonPage;

    /// Gives one's withdrawal another day, or takes it back.
    fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> impl Future<Output = Result<()>> + Send;
}

/// The form that puts a withdrawal right.
pub struct Mending<R>(Mend, PhantomData<R>);

impl<R: Restored> Filing for Mending<R> {
    type Page = R::Page;
    const FORM: &'static str = MEND;

    async fn read(_: &mut Look, _: &Place, fields: &Fields) -> Result<Self> {
        Ok(Self(mend(fields)?, PhantomData))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        R::mend(cx, season, self.0).await
    }
}

/// Records of a page that are taken back.
pub trait Mended: Restored {
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
