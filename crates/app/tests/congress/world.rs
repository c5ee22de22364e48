//! A district of two wards with three branches each, its people, and a
//! stranger's way in: requests to the router.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use plenum_app::features;
use plenum_app::shell::act::Settings;
use plenum_app::shell::visitor::digest;
use plenum_app::shell::{App, Clock, server};
use plenum_rules::access::{Grant, Role};
use plenum_rules::congress::Contents;
use plenum_rules::org::{Edit, Kind, Level, Outcome, UnitVersion};
use plenum_rules::season::{Window, WindowId};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{Season, Shape, ShapeLevel};
use plenum_store::{access, audit, org, progress, season};
use plenum_testkit::Scratch;
use tower::ServiceExt as _;

/// The season's name in addresses.
pub const SEASON: &str = "cam-le-2020";

/// A day of 2020.
pub fn day(month: i8, day: i8) -> Day {
    Day::of(2020, month, day).unwrap()
}

/// Units: the district is 1, wards 10 and 20, their branches 11–13 and 21–23.
pub fn unit(number: u128) -> UnitId {
    UnitId(number)
}

pub struct World {
    pub app: App,
    router: Router,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// Asserts that the page says this.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(
            self.body.contains(text),
            "{} does not say {text:?}:\n{}",
            self.status,
            self.body
        );
        self
    }

    #[track_caller]
    pub fn silent_on(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "says {text:?}:\n{}", self.body);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }
}

fn version(number: u128, code: &str, name: &str, parent: Option<u128>, level: &str) -> Edit {
    Edit::Put(UnitVersion {
        unit: UnitId(number),
        from: Day::of(2015, 1, 1).unwrap(),
        until: None,
        code: code.into(),
        name: name.into(),
        parent: parent.map(UnitId),
        level: Level(level.into()),
        kind: Kind("residential".into()),
        members: if level == "branch" { 30 } else { 0 },
    })
}

fn units() -> Vec<Edit> {
    let mut units = vec![
        version(1, "CL", "Đảng bộ quận Cẩm Lệ", None, "district"),
        version(10, "KT", "Đảng bộ phường Khuê Trung", Some(1), "grassroots"),
        version(20, "HX", "Đảng bộ phường Hòa Xuân", Some(1), "grassroots"),
    ];
    for (ward, code) in [(10, "KT"), (20, "HX")] {
        for branch in 1..=3 {
            units.push(version(
                ward + branch,
                &format!("{code}.{branch}"),
                &format!("Chi bộ {branch} {code}"),
                Some(ward),
                "branch",
            ));
        }
    }
    units
}

impl World {
    /// On this day at nine in the morning.
    pub async fn on(scratch: &Scratch, today: Day) -> Self {
        let db = scratch.db.clone();
        let clock = Clock::standing(today, 9 * 3_600_000_000);
        let app = App::new(db, clock, Settings::default());
        let router = server::router(app.clone(), features::routes());
        Self { app, router }
    }

    /// With units, a season whose branches are due by 31 March, and people.
    pub async fn ready(scratch: &Scratch, today: Day) -> Self {
        Self::with(scratch, today, None).await
    }

    /// The same, its pages opening on a day: the season is over.
    pub async fn over(scratch: &Scratch, today: Day, open: Day) -> Self {
        Self::with(scratch, today, Some(open)).await
    }

