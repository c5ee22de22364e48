//! The one place that opens a transaction, reads the clock, knows who acts,
//! and commits.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::http::StatusCode;
use plenum_rules::access::{Permission, may};
use plenum_rules::{Actor, Day, UnitId};
use plenum_store::audit::{self, Event};
use plenum_store::org::Line;
use plenum_store::{Db, StoreError, Tx, org};
use tokio::sync::broadcast;

use super::clock::Clock;
use super::problem::{Problem, Result};
use super::visitor::Who;

/// What the running program holds.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// News for open screens.
    pub live: Live,
    /// How the server was set up.
    pub settings: Arc<Settings>,
    /// Brakes on guessing.
    pub limits: Arc<super::brake::Limits>,
    /// At the first start: the digest of the secret that lets the first
    /// administrator be made.
    pub setup: Arc<OnceLock<String>>,
}

/// How the server was set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether people reach it by https (then cookies say so).
    pub https: bool,
    /// Whether this is the demo: the log-in page then names its accounts.
    pub demo: bool,
}

/// Something changed, told to open screens.
#[derive(Clone, Debug)]
pub struct News {
    /// Counts up from 1 since the server started.
    pub seq: u64,
    /// The units concerned, each with all units above it.
    pub units: Arc<BTreeSet<UnitId>>,
}

/// The channel to open screens.
#[derive(Clone)]
pub struct Live {
    sender: broadcast::Sender<News>,
    seq: Arc<AtomicU64>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(1024).0,
            seq: Arc::default(),
        }
    }
}

impl Live {
    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.sender.subscribe()
    }

    /// The number of the latest news.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq.load(Ordering::SeqCst)
    }

    fn tell(&self, units: BTreeSet<UnitId>) {
        let seq = self.seq.fetch_add(1, Ordering::SeqCst) + 1;
        // Nobody listening is no fault.
        let _ = self.sender.send(News {
            seq,
            units: Arc::new(units),
        });
    }
}

impl App {
    /// Over an open database.
    #[must_use]
    pub fn new(db: Db, clock: Clock, settings: Settings) -> Self {
        let limits = Arc::new(super::brake::Limits::new(clock.clone()));
        Self {
            db,
            clock,
            live: Live::default(),
            settings: Arc::new(settings),
            limits,
            setup: Arc::default(),
        }
    }
}

/// A reading transaction with the person who looks.
pub struct Look {
    /// The transaction.
    pub tx: Tx,
    /// Who looks.
    pub who: Who,
    /// Today.
    pub today: Day,
}

impl Look {
    /// Refuses where this person may not do that at that unit.
    ///
    /// # Errors
    /// [`Problem::forbidden`].
    pub async fn must(&mut self, permission: Permission, unit: UnitId) -> Result<()> {
        must(&mut self.tx, &self.who, self.today, permission, unit).await
    }

    /// As [`Look::must`], where the unit's line is at hand.
    ///
    /// # Errors
    /// [`Problem::forbidden`].
    pub fn must_along(&self, permission: Permission, line: &Line) -> Result<()> {
        if allowed_along(&self.who, self.today, permission, line) {
            Ok(())
        } else {
            Err(Problem::forbidden())
        }
    }

    /// Whether this person may do that at that unit.
    ///
    /// # Errors
    /// The database's.
    pub async fn may(&mut self, permission: Permission, unit: UnitId) -> Result<bool> {
        allowed(&mut self.tx, &self.who, self.today, permission, unit).await
    }
}

/// A writing transaction with who acts and when. It cannot be committed
/// unless an event was recorded.
pub struct Cx {
    /// The transaction.
    pub tx: Tx,
    /// Who acts.
    pub who: Who,
    /// The instant, in microseconds since 1970, UTC.
    pub now: i64,
    /// Today.
    pub today: Day,
    recorded: u32,
    touched: BTreeSet<UnitId>,
}

impl Cx {
    /// Whether this person may do that at that unit.
    ///
    /// # Errors
    /// The database's.
    pub async fn may(&mut self, permission: Permission, unit: UnitId) -> Result<bool> {
        allowed(&mut self.tx, &self.who, self.today, permission, unit).await
    }

    /// Refuses where this person may not do that at that unit.
    ///
    /// # Errors
    /// [`Problem::forbidden`].
    pub async fn must(&mut self, permission: Permission, unit: UnitId) -> Result<()> {
        must(&mut self.tx, &self.who, self.today, permission, unit).await
    }

