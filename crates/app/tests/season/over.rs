//! A season that is over: what is said in it carries its own day.

use plenum_rules::access::Role;
use plenum_testkit::{Scratch, on_both, unit};

use crate::world::*;

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
