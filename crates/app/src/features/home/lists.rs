//! What waits for a person, season by season.

use plenum_rules::access::{Permission, Reach, Role, may};
use plenum_rules::congress::State as Stage;
use plenum_rules::org::UnitVersion;
use plenum_rules::progress::Measure;
use plenum_rules::season::{Finding, overdue_after};
use plenum_rules::voting::machine::Election;
use plenum_rules::{Day, UnitId};
use plenum_store::board::{Remaining, Standing};
use plenum_store::season::{InstrumentRow, Season};
use plenum_store::{board, congress, org, season as seasons, voting, waiting};

use crate::shell::elections::{Ballot, Facts, Hall, under_way};
use crate::shell::problem::Result;
use crate::shell::{Look, profiles};

/// At most so many reports are listed.
pub const MOST_REPORTS: usize = 200;
/// At most so many late and coming congresses are listed.
pub const MOST_NAMED: usize = 10;
/// As many coming congresses are looked through for the nearest.
const LOOKED_THROUGH: usize = 400;

/// A screen's units are looked through for ballots one by one, so many at most:
/// a district with all its cells.
const MOST_SHOWN: usize = 600;

/// A season as far as a person sees it.
pub struct Seen {
    /// The season.
    pub season: Season,
    /// The day its pages open on.
    pub day: Day,
    /// Their topmost units in it, each with the units above it up to the
    /// season's top.
    pub tops: Vec<Vec<UnitVersion>>,
    /// Units whose wall they may show.
    pub walls: Vec<UnitVersion>,
    /// Units whose ballots they count.
    pub counts: Vec<UnitVersion>,
}

/// A report that waits for somebody's word.
pub struct Report {
    /// The congress.
    pub congress: Remaining,
    /// When it came, in microseconds since 1970, UTC.
    pub at: i64,
}

/// A congress a secretary answers for.
pub struct Own {
    /// The season.
    pub season: Season,
    /// The unit.
    pub unit: UnitVersion,
    /// Where it stands.
    pub standing: Standing,
    /// On which day: that on which the season's pages open, or the day of the
    /// latest fact where that is later.
    pub day: Day,
    /// The report or ratification that is overdue.
    pub overdue: Option<Finding>,
}

/// The seasons a person sees something of, the newest first.
pub async fn seen(look: &mut Look) -> Result<Vec<Seen>> {
    let mut seen = Vec::new();
    for season in seasons::all(&mut look.tx).await? {
        let day = season.shape.pages_open_on.unwrap_or(look.today);
        let tops = tops(look, &season, day, Permission::SeeProgress).await?;
        let (mut walls, mut counts) = (Vec::new(), Vec::new());
        if tops.is_empty() {
            let (wall, count) = (Permission::SeeWall, Permission::KeyBallots);
            walls = tops_only(self::tops(look, &season, day, wall).await?);
            counts = tops_only(self::tops(look, &season, day, count).await?);
        }
        if !tops.is_empty() || !walls.is_empty() || !counts.is_empty() {
            seen.push(Seen {
                season,
                day,
                tops,
                walls,
                counts,
            });
        }
    }
    Ok(seen)
}

fn tops_only(tops: Vec<Vec<UnitVersion>>) -> Vec<UnitVersion> {
    tops.into_iter().filter_map(|mut path| path.pop()).collect()
}

/// The season's top, or the topmost units of the person's roles below it.
async fn tops(
    look: &mut Look,
    season: &Season,
    day: Day,
    permission: Permission,
) -> Result<Vec<Vec<UnitVersion>>> {
    if look.may(permission, season.root).await? {
        return Ok(org::near(&mut look.tx, season.root, day)
            .await?
            .map(|root| vec![vec![root]])
            .unwrap_or_default());
    }
    let mut tops: Vec<Vec<UnitVersion>> = Vec::new();
    for unit in grants(look, |role| role.reach(permission) != Reach::Nothing) {
        let mut path = org::path_versions(&mut look.tx, unit, day).await?;
        let Some(top) = path.iter().position(|version| version.unit == season.root) else {
            continue;
        };
        path.drain(..top);
        tops.push(path);
    }
    let units: Vec<UnitId> = tops
        .iter()
        .filter_map(|path| path.last())
        .map(|version| version.unit)
        .collect();
    tops.retain(|path| {
        path.split_last()
            .is_some_and(|(_, above)| !above.iter().any(|each| units.contains(&each.unit)))
    });
    tops.dedup_by_key(|path| path.last().map(|version| version.unit));
    Ok(tops)
}

