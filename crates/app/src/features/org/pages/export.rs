//! `/export/units`: exactly this subtree and day, in the shape an import takes.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use plenum_papers::sheet;
use plenum_rules::access::Permission;
use plenum_rules::org::{Tree, export_rows};
use plenum_rules::{Day, UnitId};
use plenum_store::{Tx, org};
use serde::Deserialize;

use super::{everywhere, tops};
use crate::features::org::sheets::output;
use crate::shell::asked::{Asking, Known, one_of};
use crate::shell::place::day_of;
use crate::shell::problem::{Problem, Result};
use crate::shell::{App, Visitor, look};

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    #[serde(default, rename = "as")]
    kind: String,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit", "on", "as"];
}

/// `GET /export/units`.
pub async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Known(asked): Known<Asked>,
) -> Response {
    match build(&app, &visitor, &asked).await {
        Ok(response) => response,
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Response> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let day = day_of(asked.on.as_deref(), look.today)?;
    let csv = |kind: &str| match kind {
        "csv" => Some(true),
        "xlsx" => Some(false),
        _ => None,
    };
    let csv = one_of("as", Some(&asked.kind), csv)?.unwrap_or_default();
    let code = asked.unit.as_deref().unwrap_or_default();
    let root = if code.is_empty() {
        if everywhere(&look, Permission::DownloadReport) {
            None
        } else {
            let top = tops(&mut look, Permission::DownloadReport, day)
                .await?
                .into_iter()
                .next();
            Some(top.ok_or_else(Problem::forbidden)?)
        }
    } else {
        Some(
            org::by_code(&mut look.tx, code, day)
                .await?
                .ok_or_else(Problem::not_found)?,
        )
    };
    if let Some(root) = &root {
        look.must(Permission::DownloadReport, root.unit).await?;
    }
    let tree = subtree(&mut look.tx, root.as_ref().map(|root| root.unit), day).await?;
    let rows = export_rows(&tree, root.as_ref().map(|root| root.unit), day);
    let sheet = output(&visitor.words.say("nav-tree"), rows);
    let name = root.map_or_else(|| "plenum".to_owned(), |root| plain(&root.code));
    if csv {
        return Ok(attached(
            sheet::write_csv(&sheet),
            "text/csv; charset=utf-8",
            &format!("{name}-{day}.csv"),
        ));
    }
    let bytes = tokio::task::spawn_blocking(move || sheet::write_xlsx(&sheet)).await;
    let bytes = bytes
        .map_err(|error| failed(&error.to_string()))?
        .map_err(|error| failed(&error.to_string()))?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(attached(bytes, media, &format!("{name}-{day}.xlsx")))
}

/// The records of a subtree, or of everything.
pub async fn subtree(tx: &mut Tx, root: Option<UnitId>, day: Day) -> Result<Tree> {
    let Some(root) = root else {
        return Ok(org::tree(tx).await?);
    };
    let units = org::below_since(tx, &[root], day).await?;
    Ok(Tree::new(
        org::versions_of(tx, &units)
            .await?
            .into_values()
            .flatten()
            .collect(),
    ))
}

fn failed(why: &str) -> Problem {
    let mut problem = Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "E-500");
    problem.inner = Some(why.to_owned());
    problem
}

/// A code as part of a file's name.
fn plain(code: &str) -> String {
    code.chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || letter == '-' {
                letter
            } else {
                '_'
            }
        })
        .collect()
}

fn attached(bytes: Vec<u8>, media: &'static str, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(media)),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response()
}
