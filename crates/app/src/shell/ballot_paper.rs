//! The ballot paper: every voter's is the same.

use plenum_papers::{BallotMarks, BallotName, BallotPaper};
use plenum_rules::voting::ballot::BallotKind;
use plenum_rules::voting::count::Purpose;
use plenum_rules::voting::machine::Listed;
use plenum_rules::voting::profile::{BallotRules, Office};
use plenum_rules::words::day_table;
use plenum_store::voting::Paper;
use sha2::{Digest, Sha256};

use super::elections::{Ballot, id_text, office_name};
use super::language::{Lang, Words};
use super::problem::{Problem, Result};

/// What stands on the paper. `units` are the names from the season's top down to
/// the unit that votes.
#[must_use]
pub fn paper(
    (units, term): (&[&str], Option<&str>),
    of: Kind,
    ballot: &Ballot,
    listed: &Listed,
) -> BallotPaper {
    let purpose = listed.draft.purpose;
    let office = office_name(
        Words(Lang::Vi),
        &ballot.rules,
        &Office(ballot.office.clone()),
    );
    let term = term.map_or_else(String::new, |term| format!(", nhiệm kỳ {term}"));
    let mut again = if ballot.round > 1 {
        format!(" (lần {})", ballot.round)
    } else {
        String::new()
    };
    if of.by_election {
        again.push_str(" (bầu bổ sung)");
    }
    let (marks, columns, how) = marking(ballot, listed);
    let organisation = units[units.len().saturating_sub(2)..]
        .iter()
        .map(|name| name.to_uppercase())
        .collect();
    let (title, subject) = match purpose {
        Purpose::Election | Purpose::RunOff => {
            ("PHIẾU BẦU CỬ", format!("Bầu {office}{term}{again}"))
        }
        Purpose::Alternates | Purpose::AlternatesRunOff => (
            "PHIẾU BẦU CỬ",
            format!("Bầu {office} dự khuyết{term}{again}"),
        ),
        Purpose::Opinion => (
            "PHIẾU XIN Ý KIẾN",
            format!("Về người được đề cử, ứng cử để bầu {office}{term}{again}"),
        ),
        Purpose::Introduction => (
            "PHIẾU GIỚI THIỆU",
            format!("Giới thiệu nhân sự để bầu {office}{term}{again}"),
        ),
    };
    BallotPaper {
        organisation,
        title: title.to_owned(),
        subject,
        instruction: vec![what_it_is(listed), how.to_owned()],
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
        stamp: stamp(&ballot.rules.ballot, of.below_grassroots),
        sheet: "Tờ {n}/{of}".to_owned(),
    }
}

/// What else a paper says of whose election it is.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// A branch under a grassroots committee, which has no stamp of its own.
    pub below_grassroots: bool,
    /// Between two congresses (Điều 28).
    pub by_election: bool,
}

/// Whose stamp it bears.
fn stamp(rules: &BallotRules, below_grassroots: bool) -> String {
    let of_branch = rules.branch_stamp_vi.as_ref();
    let of_branch = of_branch.filter(|_| below_grassroots);
    let stamp = of_branch.or(rules.stamp_vi.as_ref());
    stamp.map_or_else(|| "Đóng dấu".to_owned(), Clone::clone)
}

/// How many stand on it for how many seats, or that nobody is elected by it.
fn what_it_is(listed: &Listed) -> String {
    let names = listed.rows.len();
    match listed.draft.purpose {
        Purpose::Election | Purpose::RunOff | Purpose::Alternates | Purpose::AlternatesRunOff => {
            let most = if listed.seats == 1 {
                "chỉ được bầu 1 người".to_owned()
            } else {
                format!("được bầu không quá {} người", listed.seats)
            };
            format!("Danh sách có {names} người; {most}.")
        }
        Purpose::Opinion => {
            "Đây không phải phiếu bầu cử: phiếu này xin ý kiến trước khi lập danh sách bầu."
                .to_owned()
        }
        Purpose::Introduction => {
            "Đây không phải phiếu bầu cử: kết quả chỉ để tham khảo.".to_owned()
        }
    }
}

