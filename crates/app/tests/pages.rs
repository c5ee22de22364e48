//! Every page the program has, over the demo's data, for every role, in both
//! languages: nothing is left without words.

use std::collections::{BTreeMap, BTreeSet};

use plenum_app::features::{self, demo};
use plenum_app::shell::{Guard, Who, server};
use plenum_rules::access::{Grant, Role};
use plenum_rules::{Day, UnitId};
use plenum_store::{Tx, org};
use plenum_testkit::client::{Answer, File};
use plenum_testkit::{Client, Hall, Scratch, day, scratch_sqlite};

const SEASONS: [&str; 5] = [
    "an-khe-2020",
    "an-khe-2024",
    "an-thanh-2022",
    "cam-le-2020",
    "o-cho-dua-2024",
];

/// Routes that answer a program, a script or a browser, not a reader.
const NO_PAGES: [&str; 12] = [
    "/assets/",
    "/health",
    "/language",
    "/live",
    "/report-worker.js",
    "/api/",
    "/audit.csv",
    "/export/",
    "/s/{season}/progress.xlsx",
    "/s/{season}/units",
    "/s/{season}/elections/{id}/paper/",
    "/seasons/units",
];

/// At least so many routes are pages; the others only take what a form sends.
const PAGES: usize = 35;

/// What stands in the gaps of addresses, and what is asked there.
struct Samples {
    /// Accounts, units, imports.
    gaps: BTreeMap<&'static str, String>,
    /// The query that names a finding to deal with.
    handle: String,
}

impl Samples {
    /// The addresses of a route for a season.
    fn of(&self, path: &str, season: &str) -> Vec<String> {
        let filled: Vec<String> = path
            .split('/')
            .map(|part| match part {
                "{season}" => season.to_owned(),
                gap if gap.starts_with('{') => self
                    .gaps
                    .get(gap)
                    .unwrap_or_else(|| panic!("what stands for {gap} in {path}?"))
                    .clone(),
                part => part.to_owned(),
            })
            .collect();
        let address = filled.join("/");
        let queries: &[&str] = match path {
            "/s/{season}/progress" => &["", "?with=2020-01-31"],
            "/s/{season}/congress" => &[
                "?unit=CL-HP-15",
                "?unit=CL-KT-12&step=date",
                "?unit=CL&done=date",
            ],
            "/s/{season}/wall" => &["", "?with=white"],
            "/s/{season}/elections" => &["?unit=CL-KT-12", "?unit=CL-HP-15"],
            "/search" => &["?q=chi+bo", "?q=kh%C3%B4ng+c%C3%B3+g%C3%AC"],
            "/units" => &["", "?unit=CL-KT&on=2019-09-30"],
            "/audit" => &["", "?event=congress.reported"],
            "/tree/{verb}" => &["?unit=CL-KT-12"],
            "/s/{season}/findings/handle" => &[self.handle.as_str()],
            _ => &[""],
        };
        let with = |query: &&str| format!("{address}{query}");
        queries.iter().map(with).collect()
    }
}

/// The texts a reader sees or hears: between the tags, and in attributes.
fn texts(page: &Answer) -> String {
    let mut all = page.words();
    for attribute in [
        "aria-label",
        "placeholder",
        "title",
        "data-label",
        "alt",
        "data-said",
    ] {
        let mark = format!(" {attribute}=\"");
        for rest in page.text().split(mark.as_str()).skip(1) {
            all.push(' ');
            all.push_str(rest.split('"').next().unwrap_or_default());
        }
    }
    all
}