/// The units of the grants that hold today, in roles chosen.
fn grants(look: &Look, wanted: impl Fn(Role) -> bool) -> Vec<UnitId> {
    let today = look.today;
    let mut units: Vec<UnitId> = look
        .who
        .grants
        .iter()
        .filter(|grant| {
            wanted(grant.role)
                && grant.from <= today
                && grant.until.is_none_or(|until| until > today)
        })
        .filter_map(|grant| grant.unit)
        .collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// The reports of a season that wait for this person, the oldest first, and
/// how many there are in all.
pub async fn reports(look: &mut Look, seen: &Seen) -> Result<(Vec<Report>, i64)> {
    let today = look.today;
    let mut found = Vec::new();
    let mut total = 0;
    for path in &seen.tops {
        let Some(top) = path.last() else { continue };
        // The superior of a root is outside: the administrator stands in.
        let own = board::own_of(&mut look.tx, &seen.season, path, today).await?;
        if let Some(standing) = own.filter(|own| own.state == Stage::Reported)
            && look.may(Permission::ConfirmReport, top.unit).await?
        {
            total += 1;
            found.push(Remaining {
                unit: top.clone(),
                above: String::new(),
                standing,
            });
        }
        let above = org::path_on(&mut look.tx, top.unit, today).await?;
        if !confirms_below(look, &above) {
            continue;
        }
        total += waiting::count(
            &mut look.tx,
            &seen.season,
            top.unit,
            today,
            Measure::Reported,
        )
        .await?;
        let asked = (today, Measure::Reported, MOST_REPORTS);
        found.extend(waiting::below(&mut look.tx, &seen.season, path, asked).await?);
    }
    let units: Vec<UnitId> = found.iter().map(|each| each.unit.unit).collect();
    let changed = congress::changed_at(&mut look.tx, &seen.season.id, &units).await?;
    let mut reports: Vec<Report> = found
        .into_iter()
        .map(|congress| Report {
            at: changed
                .get(&congress.unit.unit)
                .copied()
                .unwrap_or_default(),
            congress,
        })
        .collect();
    reports.sort_by_key(|report| report.at);
    reports.truncate(MOST_REPORTS);
    Ok((reports, total))
}

/// Whether reports of this season can wait for this person at all.
pub async fn confirms(look: &mut Look, seen: &Seen) -> Result<bool> {
    for top in seen.tops.iter().filter_map(|path| path.last()) {
        let path = org::path_on(&mut look.tx, top.unit, seen.day).await?;
        if confirms_below(look, &path) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the person confirms the reports of the units below the last of a
/// path: as for any unit that could stand there.
fn confirms_below(look: &Look, path: &[UnitId]) -> bool {
    let mut below = path.to_vec();
    below.push(UnitId(u128::MAX));
    may(
        &look.who.grants,
        look.today,
        Permission::ConfirmReport,
        &below,
    )
}

/// Late or coming congresses of a season below the person's units, at most
/// [`MOST_NAMED`], and how many there are in all.
pub async fn named(
    look: &mut Look,
    seen: &Seen,
    measure: Measure,
) -> Result<(Vec<Remaining>, i64)> {
    let mut found = Vec::new();
    let mut total = 0;
    for path in &seen.tops {
        let Some(top) = path.last() else { continue };
        total += waiting::count(&mut look.tx, &seen.season, top.unit, seen.day, measure).await?;
        let asked = (seen.day, measure, LOOKED_THROUGH);
        found.extend(waiting::below(&mut look.tx, &seen.season, path, asked).await?);
    }
    found.sort_by_key(|each| {
        let planned = each.standing.planned.as_ref().map(|planned| planned.first);
        match measure {
            Measure::Soon => planned,
            _ => each.standing.due,
        }
    });
    found.truncate(MOST_NAMED);
    Ok((found, total))
}

/// The reports and ratifications below the person's units that are overdue
/// (R39), the oldest first; and whether there may be more.
pub async fn overdue(look: &mut Look, seen: &Seen) -> Result<(Vec<(Remaining, Finding)>, bool)> {
    let Some(profile) = profiles::named(&seen.season.profile) else {
        return Ok((Vec::new(), false));
    };
    let rules = (profile, profiles::holidays());
    let (mut found, mut more) = (Vec::new(), false);
    for path in &seen.tops {
        let asked = (seen.day, LOOKED_THROUGH);
        let (some, cut) =
            waiting::overdue_after(&mut look.tx, &seen.season, path, rules, asked).await?;
        found.extend(some);
        more |= cut;
    }
    found.sort_by_key(|(_, finding)| finding.limit);
    Ok((found, more))
}

/// The congresses a secretary answers for: returned reports first, then what
/// is to be held by its deadline, then what was reported.
pub async fn own(look: &mut Look, seen: &[Seen]) -> Result<Vec<Own>> {
    let mut own = Vec::new();
    for unit in grants(look, |role| role == Role::UnitSecretary) {
        for each in seen {
            let congress = congress::load(&mut look.tx, &each.season.id, unit).await?;
            // In a season that is over, what was recorded since is not lost sight of.
            let facts = congress.entries().iter().map(|entry| entry.on);
            let day = facts.fold(each.day, Day::max).min(look.today);
            let path = org::path_versions(&mut look.tx, unit, day).await?;
            let Some(top) = path.iter().position(|one| one.unit == each.season.root) else {
                continue;
            };
            let path = &path[top..];
            let standing = board::own_of(&mut look.tx, &each.season, path, day).await?;
            if let (Some(standing), Some(unit)) = (standing, path.last())
                && standing.state.is_expected_of_unit()
            {
                let about = (true, None);
                let plan = seasons::plan_of(&each.season, unit, &congress, Vec::new(), about, day);
                let profile = profiles::named(&each.season.profile);
                own.push(Own {
                    season: each.season.clone(),
                    unit: unit.clone(),
                    standing,
                    day,
                    overdue: profile.and_then(|profile| {
                        overdue_after(&plan, profile, profiles::holidays(), day)
                    }),
                });
            }
        }
    }
    own.sort_by_key(|each| {
        (
            each.standing.state != Stage::Returned,
            !each.standing.waits(),
            each.standing.due,
        )
    });
    Ok(own)
}

/// Instruments the person's own units have yet to acknowledge.
pub async fn instruments(look: &mut Look) -> Result<Vec<(Season, UnitVersion, InstrumentRow)>> {
    let units = grants(look, |role| {
        role.reach(Permission::AcknowledgeInstrument) != plenum_rules::access::Reach::Nothing
    });
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for (season, unit, instrument) in
        seasons::unacknowledged(&mut look.tx, &units, look.today).await?
    {
        let season = seasons::load(&mut look.tx, &season).await?;
        let unit = org::near(&mut look.tx, unit, look.today).await?;
        if let (Some(season), Some(unit)) = (season, unit) {
            found.push((season, unit, instrument));
        }
    }
    Ok(found)
}

/// The ballots on their way in the units whose elections a person leads.
pub async fn running(look: &mut Look, seen: &Seen) -> Result<Vec<(UnitVersion, Ballot)>> {
    let units = grants(look, |role| {
        role.reach(Permission::RunElection) != Reach::Nothing
    });
    let mut running = Vec::new();
    for unit in units {
        let ballots = voting::of_unit::<Facts>(&mut look.tx, &seen.season.id, unit).await?;
        let ballots: Vec<Ballot> = ballots.into_iter().filter(under_way).collect();
        if ballots.is_empty() || !look.may(Permission::RunElection, unit).await? {
            continue;
        }
        if let Some(version) = org::near(&mut look.tx, unit, seen.day).await? {
            running.extend(ballots.into_iter().map(|ballot| (version.clone(), ballot)));
        }
    }
    Ok(running)
}

/// The ballots a hall's screen is for now: the papers are out, or the result was
/// announced today. Whoever shows a large part of the tree sees those of the
/// topmost units.
pub async fn shown(look: &mut Look, seen: &Seen) -> Result<Vec<(UnitVersion, Ballot)>> {
    let tops: Vec<UnitId> = seen.walls.iter().map(|version| version.unit).collect();
    if tops.is_empty() {
        return Ok(Vec::new());
    }
    let mut units = org::below_since(&mut look.tx, &tops, seen.day).await?;
    if units.len() > MOST_SHOWN {
        units = tops;
    }
    let mut shown = Vec::new();
    for unit in units {
        for ballot in voting::of_unit::<Facts>(&mut look.tx, &seen.season.id, unit).await? {
            if !is_shown(look, &ballot).await? {
                continue;
            }
            if let Some(version) = org::near(&mut look.tx, unit, seen.day).await? {
                shown.push((version, ballot));
            }
        }
    }
    Ok(shown)
}

async fn is_shown(look: &mut Look, ballot: &Ballot) -> Result<bool> {
    if !ballot.facts.election.papers_are_out() {
        return Ok(false);
    }
    if under_way(ballot) {
        return Ok(true);
    }
    let announced = matches!(ballot.facts.election, Election::Announced(_));
    let hall = voting::hall::<Hall>(&mut look.tx, &ballot.convocation()).await?;
    Ok(announced && hall.is_some_and(|hall| hall.day_of_vote(ballot) == look.today))
}
