//! A season changed after it was set up, and when terms end.

use plenum_rules::access::Role;
use plenum_testkit::{Client, Scratch, day, on_both, unit};

use crate::world::*;

/// The form of the season as it stands, with some fields changed.
fn season_fields<'a>(levels: &[&'a str], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Đại hội nhiệm kỳ 2020–2025"),
        ("opens", "2020-01-01"),
        ("term-district", "2020–2025"),
        ("term-grassroots", "2020–2025"),
        ("term-branch", "2020–2022"),
        ("counted", "branch"),
        ("contents", "review"),
        ("contents", "opinions"),
        ("contents", "committee"),
        ("why", "Theo kế hoạch mới"),
    ];
    fields.extend(levels.iter().map(|level| ("levels", *level)));
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

#[tokio::test]
async fn a_season_is_edited_and_what_is_recorded_stays_true() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let at = format!("{S}/edit");
        let all = ["district", "grassroots", "branch"];
        let page = office.get(&at).await.is(200);
        assert!(page.text().contains("value=\"2020-01-01\""), "filled in");
        let _ = ward.get(&at).await.is(403);
        let _ = ward.post(&at, &season_fields(&all, &[])).await.is(403);
        let _ = office
            .post(&at, &season_fields(&all, &[("why", "")]))
            .await
            .is(422)
            .says("E-SEA-41");
        let changed = [("closes", "2020-06-30"), ("ends-branch", "2020-05-31")];
        let page = office
            .post(&at, &season_fields(&all, &changed))
            .await
            .is(200);
        let _ = page
            .says("Đại hội nhiệm kỳ 2020–2025")
            .says("Ngày kết thúc")
            .says("30/06/2020");
        // A congress is dated: its level stays. One of the ward met: the first day cannot pass it.
        date(&hall, "TH-01", "2020-02-08", "2020-02-08").await;
        let refused = office
            .post(
                &at,
                &season_fields(&["district", "grassroots"], &[("counted", "grassroots")]),
            )
            .await
            .is(422);
        let _ = refused.says("E-SEA-71").says("Không bỏ được cấp Chi bộ");
        let held = [
            ("unit", "TH-01"),
            ("first", "2020-02-08"),
            ("last", "2020-02-08"),
        ];
        let _ = ward
            .post("/s/hoa-binh-2020/congress/hold", &held)
            .await
            .is(200);
        let late = [("opens", "2020-02-09")];
        let _ = office
            .post(&at, &season_fields(&all, &late))
            .await
            .is(422)
            .says("E-SEA-72")
            .says("08/02/2020");
        for (field, value) in [("closes", "2020-02-07"), ("pages_open_on", "2019-12-31")] {
            let _ = office
                .post(&at, &season_fields(&all, &[(field, value)]))
                .await
                .is(422)
                .says("E-SEA-73");
        }
        let _ = office
            .post(&at, &season_fields(&all, &[("counted", "")]))
            .await
            .is(422)
            .says("E-SEA-55");
        // Nothing hangs on the district level: it may go, and the counters follow.
        let _ = office
            .post(
                &at,
                &season_fields(&["grassroots", "branch"], &[("opens", "2020-01-15")]),
            )
            .await
            .is(200);
        counters_are_right(&hall.app).await;
        let mut admin = hall.person("admin", Role::Administrator, None).await;
        let _ = admin
            .get("/audit")
            .await
            .is(200)
            .says("Sửa kỳ đại hội hoa-binh-2020: Theo kế hoạch mới");
    })
    .await;
}

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
async fn a_unit_is_named_by_code_or_name_and_a_doubtful_name_is_asked_back() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let at = format!("{S}/visits?unit=HB");
        let visit = |target: &'static str| {
            [
                ("target", target),
                ("day", "2020-02-03"),
                ("visitors", "Tổ công tác"),
                ("purpose", "Duyệt nội dung"),
            ]
        };
        // Both wards have a branch of this name.
        let page = office.post(&at, &visit("Chi bộ 1")).await.is(422);
        let _ = page
            .says("E-SEA-47")
            .says("TH-01 · Chi bộ 1 (Đảng bộ phường Thuận Hòa)")
            .says("PS-01 · Chi bộ 1");
        let _ = office
            .post(&at, &visit("Thuận Hòa"))
            .await
            .is(422)
            .says("E-SEA-48")
            .says("Có phải: TH · Đảng bộ phường Thuận Hòa");
        let _ = office
            .post(&at, &visit("Đảng bộ Hà Nội"))
            .await
            .is(422)
            .says("E-SEA-45");
        for target in ["dang bo phuong thuan hoà", "TH-01 · Chi bộ 1", "PS-01"] {
            let _ = office.post(&at, &visit(target)).await.is(200);
        }
        let page = office.get(&at).await.is(200).says("3 lần");
        assert!(
            page.text()
                .contains("data-suggest=\"/s/hoa-binh-2020/units?unit=HB\"")
        );
        // Many at once, typed beside the list: a code or a name a line.
        let charge = [
            ("person", "Trần Thị Ổi"),
            ("units_typed", "TH-01\n\nĐảng bộ phường Phú Sơn\n"),
            ("from", "2020-01-01"),
        ];
        let charges = format!("{S}/charges?unit=HB");
        let _ = office
            .post(&charges, &charge)
            .await
            .is(200)
            .says("4/8 đơn vị");
        let wrong = [
            ("person", "Trần Thị Ổi"),
            ("units_typed", "TH-01\nChi bộ 1"),
        ];
        let page = office.post(&charges, &wrong).await.is(422).says("E-SEA-47");
        assert!(
            page.text().contains("TH-01\nChi bộ 1</textarea>"),
            "what was typed is kept"
        );
        // What the field offers while somebody types.
        let offered = office
            .get(&format!("{S}/units?unit=HB&q=chi+bo+1"))
            .await
            .is(200)
            .json();
        let values: Vec<&str> = offered
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|one| one["value"].as_str())
            .collect();
        assert!(
            values.contains(&"TH-01 · Chi bộ 1") && values.contains(&"PS-01 · Chi bộ 1"),
            "{values:?}"
        );
        let below = office
            .get(&format!("{S}/units?unit=TH&q=chi+bo+1"))
            .await
            .is(200)
            .json();
        assert_eq!(below.as_array().expect("a list").len(), 1, "{below}");
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let _ = ward.get(&format!("{S}/units?unit=PS&q=chi")).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_new_season_asks_first_for_its_unit_and_its_rules() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let _ = ward.get("/seasons/new").await.is(200).says("Tiếp tục");
        let at = |root: &str, profile: &str| format!("/seasons/new?root={root}&profile={profile}");
        let page = ward.get(&at("TH", "vn-party")).await.is(200);
        // Every level below the unit, with how many there are; none above it.
        let text = page.words();
        assert!(
            text.contains("Chi bộ (3 đơn vị)") && text.contains("(1 đơn vị)"),
            "{text}"
        );
        assert!(!text.contains("Trung ương"), "{text}");
        assert!(
            page.text()
                .contains("name=\"levels\" value=\"branch\" checked"),
            "what there is is ticked"
        );
        let page = ward.get(&at("TH", "union")).await.is(200);
        assert!(
            !page.text().contains("value=\"sectional\""),
            "only the levels of these rules"
        );
        let page = ward
            .get(&at("Chi%20b%E1%BB%99%201", "vn-party"))
            .await
            .is(422);
        let _ = page.says("E-SEA-47").says("TH-01 · Chi bộ 1");
        let _ = ward
            .get(&at("XX", "vn-party"))
            .await
            .is(422)
            .says("E-SEA-45");
        let _ = ward.get(&at("TH", "none")).await.is(422).says("E-SEA-44");
        let _ = ward.get(&at("PS", "vn-party")).await.is(403);
        let offered = ward.get("/seasons/units?q=").await.is(200).json();
        assert_eq!(
            offered.as_array().expect("a list").len(),
            1,
            "the ward alone: the district is not this office's"
        );
        let offered = ward.get("/seasons/units?q=thuan+hoa").await.is(200).json();
        assert_eq!(offered[0]["value"], "TH · Đảng bộ phường Thuận Hòa");
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

