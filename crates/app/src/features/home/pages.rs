//! The page everybody begins on.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_rules::congress::State as Stage;
use plenum_rules::org::UnitVersion;
use plenum_rules::progress::Measure;
use plenum_rules::season::{Finding, FindingCode, Limit};
use plenum_rules::voting::profile::Office;
use plenum_rules::words::day_table;
use plenum_store::board::{self, Remaining, Standing};
use plenum_store::org;
use serde::Deserialize;

use super::lists::{self, MOST_NAMED, MOST_REPORTS, Own, Report, Seen};
use crate::shell::elections::{Ballot, id_text, office_name};
use crate::shell::page::{Link, render};
use crate::shell::place::report_address;
use crate::shell::sentence::{chip, days, sentence, state_word};
use crate::shell::{App, Chrome, Look, Problem, Visitor, Words, look, profiles};

/// A congress a secretary answers for.
struct OwnRow {
    unit: String,
    season: String,
    as_of: String,
    chip: &'static str,
    state: String,
    due: String,
    reason: String,
    report: String,
    congress: String,
    waits: bool,
    overdue: String,
}

/// A report that waits.
struct ReportRow {
    id: String,
    unit: String,
    above: String,
    held: String,
    present: String,
    difficulties: String,
    at: String,
    congress: String,
    back: String,
}

/// The reports of a season.
struct Group {
    season: String,
    action: String,
    rows: Vec<ReportRow>,
    more: i64,
}

/// A late or coming congress.
struct NamedRow {
    unit: String,
    above: String,
    chip: &'static str,
    state: String,
    day: String,
    congress: String,
}

/// An instrument to acknowledge.
struct InstrumentLine {
    title: String,
    unit: String,
    by: String,
    href: String,
}

/// A ballot on its way, and where it stands.
struct BallotLine {
    name: String,
    unit: String,
    state: String,
    href: String,
}

/// A season with its sentence.
struct SeasonCard {
    name: String,
    as_of: String,
    sentence: String,
    progress: String,
    walls: Vec<Link>,
    counts: Vec<Link>,
    overview: String,
    /// Whether somebody's congresses stand below.
    has_below: bool,
    late: Vec<NamedRow>,
    late_total: i64,
    soon: Vec<NamedRow>,
    soon_total: i64,
    /// Reports and ratifications that are overdue, each with its title and
    /// how many there are.
    overdue: Vec<(String, String, Vec<NamedRow>)>,
}

/// A step of setting up.
struct SetUp {
    text: String,
    href: &'static str,
    done: bool,
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    p: Chrome,
    confirmed: String,
    set_up: Vec<SetUp>,
    own: Vec<OwnRow>,
    /// Ballots on their way, to lead or to show in the hall.
    ballots: Vec<BallotLine>,
    groups: Vec<Group>,
    confirms: bool,
    instruments: Vec<InstrumentLine>,
    seasons: Vec<SeasonCard>,
}

/// What the address says.
#[derive(Deserialize, Default)]
pub struct Asked {
    confirmed: Option<i64>,
}