    /// Refuses whoever cannot speak for the unit's superior: what blocks is
    /// lifted from above, never by the unit itself. The superior of a root is
    /// outside, and its own office records what it said.
    ///
    /// # Errors
    /// `E-SEA-59`, naming the superior.
    pub async fn must_speak_for_superior_of(&mut self, unit: UnitId) -> Result<()> {
        let path = org::path_versions(&mut self.tx, unit, self.today).await?;
        let superior = path.len().checked_sub(2).and_then(|place| path.get(place));
        let speaker = superior.map_or(unit, |superior| superior.unit);
        let permission = Permission::HandleFinding;
        if allowed(&mut self.tx, &self.who, self.today, permission, speaker).await? {
            return Ok(());
        }
        let name = superior.map(|superior| superior.name.clone());
        Err(Problem::field("E-SEA-59", "consent_by").with("superior", name.unwrap_or_default()))
    }

    /// Refuses where this person does not hold the permission for the whole
    /// installation.
    ///
    /// # Errors
    /// [`Problem::forbidden`].
    pub fn must_everywhere(&self, permission: Permission) -> Result<()> {
        if self.who.is_system() || may(&self.who.grants, self.today, permission, &[]) {
            Ok(())
        } else {
            Err(Problem::forbidden())
        }
    }

    /// Writes the audit row. `detail` is JSON.
    ///
    /// # Errors
    /// The database's.
    pub async fn record(
        &mut self,
        event: &'static str,
        season: Option<&str>,
        unit: Option<UnitId>,
        detail: &serde_json::Value,
    ) -> Result<()> {
        let event = Event {
            at: self.now,
            who: self.who.actor(),
            event,
            season: season.map(str::to_owned),
            unit,
            detail: detail.to_string(),
        };
        audit::append(&mut self.tx, &event).await?;
        self.recorded += 1;
        Ok(())
    }

    /// Notes that screens of this unit and of all units above it have news.
    ///
    /// # Errors
    /// The database's.
    pub async fn touch(&mut self, unit: UnitId) -> Result<()> {
        let path = org::path_on(&mut self.tx, unit, self.today).await?;
        self.touched.extend(path);
        self.touched.insert(unit);
        Ok(())
    }
}

async fn must(
    tx: &mut Tx,
    who: &Who,
    today: Day,
    permission: Permission,
    unit: UnitId,
) -> Result<()> {
    if allowed(tx, who, today, permission, unit).await? {
        Ok(())
    } else {
        Err(Problem::forbidden())
    }
}

async fn allowed(
    tx: &mut Tx,
    who: &Who,
    today: Day,
    permission: Permission,
    unit: UnitId,
) -> Result<bool> {
    if who.is_system() {
        return Ok(true);
    }
    let line = org::line(tx, unit).await?;
    Ok(allowed_along(who, today, permission, &line))
}

fn allowed_along(who: &Who, today: Day, permission: Permission, line: &Line) -> bool {
    let units = line.on(today).into_iter().map(|version| version.unit);
    who.is_system() || may(&who.grants, today, permission, &units.collect::<Vec<_>>())
}

/// What [`act`] runs.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Does something that changes records: one transaction, on disk before it is
/// acknowledged, with its audit row, then told to open screens.
///
/// # Errors
/// What the action refuses; `E-500` where it recorded no event, and then
/// nothing is changed.
pub async fn act<T, F>(app: &App, who: &Who, doing: F) -> Result<T>
where
    F: for<'a> FnOnce(&'a mut Cx) -> Doing<'a, T>,
{
    let now = app.clock.now();
    let mut cx = Cx {
        tx: app.db.write().await?,
        who: who.clone(),
        now,
        today: app.clock.day_of(now),
        recorded: 0,
        touched: BTreeSet::new(),
    };
    let done = doing(&mut cx).await?;
    if cx.recorded == 0 {
        let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
        problem.inner = Some("an action recorded no event".to_owned());
        return Err(problem);
    }
    // In a task of its own: a phone that hangs up while the disk is written
    // must not leave a change that no screen hears of.
    let (tx, touched, live) = (cx.tx, cx.touched, app.live.clone());
    let written = tokio::spawn(async move {
        tx.commit().await?;
        if !touched.is_empty() {
            live.tell(touched);
        }
        Ok::<(), StoreError>(())
    });
    match written.await {
        Ok(written) => written?,
        Err(error) => {
            let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
            problem.inner = Some(error.to_string());
            return Err(problem);
        }
    }
    Ok(done)
}

/// Opens a moment to read from.
///
/// # Errors
/// The database's.
pub async fn look(app: &App, who: &Who) -> Result<Look> {
    Ok(Look {
        tx: app.db.read().await?,
        who: who.clone(),
        today: app.clock.today(),
    })
}

/// The name under which the program itself acts.
#[must_use]
pub fn program(name: &str) -> Actor {
    Actor(format!("cli:{name}"))
}
