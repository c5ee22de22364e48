//! A program reports a unit's congress: through the same door as the phone.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use plenum_rules::Day;
use plenum_rules::congress::Numbers;
use plenum_store::org;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shapes::Receipt;
use crate::shell::door::{Caller, ErrorBody, Named, Refusals, Sent};
use crate::shell::place::season_of;
use crate::shell::problem::Result;
use crate::shell::reporting::{Report, submit};
use crate::shell::scopes::Scope;
use crate::shell::{App, Problem};

/// The most a number of people can be.
const MOST: u32 = 1_000_000;

/// What a unit reports of its congress.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBody {
    /// The first day it met, the preparatory session included.
    #[schema(value_type = String, format = Date, example = "2020-03-02")]
    first: Day,
    /// The last day; without it the first.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date, example = "2020-03-02")]
    last: Option<Day>,
    /// Official members or delegates convened.
    #[schema(maximum = 1_000_000, example = 30)]
    convened: u32,
    /// Of these, present; not more than convened.
    #[schema(maximum = 1_000_000, example = 29)]
    present: u32,
    /// Elected to the committee, secretary and deputies among them.
    #[serde(default)]
    #[schema(maximum = 1_000_000, example = 3)]
    elected_committee: u32,
    /// Whether a secretary was elected.
    #[serde(default)]
    #[schema(example = true)]
    elected_secretary: bool,
    /// Deputy secretaries elected.
    #[serde(default)]
    #[schema(maximum = 1_000_000, example = 1)]
    elected_deputies: u32,
    /// Delegates elected to the congress above.
    #[serde(default)]
    #[schema(maximum = 1_000_000, example = 2)]
    elected_delegates: u32,
    /// Opinions gathered on the drafts.
    #[serde(default)]
    #[schema(maximum = 1_000_000, example = 12)]
    opinions: u32,
    /// Difficulties, in the unit's words.
    #[serde(default)]
    #[schema(max_length = 10_000, example = "Hội trường nhỏ")]
    difficulties: String,
}

impl ReportBody {
    fn report(self) -> Result<Report> {
        let numbers = [
            ("convened", self.convened),
            ("present", self.present),
            ("elected_committee", self.elected_committee),
            ("elected_deputies", self.elected_deputies),
            ("elected_delegates", self.elected_delegates),
            ("opinions", self.opinions),
        ];
        if let Some((field, _)) = numbers.into_iter().find(|(_, number)| *number > MOST) {
            return Err(Problem::field("E-REP-07", field));
        }
        Ok(Report {
            first: self.first,
            last: self.last.unwrap_or(self.first),
            numbers: Numbers {
                convened: self.convened,
                present: self.present,
                elected_committee: self.elected_committee,
                elected_secretary: self.elected_secretary,
                elected_deputies: self.elected_deputies,
                elected_delegates: self.elected_delegates,
                opinions: self.opinions,
            },
            difficulties: self.difficulties,
        })
    }
}

/// Reports a unit's congress. Sent again under the same `Idempotency-Key` it
/// is recorded once and answered the same; counters above the unit and open
/// screens follow at once.
#[utoipa::path(
    post, path = "/api/v1/seasons/{season}/congresses/{code}/report", tag = "congresses", operation_id = "report",
    params(
        ("season" = String, Path, description = "The season's name in addresses.", example = "cam-le-2020"),
        ("code" = String, Path, description = "The unit's code.", example = "CL-KT-12"),
        ("Idempotency-Key" = String, Header, description = "A key of the sender's choice, one for each report, kept when it is sent again.",
            min_length = 1, max_length = 200, pattern = "^[!-~]+$", example = "0198c7a2-5d7e-7cc1-9a55-0c2f5b1f8a10"),
    ),
    request_body(content = ReportBody, description = "What is reported."),
    responses(
        (status = 200, description = "Received.", body = Receipt),
        (status = 409, description = "A report stands already (`E-CON-02`); a correction goes through the level above, which returns it.", body = ErrorBody),
        (status = 413, description = "The body is larger than 64 KiB (`E-413`).", body = ErrorBody),
        (status = 415, description = "The body is not `application/json` (`E-API-03`).", body = ErrorBody),
        (status = 422, description = "The rules refuse it; `code` says which rule, `field` where. Nothing was recorded.", body = ErrorBody),
        Refusals
    ),
    security(("token" = ["congresses:write"])),
)]
pub async fn report(
    State(app): State<App>,
    caller: Caller,
    Named((season, code)): Named<(String, String)>,
    headers: HeaderMap,
    Sent(body): Sent<ReportBody>,
) -> Response {
    caller.answer(received(&app, &caller, (&season, &code), &headers, body).await)
}

async fn received(
    app: &App,
    caller: &Caller,
    (season, code): (&str, &str),
    headers: &HeaderMap,
    body: ReportBody,
) -> Result<Receipt> {
    let mut look = caller.look(app, Scope::CongressesWrite).await?;
    let season = season_of(&mut look, season).await?;
    // The bearer of the code on the day the season's pages show, as on the phone.
    let day = season.shape.pages_open_on.unwrap_or(look.today);
    let unit = org::by_code(&mut look.tx, code, day)
        .await?
        .ok_or_else(Problem::not_found)?;
    drop(look);
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok())
        .unwrap_or_default();
    let place = (&season.id, unit.unit);
    let receipt = submit(app, &caller.who, place, key, &body.report()?).await?;
    Ok(Receipt {
        state: "received".to_owned(),
        at: instant(receipt.at)?,
        unit: unit.code,
        season: season.id.to_string(),
    })
}

/// An instant as programs write it.
fn instant(micros: i64) -> Result<String> {
    jiff::Timestamp::from_microsecond(micros)
        .map(|at| at.to_string())
        .map_err(|error| {
            let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
            problem.inner = Some(error.to_string());
            problem
        })
}
