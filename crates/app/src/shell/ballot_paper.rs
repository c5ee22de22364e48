//! The ballot paper: every voter's is the same.

use plenum_papers::{BallotMarks, BallotName, BallotPaper};
use plenum_rules::voting::ballot::BallotKind;
use plenum_rules::voting::machine::Listed;
use plenum_rules::voting::profile::Office;
use plenum_rules::words::day_table;
use plenum_store::voting::Paper;

use super::elections::{Ballot, id_text, office_name};
use super::language::{Lang, Words};
use super::problem::{Problem, Result};

/// What stands on the paper. `units` are the names from the season's top down to
/// the unit that votes.
#[must_use]
pub fn paper(units: &[&str], term: Option<&str>, ballot: &Ballot, listed: &Listed) -> BallotPaper {
    let (names, seats) = (listed.rows.len(), u32::from(listed.seats));
    let count = u32::try_from(names).unwrap_or(u32::MAX);
    let kind = ballot.rules.ballot_kind(count, seats).value;
    let mut columns = vec!["Số TT", "Họ và tên"];
    let (marks, how) = match kind {
        BallotKind::StrikeOut => (
            BallotMarks::StrikeOut,
            "Không bầu ai thì gạch một đường ngang qua cả họ và tên người đó.",
        ),
        BallotKind::AgreeDisagree | BallotKind::SingleName => {
            columns.extend(["Đồng ý", "Không đồng ý"]);
            (
                BallotMarks::AgreeDisagree,
                "Mỗi người chỉ đánh dấu X vào một ô: đồng ý hoặc không đồng ý.",
            )
        }
        BallotKind::Ranked => {
            columns.push("Thứ tự");
            (
                BallotMarks::Rank,
                "Ghi số thứ tự ưu tiên: 1 là người được chọn trước hết.",
            )
        }
    };
    let office = office_name(
        Words(Lang::Vi),
        &ballot.rules,
        &Office(ballot.office.clone()),
    );
    let term = term.map_or_else(String::new, |term| format!(", nhiệm kỳ {term}"));
    let again = if ballot.round > 1 {
        format!(" (lần {})", ballot.round)
    } else {
        String::new()
    };
    let alternates = if listed.draft.purpose.elects_alternates() {
        " dự khuyết"
    } else {
        ""
    };
    let organisation = units[units.len().saturating_sub(2)..]
        .iter()
        .map(|name| name.to_uppercase())
        .collect();
    BallotPaper {
        organisation,
        title: "PHIẾU BẦU CỬ".to_owned(),
        subject: format!("Bầu {office}{alternates}{term}{again}"),
        instruction: vec![
            format!("Danh sách có {names} người; được bầu không quá {seats} người."),
            how.to_owned(),
        ],
        names: listed
            .rows
            .iter()
            .map(|row| BallotName {
                name: match row.birth {
                    Some(birth) => format!("{} ({})", row.name, day_table(birth)),
                    None => row.name.clone(),
                },
            })
            .collect(),
        marks,
        columns: columns.into_iter().map(str::to_owned).collect(),
        stamp: "Dấu của cấp ủy triệu tập".to_owned(),
        sheet: "Tờ {n}/{of}".to_owned(),
    }
}

/// The paper printed, with the layout a scanner finds its marks by. It takes
/// its time, so it has a thread of its own.
///
/// # Errors
/// `E-500` where it cannot be set.
pub async fn printed(paper: BallotPaper, id: u128) -> Result<Paper> {
    let code = format!("PLB1/{}", id_text(id));
    let done = tokio::task::spawn_blocking(move || -> std::result::Result<Paper, String> {
        let layout = plenum_papers::layout(&paper).map_err(|error| error.to_string())?;
        let pdf = plenum_papers::ballot(&paper, &code).map_err(|error| error.to_string())?;
        let layout = serde_json::to_string(&layout).map_err(|error| error.to_string())?;
        Ok(Paper { code, layout, pdf })
    });
    done.await
        .map_err(|error| failed(&error))?
        .map_err(|error| failed(&error))
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    let mut problem = Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "E-500");
    problem.inner = Some(error.to_string());
    problem
}
