//! The chain of audit rows names the first link that does not hold.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use plenum_rules::Actor;
use plenum_store::audit::{self, Event, Verdict};
use plenum_store::{Tx, args};
use plenum_testkit::{Scratch, on_both, unit};

async fn three_rows(tx: &mut Tx) {
    for number in 1..=3_i64 {
        let event = Event {
            at: number,
            who: Actor("office".to_owned()),
            event: "unit.renamed",
            season: (number == 2).then(|| "cam-le-2020".to_owned()),
            unit: Some(unit("TH")),
            detail: format!("{{\"name\":\"Phường {number}\"}}"),
        };
        assert_eq!(audit::append(tx, &event).await.unwrap(), number);
    }
}

#[tokio::test]
async fn whatever_is_changed_afterwards_breaks_the_chain_there() {
    on_both(async |scratch: &Scratch| {
        let attempts = [
            (
                "UPDATE audit SET detail = '{}' WHERE seq = 2",
                Verdict::BrokenAt(2),
            ),
            (
                "UPDATE audit SET at = 7 WHERE seq = 1",
                Verdict::BrokenAt(1),
            ),
            (
                "UPDATE audit SET who = 'other' WHERE seq = 3",
                Verdict::BrokenAt(3),
            ),
            (
                "UPDATE audit SET season = NULL WHERE seq = 2",
                Verdict::BrokenAt(2),
            ),
            (
                "UPDATE audit SET unit = NULL WHERE seq = 2",
                Verdict::BrokenAt(2),
            ),
            (
                "UPDATE audit SET event = 'unit.closed' WHERE seq = 2",
                Verdict::BrokenAt(2),
            ),
            ("DELETE FROM audit WHERE seq = 2", Verdict::BrokenAt(2)),
            ("DELETE FROM audit WHERE seq = 1", Verdict::BrokenAt(1)),
            (
                "UPDATE audit SET seq = 9 WHERE seq = 3",
                Verdict::BrokenAt(3),
            ),
            ("SELECT 1", Verdict::Whole(3)),
        ];
        for (sql, verdict) in attempts {
            let mut tx = scratch.db.write().await.unwrap();
            three_rows(&mut tx).await;
            assert_eq!(audit::verify(&mut tx).await.unwrap(), Verdict::Whole(3));
            tx.rows(sql, args![]).await.unwrap();
            assert_eq!(audit::verify(&mut tx).await.unwrap(), verdict, "{sql}");
            tx.rollback().await.unwrap();
        }
    })
    .await;
}
