//! The whole program over a scratch database, its clock held in hand.

use axum::Router;
use plenum_app::features;
use plenum_app::shell::act::Settings;
use plenum_app::shell::visitor::{SESSION_COOKIE, digest};
use plenum_app::shell::{App, Clock, server};
use plenum_rules::access::{Grant, Role};
use plenum_rules::{Day, UnitId};
use plenum_store::access::{self, Account};
use plenum_store::db::new_id;
use plenum_store::{Db, Tx};

use crate::client::Client;

/// Noon, in microseconds into the day.
const NOON: i64 = 12 * 3_600 * 1_000_000;
/// How long sessions made here last: a year, in microseconds.
const YEAR: i64 = 365 * 86_400 * 1_000_000;

/// The program with its routes, on a day.
pub struct Hall {
    /// What the program holds.
    pub app: App,
    router: Router,
}

impl Hall {
    /// The program at noon of a day.
    #[must_use]
    pub fn new(db: &Db, today: Day) -> Self {
        Self::with(db, Clock::standing(today, NOON))
    }

    /// The program under a clock.
    #[must_use]
    pub fn with(db: &Db, clock: Clock) -> Self {
        let app = App::new(db.clone(), clock, Settings::default());
        let router = server::router(app.clone(), features::routes());
        Self { app, router }
    }

    /// Moves the clock on by whole days.
    pub fn pass_days(&self, days: i64) {
        self.app.clock.advance(days * 86_400_000_000);
    }

    /// Writes what a test needs to find.
    ///
    /// # Panics
    /// Where the database does not let it.
    pub async fn set_up<T>(&self, doing: impl AsyncFnOnce(&mut Tx) -> T) -> T {
        let mut tx = self.app.db.write().await.expect("write");
        let done = doing(&mut tx).await;
        tx.commit().await.expect("commit");
        done
    }

    /// Somebody who has not logged in.
    #[must_use]
    pub fn stranger(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// Somebody logged in with a role in a unit (none: everywhere), from long
    /// ago on. The account and its session are made directly.
    ///
    /// # Panics
    /// Where the database refuses.
    pub async fn person(&self, login: &str, role: Role, unit: Option<UnitId>) -> Client {
        self.person_with(
            login,
            &[Grant {
                role,
                unit,
                from: plenum_rules::day::FIRST,
                until: None,
            }],
        )
        .await
    }

    /// Somebody logged in with several roles.
    ///
    /// # Panics
    /// Where the database refuses.
    pub async fn person_with(&self, login: &str, grants: &[Grant]) -> Client {
        let account = Account {
            id: new_id(),
            login: login.to_owned(),
            name: format!("Nguyễn Thị {login}"),
            password: String::new(),
            totp: None,
            active: true,
            language: "vi".to_owned(),
        };
        let (secret, csrf) = (format!("secret-{login}"), format!("csrf-{login}"));
        let now = self.app.clock.now();
        self.set_up(async |tx: &mut Tx| {
            access::save_account(tx, &account)
                .await
                .expect("save the account");
            for grant in grants {
                access::add_grant(tx, account.id, grant)
                    .await
                    .expect("give the role");
            }
            access::begin_session(tx, &digest(&secret), account.id, &csrf, now, now + YEAR)
                .await
                .expect("begin a session");
        })
        .await;
        self.stranger()
            .with_cookie(SESSION_COOKIE, &secret)
            .with_csrf(&csrf)
    }
}
