//! A season at a glance.

use askama::Template;
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::congress::Contents;

use super::briefings::{self, Conference};
use super::chain::{self, Shown};
use super::charges::Member;
use super::events::Event;
use super::forms::{SeasonPage, Sheets};
use super::marks::Apart;
use super::rules::Version;
use super::visits::Visited;
use super::windows::{Plans, Row};
use super::works::Prepared;
use super::{Desk, charges, events, marks, rules, visits, works};
use crate::shell::page::Link;
use crate::shell::problem::Result;
use crate::shell::{Chrome, Lang, Look, Place, Visitor, Words, profiles};

/// A fact with its name.
struct Fact {
    name: String,
    value: String,
}

/// Where the sections lead.
struct Ways {
    edit: String,
    terms: String,
    instruments: String,
    plan: String,
    marks: String,
    events: String,
    charges: String,
    visits: String,
    works: String,
    progress: String,
    findings: String,
}

#[derive(Template)]
#[template(path = "season/overview.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    more: String,
    facts: Vec<Fact>,
    versions: Vec<Version>,
    instruments: Vec<Shown>,
    briefings: Vec<Conference>,
    counting: Vec<Row>,
    apart: Vec<Apart>,
    events: Vec<Event>,
    members: Vec<Member>,
    visits: Vec<Visited>,
    works: Vec<Prepared>,
    ways: Ways,
    // The parts of other pages offer no buttons here.
    acknowledge_at: String,
    answer_at: String,
    may_plan: bool,
    /// Whether this person can change the season itself.
    may_edit: bool,
}

fn facts(place: &Place, words: Words) -> Vec<Fact> {
    let fact = |name: &str, value: String| Fact {
        name: words.say(&format!("season-{name}")),
        value,
    };
    let terms: Vec<String> = place
        .season
        .shape
        .levels
        .iter()
        .map(|each| {
            format!(
                "{}: {}",
                profiles::level_name(words, place.profile, &each.level),
                each.term
            )
        })
        .collect();
    let shape = &place.season.shape;
    let day = |day: Option<Day>| day.map(|day| words.day(day)).unwrap_or_default();
    let profile = match words.0 {
        Lang::Vi => place.profile.name_vi.clone(),
        Lang::En => place.profile.name_en.clone(),
    };
    let facts = vec![
        fact(
            "root",
            place
                .path
                .first()
                .map(|root| root.name.clone())
                .unwrap_or_default(),
        ),
        fact("opens", words.day(place.season.opens)),
        fact("closes", day(shape.closes)),
        fact("pages-open-on", day(shape.pages_open_on)),
        fact("terms", terms.join("; ")),
        fact("contents", contents(place.season.shape.contents, words)),
        fact("profile", profile),
    ];
    let said = |fact: &Fact| !fact.value.is_empty();
    facts.into_iter().filter(said).collect()
}

fn contents(contents: Contents, words: Words) -> String {
    let held = [
        contents.review,
        contents.opinions,
        contents.committee,
        contents.delegates,
    ];
    let texts = super::setup::CONTENTS
        .iter()
        .zip(held)
        .filter(|(_, held)| *held);
    let texts = texts.map(|(code, _)| words.say(&format!("season-content-{code}")).to_lowercase());
    let numbered: Vec<String> = (1..)
        .zip(texts)
        .map(|(number, text)| format!("({number}) {text}"))
        .collect();
    numbered.join("; ")
}

impl SeasonPage for Page {
    const NAME: &'static str = "";

    async fn build(look: &mut Look, visitor: &Visitor, desk: Desk, _: &Sheets) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let instruments = chain::chain(look, place, words).await?;
        let briefings = briefings::conferences(look, place, words).await?;
        let counting = Plans::load(look, place, words)
            .await?
            .counting(place, words);
        let apart = marks::apart(look, place, words).await?;
        let events = events::events(look, place, words).await?;
        let (members, _) = charges::members(look, place).await?;
        let visits = visits::visits(look, place, words).await?;
        let works = works::works(look, place, words).await?;
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let counted = profiles::level_name(words, place.profile, &place.season.shape.counted);
        let deadline = counting
            .iter()
            .find(|row| row.level == counted)
            .map(|row| row.days.clone());
        let key = if deadline.is_some() {
            "season-answer"
        } else {
            "season-answer-undated"
        };
        let answer = words.say_with(
            key,
            &[
                ("day", words.day_in_sentence(place.day).into()),
                ("season", place.season.name.clone().into()),
                ("unit", place.unit.name.clone().into()),
                ("level", counted.to_lowercase().into()),
                ("deadline", deadline.unwrap_or_default().into()),
            ],
        );
        let open = visits
            .iter()
            .flat_map(|visit| &visit.found)
            .filter(|found| found.handled.is_empty())
            .count();
        let more = words.say_with(
            "season-answer-more",
            &[
                ("instruments", number(instruments.len()).into()),
                (
                    "pilots",
                    number(apart.iter().filter(|one| one.code == "pilot").count()).into(),
                ),
                (
                    "trials",
                    number(apart.iter().filter(|one| one.code == "trial").count()).into(),
                ),
                ("members", number(members.len()).into()),
                ("open", number(open).into()),
            ],
        );
        let to = |page: &str| place.address(page, &place.unit.code);
        Ok(Self {
            answer,
            more,
            facts: facts(place, words),
            versions: rules::versions(place, words),
            instruments,
            briefings,
            counting,
            apart,
            events,
            members,
            visits,
            works,
            ways: Ways {
                edit: to("edit"),
                terms: to("terms"),
                instruments: to("instruments"),
                plan: to("plan"),
                marks: to("marks"),
                events: to("events"),
                charges: to("charges"),
                visits: to("visits"),
                works: to("works"),
                progress: to("progress"),
                findings: to("findings"),
            },
            acknowledge_at: String::new(),
            answer_at: String::new(),
            may_plan: look.may(Permission::EditPlan, place.unit.unit).await?,
            may_edit: look.may(Permission::EditSeason, place.season.root).await?,
            p: desk.p.live(place),
            tabs: desk.tabs,
        })
    }
}
