//! The OpenAPI document, made from the code that answers.

use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{congresses, reporting, seasons, units};
use crate::shell::routes::Description;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Plenum",
        version = "1",
        description = "Seasons of congresses for programs: units on any day, progress at any node, congresses one by one, and reporting them.\n\n\
            Every request but this document carries `Authorization: Bearer …`, a token made on the account's page. A token has the scopes it \
            was made with and at most the rights of its account: what lies outside the account's part of the tree is refused with 403. \
            Each token may ask sixty times a second.\n\n\
            Days are written `2020-03-02`. Texts come in Vietnamese, or in English with `Accept-Language: en`. Every refusal is \
            `{\"error\": {\"code\", \"message\", \"field\"}}`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "This server.")),
    paths(
        seasons::list,
        seasons::progress,
        units::list,
        units::one,
        congresses::list,
        congresses::one,
        reporting::report,
        openapi,
    ),
    tags(
        (name = "seasons", description = "Seasons of congresses."),
        (name = "progress", description = "How many of how many."),
        (name = "units", description = "The tree, through time."),
        (name = "congresses", description = "Congresses one by one, and reporting them."),
        (name = "reports", description = "The report upwards as a file."),
        (name = "document", description = "This document."),
    ),
    modifiers(&Bearer),
)]
struct Document;

/// What this feature describes; the others add theirs.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token made on the account's page."))
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// This document.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "document", operation_id = "openapi",
    responses((status = 200, description = "The OpenAPI document.", body = Object)),
    security(()),
)]
pub async fn openapi(Extension(Description(document)): Extension<Description>) -> Response {
    Json(&*document).into_response()
}
