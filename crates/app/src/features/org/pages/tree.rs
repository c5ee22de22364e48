//! `/units`: the tree as of any day.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::{Day, UnitId};
use plenum_store::org;
use serde::Deserialize;

use super::{AsOf, address, as_of, everywhere, named_day, profile, tops, trail, unit_address};
use crate::features::org::wish::{Asker, may_edit};
use crate::shell::asked::{Asking, Known, one_of};
use crate::shell::language::{Put, Words};
use crate::shell::names::order_natural;
use crate::shell::page::render;
use crate::shell::place::day_of;
use crate::shell::problem::{Problem, Result};
use crate::shell::profiles::{kind_name, level_name};
use crate::shell::{App, Chrome, Look, Visitor, look};

/// Below this many, the second level of the tree comes along at once.
const SECOND_LEVEL: i64 = 1_500;

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    #[serde(default)]
    view: String,
    #[serde(default)]
    done: String,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit", "on", "view", "done"];
}

/// A unit in the tree.
pub struct Row {
    key: String,
    code: String,
    name: String,
    href: String,
    page: String,
    level: String,
    kind: String,
    members: i64,
    below: i64,
    children: Vec<Row>,
}

#[derive(Template)]
#[template(path = "org/tree.html")]
struct TreePage {
    p: Chrome,
    as_of: AsOf,
    sentence: String,
    gone: String,
    rows: Vec<Row>,
    members: i64,
    page: String,
    table: bool,
    as_tree: String,
    as_table: String,
    xlsx: String,
    csv: String,
    found: String,
    import: String,
    done: String,
    nothing: bool,
}

impl TreePage {
    fn count(&self) -> i64 {
        i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }
}

/// `GET /units`.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Known(asked): Known<Asked>,
) -> Response {
    match build(&app, &visitor, &asked).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, asked: &Asked) -> Result<TreePage> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let day = day_of(asked.on.as_deref(), look.today)?;
    let table = |view: &str| (view == "table").then_some(());
    let table = one_of("view", Some(&asked.view), table)?.is_some();
    let on = named_day(asked.on.as_deref(), day);
    let profile = profile(&mut look).await?;
    let (unit, versions) = shown(&mut look, asked, day).await?;
    let code = unit
        .as_ref()
        .map(|unit| unit.code.clone())
        .unwrap_or_default();
    let drawing = Drawing {
        words: visitor.words,
        profile,
        on: &on,
        view: &asked.view,
    };
    let rows = drawing.rows(&mut look, versions, day).await?;
    let mut p = Chrome::new(visitor, visitor.words.say("nav-tree")).section("tree");
    let mut found = String::new();
    if let Some(unit) = &unit {
        let path = org::path_versions(&mut look.tx, unit.unit, day).await?;
        p.title.clone_from(&unit.name);
        p.unit.clone_from(&unit.code);
        p.trail = trail(&look, &path, |step| drawing.href(&step.code));
        let asker = Asker {
            who,
            today: look.today,
            profile,
        };
        if p.can(Permission::EditTree)
            && may_edit(&mut look.tx, asker, day, unit.unit, true).await?
        {
            found = address(
                "/tree/found",
                &[("unit", &unit.code), ("on", &day.to_string())],
            );
        }
    } else if everywhere(&look, Permission::EditTree) {
        found = address("/tree/found", &[("on", &day.to_string())]);
    }
    let export = |kind: &str| {
        address(
            "/export/units",
            &[("unit", &code), ("on", &day.to_string()), ("as", kind)],
        )
    };
    let can_import = p.can(Permission::ImportTree);
    Ok(TreePage {
        as_of: as_of("/units", day, &[("unit", &code), ("view", &asked.view)]),
        sentence: drawing.sentence(unit.as_ref(), &rows, day),
        gone: gone(visitor.words, unit.as_ref(), day),
        nothing: rows.is_empty() && unit.is_none(),
        members: rows.iter().map(|row| row.members).sum(),
        page: if code.is_empty() {
            String::new()
        } else {
            unit_address(&code, &on)
        },
        table,
        as_tree: address("/units", &[("unit", &code), ("on", &on)]),
        as_table: address("/units", &[("unit", &code), ("on", &on), ("view", "table")]),
        xlsx: export("xlsx"),
        csv: export("csv"),
        import: if can_import {
            address("/import", &[("unit", &code)])
        } else {
            String::new()
        },
        done: done(visitor.words, &asked.done),
        found,
        rows,
        p,
    })
}

fn done(words: Words, done: &str) -> String {
    let key = match done {
        "import" => "org-done-import",
        "change" => "org-done-change",
        _ => return String::new(),
    };
    words.say(key)
}

fn gone(words: Words, unit: Option<&UnitVersion>, day: Day) -> String {
    let Some(unit) = unit else {
        return String::new();
    };
    if unit.span().holds(day) {
        return String::new();
    }
    let key = if unit.from > day {
        "org-not-yet"
    } else {
        "org-no-longer"
    };
    let when = unit
        .until
        .filter(|until| *until <= day)
        .unwrap_or(unit.from);
    words.say1(key, "day", words.day(when))
}

