//! Programs at the edge: what the document promises, what tokens may do.

mod schema;

use axum::http::Method;
use plenum_app::features;
use plenum_rules::UnitId;
use plenum_rules::access::{Grant, Role};
use plenum_rules::congress::{Congress, Planned};
use plenum_store::access::{self, Account, Token};
use plenum_store::{Tx, congress, db::new_id, progress};
use plenum_testkit::{Answer, Client, Hall, Plot, Scratch, day, on_both, season, unit};
use serde_json::{Value, json};

const ALL: &[&str] = &[
    "progress:read",
    "units:read",
    "congresses:read",
    "congresses:write",
    "reports:read",
];

async fn stage(hall: &Hall) {
    hall.set_up(async |tx: &mut Tx| {
        Plot::small(day("2015-01-01")).save(tx).await;
        let levels = ["district", "grassroots", "branch"];
        let season = season(tx, "hb-2020", unit("HB"), day("2020-01-01"), &levels).await;
        let mut facts = Congress::nothing();
        let planned = Planned {
            first: day("2020-03-09"),
            last: day("2020-03-10"),
            preparatory_half_days: 0,
        };
        facts.date(day("2020-02-01"), planned, None).expect("date");
        congress::save(tx, &season.id, unit("TH-02"), &facts, 0)
            .await
            .expect("save");
        progress::rebuild(tx, &season).await.expect("count");
    })
    .await;
}

/// A program with a token of an account with one role.
async fn program(
    hall: &Hall,
    name: &str,
    (role, at): (Role, Option<UnitId>),
    scopes: &[&str],
    ends_at: Option<i64>,
) -> Client {
    let account = Account {
        id: new_id(),
        login: name.to_owned(),
        name: name.to_owned(),
        password: String::new(),
        totp: None,
        active: true,
        language: "vi".to_owned(),
    };
    let token = Token {
        id: new_id(),
        account: account.id,
        name: name.to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        made_at: 0,
        ends_at,
        used_at: None,
    };
    let secret = format!("token-{name}");
    hall.set_up(async |tx: &mut Tx| {
        access::save_account(tx, &account)
            .await
            .expect("save the account");
        let grant = Grant {
            role,
            unit: at,
            from: plenum_rules::day::FIRST,
            until: None,
        };
        access::add_grant(tx, account.id, &grant)
            .await
            .expect("give the role");
        access::add_token(tx, &token, &plenum_app::shell::visitor::digest(&secret))
            .await
            .expect("make the token");
    })
    .await;
    hall.stranger()
        .with_header("authorization", &format!("Bearer {secret}"))
}

fn code(answer: &Answer) -> String {
    let body = answer.json();
    assert!(
        body["error"]["message"]
            .as_str()
            .is_some_and(|text| !text.is_empty()),
        "{body}"
    );
    body["error"]["code"].as_str().expect("a code").to_owned()
}

fn report() -> Value {
    json!({"first": "2020-03-01", "convened": 24, "present": 22, "elected_committee": 3, "elected_secretary": true,
        "elected_deputies": 1, "elected_delegates": 2, "opinions": 5, "difficulties": "Mưa lớn"})
}

