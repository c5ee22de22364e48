//! One ballot through its states, the next action first.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::Actor;
use plenum_rules::access::Permission;
use plenum_rules::voting::machine::Election;
use plenum_store::{Tx, access, voting};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::super::actions::Of;
use super::super::actions::counters::{holders, is_counted};
use super::super::actions::hall::address;
use super::super::counted;
use super::super::documents;
use super::super::forms::{FormView, Sent, Tried};
use super::super::verbs::Verb;
use super::custody_part::custody_said;
use super::election_take::take;
use super::hall_rows::{BallotRow, convocation_address, pause_said};
use super::list_part::{FindingRow, ListPart};
use super::maker::{Can, Maker};
use super::next_part;
use super::papers_part::{figures, files};
use super::preliminary_part::Introduced;
use super::result_part::{ResultPart, confirmed_by};
use super::sheets_part::{CountRow, counts, differing, dropped, dropping};
use super::wall::stands;
use super::{Seen, named_there, preliminary_part, see, state_chip, state_of};
use crate::shell::elections::{Facts, elects, id_of, id_text};
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Lang, Problem, Visitor, Words, election_rules, look};

/// What the address of the page says.
#[derive(Deserialize, Default)]
pub struct Asked {
    done: Option<String>,
    pile: Option<u16>,
}

#[derive(Template)]
#[template(path = "voting/election.html")]
struct ElectionPage {
    p: Chrome,
    back: String,
    wall: String,
    base: String,
    unit_name: String,
    rules: String,
    state: String,
    chip: &'static str,
    sentence: String,
    done: String,
    fault: String,
    fault_code: String,
    next: Vec<FormView>,
    other: Vec<FormView>,
    after: Vec<FormView>,
    list: ListPart,
    findings: Vec<FindingRow>,
    facts: Vec<(String, String)>,
    sheets: SheetsPart,
    result: Option<ResultPart>,
    custody: Vec<(String, String)>,
    files: Vec<(String, String)>,
    related: Vec<BallotRow>,
    related_head: String,
    /// The next ballot of the office.
    later: Option<BallotRow>,
    /// Why it is void; empty where it is not.
    void: String,
    /// What else whoever looks should know before anything else.
    notices: Vec<String>,
    /// What an archive taken out now can be recognised by.
    digest: String,
    introduced: Introduced,
    archive: bool,
    gone: String,
    count: String,
    rulings: String,
}

/// The counts on sheets.
#[derive(Default)]
struct SheetsPart {
    counts: Vec<CountRow>,
    differing: String,
    dropped: Vec<String>,
}

/// Which ballot an address names.
///
/// # Errors
/// Not found.
pub fn of(season: &str, id: &str) -> Result<Of> {
    Ok(Of {
        season: season.to_owned(),
        id: id_of(id).ok_or_else(Problem::not_found)?,
    })
}

