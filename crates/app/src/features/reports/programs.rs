//! The report upwards for programs.

use crate::shell::scopes::Scope;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};

use super::actions::{self, Format};
use super::letter;
use crate::shell::App;
use crate::shell::door::{Asked, Caller, Named, Refusals};
use crate::shell::problem::Result;

#[derive(OpenApi)]
#[openapi(paths(report))]
struct Document;

/// What this feature describes.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Which report.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The node's code; without it the season's top, or the account's own unit below it.
    #[param(example = "CL")]
    unit: Option<String>,
    /// The day; without it the day on which the season's pages open, usually today.
    #[param(value_type = Option<String>, format = Date, example = "2020-03-02")]
    on: Option<String>,
    /// The kind of file; without it PDF.
    #[param(value_type = Option<String>, pattern = "^(pdf|docx|xlsx)$", example = "docx")]
    format: Option<Format>,
}

/// The report upwards of a node on a day, in the Party's layout, always in
/// Vietnamese.
#[utoipa::path(
    get, path = "/api/v1/seasons/{season}/report", tag = "reports", operation_id = "report_upwards",
    params(("season" = String, Path, description = "The season's name in addresses.", example = "cam-le-2020"), Which),
    responses(
        (status = 200, description = "The file.", content(
            (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Refusals
    ),
    security(("token" = ["reports:read"])),
)]
pub async fn report(
    State(app): State<App>,
    caller: Caller,
    Named(season): Named<String>,
    Asked(which): Asked<Which>,
) -> Response {
    match file(&app, &caller, &season, which).await {
        Ok(response) => response,
        Err(problem) => problem.json(caller.words),
    }
}

async fn file(app: &App, caller: &Caller, season: &str, which: Which) -> Result<Response> {
    let format = which.format.unwrap_or(Format::Pdf);
    let asked = letter::Asked {
        unit: which.unit,
        on: which.on,
        ..letter::Asked::default()
    };
    let drawn = {
        let mut look = caller.look(app, Scope::ReportsRead).await?;
        actions::draw_up(&mut look, season, &asked).await?
    };
    let bytes = actions::set(drawn.document, format).await?;
    Ok(([(header::CONTENT_TYPE, format.media())], bytes).into_response())
}