#[test]
fn the_document_and_the_routes_are_one() {
    let routes = features::routes();
    let document: Value = serde_json::to_value(routes.description()).expect("a document");
    let mut described: Vec<&str> = document["paths"]
        .as_object()
        .expect("paths")
        .keys()
        .map(String::as_str)
        .collect();
    let mut served: Vec<&str> = routes
        .listed()
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| path.starts_with("/api/v1/"))
        .collect();
    described.sort_unstable();
    served.sort_unstable();
    assert_eq!(described, served);
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let told = |what: &Value| what.as_str().is_some_and(|text| !text.is_empty());
            assert!(
                told(&operation["summary"]) || told(&operation["description"]),
                "{method} {path}"
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(told(&parameter["description"]), "{path}: {parameter}");
                assert!(
                    !parameter["example"].is_null() || !parameter["schema"]["default"].is_null(),
                    "{path}: {parameter}"
                );
            }
            if !path.ends_with("openapi.json") {
                for status in ["200", "400", "401", "403", "404", "429", "500"] {
                    assert!(
                        told(&operation["responses"][status]["description"]),
                        "{method} {path}: {status}"
                    );
                }
            }
        }
    }
    for (name, shape) in document["components"]["schemas"]
        .as_object()
        .expect("schemas")
    {
        assert!(shape["description"].is_string(), "{name}");
        for (field, inner) in shape["properties"].as_object().into_iter().flatten() {
            let told = |what: &Value| what["description"].is_string() || what["$ref"].is_string();
            assert!(
                told(inner) || told(&inner["oneOf"][0]),
                "{name}.{field}: {inner}"
            );
        }
    }
}

#[tokio::test]
async fn answers_have_the_shapes_of_the_document() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let mut client = program(&hall, "all", (Role::Office, Some(unit("HB"))), ALL, None).await;
        let document = hall
            .stranger()
            .get("/api/v1/openapi.json")
            .await
            .is(200)
            .json();
        let asked = [
            ("/api/v1/seasons", "/api/v1/seasons"),
            ("/api/v1/units", "/api/v1/units"),
            ("/api/v1/units", "/api/v1/units?parent=TH&on=2020-03-02"),
            ("/api/v1/units", "/api/v1/units?q=thuan+hoa"),
            ("/api/v1/units/{code}", "/api/v1/units/TH-01"),
            (
                "/api/v1/seasons/{season}/progress",
                "/api/v1/seasons/hb-2020/progress?with=2020-02-01",
            ),
            (
                "/api/v1/seasons/{season}/congresses",
                "/api/v1/seasons/hb-2020/congresses",
            ),
            (
                "/api/v1/seasons/{season}/congresses/{code}",
                "/api/v1/seasons/hb-2020/congresses/TH-02",
            ),
        ];
        for (path, address) in asked {
            let answer = client.get(address).await.is(200).json();
            schema::check(&document, path, "get", "200", &answer);
        }
        let refusals = [
            ("/api/v1/units/{code}", "/api/v1/units/NOBODY", 404, "E-404"),
            ("/api/v1/units", "/api/v1/units?on=31/02/2020", 400, "E-DAY"),
            (
                "/api/v1/units",
                "/api/v1/units?when=2020-03-02",
                400,
                "E-API-03",
            ),
            (
                "/api/v1/units",
                "/api/v1/units?q=a&parent=HB",
                400,
                "E-API-07",
            ),
            (
                "/api/v1/seasons/{season}/congresses",
                "/api/v1/seasons/hb-2020/congresses?limit=0",
                400,
                "E-API-08",
            ),
            (
                "/api/v1/seasons/{season}/congresses",
                "/api/v1/seasons/hb-2020/congresses?after=XX",
                400,
                "E-API-09",
            ),
            (
                "/api/v1/seasons/{season}/congresses",
                "/api/v1/seasons/hb-2020/congresses?state=done",
                400,
                "E-API-03",
            ),
            (
                "/api/v1/seasons/{season}/progress",
                "/api/v1/seasons/nowhere/progress",
                404,
                "E-404",
            ),
        ];
        for (path, address, status, expected) in refusals {
            let answer = client.get(address).await.is(status);
            assert_eq!(code(&answer), expected, "{address}");
            schema::check(&document, path, "get", &status.to_string(), &answer.json());
        }
        assert_eq!(
            code(&client.get("/api/v1/nothing").await.is(404)),
            "E-API-04"
        );
        let wrong_method = client
            .send(Method::DELETE, "/api/v1/seasons", None, Vec::new())
            .await
            .is(405);
        assert_eq!(code(&wrong_method), "E-API-06");
        let pdf = client
            .get("/api/v1/seasons/hb-2020/report?on=2020-03-02")
            .await
            .is(200);
        assert!(pdf.body.starts_with(b"%PDF"));
    })
    .await;
}