/// The unit of the address with its children, or, where none is named, the
/// top units the person may see: a single one is shown at once.
async fn shown(
    look: &mut Look,
    asked: &Asked,
    day: Day,
) -> Result<(Option<UnitVersion>, Vec<UnitVersion>)> {
    let unit = match asked.unit.as_deref().filter(|code| !code.is_empty()) {
        Some(code) => Some(
            org::by_code(&mut look.tx, code, day)
                .await?
                .ok_or_else(Problem::not_found)?,
        ),
        None => {
            let mut tops = tops(look, Permission::SeeUnit, day).await?;
            if tops.len() != 1 {
                return Ok((None, tops));
            }
            tops.pop()
        }
    };
    let Some(unit) = unit else {
        return Ok((None, Vec::new()));
    };
    look.must(Permission::SeeUnit, unit.unit).await?;
    let unit = org::near(&mut look.tx, unit.unit, day)
        .await?
        .unwrap_or(unit);
    let children = org::children_on(&mut look.tx, unit.unit, day).await?;
    Ok((Some(unit), children))
}

struct Drawing<'a> {
    words: Words,
    profile: &'a Profile,
    on: &'a str,
    view: &'a str,
}

impl Drawing<'_> {
    fn href(&self, code: &str) -> String {
        address(
            "/units",
            &[("unit", code), ("on", self.on), ("view", self.view)],
        )
    }

    async fn rows(
        &self,
        look: &mut Look,
        versions: Vec<UnitVersion>,
        day: Day,
    ) -> Result<Vec<Row>> {
        let ids: Vec<UnitId> = versions.iter().map(|version| version.unit).collect();
        let counts = org::count_below(&mut look.tx, &ids, day).await?;
        let second: i64 = counts.values().sum();
        let mut below: BTreeMap<UnitId, Vec<UnitVersion>> = BTreeMap::new();
        let mut deeper = BTreeMap::new();
        if self.view != "table" && second > 0 && second <= SECOND_LEVEL {
            let second = org::children_of_many(&mut look.tx, &ids, day).await?;
            let ids: Vec<UnitId> = second.iter().map(|version| version.unit).collect();
            for child in second {
                below
                    .entry(child.parent.unwrap_or(child.unit))
                    .or_default()
                    .push(child);
            }
            deeper = org::count_below(&mut look.tx, &ids, day).await?;
        }
        let mut rows: Vec<Row> = versions
            .into_iter()
            .map(|version| {
                let children = below.remove(&version.unit).unwrap_or_default();
                let mut row = self.row(version, &counts);
                row.children = children
                    .into_iter()
                    .map(|child| self.row(child, &deeper))
                    .collect();
                sort(&mut row.children);
                row
            })
            .collect();
        sort(&mut rows);
        Ok(rows)
    }

    fn row(&self, version: UnitVersion, counts: &BTreeMap<UnitId, i64>) -> Row {
        let below = counts.get(&version.unit).copied().unwrap_or_default();
        let page = unit_address(&version.code, self.on);
        Row {
            key: version.unit.to_string(),
            href: if below > 0 {
                self.href(&version.code)
            } else {
                page.clone()
            },
            page,
            level: level_name(self.words, self.profile, &version.level),
            kind: kind_name(self.words, self.profile, &version.kind),
            members: i64::from(version.members),
            below,
            children: Vec::new(),
            code: version.code,
            name: version.name,
        }
    }

    /// The answer in one sentence: how many units, of which kinds, how many
    /// members.
    fn sentence(&self, unit: Option<&UnitVersion>, rows: &[Row], day: Day) -> String {
        let day = Put::from(self.words.day_in_sentence(day));
        let Some(unit) = unit else {
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            return self
                .words
                .say_with("org-tree-tops", &[("day", day), ("count", count.into())]);
        };
        let members = match i64::from(unit.members) {
            0 => rows.iter().map(|row| row.members).sum(),
            own => own,
        };
        let mut kinds: BTreeMap<&str, i64> = BTreeMap::new();
        for row in rows {
            *kinds.entry(&row.kind).or_default() += 1;
        }
        let mut kinds: Vec<(i64, &str)> = kinds
            .into_iter()
            .map(|(kind, count)| (count, kind))
            .collect();
        kinds.sort_by(|a, b| b.cmp(a));
        let kinds: Vec<String> = kinds
            .into_iter()
            .map(|(count, kind)| format!("{} {}", self.words.count(count), within(kind)))
            .collect();
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let key = if rows.is_empty() {
            "org-tree-leaf"
        } else {
            "org-tree-sentence"
        };
        self.words.say_with(
            key,
            &[
                ("day", day),
                ("name", unit.name.as_str().into()),
                ("count", self.words.count(count).into()),
                ("kinds", kinds.join("; ").into()),
                ("members", self.words.count(members).into()),
            ],
        )
    }
}

/// A name within a sentence: without what stands in brackets, and small.
pub fn within(name: &str) -> String {
    let mut letters = name.split(" (").next().unwrap_or(name).chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn sort(rows: &mut [Row]) {
    rows.sort_by(|a, b| {
        order_natural(&a.name, &b.name).then_with(|| order_natural(&a.code, &b.code))
    });
}
