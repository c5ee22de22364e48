//! Logging in, accounts, roles, tokens, and the memory of who did what.

pub mod actions;
pub mod cli;
mod pages;

use axum::routing::{get, post};
use plenum_rules::access::Permission;

use crate::shell::{Guard, Routes};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    let manage = Guard::May(Permission::ManageAccounts);
    let read = Guard::May(Permission::ReadAudit);
    Routes::new()
        .at(
            "/login",
            Guard::Public,
            get(pages::login::page).post(pages::login::log_in),
        )
        .at(
            "/login/code",
            Guard::Public,
            get(pages::steps::code_page).post(pages::steps::code),
        )
        .at(
            "/login/renew",
            Guard::Public,
            get(pages::steps::renew_page).post(pages::steps::renew),
        )
        .at("/logout", Guard::SignedIn, post(pages::login::log_out))
        .at(
            "/setup",
            Guard::Public,
            get(pages::setup::page).post(pages::setup::set_up),
        )
        .at("/account", Guard::SignedIn, get(pages::account::page))
        .at(
            "/account/password",
            Guard::SignedIn,
            post(pages::account::password),
        )
        .at(
            "/account/language",
            Guard::SignedIn,
            post(pages::account::language),
        )
        .at(
            "/account/sessions",
            Guard::SignedIn,
            post(pages::account::sessions),
        )
        .at(
            "/account/codes",
            Guard::SignedIn,
            get(pages::codes::page).post(pages::codes::enrol),
        )
        .at(
            "/account/codes/off",
            Guard::SignedIn,
            post(pages::codes::off),
        )
        .at(
            "/tokens",
            Guard::SignedIn,
            get(pages::tokens::page).post(pages::tokens::make),
        )
        .at(
            "/tokens/{token}/remove",
            Guard::SignedIn,
            post(pages::tokens::remove),
        )
        .at("/accounts", manage, get(pages::accounts::page))
        .at(
            "/accounts/new",
            manage,
            get(pages::person::new).post(pages::person::add),
        )
        .at("/accounts/{account}", manage, get(pages::person::page))
        .at(
            "/accounts/{account}/grants",
            manage,
            post(pages::person::give),
        )
        .at(
            "/accounts/{account}/grants/{grant}/end",
            manage,
            post(pages::person::end),
        )
        .at(
            "/accounts/{account}/{change}",
            manage,
            post(pages::person::change),
        )
        .at(
            "/accounts/{account}/tokens/{token}/remove",
            manage,
            post(pages::person::remove_token),
        )
        .at("/audit", read, get(pages::audit::page))
        .at("/audit.csv", read, get(pages::audit::csv))
}