#[tokio::test]
async fn a_token_does_what_it_was_made_for_where_its_account_may() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let ward = (Role::Office, Some(unit("TH")));
        let mut reader = program(&hall, "reader", ward, &["units:read"], None).await;
        let _ = reader.get("/api/v1/units?parent=TH").await.is(200);
        for address in [
            "/api/v1/seasons",
            "/api/v1/seasons/hb-2020/progress",
            "/api/v1/seasons/hb-2020/congresses",
            "/api/v1/seasons/hb-2020/congresses/TH-01",
            "/api/v1/seasons/hb-2020/report",
        ] {
            assert_eq!(
                code(&reader.get(address).await.is(403)),
                "E-API-02",
                "{address}"
            );
        }
        let mut all = program(&hall, "all", ward, ALL, None).await;
        for address in [
            "/api/v1/units/PS",
            "/api/v1/units?parent=HB",
            "/api/v1/seasons/hb-2020/progress?unit=PS",
            "/api/v1/seasons/hb-2020/congresses?unit=HB",
            "/api/v1/seasons/hb-2020/congresses/PS-01",
            "/api/v1/seasons/hb-2020/report?unit=HB",
        ] {
            assert_eq!(code(&all.get(address).await.is(403)), "E-403", "{address}");
        }
        // Searching shows nothing of the others either.
        let found = all.get("/api/v1/units?q=chi+bo").await.is(200).json();
        let codes: Vec<&str> = found["units"]
            .as_array()
            .expect("units")
            .iter()
            .filter_map(|unit| unit["code"].as_str())
            .collect();
        assert_eq!(codes, ["TH-01", "TH-02", "TH-03"]);
        let own = all
            .get("/api/v1/seasons/hb-2020/progress")
            .await
            .is(200)
            .json();
        assert_eq!((&own["unit"], &own["total"]), (&json!("TH"), &json!(3)));

        let noon = hall.app.clock.now();
        let mut ended = program(&hall, "ended", ward, ALL, Some(noon + 1)).await;
        let _ = ended.get("/api/v1/units").await.is(200);
        hall.pass_days(1);
        let refused = ended.get("/api/v1/units").await.is(401);
        assert_eq!(
            (code(&refused).as_str(), refused.header("www-authenticate")),
            ("E-API-01", "Bearer")
        );
        assert_eq!(
            code(&hall.stranger().get("/api/v1/units").await.is(401)),
            "E-API-01"
        );
        // A browser's session opens nothing here.
        let mut person = hall
            .person("vanphong", Role::Office, Some(unit("HB")))
            .await;
        let write = "/api/v1/seasons/hb-2020/congresses/TH-01/report";
        assert_eq!(
            code(
                &person
                    .send_json(Method::POST, write, &report())
                    .await
                    .is(401)
            ),
            "E-API-01"
        );
        assert_eq!(code(&person.get("/api/v1/units").await.is(401)), "E-API-01");
    })
    .await;
}