/// Where a finding of a code is dealt with.
fn handled_at(page: &plenum_testkit::Answer, code: &str) -> String {
    let wanted = format!("code={code}");
    let found = page
        .text()
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|link| link.contains("/findings/handle") && link.contains(&wanted));
    let found = found.expect("a finding to deal with");
    found.replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test]
async fn what_is_said_in_a_season_that_is_over_carries_its_own_day() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2026-11-20").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let all = ["district", "grassroots", "branch"];
        let over = season_fields(&all, &[("pages_open_on", "2020-02-10")]);
        let _ = office.post(&format!("{S}/edit"), &over).await.is(200);
        let at = format!("{S}/findings?unit=TH");
        let page = office.get(&at).await.is(200);
        let link = handled_at(&page, "W-SEA-25");
        let _ = office
            .get(&link)
            .await
            .is(200)
            .says("Để trống: ngày 10/02/2020 của kỳ");
        let page = office
            .post(&link, &[("reason", "Đã phân công")])
            .await
            .is(200);
        let _ = page.says("Đã xử lý: Đã phân công — office, 10/02/2020.");
        // Another, with the day typed; not one that has not come.
        let page = office.get(&at).await.is(200);
        let link = handled_at(&page, "W-SEA-25");
        let ahead = [("reason", "Sẽ phân công"), ("given", "2026-11-21")];
        let _ = office.post(&link, &ahead).await.is(422).says("E-SEA-62");
        let typed = [("reason", "Sẽ phân công"), ("given", "2020-01-20")];
        let page = office.post(&link, &typed).await.is(200);
        let _ = page.says("Đã xử lý: Sẽ phân công — office, 20/01/2020.");

        // The working group's finding is answered for the season's day.
        let visits = format!("{S}/visits?unit=HB");
        let visit = [
            ("target", "TH"),
            ("day", "2020-02-03"),
            ("visitors", "Tổ công tác"),
            ("purpose", "Duyệt nội dung"),
            ("found", "Bổ sung chỉ tiêu\nRà soát quy hoạch"),
        ];
        let page = office.post(&visits, &visit).await.is(200);
        let id = record(&edits(&page)[0]);
        let answer = format!("{S}/visits/answer?unit=HB");
        let first = [
            ("visit", id.as_str()),
            ("place", "0"),
            ("how", "Đã bổ sung"),
        ];
        let page = office.post(&answer, &first).await.is(200);
        let _ = page
            .says("còn 1 chưa xử lý")
            .says("Đã bổ sung — office, 10/02/2020");
        let second = [
            ("visit", id.as_str()),
            ("place", "1"),
            ("how", "Đã rà soát"),
            ("given", "2020-02-05"),
        ];
        let page = office.post(&answer, &second).await.is(200);
        let _ = page.says("Đã rà soát — office, 05/02/2020");

        // An instrument is acknowledged on the season's day too.
        let plan = [
            ("kind", "plan"),
            ("number", "86-KH/QU"),
            ("date", "2020-01-15"),
            ("issuer", "Quận ủy"),
            ("title", "Kế hoạch"),
            ("addressed", "TH"),
        ];
        let instruments = format!("{S}/instruments?unit=HB");
        let page = office.post(&instruments, &plan).await.is(200);
        let paper = record(&edits(&page)[0]);
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let known = format!("{S}/instruments/acknowledge?unit=TH");
        let page = ward
            .post(&known, &[("instrument", paper.as_str())])
            .await
            .is(200);
        let _ = page.says("Đơn vị đã xác nhận ngày 10/02/2020");
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