/// `GET /`.
pub async fn home(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Response {
    match build(&app, &visitor, &asked).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, asked: &Asked) -> Result<HomePage, Problem> {
    let words = visitor.words;
    let mut look = look(app, visitor.signed_in()?).await?;
    let seen = lists::seen(&mut look).await?;
    let mut page = HomePage {
        p: Chrome::new(visitor, words.say("nav-home")).section("home"),
        confirmed: asked
            .confirmed
            .map(|count| words.say1("congress-home-confirmed", "count", count))
            .unwrap_or_default(),
        set_up: set_up(&mut look, visitor, words).await?,
        own: lists::own(&mut look, &seen)
            .await?
            .iter()
            .map(|own| own_row(words, own))
            .collect(),
        ballots: Vec::new(),
        groups: Vec::new(),
        confirms: false,
        instruments: instruments(&mut look, words).await?,
        seasons: Vec::new(),
    };
    let may_confirm = visitor.can(Permission::ConfirmReport);
    for each in &seen {
        let running = lists::running(&mut look, each).await?;
        let lines = running.iter().map(|one| ballot_line(words, one, ""));
        page.ballots.extend(lines);
        let shown = lists::shown(&mut look, each).await?;
        let lines = shown.iter().map(|one| ballot_line(words, one, "/wall"));
        page.ballots.extend(lines);
        if may_confirm {
            page.groups
                .extend(group(app, &mut look, words, each).await?);
        }
        let card = card(&mut look, words, each).await?;
        // Nobody is told that nothing waits who would never find anything there.
        page.confirms |= may_confirm && card.has_below && lists::confirms(&mut look, each).await?;
        page.seasons.push(card);
    }
    Ok(page)
}

fn address(season: &str, page: &str, code: &str) -> String {
    let query = serde_urlencoded::to_string([("unit", code)]).unwrap_or_default();
    format!("/s/{season}/{page}?{query}")
}

/// What an empty installation needs, for whoever sets it up.
async fn set_up(look: &mut Look, visitor: &Visitor, words: Words) -> Result<Vec<SetUp>, Problem> {
    if !visitor.can(Permission::ManageAccounts) {
        return Ok(Vec::new());
    }
    let units = !org::roots_on(&mut look.tx, look.today).await?.is_empty();
    let seasons = !plenum_store::season::all(&mut look.tx).await?.is_empty();
    if units && seasons {
        return Ok(Vec::new());
    }
    let step = |key: &str, href, done| SetUp {
        text: words.say(&format!("congress-home-set-up-{key}")),
        href,
        done,
    };
    Ok(vec![
        step("units", "/import", units),
        step("season", "/seasons/new", seasons),
        step("accounts", "/accounts", false),
    ])
}

fn own_row(words: Words, own: &Own) -> OwnRow {
    let Own {
        season,
        unit,
        standing,
        day,
        overdue,
    } = own;
    let returned = standing.state == Stage::Returned;
    OwnRow {
        unit: unit.name.clone(),
        season: season.name.clone(),
        as_of: words.say1("congress-home-as-of", "day", words.day(*day)),
        chip: chip(standing, *day),
        state: state_word(words, standing, *day),
        due: standing.due.map(day_table).unwrap_or_default(),
        reason: standing
            .reason
            .clone()
            .filter(|_| returned)
            .unwrap_or_default(),
        report: report_address(season.id.as_str(), &unit.code),
        congress: address(season.id.as_str(), "congress", &unit.code),
        waits: standing.waits() || standing.state == Stage::Held,
        overdue: overdue
            .as_ref()
            .map(|found| overdue_text(words, found))
            .unwrap_or_default(),
    }
}

/// A ballot with the address of its page, or of its screen.
fn ballot_line(words: Words, (unit, ballot): &(UnitVersion, Ballot), page: &str) -> BallotLine {
    let office = office_name(words, &ballot.rules, &Office(ballot.office.clone()));
    let key = match (ballot.purpose.as_str(), ballot.round) {
        ("opinion", _) => "voting-name-opinion",
        ("introduction", _) => "voting-name-introduction",
        (_, 1) => "voting-name-first",
        _ => "voting-name-again",
    };
    let state = ballot.state.replace('_', "-");
    BallotLine {
        name: words.say_with(
            key,
            &[("office", office.into()), ("round", ballot.round.into())],
        ),
        unit: unit.name.clone(),
        state: words.say(&format!("voting-state-{state}")),
        href: format!(
            "/s/{}/elections/{}{page}",
            ballot.season,
            id_text(ballot.id)
        ),
    }
}

async fn group(
    app: &App,
    look: &mut Look,
    words: Words,
    seen: &Seen,
) -> Result<Option<Group>, Problem> {
    let (reports, total) = lists::reports(look, seen).await?;
    if reports.is_empty() {
        return Ok(None);
    }
    let listed = i64::try_from(reports.len().min(MOST_REPORTS)).unwrap_or(total);
    Ok(Some(Group {
        season: seen.season.name.clone(),
        action: format!("/s/{}/confirm", seen.season.id),
        rows: reports
            .iter()
            .map(|report| report_row(app, words, seen, report))
            .collect(),
        more: total - listed,
    }))
}

fn report_row(app: &App, words: Words, seen: &Seen, report: &Report) -> ReportRow {
    let Remaining {
        unit,
        above,
        standing,
    } = &report.congress;
    let said = standing.report.as_ref();
    let congress = address(seen.season.id.as_str(), "congress", &unit.code);
    ReportRow {
        id: unit.unit.to_string(),
        unit: unit.name.clone(),
        above: above.clone(),
        held: standing
            .held
            .map(|(first, last)| days(words, first, last))
            .unwrap_or_default(),
        present: said
            .map(|(numbers, _)| {
                format!(
                    "{}/{}",
                    words.count(i64::from(numbers.present)),
                    words.count(i64::from(numbers.convened))
                )
            })
            .unwrap_or_default(),
        difficulties: said.map(|(_, text)| text.clone()).unwrap_or_default(),
        at: format!(
            "{} {}",
            app.clock.time_of(report.at),
            words.day(app.clock.day_of(report.at))
        ),
        back: format!("{congress}&step=return#return"),
        congress,
    }
}

fn named_rows(words: Words, seen: &Seen, found: &[Remaining]) -> Vec<NamedRow> {
    let day = |standing: &Standing| match &standing.planned {
        Some(planned) => days(words, planned.first, planned.last),
        None => standing
            .due
            .map(|due| words.say1("congress-home-due", "day", words.day(due)))
            .unwrap_or_default(),
    };
    found
        .iter()
        .map(|each| NamedRow {
            unit: each.unit.name.clone(),
            above: each.above.clone(),
            chip: chip(&each.standing, seen.day),
            state: state_word(words, &each.standing, seen.day),
            day: day(&each.standing),
            congress: address(seen.season.id.as_str(), "congress", &each.unit.code),
        })
        .collect()
}

async fn instruments(look: &mut Look, words: Words) -> Result<Vec<InstrumentLine>, Problem> {
    Ok(lists::instruments(look)
        .await?
        .into_iter()
        .map(|(season, unit, row)| InstrumentLine {
            title: format!("{} · {}", row.key.number, row.title),
            by: row
                .acknowledge_by
                .map(|day| words.say1("congress-home-acknowledge-by", "day", words.day(day)))
                .unwrap_or_default(),
            href: address(season.id.as_str(), "instruments", &unit.code),
            unit: unit.name,
        })
        .collect())
}

async fn card(look: &mut Look, words: Words, seen: &Seen) -> Result<SeasonCard, Problem> {
    let id = seen.season.id.as_str();
    let mut card = SeasonCard {
        name: seen.season.name.clone(),
        as_of: words.say1("congress-home-as-of", "day", words.day(seen.day)),
        sentence: String::new(),
        progress: String::new(),
        walls: seen
            .walls
            .iter()
            .map(|unit| Link::to(&unit.name, address(id, "wall", &unit.code)))
            .collect(),
        counts: seen
            .counts
            .iter()
            .map(|unit| Link::to(&unit.name, address(id, "elections", &unit.code)))
            .collect(),
        overview: String::new(),
        has_below: false,
        late: Vec::new(),
        late_total: 0,
        soon: Vec::new(),
        soon_total: 0,
        overdue: Vec::new(),
    };
    if let (Some(path), Some(profile)) = (seen.tops.first(), profiles::named(&seen.season.profile))
        && let Some(board) = board::load(&mut look.tx, &seen.season, path, (seen.day, None)).await?
    {
        card.sentence = sentence(words, profile, &board);
        card.progress = address(id, "progress", &board.unit.code);
        card.overview = format!("/s/{id}");
        card.has_below = board.counted.is_some();
    }
    if card.has_below {
        let (late, total) = lists::named(look, seen, Measure::Late).await?;
        (card.late, card.late_total) = (named_rows(words, seen, &late), total);
        let (soon, total) = lists::named(look, seen, Measure::Soon).await?;
        (card.soon, card.soon_total) = (named_rows(words, seen, &soon), total);
        card.overdue = overdue(look, words, seen).await?;
    }
    Ok(card)
}

/// "Chậm nhất 20/01/2025", with its code.
fn overdue_text(words: Words, found: &Finding) -> String {
    let Some(Limit::Day(latest)) = found.limit else {
        return String::new();
    };
    let code = found.code.code();
    let key = format!("congress-home-overdue-{}", code.to_lowercase());
    format!("{} ({code})", words.say1(&key, "day", words.day(latest)))
}

/// What is overdue after congresses met, for whoever stands above (R39).
async fn overdue(
    look: &mut Look,
    words: Words,
    seen: &Seen,
) -> Result<Vec<(String, String, Vec<NamedRow>)>, Problem> {
    let (all, more) = lists::overdue(look, seen).await?;
    let mut lists = Vec::new();
    for code in [FindingCode::ReportOverdue, FindingCode::RatificationOverdue] {
        let of_code = || all.iter().filter(|(_, finding)| finding.code == code);
        let total = of_code().count();
        if total == 0 {
            continue;
        }
        let rows = of_code().take(MOST_NAMED).map(|(each, finding)| NamedRow {
            unit: each.unit.name.clone(),
            above: each.above.clone(),
            chip: "late",
            state: state_word(words, &each.standing, seen.day),
            day: overdue_text(words, finding),
            congress: address(seen.season.id.as_str(), "congress", &each.unit.code),
        });
        let title = words.say(&format!("finding-title-{}", code.code().to_lowercase()));
        let total = words.count(i64::try_from(total).unwrap_or(i64::MAX));
        let total = format!("{total}{}", if more { "+" } else { "" });
        lists.push((title, total, rows.collect()));
    }
    Ok(lists)
}
