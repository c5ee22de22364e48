//! The counting minutes with every field of the published form
//! (rules.md §1.6), and the result sheet.

use plenum_papers::{Align, Cell, Column, OfficialDocument, Section, Table};
use plenum_rules::voting::ballot::BallotKind;
use plenum_rules::voting::count::{Decision, Line, Purpose};
use plenum_rules::voting::list::Row as ListRow;
use plenum_rules::voting::machine::{CardVote, Listed, Resulted};
use plenum_rules::voting::profile::{Body, DenominatorKind, ElectionRules};
use plenum_rules::words::{day_sentence, day_table};

use super::super::pages::result_said;
use super::{Subject, VI, document, outcome, preliminary, row, said, shown, standing, text};
use crate::shell::elections::{Ballot, elects, office_name};

pub(super) fn column(title: &str, width_weight: u16, align: Align) -> Column {
    Column {
        title: title.to_owned(),
        width_weight,
        align,
    }
}

pub(super) fn name(row: &ListRow) -> String {
    match row.birth {
        Some(birth) => format!("{} (sinh ngày {})", row.name, day_table(birth)),
        None => row.name.clone(),
    }
}

/// The family whose regulations are issued with a decision of their number.
const BY_DECISION: &str = "vn-party";

/// The instrument by its name, and by what it was issued with.
pub(super) fn basis(rules: &ElectionRules) -> String {
    let key = &rules.instrument;
    let own = format!(" ({})", key.number);
    let name = rules.name_vi.strip_suffix(&own).unwrap_or(&rules.name_vi);
    let how = if rules.family == BY_DECISION {
        " ban hành kèm theo Quyết định số"
    } else {
        ", theo"
    };
    format!(
        "{name}{how} {}, ngày {} của {}",
        key.number,
        day_sentence(key.date),
        key.issuer
    )
}

/// The names with their numbers.
pub(super) fn numbered(listed: &Listed) -> Vec<String> {
    listed
        .rows
        .iter()
        .map(|row| format!("{}. {}", row.number, name(row)))
        .collect()
}

pub(super) fn cards(vote: &CardVote) -> String {
    format!(
        "đồng ý {}, không đồng ý {}, không biểu quyết {}",
        vote.agree, vote.disagree, vote.abstain
    )
}

/// The counting minutes.
pub fn minutes(subject: &Subject<'_>) -> Option<OfficialDocument> {
    let resulted = subject.ballot.facts.election.as_it_was().resulted()?;
    let mut paper = if elects(subject.ballot) {
        of_election(subject, resulted)
    } else {
        preliminary::minutes(subject, resulted)
    };
    paper.sections.insert(0, standing(subject));
    Some(paper)
}

fn of_election(subject: &Subject<'_>, resulted: &Resulted) -> OfficialDocument {
    let ballot = subject.ballot;
    let before = subject.assembly();
    let mut paper = document(subject, "BIÊN BẢN KIỂM PHIẾU", subject.about());
    paper.sections = vec![
        opening(subject, resulted),
        committee(ballot, resulted, ("II. BAN KIỂM PHIẾU", "Trưởng ban")),
        attendance(subject, resulted),
        papers(ballot, resulted, need(resulted)),
        votes(
            "IV. SỐ PHIẾU CỦA TỪNG NGƯỜI (theo thứ tự trên phiếu)",
            resulted,
        ),
    ];
    outcome::add_numbered(&mut paper, 5, outcome::sections(resulted));
    paper.sections.extend(decided(subject));
    paper.sections.push(said(
        "",
        vec![
            format!("Biên bản được thông qua trước {before}, lập thành hai bản như nhau; phiếu bầu được niêm phong, bàn giao đoàn chủ tịch."),
            "T/M ĐOÀN CHỦ TỊCH (ký, ghi rõ họ tên): ................................................".to_owned(),
        ],
    ));
    paper
}