    async fn with(scratch: &Scratch, today: Day, pages_open_on: Option<Day>) -> Self {
        let world = Self::on(scratch, today).await;
        let mut tx = world.app.db.write().await.unwrap();
        let outcome = Outcome {
            edits: units(),
            lineage: Vec::new(),
            touched: Vec::new(),
        };
        org::save(&mut tx, &outcome).await.unwrap();
        let level = |level: &str, term: &str| ShapeLevel {
            level: Level(level.into()),
            term: term.parse().unwrap(),
            running_term_ends: None,
        };
        let row = Season {
            id: SeasonId::new(SEASON).unwrap(),
            name: "Nhiệm kỳ 2020–2025".into(),
            root: UnitId(1),
            opens: day(1, 1),
            profile: "vn-party".into(),
            shape: Shape {
                levels: vec![
                    level("district", "2020–2025"),
                    level("grassroots", "2020–2025"),
                    level("branch", "2020–2022"),
                ],
                counted: Level("branch".into()),
                contents: Contents::FOUR,
                pages_open_on,
                closes: None,
            },
        };
        season::insert(&mut tx, &row).await.unwrap();
        let window = Window {
            id: WindowId(1),
            issuer: UnitId(1),
            level: Level("branch".into()),
            kind: None,
            mark: None,
            first: None,
            last: day(3, 31),
            from: day(1, 1),
            until: None,
            consent: None,
            reason: None,
        };
        season::add_window(&mut tx, &row.id, &window, None)
            .await
            .unwrap();
        progress::rebuild(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        for (login, role, unit) in [
            ("quan", Role::Office, Some(1)),
            ("phuong", Role::Office, Some(10)),
            ("bithu", Role::UnitSecretary, Some(11)),
            ("bithu2", Role::UnitSecretary, Some(21)),
            ("thanhtra", Role::Auditor, None),
            ("manhinh", Role::Wall, Some(1)),
            ("quantri", Role::Administrator, None),
        ] {
            world.person(login, role, unit.map(UnitId)).await;
        }
        world
    }

    /// Somebody with a role, logged in: their log-in name is their session.
    pub async fn person(&self, login: &str, role: Role, unit: Option<UnitId>) {
        let mut tx = self.app.db.write().await.unwrap();
        let account = access::Account {
            id: plenum_store::db::new_id(),
            login: login.into(),
            name: format!("Đ/c {login}"),
            password: String::new(),
            totp: None,
            active: true,
            language: "vi".into(),
        };
        access::save_account(&mut tx, &account).await.unwrap();
        let grant = Grant {
            role,
            unit,
            from: Day::of(2015, 1, 1).unwrap(),
            until: None,
        };
        access::add_grant(&mut tx, account.id, &grant)
            .await
            .unwrap();
        let now = self.app.clock.now();
        let csrf = format!("csrf-{login}");
        access::begin_session(
            &mut tx,
            &digest(login),
            account.id,
            &csrf,
            now,
            now + 400 * 86_400_000_000,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let location = response
            .headers()
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer {
            status,
            location,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    fn request(&self, who: &str, method: &str, address: &str) -> axum::http::request::Builder {
        let cookie = format!("plenum_session={who}");
        Request::builder()
            .method(method)
            .uri(address)
            .header(header::COOKIE, cookie)
    }

    /// A page.
    pub async fn get(&self, who: &str, address: &str) -> Answer {
        let request = self.request(who, "GET", address).body(Body::empty());
        self.ask(request.unwrap()).await
    }

    /// A form of ours.
    pub async fn post(&self, who: &str, address: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = format!("csrf-{who}");
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        let body = serde_urlencoded::to_string(all).unwrap();
        let request = self
            .request(who, "POST", address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.ask(request.unwrap()).await
    }

    /// A report as the page's script sends it.
    pub async fn send(
        &self,
        who: &str,
        unit: &str,
        key: &str,
        report: &serde_json::Value,
    ) -> Answer {
        self.send_with(who, unit, key, (&format!("csrf-{who}"), report.to_string()))
            .await
    }

    /// As [`World::send`], with this token and these bytes.
    pub async fn send_with(
        &self,
        who: &str,
        unit: &str,
        key: &str,
        (csrf, body): (&str, String),
    ) -> Answer {
        let request = self
            .request(who, "POST", &format!("/r/{SEASON}/{unit}"))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header("idempotency-key", key)
            .header("x-csrf-token", csrf)
            .body(Body::from(body));
        self.ask(request.unwrap()).await
    }

    /// Held of all branches below a unit, as the program prints it: "1/3".
    pub async fn counted(&self, code: &str, day: Day) -> String {
        let mut tx = self.app.db.read().await.unwrap();
        let id = SeasonId::new(SEASON).unwrap();
        let season = season::load(&mut tx, &id).await.unwrap().unwrap();
        let unit = org::by_code(&mut tx, code, day).await.unwrap().unwrap();
        let path = org::path_versions(&mut tx, unit.unit, day).await.unwrap();
        let board = plenum_store::board::load(&mut tx, &season, &path, (day, None))
            .await
            .unwrap()
            .unwrap();
        let main = board.main();
        // The stored counters and a recount must agree at any time.
        assert_eq!(progress::differing(&mut tx, &season).await.unwrap(), []);
        format!("{}/{}", main.held(), main.total())
    }

    /// The events recorded of a unit, oldest first.
    pub async fn events(&self, unit: UnitId) -> Vec<String> {
        let mut tx = self.app.db.read().await.unwrap();
        let mut rows = audit::page(&mut tx, Some(unit), None, 100).await.unwrap();
        rows.reverse();
        rows.into_iter().map(|row| row.event).collect()
    }

    /// Lets days pass.
    pub fn pass_days(&self, days: i64) {
        self.app.clock.advance(days * 86_400_000_000);
    }
}

/// A sound report of a branch of thirty.
pub fn sound(first: &str) -> serde_json::Value {
    serde_json::json!({
        "first": first, "convened": "30", "present": "28", "elected_committee": "5",
        "elected_secretary": "yes", "elected_deputies": "1", "elected_delegates": "3",
        "opinions": "12", "difficulties": "Hội trường nhỏ", "written_at": "2020-03-02T02:00:00.000Z",
    })
}