/// Keys of texts that found none, and values that did not come.
fn wordless(page: &Answer) -> Option<String> {
    let rooms = [
        "access", "congress", "finding", "findings", "js", "nav", "org", "problem", "progress",
        "reports", "season", "zone",
    ];
    let is_key = |word: &str| {
        let mut parts = word.split('-');
        let room = parts.next().is_some_and(|room| rooms.contains(&room));
        let rest: Vec<&str> = parts.collect();
        let plain = |part: &&str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|each| each.is_ascii_lowercase() || each.is_ascii_digit())
        };
        room && !rest.is_empty() && rest.iter().all(plain)
    };
    let all = texts(page);
    let edges = |letter: char| !letter.is_ascii_alphanumeric() && letter != '-';
    if let Some(key) = all.split(edges).find(|word| is_key(word)) {
        return Some(format!("the text of {key} is missing"));
    }
    ["{$", "{ $", "\u{2068}"]
        .into_iter()
        .find(|mark| all.contains(mark))
        .map(|mark| format!("a value did not come: {mark}"))
}

fn check(page: &Answer, who: &str, language: &str) {
    let html = page.header("content-type").starts_with("text/html");
    assert!(
        html,
        "{who} {}: {}",
        page.address,
        page.header("content-type")
    );
    assert!(
        page.text().contains(&format!("<html lang=\"{language}\">")),
        "{who} {}: not in {language}",
        page.address
    );
    if let Some(fault) = wordless(page) {
        panic!("{who}, {language}, {}: {fault}", page.address);
    }
}

async fn people(hall: &Hall) -> Vec<(&'static str, Client)> {
    let mut units: BTreeMap<&str, UnitId> = BTreeMap::new();
    hall.set_up(async |tx: &mut Tx| {
        for code in ["CL", "CL-HP", "CL-HP-15"] {
            let unit = org::by_code(tx, code, day("2020-03-02")).await;
            units.insert(code, unit.expect("read").expect("the unit").unit);
        }
    })
    .await;
    let mut people = vec![("a stranger", hall.stranger())];
    for (who, role, code) in [
        ("administrator", Role::Administrator, None),
        ("auditor", Role::Auditor, None),
        ("office", Role::Office, Some("CL")),
        ("ward", Role::Office, Some("CL-HP")),
        ("supervisor", Role::Supervisor, Some("CL-HP")),
        ("secretary", Role::UnitSecretary, Some("CL-HP-15")),
        ("wall", Role::Wall, Some("CL")),
    ] {
        let grant = Grant {
            role,
            unit: code.map(|code| units[code]),
            from: Day::of(2010, 1, 1).expect("a day"),
            until: None,
        };
        people.push((who, hall.person_with(who, &[grant]).await));
    }
    people
}

