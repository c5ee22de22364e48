//! A season changed after it was set up, and units named in its forms.

use plenum_rules::access::Role;
use plenum_testkit::{Scratch, on_both, unit};

use crate::world::*;

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
