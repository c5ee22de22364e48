//! What went wrong, said so that a person can act on it.

use axum::http::StatusCode;
use plenum_store::StoreError;

use super::language::{Put, Words};

/// A refusal or a failure on its way to a page, a program or a terminal.
#[derive(Debug)]
pub struct Problem {
    /// The status for the web.
    pub status: StatusCode,
    /// The code people quote (`E-CON-02`), also the key of its text in lower
    /// case (`problem-e-con-02`).
    pub code: String,
    /// Values of the text.
    pub values: Vec<(&'static str, Put)>,
    /// The form field concerned.
    pub field: Option<&'static str>,
    /// For the log only.
    pub inner: Option<String>,
}

/// The result of everything people do.
pub type Result<T> = std::result::Result<T, Problem>;

impl Problem {
    /// A refusal under a rule: the request was understood and may not be done.
    #[must_use]
    pub fn refused(code: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code)
    }

    /// With this status and code.
    #[must_use]
    pub fn new(status: StatusCode, code: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            values: Vec::new(),
            field: None,
            inner: None,
        }
    }

    /// There is no such thing (or not for this person).
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "E-404")
    }

    /// Not this person's to do.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "E-403")
    }

    /// The input is not what the field takes.
    #[must_use]
    pub fn field(code: impl Into<String>, field: &'static str) -> Self {
        Self {
            field: Some(field),
            ..Self::refused(code)
        }
    }

    /// With a value for its text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Put>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// At a field of the form.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// With another status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The text for a person.
    #[must_use]
    pub fn text(&self, words: Words) -> String {
        let key = format!("problem-{}", self.code.to_lowercase());
        words.say_with(&key, &self.values)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let mut problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
        problem.inner = Some(error.to_string());
        problem
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.text(Words(super::Lang::En)))?;
        if let Some(inner) = &self.inner {
            write!(f, " ({inner})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