#[tokio::test]
async fn a_report_is_recorded_once_however_often_it_is_sent() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let district = (Role::Office, Some(unit("HB")));
        let client = program(&hall, "all", district, ALL, None).await;
        let address = "/api/v1/seasons/hb-2020/congresses/TH-01/report";
        let mut keyless = client.clone();
        assert_eq!(
            code(
                &keyless
                    .send_json(Method::POST, address, &report())
                    .await
                    .is(400)
            ),
            "E-REP-04"
        );
        let mut sender = client.clone().with_header("idempotency-key", "first");
        let first = sender
            .send_json(Method::POST, address, &report())
            .await
            .is(200)
            .json();
        assert_eq!(
            (&first["state"], &first["unit"]),
            (&json!("received"), &json!("TH-01"))
        );
        hall.app.clock.advance(5_000_000);
        let again = sender
            .send_json(Method::POST, address, &report())
            .await
            .is(200)
            .json();
        assert_eq!(first, again);
        let mut other = report();
        other["present"] = json!(23);
        assert_eq!(
            code(
                &sender
                    .send_json(Method::POST, address, &other)
                    .await
                    .is(422)
            ),
            "E-REP-01"
        );
        let mut second = client.clone().with_header("idempotency-key", "second");
        assert_eq!(
            code(
                &second
                    .send_json(Method::POST, address, &report())
                    .await
                    .is(409)
            ),
            "E-CON-02"
        );

        let elsewhere = "/api/v1/seasons/hb-2020/congresses/TH-03/report";
        for (field, value, status, expected) in [
            ("present", json!(25), 422, "E-CON-05"),
            ("first", json!("2020-03-03"), 422, "E-CON-04"),
            ("first", json!("2019-12-31"), 422, "E-REP-03"),
            ("opinions", json!(1_000_001), 422, "E-REP-07"),
            ("first", json!("31/02/2020"), 422, "E-API-03"),
            ("presents", json!(1), 422, "E-API-03"),
        ] {
            let mut wrong = report();
            wrong[field] = value;
            let refused = second
                .send_json(Method::POST, elsewhere, &wrong)
                .await
                .is(status);
            assert_eq!(code(&refused), expected, "{field}");
        }
        let broken = second
            .send(
                Method::POST,
                elsewhere,
                Some("application/json"),
                b"{".to_vec(),
            )
            .await
            .is(400);
        assert_eq!(code(&broken), "E-API-03");
        let large = vec![b' '; 70_000];
        let large = second
            .send(Method::POST, elsewhere, Some("application/json"), large)
            .await
            .is(413);
        assert_eq!(code(&large), "E-413");

        let whole = sender
            .get("/api/v1/seasons/hb-2020/congresses/TH-01")
            .await
            .is(200)
            .json();
        let facts: Vec<&str> = whole["record"]
            .as_array()
            .expect("a record")
            .iter()
            .filter_map(|fact| fact["fact"].as_str())
            .collect();
        assert_eq!(facts, ["held", "reported"]);
        assert_eq!(whole["congress"]["report"]["difficulties"], "Mưa lớn");
        let progress = sender
            .get("/api/v1/seasons/hb-2020/progress")
            .await
            .is(200)
            .json();
        assert_eq!(
            (&progress["held"], &progress["total"]),
            (&json!(1), &json!(5))
        );
        let mut tx = hall.app.db.read().await.expect("read");
        let recorded = tx
            .row(
                "SELECT COUNT(*) FROM audit WHERE event = 'congress.reported'",
                &[],
            )
            .await
            .expect("count");
        assert_eq!(recorded.expect("a row").int(0).expect("a number"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_unit_secretary_reports_the_own_unit_only() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let own = (Role::UnitSecretary, Some(unit("TH-01")));
        let mut secretary = program(&hall, "bithu", own, ALL, None)
            .await
            .with_header("idempotency-key", "k");
        let other = "/api/v1/seasons/hb-2020/congresses/TH-02/report";
        assert_eq!(
            code(
                &secretary
                    .send_json(Method::POST, other, &report())
                    .await
                    .is(403)
            ),
            "E-403"
        );
        let mine = "/api/v1/seasons/hb-2020/congresses/TH-01/report";
        let _ = secretary
            .send_json(Method::POST, mine, &report())
            .await
            .is(200);
    })
    .await;
}

