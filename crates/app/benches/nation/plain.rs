//! The same figures without counters: a recursive recount in SQL, from a table
//! that already holds what each congress is on the day in plain columns, with
//! its deadline worked out beforehand. That is kinder to SQL than the truth.

use std::time::{Duration, Instant};

use plenum_rules::org::Level;
use plenum_rules::progress::{Counts, Facet, GroupKey, Measure};
use plenum_rules::{Day, UnitId};
use plenum_store::db::Value;
use plenum_store::season::Season;
use plenum_store::{Db, Tx, args, board, org, progress};

use crate::table::{Table, shown};
use crate::visits::Nodes;

const COLUMNS: &str = "unit, state, planned_first, planned_last, due, convened, present, elected, delegates, opinions";

/// Times the recount at a node of each level and holds it against the counters.
pub async fn recounts(db: &Db, season: &Season, nodes: &Nodes, today: Day, table: &mut Table) {
    flatten(db, season, today).await;
    let sql = recount_sql();
    for (level, nodes) in &nodes.0 {
        let node = &nodes[nodes.len() / 2];
        let mut tx = db.read().await.expect("read");
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            let rows = tx
                .rows(&sql, args![node.unit, today])
                .await
                .expect("recount");
            best = best.min(start.elapsed());
            let mut counted = Vec::new();
            for row in &rows {
                counted.push((
                    row.text(0).expect("a level"),
                    row.int(1).expect("total"),
                    row.int(2).expect("late"),
                ));
            }
            hold_against(&mut tx, season, node.unit, today, &counted).await;
        }
        let path = org::path_versions(&mut tx, node.unit, today)
            .await
            .expect("the path");
        let mut stored = Duration::MAX;
        for _ in 0..20 {
            let start = Instant::now();
            board::load(&mut tx, season, &path, (today, None))
                .await
                .expect("the board");
            stored = stored.min(start.elapsed());
        }
        let ratio = best.as_secs_f64() / stored.as_secs_f64();
        let figure = format!(
            "{}; from counters {} with all children: {ratio:.1} times faster",
            shown(best),
            shown(stored)
        );
        table.note(&format!("plain recount in SQL of a {level}"), figure);
    }
}

/// Total and late, level by level.
async fn hold_against(
    tx: &mut Tx,
    season: &Season,
    node: UnitId,
    today: Day,
    counted: &[(String, i64, i64)],
) {
    let tally = progress::tally(tx, season, node)
        .await
        .expect("the counters");
    for (level, total, late) in counted {
        let key = GroupKey {
            level: Level(level.clone()),
            facet: Facet::All,
        };
        let counts: Counts = tally
            .groups
            .get(&key)
            .map(|series| series.on(today))
            .unwrap_or_default();
        assert_eq!(
            (counts.total(), counts[Measure::Late]),
            (*total, *late),
            "{level}"
        );
    }
}

/// Writes down what each congress is today.
async fn flatten(db: &Db, season: &Season, today: Day) {
    let mut tx = db.write().await.expect("write");
    let blob = if db.file().is_some() { "BLOB" } else { "BYTEA" };
    tx.run(
        &format!(
            "CREATE TABLE flat (unit {blob} NOT NULL PRIMARY KEY, state TEXT NOT NULL, planned_first BIGINT, \
             planned_last BIGINT, due BIGINT, convened BIGINT, present BIGINT, elected BIGINT, delegates BIGINT, \
             opinions BIGINT)"
        ),
        &[],
    )
    .await
    .expect("a table");
    let subjects = progress::Subjects::load_all(&mut tx, season)
        .await
        .expect("every congress");
    let mut values: Vec<Value> = Vec::new();
    for placed in &subjects.placed(season) {
        let subject = subjects.subject(placed);
        let planned = subject.congress.planned().on(today).cloned().flatten();
        let numbers = subject
            .congress
            .report()
            .map(|(_, numbers, _)| *numbers)
            .unwrap_or_default();
        values.extend([
            placed.unit.into(),
            subject.congress.state_on(today).code().into(),
            planned.as_ref().map(|planned| planned.first).into(),
            planned.as_ref().map(|planned| planned.last).into(),
            subject.due.on(today).copied().flatten().into(),
            numbers.convened.into(),
            numbers.present.into(),
            numbers.elected_committee.into(),
            numbers.elected_delegates.into(),
            numbers.opinions.into(),
        ]);
    }
    tx.insert_many(&format!("INSERT INTO flat ({COLUMNS})"), "", 10, &values)
        .await
        .expect("fill it");
    tx.run("ANALYZE", &[]).await.expect("analyze");
    tx.commit().await.expect("commit");
}

fn recount_sql() -> String {
    const HELD: &str = "f.state IN ('held', 'reported', 'confirmed', 'ratified')";
    const WAITS: &str =
        "f.state IN ('expected', 'postponed', 'dated', 'prepared', 'reviewed', 'returned')";
    let sum = |condition: String, what: &str| {
        format!("CAST(SUM(CASE WHEN {condition} THEN {what} ELSE 0 END) AS BIGINT)")
    };
    let mut sums = vec![
        sum(format!("{HELD} OR {WAITS}"), "1"),
        sum(format!("{WAITS} AND f.due < $2"), "1"),
        sum(format!("{WAITS} AND f.planned_last < $2"), "1"),
        sum(
            format!("{WAITS} AND f.planned_first BETWEEN $2 AND $2 + 14"),
            "1",
        ),
        sum("f.due <= $2".into(), "1"),
        sum("f.planned_last <= $2".into(), "1"),
        sum(format!("{HELD} OR {WAITS}"), "b.members"),
        sum(HELD.into(), "b.members"),
    ];
    let states = [
        "expected",
        "postponed",
        "dated",
        "prepared",
        "reviewed",
        "held",
        "reported",
        "returned",
        "confirmed",
        "ratified",
    ];
    sums.extend(states.map(|state| sum(format!("f.state = '{state}'"), "1")));
    sums.extend(
        ["convened", "present", "elected", "delegates", "opinions"]
            .map(|people| sum(HELD.into(), &format!("f.{people}"))),
    );
    format!(
        "WITH RECURSIVE below (unit, level, members) AS (SELECT unit, level, members FROM unit_version \
         WHERE parent = $1 AND from_day <= $2 AND until_day > $2 UNION ALL \
         SELECT v.unit, v.level, v.members FROM below b JOIN unit_version v ON v.parent = b.unit \
         WHERE v.from_day <= $2 AND v.until_day > $2) \
         SELECT b.level, {} FROM below b JOIN flat f ON f.unit = b.unit GROUP BY b.level",
        sums.join(", ")
    )
}
