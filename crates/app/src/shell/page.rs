//! What surrounds every page.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use plenum_rules::Day;
use plenum_rules::access::Permission;

use super::assets;
use super::language::Words;
use super::problem::Problem;
use super::visitor::Visitor;

/// A link with a text: a step of the trail, an entry of the season picker.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is where the person is.
    pub current: bool,
}

impl Link {
    /// A link elsewhere.
    #[must_use]
    pub fn to(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            current: false,
        }
    }
}

/// What surrounds a page: title, navigation, who is logged in.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The words of the chosen language.
    pub t: Words,
    /// The page's title.
    pub title: String,
    /// The name of whoever is logged in; empty at the log-in page.
    pub name: String,
    /// The log-in name, in the keys of kept forms.
    pub login: String,
    /// The session's secret for forms.
    pub csrf: String,
    /// The organisation's time zone, for scripts that say times.
    pub zone: Arc<str>,
    /// The address of the page, for the language switch.
    pub address: String,
    /// Where news come from; empty on pages that do not change by themselves.
    pub live: String,
    /// The season's name in addresses; empty outside a season.
    pub season: String,
    /// The season's name on screen.
    pub season_name: String,
    /// In a season that is over, the day its pages open on; else empty.
    pub season_day: String,
    /// The code of the unit in addresses; empty outside a unit.
    pub unit: String,
    /// The units above the unit and the unit itself.
    pub trail: Vec<Link>,
    /// Which entry of the navigation is this page's.
    pub section: &'static str,
    /// Keys of forms whose drafts can go.
    pub kept: String,
    permissions: Vec<Permission>,
    /// Today.
    pub(super) today: Day,
}

impl Chrome {
    /// For a visitor, with the page's title.
    #[must_use]
    pub fn new(visitor: &Visitor, title: impl Into<String>) -> Self {
        let who = visitor.who.as_ref();
        let permissions = Permission::ALL
            .into_iter()
            .filter(|each| visitor.can(*each))
            .collect();
        Self {
            t: visitor.words,
            title: title.into(),
            name: who.map(|who| who.name.clone()).unwrap_or_default(),
            login: who.map(|who| who.login.clone()).unwrap_or_default(),
            csrf: visitor.csrf.clone(),
            zone: visitor.zone.clone(),
            address: visitor.address.clone(),
            live: String::new(),
            season: String::new(),
            season_name: String::new(),
            season_day: String::new(),
            unit: String::new(),
            trail: Vec::new(),
            section: "",
            kept: String::new(),
            permissions,
            today: visitor.today,
        }
    }

    /// What the link to the day on which the pages open says: today, or the
    /// season's own day.
    #[must_use]
    pub fn opening_day(&self) -> String {
        self.t.say(if self.season_day.is_empty() {
            "progress-today"
        } else {
            "progress-season-day"
        })
    }

    /// Which day counts where none is typed.
    #[must_use]
    pub fn day_if_empty(&self) -> String {
        if self.season_day.is_empty() {
            self.t.say("season-today-if-empty")
        } else {
            let day = self.season_day.as_str();
            self.t.say1("season-day-if-empty", "day", day)
        }
    }

