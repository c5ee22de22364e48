//! What an address asks of a page. What the page does not know is refused: a
//! filter that is silently left out shows figures nobody asked for.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::act::App;
use super::problem::{Problem, Result};

/// The longest value a refusal repeats, in characters.
const LONGEST: usize = 60;

/// The parameters a page's address can have.
pub trait Asking: DeserializeOwned {
    /// Their names.
    const NAMES: &'static [&'static str];
}

/// What an address asks, all of it known to the page.
pub struct Known<T>(pub T);

impl<T: Asking> FromRequestParts<App> for Known<T> {
    type Rejection = Problem;

    /// # Errors
    /// `E-URL-01` for a parameter the page does not have; `E-400`.
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn read<T: Asking>(query: &str) -> Result<T> {
    let unreadable = |error: &dyn std::fmt::Display| {
        let mut problem = Problem::new(StatusCode::BAD_REQUEST, "E-400");
        problem.inner = Some(error.to_string());
        problem
    };
    let mut asked: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|error| unreadable(&error))?;
    asked.retain(|(name, _)| !is_added_by_others(name));
    let unknown = asked
        .iter()
        .find(|(name, _)| !T::NAMES.contains(&name.as_str()));
    if let Some((name, _)) = unknown {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "E-URL-01").with("name", short(name)));
    }
    let own = serde_urlencoded::to_string(&asked).map_err(|error| unreadable(&error))?;
    serde_urlencoded::from_str(&own).map_err(|error| unreadable(&error))
}

/// What messengers and mail programs hang on an address that is sent.
fn is_added_by_others(name: &str) -> bool {
    name.starts_with("utm_") || ["fbclid", "gclid", "zarsrc", "zalo"].contains(&name)
}

/// The value of a parameter as `read` knows it; none where it is not asked.
///
/// # Errors
/// `E-URL-02` for a value that is not known.
pub fn one_of<T>(
    name: &'static str,
    asked: Option<&str>,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>> {
    match asked.map(str::trim).filter(|asked| !asked.is_empty()) {
        None => Ok(None),
        Some(text) => read(text).map(Some).ok_or_else(|| {
            Problem::new(StatusCode::BAD_REQUEST, "E-URL-02")
                .with("name", name)
                .with("value", short(text))
        }),
    }
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Where {
        unit: Option<String>,
        on: Option<String>,
    }

    impl Asking for Where {
        const NAMES: &'static [&'static str] = &["unit", "on"];
    }

    #[test]
    fn what_a_page_does_not_know_is_refused_by_name() {
        let known: Where = read("unit=CL%2FKT&on=2020-03-02&utm_source=zalo").expect("known");
        assert_eq!(known.unit.as_deref(), Some("CL/KT"));
        assert_eq!(known.on.as_deref(), Some("2020-03-02"));
        let refused = read::<Where>("unit=CL&mark=zzz").err().expect("refused");
        assert_eq!(
            (refused.status.as_u16(), refused.code.as_str()),
            (400, "E-URL-01")
        );
        let twice = read::<Where>("unit=CL&unit=KT").err().expect("refused");
        assert_eq!(twice.code, "E-400");
        let level = |text: &str| (text == "branch").then_some(());
        assert!(one_of("level", Some(""), level).expect("none").is_none());
        let refused = one_of("level", Some("zzz"), level).expect_err("refused");
        assert_eq!(refused.code, "E-URL-02");
    }
}