/// The marks, the columns and how to use them.
fn marking(ballot: &Ballot, listed: &Listed) -> (BallotMarks, Vec<&'static str>, &'static str) {
    let count = u32::try_from(listed.rows.len()).unwrap_or(u32::MAX);
    let purpose = listed.draft.purpose;
    let kind = if purpose.elects() {
        ballot.rules.ballot_kind(count, listed.seats.into()).1.value
    } else {
        ballot.rules.preliminary_kind(count).1.value
    };
    let mut columns = vec!["Số TT", "Họ và tên"];
    let introduces = purpose == Purpose::Introduction;
    let (marks, how) = match kind {
        BallotKind::StrikeOut => (
            BallotMarks::StrikeOut,
            "Không bầu ai thì gạch một đường ngang qua cả họ và tên người đó.",
        ),
        BallotKind::AgreeDisagree | BallotKind::SingleName if introduces => {
            columns.extend(["Giới thiệu", "Không giới thiệu"]);
            (
                BallotMarks::AgreeDisagree,
                "Mỗi người chỉ đánh dấu X vào một ô: giới thiệu hoặc không giới thiệu.",
            )
        }
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
    (marks, columns, how)
}

/// The paper printed, with the layout a scanner finds its marks by. It takes
/// its time, so it has a thread of its own.
///
/// # Errors
/// `E-500` where it cannot be set.
pub async fn printed(paper: BallotPaper, id: u128) -> Result<Paper> {
    let done = tokio::task::spawn_blocking(move || -> std::result::Result<Paper, String> {
        let layout = plenum_papers::layout(&paper).map_err(|error| error.to_string())?;
        let layout = serde_json::to_string(&layout).map_err(|error| error.to_string())?;
        let code = code(id, &paper, &layout);
        let pdf = plenum_papers::ballot(&paper, &code).map_err(|error| error.to_string())?;
        Ok(Paper { code, layout, pdf })
    });
    done.await
        .map_err(|error| failed(&error))?
        .map_err(|error| failed(&error))
}

/// Names the election and, by the beginning of its digest, what is printed: the
/// layout, the names and for how many seats. A paper of a list that was taken up
/// again is found out by whatever reads it.
fn code(id: u128, paper: &BallotPaper, layout: &str) -> String {
    let mut digest = Sha256::new();
    let said = [&paper.title, &paper.subject].into_iter();
    let names = paper.names.iter().map(|one| &one.name);
    for part in said.chain(&paper.instruction).chain(names) {
        digest.update(part);
        // No name ends where the next begins.
        digest.update([0]);
    }
    digest.update(layout);
    let digest = digest.finalize();
    let begins: String = digest[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("PLB1/{}/{begins}", id_text(id))
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    let mut problem = Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "E-500");
    problem.inner = Some(error.to_string());
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(names: &[&str]) -> BallotPaper {
        BallotPaper {
            organisation: vec!["CHI BỘ 12".to_owned()],
            title: "PHIẾU BẦU CỬ".to_owned(),
            subject: "Bầu Chi ủy".to_owned(),
            instruction: Vec::new(),
            names: names
                .iter()
                .map(|name| BallotName {
                    name: (*name).to_owned(),
                })
                .collect(),
            marks: BallotMarks::StrikeOut,
            columns: vec!["Số TT".to_owned(), "Họ và tên".to_owned()],
            stamp: String::new(),
            sheet: String::new(),
        }
    }

    #[tokio::test]
    async fn the_code_names_the_election_and_its_layout() {
        let two = printed(paper(&["An", "Bình"]), 7).await;
        let two = two.map_err(|problem| problem.code).map(|paper| paper.code);
        let three = printed(paper(&["An", "Bình", "Cường"]), 7).await;
        let three = three
            .map_err(|problem| problem.code)
            .map(|paper| paper.code);
        let (two, three) = (two.unwrap_or_default(), three.unwrap_or_default());
        let begins = format!("PLB1/{}/", id_text(7));
        for code in [&two, &three] {
            let layout = code.strip_prefix(&begins).unwrap_or_default();
            assert_eq!(layout.len(), 8, "{code}");
            assert!(layout.chars().all(|c| c.is_ascii_hexdigit()), "{code}");
        }
        assert_ne!(two, three);
        // The same layout with another name on it is another paper.
        let other = printed(paper(&["An", "Chí"]), 7).await;
        assert_ne!(other.map(|paper| paper.code).unwrap_or_default(), two);
        let mut most = paper(&["An", "Bình"]);
        most.instruction = vec!["Danh sách có 2 người; chỉ được bầu 1 người.".to_owned()];
        let most = printed(most, 7).await;
        assert_ne!(most.map(|paper| paper.code).unwrap_or_default(), two);
        let again = printed(paper(&["An", "Bình"]), 7).await;
        assert_eq!(again.map(|paper| paper.code).unwrap_or_default(), two);
    }
}