    /// In a section of the navigation: `home`, `progress`, `tree`, `season`,
    /// `findings`, `reports`, `access`.
    #[must_use]
    pub fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// The address of a file of ours.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// Whether the person holds the permission somewhere: what they could
    /// never do is not offered.
    #[must_use]
    pub fn can(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// As [`Chrome::can`], by the permission's code, for templates.
    #[must_use]
    pub fn can_code(&self, code: &str) -> bool {
        Permission::parse(code).is_some_and(|permission| self.can(permission))
    }

    /// Where the times on the page are told: "giờ Việt Nam".
    #[must_use]
    pub fn zone_said(&self) -> String {
        match &*self.zone {
            "Asia/Ho_Chi_Minh" => self.t.say("zone-vietnam"),
            other => self.t.say1("zone-other", "zone", other),
        }
    }

    /// This address in the other language.
    #[must_use]
    pub fn in_language(&self, code: &str) -> String {
        let query = serde_urlencoded::to_string([("to", code), ("back", &self.address)])
            .unwrap_or_default();
        format!("/language?{query}")
    }

    /// The words the scripts use, as JSON.
    #[must_use]
    pub fn script_words(&self) -> String {
        const KEYS: [&str; 39] = [
            "live.lost",
            "live.stale",
            "live.updated",
            "live.back",
            "copy.done",
            "keep.restored",
            "keep.discard",
            "keep.offer",
            "keep.use",
            "keep.unsaved",
            "columns.title",
            "filter.count",
            "sort.hint",
            "report.queued",
            "report.sending",
            "report.received",
            "report.refused",
            "report.login",
            "report.login_link",
            "report.standing",
            "report.offline",
            "report.retry",
            "report.again",
            "report.edit",
            "report.restored",
            "report.discard",
            "report.saved",
            "report.no_storage",
            "upload.sending",
            "upload.checking",
            "upload.failed",
            "upload.too_big",
            "upload.chosen",
            "upload.stopped",
            "live.now",
            "live.on",
            "report.standing_link",
            "sort.up",
            "sort.down",
        ];
        let island: serde_json::Map<String, serde_json::Value> = KEYS
            .iter()
            .filter_map(|key| {
                let text_key = format!("js-{}", key.replace(['.', '_'], "-"));
                self.t.knows(&text_key).then(|| {
                    // Placeholders of the scripts are in braces, which the texts'
                    // own language claims; the texts say <at> instead.
                    let text = self.t.say(&text_key).replace('<', "{").replace('>', "}");
                    ((*key).to_owned(), serde_json::Value::String(text))
                })
            })
            .collect();
        serde_json::Value::Object(island)
            .to_string()
            .replace('<', "\\u003c")
    }
}

/// A page as an answer. What cannot be rendered is an error of ours.
pub fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    p: Chrome,
    lost: bool,
    code: String,
    text: String,
}

/// A refusal as a page.
#[must_use]
pub fn problem_page(visitor: &Visitor, problem: &Problem) -> Response {
    if let Some(inner) = &problem.inner {
        tracing::error!(code = problem.code, inner, "failed");
    }
    let text = problem.text(visitor.words);
    let named = format!("problem-title-{}", problem.code.to_lowercase());
    let title = if visitor.words.knows(&named) {
        visitor.words.say(&named)
    } else {
        visitor.words.say("problem-title")
    };
    let page = ProblemPage {
        p: Chrome::new(visitor, title),
        lost: problem.status == StatusCode::NOT_FOUND,
        code: problem.code.clone(),
        text,
    };
    let mut response = render(&page);
    *response.status_mut() = problem.status;
    response
}

impl Problem {
    /// As JSON, in the form every program gets.
    #[must_use]
    pub fn json(&self, words: Words) -> Response {
        if let Some(inner) = &self.inner {
            tracing::error!(code = self.code, inner, "failed");
        }
        let mut error = serde_json::json!({"code": self.code, "message": self.text(words)});
        if let Some(field) = self.field {
            error["field"] = field.into();
        }
        (self.status, Json(serde_json::json!({"error": error}))).into_response()
    }

    /// As a page for this visitor; a missing log-in leads to the log-in page.
    #[must_use]
    pub fn page(&self, visitor: &Visitor) -> Response {
        problem_page(visitor, self)
    }
}

impl IntoResponse for Problem {
    /// For refusals that arise before their page is known (no such address, a
    /// stale form): the router dresses them for whoever asked.
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = status.into_response();
        response.extensions_mut().insert(Bare(Arc::new(self)));
        response
    }
}

/// A refusal on its way to be dressed.
#[derive(Clone)]
pub struct Bare(pub Arc<Problem>);
