//! A browser at the router's edge, for the tests of this room.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use plenum_rules::access::{Grant, Role};
use plenum_rules::{Day, UnitId};
use plenum_store::access::{self, Account};
use plenum_store::db::new_id;
use plenum_store::{Db, schema};
use plenum_testkit::Plot;
use tower::ServiceExt;

use plenum_app::features;
use plenum_app::shell::act::Settings;
use plenum_app::shell::{App, Clock, secrets, server};

/// The password of every account of these tests.
pub const PASSWORD: &str = "mật khẩu thử 1";

/// An installation in a folder of its own.
pub struct House {
    pub app: App,
    pub router: Router,
    folder: std::path::PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    pub async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub async fn with(settings: Settings) -> Self {
        let folder = std::env::temp_dir().join(format!("plenum-access-{:032x}", new_id()));
        std::fs::create_dir_all(&folder).unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.join("t.db").display()))
            .await
            .unwrap();
        schema::migrate(&db).await.unwrap();
        let clock = Clock::standing(Day::parse("2025-03-02").unwrap(), 9 * 3_600_000_000);
        let app = App::new(db, clock, settings);
        let router = server::router(app.clone(), features::routes());
        Self {
            app,
            router,
            folder,
        }
    }

    /// An account with a role.
    pub async fn account(&self, login: &str, role: Role, unit: Option<UnitId>) -> u128 {
        let account = Account {
            id: new_id(),
            login: login.to_owned(),
            name: format!("Đ/c {login}"),
            password: secrets::hash(PASSWORD).await.unwrap(),
            totp: None,
            active: true,
            language: "vi".to_owned(),
        };
        let mut tx = self.app.db.write().await.unwrap();
        access::save_account(&mut tx, &account).await.unwrap();
        let grant = Grant {
            role,
            unit,
            from: Day::parse("2024-01-01").unwrap(),
            until: None,
        };
        access::add_grant(&mut tx, account.id, &grant)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        account.id
    }

    /// The small district of the test kit.
    pub async fn planted(&self) {
        let mut tx = self.app.db.write().await.unwrap();
        Plot::small(Day::parse("2015-01-01").unwrap())
            .save(&mut tx)
            .await;
        tx.commit().await.unwrap();
    }

    /// Another role of an account.
    pub async fn grant(&self, account: u128, role: Role, unit: Option<UnitId>) {
        let mut tx = self.app.db.write().await.unwrap();
        let grant = Grant {
            role,
            unit,
            from: Day::parse("2024-01-01").unwrap(),
            until: None,
        };
        access::add_grant(&mut tx, account, &grant).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The roles of an account.
    pub async fn grants(&self, account: u128) -> Vec<access::Granted> {
        let mut tx = self.app.db.read().await.unwrap();
        access::grants(&mut tx, account).await.unwrap()
    }

    /// How many rows the memory has.
    pub async fn audit_rows(&self) -> i64 {
        let mut tx = self.app.db.read().await.unwrap();
        plenum_store::audit::head(&mut tx).await.unwrap().seq
    }

    /// A browser that has not been here.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// A browser in which somebody is logged in.
    pub async fn logged_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.log_in(login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser
    }
}

/// Keeps cookies and reads the forms' secret from the page, as a browser does.
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub text: String,
}

impl Browser {
    pub async fn get(&mut self, address: &str) -> Answer {
        let request = self.request("GET", address).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Posts fields as they are.
    pub async fn post_raw(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = self
            .request("POST", address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Opens the page, then sends its form.
    pub async fn post(&mut self, page: &str, address: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await;
        let csrf = csrf_of(&shown.text);
        let mut fields = fields.to_vec();
        fields.push(("csrf", &csrf));
        self.post_raw(address, &fields).await
    }

    pub async fn log_in(&mut self, login: &str, password: &str) -> Answer {
        self.post(
            "/login",
            "/login",
            &[("login", login), ("password", password)],
        )
        .await
    }

    fn request(&self, method: &str, address: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Request::builder()
            .method(method)
            .uri(address)
            .header(header::COOKIE, cookies.join("; "))
    }

    async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer(response).await
    }
}

async fn answer(response: Response<Body>) -> Answer {
    let status = response.status();
    let to = response
        .headers()
        .get(header::LOCATION)
        .map(|to| to.to_str().unwrap().to_owned())
        .unwrap_or_default();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    Answer {
        status,
        to,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// The secret a page's form sends back.
pub fn csrf_of(page: &str) -> String {
    let start = page
        .find("name=\"csrf\" value=\"")
        .map(|place| place + 19)
        .unwrap_or(page.len());
    page[start..]
        .chars()
        .take_while(char::is_ascii_hexdigit)
        .collect()
}