#[tokio::test]
async fn the_figures_are_those_of_the_page_and_of_the_terminal() {
    let scratch = plenum_testkit::scratch_sqlite().await;
    plenum_store::schema::migrate(&scratch.db)
        .await
        .expect("migrate");
    let hall = Hall::new(&scratch.db, day("2020-03-02"));
    stage(&hall).await;
    let mut client = program(&hall, "all", (Role::Office, Some(unit("HB"))), ALL, None).await;
    let mut writer = client.clone().with_header("idempotency-key", "one");
    let _ = writer
        .send_json(
            Method::POST,
            "/api/v1/seasons/hb-2020/congresses/TH-01/report",
            &report(),
        )
        .await
        .is(200);
    let figures = client
        .get("/api/v1/seasons/hb-2020/progress?on=2020-03-02")
        .await
        .is(200)
        .json();
    let mut officer = hall
        .person("vanphong", Role::Office, Some(unit("HB")))
        .await;
    let page = officer
        .get("/s/hb-2020/progress?on=2020-03-02")
        .await
        .is(200);
    let page = page.says(figures["sentence"].as_str().expect("a sentence"));
    let _ = page.says("1/5");
    let printed = std::process::Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args([
            "progress",
            "--database",
            &scratch.url,
            "--season",
            "hb-2020",
            "--as-of",
            "2020-03-02",
            "--json",
        ])
        .output()
        .expect("run plenum");
    assert!(
        printed.status.success(),
        "{}",
        String::from_utf8_lossy(&printed.stderr)
    );
    let printed: Value = serde_json::from_slice(&printed.stdout).expect("JSON");
    assert_eq!(printed, figures);
    scratch.remove().await;
}

#[tokio::test]
async fn pages_of_congresses_join_to_the_whole() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let mut client = program(&hall, "all", (Role::Auditor, None), ALL, None).await;
        let codes = |page: &Value| -> Vec<String> {
            let congresses = page["congresses"].as_array().expect("congresses");
            congresses
                .iter()
                .filter_map(|each| each["unit"]["code"].as_str().map(str::to_owned))
                .collect()
        };
        let base = "/api/v1/seasons/hb-2020/congresses?on=2020-03-02";
        let whole = client.get(base).await.is(200).json();
        assert_eq!(
            codes(&whole),
            [
                "CQ", "PS", "PS-01", "PS-02", "TH", "TH-01", "TH-02", "TH-03"
            ]
        );
        assert!(whole["next"].is_null());
        for limit in [1, 2, 3, 8] {
            let (mut joined, mut address) = (Vec::new(), format!("{base}&limit={limit}"));
            loop {
                let page = client.get(&address).await.is(200).json();
                assert!(codes(&page).len() <= limit);
                joined.extend(codes(&page));
                let Some(next) = page["next"].as_str() else {
                    break;
                };
                address = format!("{base}&limit={limit}&after={next}");
            }
            assert_eq!(joined, codes(&whole), "{limit}");
        }
        let dated = client
            .get(&format!("{base}&state=dated"))
            .await
            .is(200)
            .json();
        assert_eq!(codes(&dated), ["TH-02"]);
        assert_eq!(
            dated["congresses"][0]["planned"],
            json!({"first": "2020-03-09", "last": "2020-03-10"})
        );
    })
    .await;
}

#[tokio::test]
async fn a_program_in_a_hurry_is_asked_to_wait() {
    let scratch = plenum_testkit::scratch_sqlite().await;
    plenum_store::schema::migrate(&scratch.db)
        .await
        .expect("migrate");
    let hall = Hall::new(&scratch.db, day("2020-03-02"));
    stage(&hall).await;
    let mut client = program(&hall, "all", (Role::Auditor, None), ALL, None).await;
    let mut tx = hall.app.db.read().await.expect("read");
    let digest = plenum_app::shell::visitor::digest("token-all");
    let (token, _) = access::token(&mut tx, &digest, 0)
        .await
        .expect("read")
        .expect("the token");
    drop(tx);
    while hall.app.limits.token(token.id) {}
    let waiting = client.get("/api/v1/units").await.is(429);
    assert_eq!(
        (code(&waiting).as_str(), waiting.header("retry-after")),
        ("E-API-05", "1")
    );
    scratch.remove().await;
}