/// `GET /s/{season}/elections/{id}`.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = match of(&season, &id) {
        Ok(of) => build(&app, &visitor, &of, &asked, None).await,
        Err(problem) => Err(problem),
    };
    match page {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

/// `POST /s/{season}/elections/{id}/…`.
pub async fn perform(
    verb: Verb,
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Response {
    let of = match of(&season, &id) {
        Ok(of) => of,
        Err(problem) => return problem.page(&visitor),
    };
    match take(&app, &visitor, verb, (&of, &sent)).await {
        Ok(Some(other)) => Redirect::to(&address(&season, other)).into_response(),
        Ok(None) => {
            let base = address(&season, of.id);
            Redirect::to(&format!("{base}?done={}", verb.code())).into_response()
        }
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let tried = Tried {
                verb: verb.code(),
                sent,
                problem,
            };
            match build(&app, &visitor, &of, &Asked::default(), Some(&tried)).await {
                Ok(page) => {
                    let mut response = render(&page);
                    *response.status_mut() = tried.problem.status;
                    response
                }
                Err(problem) => problem.page(&visitor),
            }
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(
    app: &App,
    visitor: &Visitor,
    of: &Of,
    asked: &Asked,
    tried: Option<&Tried>,
) -> Result<ElectionPage> {
    let words = visitor.words;
    let mut look = look(app, visitor.signed_in()?).await?;
    let mut seen = see(&mut look, of).await?;
    seen.related = preliminary_part::related(&mut look.tx, &seen.ballot).await?;
    seen.later = preliminary_part::later(&mut look.tx, &seen.ballot).await?;
    let unit = seen.ballot.unit;
    let can = Can {
        run: look.may(Permission::RunElection, unit).await?,
        count: look.may(Permission::KeyBallots, unit).await?
            && seen.ballot.facts.counts(&visitor.signed_in()?.actor()),
        approve: look.may(Permission::ApproveElection, unit).await?,
    };
    let election = &seen.ballot.facts.election;
    if can.run && (matches!(election, Election::Printed(_)) || is_counted(election)) {
        seen.holders = holders(&mut look.tx, unit, look.today).await?;
    }
    let base = address(&of.season, of.id);
    let me = visitor.signed_in()?.actor();
    let mut forms = next_part::forms(words, &seen, (&base, &can, look.today), (&me, asked.pile));
    let names = names_at_count(&mut look.tx, &seen.ballot.facts).await?;
    let name = |who: &Actor| names.get(&who.0).unwrap_or(&who.0).clone();
    let maker = Maker::new(words, &seen, &base, look.today);
    forms.other.extend(dropping(&maker, &can, &me, name));
    let keyed = counted::is_keyed(&mut look.tx, &seen.ballot).await?;
    if keyed {
        // Ballots keyed one by one are the count; totals would be a second one.
        forms.next.retain(|form| form.verb != Verb::Sheet.code());
    }
    let (fault, fault_code) = tried.map_or_else(Default::default, |tried| {
        tried.fault(
            words,
            &mut [&mut forms.next, &mut forms.other, &mut forms.after],
        )
    });
    let done = asked
        .done
        .as_deref()
        .map(|done| format!("voting-done-{done}"));
    let facts = &seen.ballot.facts;
    let place = &seen.place;
    let counting = matches!(
        facts.election,
        Election::Closed(_) | Election::Counting(_) | Election::Compared(_)
    );
    // Until two people have confirmed the result, the committee can rule otherwise.
    let ruling = match &facts.election {
        Election::Compared(_) => true,
        Election::Resulted(_) => !facts.rulings.is_empty(),
        _ => false,
    };
    // Before two people have confirmed it, a result is for those who count.
    let known = can.count || can.run || stands(&seen);
    let mut result = ResultPart::of(words, &seen).filter(|_| known);
    for who in result.iter_mut().flat_map(|result| &mut result.confirmed) {
        *who = name(&Actor(who.clone()));
    }
    let sheets = SheetsPart {
        counts: counts(words, facts, (&base, &me), name),
        differing: differing(words, facts),
        dropped: if can.count || can.run {
            dropped(words, facts, name)
        } else {
            Vec::new()
        },
    };
    let counted = facts.election.as_it_was().resulted().is_some();
    let archive = counted && can.run && facts.destroyed().is_none();
    Ok(ElectionPage {
        p: Chrome::new(visitor, named_there(words, &seen.hall, &seen.ballot))
            .section("progress")
            .at(place, "elections")
            .live(place),
        back: convocation_address(place, seen.ballot.called),
        wall: format!("{base}/wall"),
        unit_name: place.unit.name.clone(),
        rules: match words.0 {
            Lang::Vi => seen.ballot.rules.name_vi.clone(),
            Lang::En => seen.ballot.rules.name_en.clone(),
        },
        state: state_of(words, &seen.ballot),
        chip: state_chip(&seen.ballot.state),
        sentence: next_part::sentence(words, &seen, keyed),
        done: done
            .filter(|key| words.knows(key))
            .map(|key| words.say(&key))
            .unwrap_or_default(),
        fault,
        fault_code,
        next: forms.next,
        other: forms.other,
        after: forms.after,
        list: ListPart::of(words, &seen, can.run),
        findings: FindingRow::of(words, &seen)?,
        facts: figures(words, &seen),
        sheets,
        result,
        custody: custody_said(words, &seen, look.today),
        files: files(words, &seen, (&base, known)),
        related: preliminary_part::links(words, &seen),
        related_head: words.say(if elects(&seen.ballot) {
            "voting-related"
        } else {
            "voting-related-list"
        }),
        later: seen
            .later
            .as_ref()
            .map(|other| preliminary_part::link(words, &seen, other)),
        void: match &facts.election {
            Election::Annulled(annulled) => {
                words.say1("voting-void-reason", "reason", &annulled.reason)
            }
            _ => String::new(),
        },
        notices: notices(words, &seen),
        digest: if archive {
            digest(&mut look.tx, &seen).await?
        } else {
            String::new()
        },
        introduced: preliminary_part::introduced(words, &seen),
        archive,
        gone: facts.destroyed().map_or_else(String::new, |deed| {
            words.say1("voting-archive-gone", "day", words.day(deed.on))
        }),
        count: if counting && (can.count || can.run) {
            format!("{base}/count")
        } else {
            String::new()
        },
        rulings: if ruling && can.count {
            format!("{base}/rulings")
        } else {
            String::new()
        },
        base,
    })
}

/// What else whoever looks should know: that all stands still (R46), that the
/// rules were edited.
fn notices(words: Words, seen: &Seen) -> Vec<String> {
    let paused = pause_said(words, &seen.hall);
    let paused = Some(paused).filter(|said| !said.is_empty());
    paused.into_iter().chain(edited(words, seen)).collect()
}

/// Whether the program's rules are no longer those the ballot opened with: it is
/// counted by its own, and whoever looks is told.
fn edited(words: Words, seen: &Seen) -> Vec<String> {
    let election = &seen.ballot.facts.election;
    let known = election_rules::all().iter();
    let mut known = known.filter(|rules| rules.id == seen.ballot.rules.id);
    let refusal = known.find_map(|rules| election.check_rules(rules).err());
    let said = refusal.map(|refusal| Problem::from(refusal).text(words));
    said.into_iter().collect()
}

/// The SHA-256 of the archive as it stands.
async fn digest(tx: &mut Tx, seen: &Seen) -> Result<String> {
    let paper = voting::paper(tx, seen.ballot.id).await?;
    let archive = documents::archive(&seen.place, &seen.hall, &seen.ballot, paper);
    let Some(archive) = archive else {
        return Ok(String::new());
    };
    let bytes = serde_json::to_vec_pretty(&archive).map_err(|error| documents::failed(&error))?;
    Ok(hex(&Sha256::digest(&bytes)))
}

/// Bytes as people compare them.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The ballot's address, for other pages of the room.
pub fn address_of(seen: &Seen) -> String {
    format!(
        "/s/{}/elections/{}",
        seen.place.season.id,
        id_text(seen.ballot.id)
    )
}

/// The names of those who counted and confirmed, by their log-ins.
///
/// # Errors
/// The database's.
pub async fn names_at_count(tx: &mut Tx, facts: &Facts) -> Result<BTreeMap<String, String>> {
    let sheets = facts.sheets.iter().map(|count| &count.by);
    let dropped = facts.dropped.iter();
    let dropped = dropped.flat_map(|one| [&one.count.by, &one.dropped_by]);
    let ruled = facts.rulings.iter().chain(&facts.past_rulings);
    let ruled = ruled.map(|ruled| &ruled.by);
    let confirmed = confirmed_by(&facts.election);
    let all = sheets.chain(dropped).chain(ruled).chain(&confirmed);
    let logins: BTreeSet<String> = all.map(|who| who.0.clone()).collect();
    let mut names = BTreeMap::new();
    for login in logins {
        if let Some(account) = access::account_by_login(tx, &login).await? {
            names.insert(login, account.name);
        }
    }
    Ok(names)
}
