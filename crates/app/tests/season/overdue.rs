//! What is due after a congress met, and how many findings are read.

use plenum_rules::access::Role;
use plenum_rules::congress::Numbers;
use plenum_store::{Tx, congress, progress};
use plenum_testkit::{Client, Hall, Scratch, day, on_both, unit};

use crate::world::*;

/// The branch reports on the day of the clock.
async fn report(hall: &Hall, code: &str, met: &str) {
    let today = hall.app.clock.today();
    hall.set_up(async |tx: &mut Tx| {
        let pending = progress::before(tx, &[unit(code)])
            .await
            .expect("count before");
        let mut facts = congress::load(tx, &id(), unit(code)).await.expect("load");
        let numbers = Numbers {
            convened: 20,
            present: 19,
            ..Numbers::default()
        };
        let days = (day(met), day(met));
        facts
            .submit_report(today, days, numbers, "")
            .expect("a report");
        congress::save(tx, &id(), unit(code), &facts, 0)
            .await
            .expect("save");
        pending.finish(tx, &[]).await.expect("count after");
    })
    .await;
}

async fn home(client: &mut Client) -> String {
    client.get("/").await.is(200).words()
}

#[tokio::test]
async fn a_missing_report_and_a_missing_ratification_are_seen_by_whoever_must_act() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let mut branch = hall
            .person("branch", Role::UnitSecretary, Some(unit("TH-01")))
            .await;
        let mut other = hall.person("other", Role::Office, Some(unit("PS"))).await;
        let held = [
            ("unit", "TH-01"),
            ("first", "2020-02-10"),
            ("last", "2020-02-10"),
        ];
        let _ = ward
            .post("/s/hoa-binh-2020/congress/hold", &held)
            .await
            .is(200);
        // Closed on Monday 10/02/2020: seven working days end on Wednesday 19/02.
        hall.pass_days(9);
        for client in [&mut ward, &mut branch] {
            assert!(!home(client).await.contains("W-SEA-31"));
        }
        assert!(!findings(&mut ward, "unit=TH").await.contains("W-SEA-31"));
        hall.pass_days(1);
        let page = findings(&mut ward, "unit=TH").await;
        assert!(
            page.contains("W-SEA-31") && page.contains("chậm nhất ngày 19/02/2020"),
            "{page}"
        );
        let page = home(&mut branch).await;
        assert!(
            page.contains("Báo cáo quá hạn: chậm nhất 19/02/2020 (W-SEA-31)"),
            "{page}"
        );
        let page = home(&mut ward).await;
        assert!(
            page.contains("Quá hạn báo cáo") && page.contains("W-SEA-31"),
            "{page}"
        );
        assert!(
            !home(&mut other).await.contains("W-SEA-31"),
            "another ward's affair"
        );
        let past = findings(&mut ward, "unit=TH&on=2020-02-19").await;
        assert!(!past.contains("W-SEA-31"), "it was in time then");

        // The report comes on 20/02: fifteen working days end on 12/03.
        report(&hall, "TH-01", "2020-02-10").await;
        for client in [&mut ward, &mut branch] {
            assert!(!home(client).await.contains("W-SEA-31"));
        }
        hall.pass_days(21);
        assert!(!findings(&mut ward, "unit=TH").await.contains("W-SEA-32"));
        hall.pass_days(1);
        let page = findings(&mut ward, "unit=TH").await;
        assert!(
            page.contains("W-SEA-32") && page.contains("chậm nhất ngày 12/03/2020"),
            "{page}"
        );
        assert!(home(&mut ward).await.contains("Quá hạn chuẩn y"));
        let confirm = [("unit", "TH-01")];
        let _ = ward
            .post("/s/hoa-binh-2020/congress/confirm", &confirm)
            .await
            .is(200);
        assert!(
            home(&mut ward).await.contains("Quá hạn chuẩn y"),
            "confirmed is not ratified"
        );
        let ratify = [("unit", "TH-01"), ("decision", "12-QĐ/ĐU")];
        let _ = ward
            .post("/s/hoa-binh-2020/congress/ratify", &ratify)
            .await
            .is(200);
        assert!(!home(&mut ward).await.contains("W-SEA-32"));
        assert!(!findings(&mut ward, "unit=TH").await.contains("W-SEA-32"));
    })
    .await;
}

#[tokio::test]
async fn equal_findings_are_said_together() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let page = office.get(&format!("{S}/findings?unit=HB")).await.is(200);
        let text = page.words();
        // Eight units have nobody in charge: the rule is said once, five stand open.
        assert!(
            text.contains("8 đơn vị") && text.contains("Xem thêm 3"),
            "{text}"
        );
        assert_eq!(
            text.matches("Mỗi đơn vị có một cấp ủy viên phụ trách")
                .count(),
            1,
            "{text}"
        );
        assert_eq!(
            text.matches("chưa có cấp ủy viên phụ trách.").count(),
            8,
            "{text}"
        );
        // Where few are found, each is said in full.
        let page = office.get(&format!("{S}/findings?unit=TH")).await.is(200);
        assert!(!page.words().contains("Xem thêm"));
    })
    .await;
}