async fn samples(hall: &Hall, administrator: &mut Client, office: &mut Client) -> Samples {
    let findings = office.get("/s/cam-le-2020/findings").await.is(200);
    let handle = findings
        .text()
        .split("/findings/handle")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a finding to deal with")
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let hall_of = office
        .get("/s/cam-le-2020/elections?unit=CL-KT-12")
        .await
        .is(200);
    let election = hall_of
        .text()
        .split("/s/cam-le-2020/elections/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '/', '?']).next())
        .find(|id| id.len() > 20)
        .expect("an election in the demo")
        .to_owned();
    let file = File {
        field: "file",
        name: "don-vi.csv",
        bytes: "Mã,Tên,Mã cấp trên,Cấp,Loại hình,Số đảng viên\nCL-HP-99,Chi bộ 99,CL-HP,branch,residential,20\n"
            .as_bytes(),
    };
    let fields = [("unit", ""), ("day", "2020-01-01"), ("profile", "vn-party")];
    let preview = administrator
        .post_file("/import", &fields, &file)
        .await
        .is(200);
    let draft = preview
        .address
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let account = hall
        .set_up(async |tx: &mut Tx| {
            let account = plenum_store::access::account_by_login(tx, "office").await;
            account.expect("read").expect("the account").id
        })
        .await;
    let gaps = [
        ("{id}", election),
        ("{unit}", "CL-HP-15".to_owned()),
        ("{code}", "CL-KT-12".to_owned()),
        ("{account}", format!("{account:032x}")),
        ("{draft}", draft),
        ("{verb}", "rename".to_owned()),
        ("{change}", "name".to_owned()),
        ("{grant}", "0".to_owned()),
        ("{token}", "0".to_owned()),
    ];
    Samples {
        gaps: gaps.into_iter().collect(),
        handle,
    }
}

async fn hall(scratch: &Scratch) -> Hall {
    plenum_store::schema::migrate(&scratch.db)
        .await
        .expect("migrate");
    let hall = Hall::new(&scratch.db, day("2026-11-20"));
    demo::load(&hall.app, &Who::system("test"))
        .await
        .expect("the demo loads");
    hall
}

#[tokio::test]
async fn every_page_has_its_words_for_every_role_in_both_languages() {
    let scratch = scratch_sqlite().await;
    let hall = hall(&scratch).await;
    let people = people(&hall).await;
    let (mut administrator, mut office) = (people[1].1.clone(), people[3].1.clone());
    let samples = samples(&hall, &mut administrator, &mut office).await;
    let routes = features::routes().and(server::own_routes());
    let mut rendered: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut forms: BTreeSet<&str> = BTreeSet::new();
    let is_page = |path: &&str| !NO_PAGES.iter().any(|each| path.starts_with(each));
    let pages: Vec<(&str, Guard)> = routes
        .listed()
        .iter()
        .filter(|(path, _)| is_page(path))
        .copied()
        .collect();
    for (who, client) in &people {
        for (language, client) in [("vi", client.clone()), ("en", client.clone().in_english())] {
            for (path, guard) in &pages {
                let seasons = if path.contains("{season}") && *who == "auditor" {
                    &SEASONS[..]
                } else {
                    &["cam-le-2020"]
                };
                for address in seasons.iter().flat_map(|season| samples.of(path, season)) {
                    // A browser of its own: logging out is a page, too.
                    let answer = client.clone().get_once(&address).await;
                    let status = answer.status.as_u16();
                    match status {
                        200 if answer.header("content-type").starts_with("text/html") => {
                            check(&answer, who, language);
                            rendered.insert((path, language));
                        }
                        // The report as a file.
                        200 => assert!(path.contains("report."), "{who} {address}"),
                        303 => assert!(
                            *who == "a stranger" && *guard != Guard::Public
                                || path.starts_with("/login")
                                || *path == "/setup",
                            "{who} {address}: to {}",
                            answer.header("location")
                        ),
                        405 => {
                            check(&answer, who, language);
                            forms.insert(path);
                        }
                        400 | 403 | 404 | 410 | 422 => check(&answer, who, language),
                        _ => panic!("{who} {address}: {status}"),
                    }
                }
            }
        }
    }
    for (path, _) in &pages {
        // What tellers see while they count has stories of its own.
        let counting = path.starts_with("/s/{season}/elections/{id}/");
        let file = counting
            || path.contains("report.")
            || ["/setup", "/login/code", "/login/renew"].contains(path);
        for language in ["vi", "en"] {
            assert!(
                file || forms.contains(path) || rendered.contains(&(*path, language)),
                "nobody ever sees {path} in {language}"
            );
        }
    }
    let seen: BTreeSet<&str> = rendered.iter().map(|(path, _)| *path).collect();
    assert!(seen.len() >= PAGES, "{}: {seen:?}", seen.len());
    scratch.remove().await;
}

#[test]
fn a_text_that_is_missing_is_noticed() {
    let page = |body: &str| Answer {
        status: axum::http::StatusCode::OK,
        headers: axum::http::HeaderMap::new(),
        body: body.as_bytes().to_vec(),
        address: "/".to_owned(),
    };
    for wrong in [
        "<p>congress-no-such-text</p>",
        "<p>Tính đến ngày {$day}</p>",
        "<input aria-label=\"org-field-9\">",
    ] {
        assert!(wordless(&page(wrong)).is_some(), "{wrong}");
    }
    let right =
        page("<a class=\"org-tree-1\" href=\"/season-new\">Kỳ đại hội an-khe-2020, CL-HP-15</a>");
    assert_eq!(wordless(&right), None);
}
