//! When terms end, and when the season does: what is too far from either.

use plenum_rules::access::Role;
use plenum_testkit::{Client, Scratch, day, on_both, unit};

use crate::world::*;

async fn dated(client: &mut Client, first: &str) -> plenum_testkit::Answer {
    let fields = [("unit", "TH-01"), ("first", first), ("last", first)];
    client.post("/s/hoa-binh-2020/congress/date", &fields).await
}

#[tokio::test]
async fn a_branch_keeps_within_six_months_of_the_end_of_its_term() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let all = ["district", "grassroots", "branch"];
        let level = season_fields(&all, &[("ends-branch", "2020-05-31")]);
        let _ = office.post(&format!("{S}/edit"), &level).await.is(200);
        let congress = format!("{S}/congress?unit=TH-01");
        let _ = office
            .get(&congress)
            .await
            .is(200)
            .says("31/05/2020 (chung của cấp)");
        // R56: within six months the superior's consent is asked for, beyond it blocks.
        let _ = dated(&mut office, "2020-04-10")
            .await
            .is(422)
            .says("E-CON-12")
            .says("W-SEA-30");
        let _ = dated(&mut office, "2020-12-10")
            .await
            .is(422)
            .says("E-SEA-19")
            .says("quá 6 tháng");
        let own = [
            ("target", "TH-01"),
            ("ends", "2020-04-10"),
            ("basis", "Đại hội lần trước 10/10/2017"),
        ];
        let terms = format!("{S}/terms?unit=TH-01");
        let _ = office
            .post(&terms, &own)
            .await
            .is(200)
            .says("1 đơn vị")
            .says("10/04/2020");
        let _ = office
            .get(&congress)
            .await
            .is(200)
            .says("10/04/2020 (Đại hội lần trước 10/10/2017)");
        let page = dated(&mut office, "2020-04-10").await;
        assert!(
            !page.words().contains("W-SEA-30"),
            "on the day its own term ends"
        );
        date(&hall, "TH-02", "2020-12-10", "2020-12-10").await;
        date(&hall, "TH-03", "2020-04-10", "2020-04-10").await;
        let page = findings(&mut office, "unit=TH").await;
        assert!(
            page.contains("E-SEA-19") && page.contains("W-SEA-30"),
            "{page}"
        );
        let mut branch = hall
            .person("branch", Role::UnitSecretary, Some(unit("TH-01")))
            .await;
        let _ = branch.post(&terms, &own).await.is(403);
        let clear = [("target", "TH-01")];
        let _ = office
            .post(&format!("{S}/terms/clear?unit=TH-01"), &clear)
            .await
            .is(200)
            .says("0 đơn vị");
        let _ = office
            .get(&congress)
            .await
            .is(200)
            .says("31/05/2020 (chung của cấp)");
        assert_eq!(planned(&hall.app, "TH-02").await, Some(day("2020-12-10")));
    })
    .await;
}

#[tokio::test]
async fn a_day_after_the_seasons_last_day_is_warned_about() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let all = ["district", "grassroots", "branch"];
        let closes = season_fields(&all, &[("closes", "2020-06-30")]);
        let _ = office.post(&format!("{S}/edit"), &closes).await.is(200);
        // Who dates it is shown the warning before the day is recorded.
        let dating = [("unit", "TH-01"), ("first", "2020-07-01")];
        let _ = office
            .post(&format!("{S}/congress/date"), &dating)
            .await
            .is(422)
            .says("E-CON-12")
            .says("W-SEA-33")
            .says("sau ngày kết thúc kỳ đại hội (30/06/2020)");
        date(&hall, "TH-01", "2020-07-01", "2020-07-01").await;
        let page = findings(&mut office, "unit=TH").await;
        assert!(page.contains("W-SEA-33"), "{page}");
        date(&hall, "TH-01", "2020-06-30", "2020-06-30").await;
        let page = findings(&mut office, "unit=TH").await;
        assert!(!page.contains("W-SEA-33"), "{page}");
    })
    .await;
}

/// A branch-only season that is over, with a congress held on a day.
async fn earlier(hall: &plenum_testkit::Hall, name: &str, term: &str, held: &[(&str, &str)]) {
    let opens = day(&format!("{}-01-01", &term[..4]));
    hall.set_up(async |tx: &mut plenum_store::Tx| {
        let mut row = plenum_testkit::season(tx, name, unit("HB"), opens, &["branch"]).await;
        row.shape.levels[0].term = term.parse().expect("a term");
        plenum_store::season::insert(tx, &row).await.expect("save");
        for (code, held) in held {
            let mut facts = plenum_rules::congress::Congress::nothing();
            let days = (day(held), day(held));
            facts.hold(day("2020-01-01"), days).expect("held");
            plenum_store::congress::save(tx, &row.id, unit(code), &facts, 0)
                .await
                .expect("save");
        }
        plenum_store::progress::rebuild(tx, &row)
            .await
            .expect("count");
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_term_follows_from_the_congress_of_the_season_before() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        earlier(&hall, "hb-2015", "2015–2017", &[("TH-03", "2015-05-05")]).await;
        let met = [("TH-01", "2017-10-10"), ("TH-02", "2017-11-20")];
        earlier(&hall, "hb-2017", "2017–2020", &met).await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let congress = |code: &str| format!("{S}/congress?unit={code}");
        // A branch's term is 30 months.
        let _ = office
            .get(&congress("TH-01"))
            .await
            .is(200)
            .says("10/04/2020 (tính từ đại hội ngày 10/10/2017, Đại hội hb-2017; nhiệm kỳ 30 tháng)");
        // A term that is not recorded lies between: nothing is derived.
        let page = office.get(&congress("TH-03")).await.is(200);
        assert!(!page.words().contains("tính từ đại hội"));
        let _ = office
            .get(&format!("{S}/terms?unit=HB"))
            .await
            .is(200)
            .says("0 đơn vị của Đảng bộ quận Hòa Bình có ngày riêng, 2 đơn vị có ngày tính từ đại hội lần trước")
            .says("20/05/2020");
        let _ = dated(&mut office, "2020-03-10")
            .await
            .is(422)
            .says("W-SEA-30");
        let _ = dated(&mut office, "2020-10-12")
            .await
            .is(422)
            .says("E-SEA-19");
        // What somebody enters counts: for the level, and before it for the unit.
        let all = ["district", "grassroots", "branch"];
        let level = season_fields(&all, &[("ends-branch", "2020-05-31")]);
        let _ = office.post(&format!("{S}/edit"), &level).await.is(200);
        let _ = office
            .get(&congress("TH-01"))
            .await
            .is(200)
            .says("31/05/2020 (chung của cấp)");
        let own = [
            ("target", "TH-01"),
            ("ends", "2020-06-10"),
            ("basis", "Quyết định 5"),
        ];
        let _ = office
            .post(&format!("{S}/terms?unit=TH-01"), &own)
            .await
            .is(200);
        let _ = office
            .get(&congress("TH-01"))
            .await
            .is(200)
            .says("10/06/2020 (Quyết định 5)");
    })
    .await;
}
