//! Through the router, as a stranger would.

mod change;
mod import;
mod look;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use plenum_rules::access::{Grant, Role};
use plenum_rules::{Day, UnitId};
use plenum_store::access::{self, Account};
use plenum_store::{Db, org, schema};
use tower::ServiceExt;

use crate::shell::act::Settings;
use crate::shell::visitor::digest;
use crate::shell::{App, Clock, server};

/// A running house over a file of its own.
pub struct House {
    pub app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub text: String,
    pub bytes: Vec<u8>,
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

impl House {
    /// On 2 March 2020, with the administrator `an`.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("plenum.db").display());
        let db = Db::open(&url).await.unwrap();
        schema::migrate(&db).await.unwrap();
        let clock = Clock::standing(day("2020-03-02"), 9 * 3_600_000_000);
        let app = App::new(db, clock, Settings::default());
        let router = server::router(app.clone(), crate::features::routes());
        let house = Self {
            app,
            router,
            _folder: folder,
        };
        house.person("an", Role::Administrator, None).await;
        house
    }

    /// Somebody with a role, whose session's secret is the log-in name.
    pub async fn person(&self, login: &str, role: Role, unit: Option<UnitId>) {
        let mut tx = self.app.db.write().await.unwrap();
        let id = plenum_store::db::new_id();
        let account = Account {
            id,
            login: login.to_owned(),
            name: login.to_owned(),
            password: String::new(),
            totp: None,
            active: true,
            language: "vi".to_owned(),
        };
        access::save_account(&mut tx, &account).await.unwrap();
        let grant = Grant {
            role,
            unit,
            from: day("2000-01-01"),
            until: None,
        };
        access::add_grant(&mut tx, id, &grant).await.unwrap();
        let now = self.app.clock.now();
        access::begin_session(
            &mut tx,
            &digest(login),
            id,
            "seal",
            now,
            now + 86_400_000_000,
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
            .map(|value| value.to_str().unwrap().to_owned());
        let bytes = response
            .into_body()
            .collect()
            .await
            .unwrap()
            .to_bytes()
            .to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status,
            location: location.unwrap_or_default(),
            text,
            bytes,
        }
    }

    pub async fn get(&self, who: &str, address: &str) -> Answer {
        let cookie = format!("plenum_session={who}");
        let request = Request::get(address)
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap();
        self.ask(request).await
    }

    pub async fn post(&self, who: &str, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields = fields.to_vec();
        fields.push(("csrf", "seal"));
        let request = Request::post(address)
            .header(header::COOKIE, format!("plenum_session={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(serde_urlencoded::to_string(fields).unwrap()))
            .unwrap();
        self.ask(request).await
    }

    /// Sends a file for the import.
    pub async fn upload(&self, who: &str, unit: &str, on: &str, file: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in [
            ("csrf", "seal"),
            ("unit", unit),
            ("day", on),
            ("profile", "vn-party"),
        ] {
            let part = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        body.extend(b"--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"units.csv\"\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--cut--\r\n");
        let request = Request::post("/import")
            .header(header::COOKIE, format!("plenum_session={who}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    /// Confirms what a preview offers.
    pub async fn confirm(&self, who: &str, draft: &str) -> Answer {
        let preview = self.get(who, draft).await;
        let mark = hidden(&preview.text, "mark");
        self.post(who, draft, &[("mark", &mark)]).await
    }

    /// Uploads and confirms.
    pub async fn import(&self, who: &str, unit: &str, on: &str, file: &str) {
        let sent = self.upload(who, unit, on, file.as_bytes()).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let done = self.confirm(who, &sent.location).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    }

    /// Makes a change: looks at the confirmation, then confirms.
    pub async fn change(&self, who: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
        let address = format!("/tree/{verb}");
        let shown = self.post(who, &address, fields).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
        let mark = hidden(&shown.text, "confirmed");
        let mut fields = fields.to_vec();
        fields.push(("confirmed", &mark));
        let done = self.post(who, &address, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        done
    }

    /// So many records of units there are.
    pub async fn records(&self) -> usize {
        org::all(&mut self.app.db.read().await.unwrap())
            .await
            .unwrap()
            .len()
    }

    pub async fn unit(&self, code: &str) -> UnitId {
        let mut tx = self.app.db.read().await.unwrap();
        org::by_code(&mut tx, code, day("2020-03-02"))
            .await
            .unwrap()
            .unwrap()
            .unit
    }
}

/// The value of a hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = page
        .split(&start)
        .nth(1)
        .unwrap_or_else(|| panic!("no field {name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}

pub const HEADER: &str = "Mã,Tên,Mã cấp trên,Cấp,Loại hình,Số đảng viên,Từ ngày\n";

/// A district with two wards; the first has 38 branches.
pub fn district() -> String {
    let mut file = String::from(HEADER);
    file.push_str("CL,Đảng bộ quận Cẩm Lệ,,Đảng bộ quận,Quận,0,\n");
    file.push_str("KT,Đảng bộ phường Khuê Trung,CL,Đảng bộ cơ sở,Phường,0,\n");
    file.push_str("HA,Đảng bộ phường Hòa An,CL,Đảng bộ cơ sở,Phường,0,\n");
    for number in 1..=38 {
        file.push_str(&format!(
            "KT-{number},Chi bộ {number},KT,Chi bộ,Khu dân cư,{},\n",
            20 + number % 7
        ));
    }
    file.push_str("HA-1,Chi bộ 1,HA,Chi bộ,Cơ quan,9,\n");
    file
}