/// What was decided by raised cards on hearing the result.
fn decided(subject: &Subject<'_>) -> Option<Section> {
    let voted = subject.ballot.facts.voted.iter();
    let lines = voted.map(|one| {
        let what = match one.decision {
            Decision::FurtherBallot => "bầu tiếp",
            Decision::Stop => "không bầu tiếp",
            Decision::TakeAlternates => "lấy người có quá nửa số phiếu chưa trúng cử làm dự khuyết",
            Decision::LeaveAlternates => "không lấy dự khuyết",
            Decision::Lot(_) | Decision::Confirm(_) => return String::new(),
        };
        format!("Biểu quyết {what}: {}.", cards(&one.cards))
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let title = format!("{} QUYẾT ĐỊNH", subject.assembly().to_uppercase());
    (!lines.is_empty()).then(|| said(&title, lines))
}

/// The result sheet: what is announced.
pub fn result(subject: &Subject<'_>) -> Option<OfficialDocument> {
    let resulted = subject.ballot.facts.election.as_it_was().resulted()?;
    let mut paper = if elects(subject.ballot) {
        result_of_election(subject, resulted)
    } else {
        preliminary::result(subject, resulted)
    };
    paper.sections.insert(0, standing(subject));
    Some(paper)
}

fn result_of_election(subject: &Subject<'_>, resulted: &Resulted) -> OfficialDocument {
    let mut paper = document(subject, "KẾT QUẢ BẦU CỬ", subject.about());
    let papers = &resulted.outcome.papers;
    let invalid: u64 = papers.invalid.values().sum();
    paper.sections = vec![
        said(
            "",
            vec![
                format!(
                    "Phát ra {}, thu về {}, hợp lệ {}, không hợp lệ {invalid}.",
                    papers.issued, papers.returned, papers.valid
                ),
                need(resulted),
            ],
        ),
        votes("SỐ PHIẾU", resulted),
    ];
    let sections = outcome::sections(resulted).into_iter();
    let titled = sections.map(|(title, section)| Section {
        title: Some(title),
        ..section
    });
    paper.sections.extend(titled);
    paper
}

fn opening(subject: &Subject<'_>, resulted: &Resulted) -> Section {
    let ballot = subject.ballot;
    let listed = &resulted.ruled.closed.open.paper.listed;
    let number = listed.number_vote.as_ref().map_or_else(
        || format!("Số lượng cần bầu: {}.", listed.seats),
        |vote| {
            format!(
                "Số lượng cần bầu do {} biểu quyết: {} ({}).",
                subject.assembly(),
                listed.seats,
                cards(vote)
            )
        },
    );
    let approved = listed.list_vote.as_ref().map_or_else(
        || "Danh sách".to_owned(),
        |vote| format!("Danh sách đã được thông qua ({})", cards(vote)),
    );
    let names = numbered(listed);
    said(
        "I. CĂN CỨ, SỐ LƯỢNG, DANH SÁCH",
        vec![
            format!("Căn cứ: {}.", basis(&ballot.rules)),
            format!(
                "Ngày bầu cử: {}. Lần bầu thứ: {}.",
                day_sentence(subject.day()),
                ballot.round
            ),
            number,
            format!("{approved}: {}.", names.join("; ")),
        ],
    )
}

/// Who counted, by the names they had then; the head first.
pub(super) fn committee(
    ballot: &Ballot,
    resulted: &Resulted,
    (title, head): (&str, &str),
) -> Section {
    let tellers = &resulted.ruled.closed.open.tellers;
    let rows = tellers.iter().zip(1..).map(|(person, place)| {
        let role = if place == 1 { head } else { "Thành viên" };
        row(vec![
            Cell::Count(place),
            text(
                ballot
                    .facts
                    .as_closed(*person)
                    .map_or("–", |one| one.name.as_str()),
            ),
            text(role),
        ])
    });
    let approved = ballot.facts.committee_vote.as_ref();
    let approved = approved.map(|vote| {
        format!(
            "Biểu quyết thông qua số lượng, danh sách, trưởng ban: {}.",
            cards(vote)
        )
    });
    shown(
        title,
        approved.into_iter().collect(),
        Table {
            caption: None,
            columns: vec![
                column("Số TT", 1, Align::Center),
                column("Họ và tên", 4, Align::Left),
                column("Nhiệm vụ", 3, Align::Left),
            ],
            rows: rows.collect(),
        },
    )
}

pub(super) fn attendance(subject: &Subject<'_>, resulted: &Resulted) -> Section {
    let ballot = subject.ballot;
    let closed = &resulted.ruled.closed;
    let who = match closed.attendance.body {
        Body::MemberCongress => format!("{} chính thức", subject.place.profile.member_vi),
        Body::DelegateCongress => "đại biểu chính thức".to_owned(),
        Body::Meeting => subject.hall.meets().map_or_else(
            || "thành viên".to_owned(),
            |body| format!("thành viên {}", office_name(VI, &ballot.rules, &body)),
        ),
    };
    let doing = if elects(ballot) {
        "bầu cử"
    } else {
        "lấy phiếu"
    };
    let (convened, present) = (closed.attendance.convened, closed.attendance.present);
    let mut paragraphs = vec![format!(
        "Tổng số {who} được triệu tập: {convened}; có mặt khi {doing}: {present}; vắng mặt: {}.",
        convened.saturating_sub(present)
    )];
    let texts = ballot
        .rules
        .denominators
        .iter()
        .flat_map(|rule| &rule.exclusions);
    let found = &resulted.outcome.denominator;
    for out in found.excluded.iter().filter(|out| out.people > 0) {
        let what = texts.clone().find(|exclusion| exclusion.code == out.code);
        paragraphs.push(format!(
            "Không tính: {} ({} người, vẫn tính {}).",
            what.map_or(out.code.0.as_str(), |exclusion| exclusion.text_vi.as_str()),
            out.people,
            out.counted
        ));
    }
    paragraphs.push(format!("Tổng số làm căn cứ tính kết quả: {}.", found.value));
    said("III. SỐ NGƯỜI, SỐ PHIẾU", paragraphs)
}

pub(super) fn papers(ballot: &Ballot, resulted: &Resulted, need: String) -> Section {
    let papers = &resulted.outcome.papers;
    let mut paragraphs = Vec::new();
    if let Some(printed) = papers.printed {
        paragraphs.push(format!(
            "Phiếu in: {printed}; chưa dùng: {}.",
            papers.unused.unwrap_or(0)
        ));
    }
    let invalid: u64 = papers.invalid.values().sum();
    paragraphs.push(format!(
        "Phiếu phát ra: {}; đổi do hỏng: {}; thu về: {}; không thu về: {}.",
        papers.issued, papers.spoiled, papers.returned, papers.not_returned
    ));
    paragraphs.push(format!(
        "Phiếu hợp lệ: {}; phiếu không hợp lệ: {invalid}.",
        papers.valid
    ));
    for (code, ballots) in &papers.invalid {
        let text = ballot
            .rules
            .criterion(code)
            .map_or("", |(_, criterion)| criterion.text_vi.as_str());
        paragraphs.push(format!("Không hợp lệ do {} ({text}): {ballots}.", code.0));
    }
    for reason in &resulted.ruled.closed.corrections {
        paragraphs.push(format!("Số liệu đã được sửa lại: {reason}."));
    }
    paragraphs.push(need);
    said("", paragraphs)
}

fn need(resulted: &Resulted) -> String {
    let purpose = resulted.ruled.closed.open.paper.definition.purpose;
    if purpose.is_run_off() {
        let gets = if purpose.elects_alternates() {
            "là đại biểu dự khuyết"
        } else {
            "trúng cử"
        };
        return format!("Bầu lại giữa những người bằng phiếu: ai nhiều phiếu hơn thì {gets}.");
    }
    let (need, of) = result_said::asked(resulted);
    format!("Số phiếu cần để trúng cử: {need} (trên {of}).")
}

pub(super) fn votes(title: &str, resulted: &Resulted) -> Section {
    let definition = &resulted.ruled.closed.open.paper.definition;
    let boxes = matches!(
        definition.layout.kind,
        BallotKind::AgreeDisagree | BallotKind::SingleName
    );
    let rows = &resulted.ruled.closed.open.paper.listed.rows;
    let found = &resulted.outcome.denominator;
    let basis = match found.kind {
        DenominatorKind::Convened if found.value == found.start => "% so với số được triệu tập",
        DenominatorKind::Convened => "% so với số làm căn cứ",
        DenominatorKind::Present => "% so với số có mặt",
        DenominatorKind::BallotsCollected => "% so với số phiếu thu về",
        DenominatorKind::ValidBallots => "% so với số phiếu hợp lệ",
    };
    let mut columns = vec![
        column("Số TT", 1, Align::Center),
        column("Họ và tên", 5, Align::Left),
        column("Số phiếu", 2, Align::Right),
        column(basis, 2, Align::Right),
    ];
    let introduces = resulted.ruled.closed.open.paper.definition.purpose == Purpose::Introduction;
    let against = if introduces {
        "Không giới thiệu"
    } else {
        "Không đồng ý"
    };
    if boxes {
        columns.push(column(against, 2, Align::Right));
    }
    let count = |number: u64| Cell::Count(i64::try_from(number).unwrap_or(i64::MAX));
    let line = |line: &Line| {
        let who = rows.get(line.number.place()).map_or_else(String::new, name);
        let mut cells = vec![
            Cell::Count(line.number.get().into()),
            text(who),
            count(line.votes),
            text(result_said::percent(VI, line.basis_points)),
        ];
        if boxes {
            cells.push(count(line.against));
        }
        row(cells)
    };
    shown(
        title,
        Vec::new(),
        Table {
            caption: None,
            columns,
            rows: resulted.outcome.lines.iter().map(line).collect(),
        },
    )
}
