//! Refusals that came without a page (an address nobody knows, a method it
//! does not take, a form that is stale, a fault of ours) in the form and the
//! language of whoever asked.

use std::any::Any;
use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::page::{Bare, problem_page};
use super::problem::Problem;
use super::visitor::Visitor;

/// The answer to a request whose handler fell over: the fault of the server,
/// what it said for the log only.
pub fn panicked(why: Box<dyn Any + Send + 'static>) -> Response {
    let said = why
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| why.downcast_ref::<&str>().copied())
        .unwrap_or("without a word");
    let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
    problem.inner = Some(format!("a handler panicked: {said}"));
    problem.into_response()
}

/// Gives a refusal without a page its page, or its JSON; every other answer
/// passes as it is.
#[must_use]
pub fn dressed(visitor: &Visitor, as_json: bool, mut response: Response) -> Response {
    if !is_bare(&response) {
        return response;
    }
    let problem = match response.extensions_mut().remove::<Bare>() {
        Some(Bare(problem)) => problem,
        None => Arc::new(Problem::new(response.status(), code_of(response.status()))),
    };
    let mut dressed = if as_json {
        problem.json(visitor.words)
    } else {
        problem_page(visitor, &problem)
    };
    // What else it said stays: which methods are taken, when to come again.
    for (name, value) in response.headers() {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            dressed.headers_mut().insert(name.clone(), value.clone());
        }
    }
    dressed
}

/// A refusal that says nothing, or a sentence of the framework's.
fn is_bare(response: &Response) -> bool {
    let refused = response.status().is_client_error() || response.status().is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE);
    refused && kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn code_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "E-401",
        StatusCode::FORBIDDEN => "E-403",
        StatusCode::NOT_FOUND => "E-404",
        StatusCode::METHOD_NOT_ALLOWED => "E-405",
        StatusCode::PAYLOAD_TOO_LARGE => "E-413",
        StatusCode::TOO_MANY_REQUESTS => "E-429",
        refused if refused.is_client_error() => "E-400",
        _ => "E-500",
    }
}
