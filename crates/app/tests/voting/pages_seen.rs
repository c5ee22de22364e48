//! What people see of elections on pages: the hall's screen, the home page, the
//! forms.

use axum::http::Method;
use plenum_testkit::on_both;
use serde_json::json;

use crate::world::{S, World};

#[tokio::test]
async fn the_hall_hears_a_result_when_it_is_announced() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        let wall = format!("{at}/wall");
        let _ = world.get("manhinh", &wall).await.says("Chuẩn bị bỏ phiếu");
        world.hand_out(&at, &[("printed", "30")]).await;
        let page = world.get("manhinh", &wall).await.says("Đang bỏ phiếu");
        assert!(!page.text().contains("mở hòm"), "{}", page.text());
        assert!(page.text().contains("name=\"plenum-zone\""));
    })
    .await;
}

#[tokio::test]
async fn the_home_page_leads_to_the_ballots_under_way() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        let page = world.get("bithu", "/").await.says("Bầu cử đang tiến hành");
        assert!(page.text().contains(&format!("href=\"{at}\"")));
        // A screen is for a vote, not for a list.
        let wall = format!("href=\"{at}/wall\"");
        let page = world.get("manhinh", "/").await;
        assert!(!page.text().contains(&wall));
        world.hand_out(&at, &[("printed", "30")]).await;
        let page = world.get("manhinh", "/").await.says("Đang bỏ phiếu");
        assert!(page.text().contains(&wall), "{}", page.text());
        // Who counts is led nowhere they are refused.
        let page = world.get("kiem1", &at).await;
        for closed in ["/progress", "/findings", "\""] {
            let link = format!("href=\"{S}{closed}");
            assert!(!page.text().contains(&link), "{link}: {}", page.text());
        }
    })
    .await;
}

#[tokio::test]
async fn what_nobody_recorded_of_a_meeting_is_not_shown() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let _ = world.committee_of_five().await;
        let page = world.elections().await;
        let _ = page.says("Hội nghị").says("Chưa ghi số triệu tập");
        let _ = world.meet("5").await.is(200);
        let page = world.elections().await;
        assert!(!page.text().contains("Chưa ghi số triệu tập"));
    })
    .await;
}

#[tokio::test]
async fn a_tally_sheet_has_a_line_for_each_person() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let page = world.get("kiem1", &at).await.says("Số phiếu từng người");
        assert!(page.text().contains("<details class=\"invalids\">"));
        let sheet = [("valid", "28"), ("invalid_I2", "x")];
        let page = world.by("kiem1", &at, "sheet", &sheet).await.is(422);
        assert!(page.text().contains("<details class=\"invalids\" open>"));
    })
    .await;
}

/// Takes the only bundle and keys these ballots of a strike-out list.
async fn key(world: &mut World, who: &'static str, at: &str, ballots: &[&str]) {
    let bundle = [("bundle", "1")];
    world.done_by(who, at, "take", &bundle).await;
    // The page's script sends the secret of its forms.
    let teller = world.people.remove(who).expect(who);
    let teller = teller.with_header("x-csrf-token", &format!("csrf-{who}"));
    world.people.insert(who, teller);
    for (turn, ballot) in ballots.iter().enumerate() {
        let keys = format!("{ballot}=");
        let ages = vec![0; keys.len()];
        let body = json!({"turn": turn, "keys": keys, "ages": ages, "shown": ballot});
        let teller = world.people.get_mut(who).expect(who);
        let to = format!("{at}/key?bundle=1");
        let _ = teller.send_json(Method::POST, &to, &body).await.is(200);
    }
}

#[tokio::test]
async fn the_keyboard_says_of_which_ballot_what_is_typed() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.vote_of(&at, "6").await;
        world.done(&at, "bundles", &[("size", "50")]).await;
        let struck = ["4", "34", "24", "14", "3", "2"];
        key(&mut world, "kiem1", &at, &struck).await;
        let page = world.get("kiem1", &format!("{at}/key?bundle=1")).await;
        let page = page.says("Bầu Chi ủy: tập 1, lượt 1").says("BỊ GẠCH");
        let page = page.says("Danh sách 4 người, bầu 3 người");
        // However many are taken back, the page knows the ballot before.
        for keys in struck {
            let ballot = format!("\"keys\":\"{keys}\"");
            assert!(page.text().contains(&ballot), "{ballot}: {}", page.text());
        }
        assert!(!page.text().contains("đánh dấu cả hai ô"));
    })
    .await;
}

#[tokio::test]
async fn a_paper_that_is_not_there_says_nothing() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.vote_of(&at, "2").await;
        world.done(&at, "bundles", &[("size", "50")]).await;
        let bundle = [("bundle", "1")];
        for (who, ballots) in [("kiem1", ["4", "34"]), ("kiem2", ["4", "24"])] {
            key(&mut world, who, &at, &ballots).await;
            world.done_by(who, &at, "finish", &bundle).await;
        }
        let compare = format!("{at}/compare");
        let _ = world.get("bithu", &compare).await.is(422).says("E-VOT-129");
        world.third_counts(&at).await;
        let page = world.get("bithu", &compare).await;
        let hidden = |name: &str| {
            let start = format!("name=\"{name}\" value=\"");
            let rest = page.text().split(&start).nth(1).expect(name).to_owned();
            rest.split('"').next().expect(name).to_owned()
        };
        let (slot, seen) = (hidden("slot"), hidden("seen"));
        let place = [("bundle", "1"), ("slot", &slot), ("seen", &seen)];
        let mut both = place.to_vec();
        both.extend([("keys", "24"), ("absent", "yes")]);
        let page = world
            .refused_to("bithu", &at, "compare", &both, "E-VOT-13")
            .await;
        let page = page.says("Hoặc ghi các số trên tờ phiếu");
        assert!(page.text().contains("value=\"24\"") && page.text().contains("yes\" checked"));
        let mut read = place.to_vec();
        read.push(("keys", "24"));
        let page = world.done_by("bithu", &at, "compare", &read).await;
        // Whoever read it puts a slip of his own right, and nobody else.
        let _ = page
            .says("Mọi phiếu lệch đã đọc xong")
            .says("Bạn đã đọc tờ này: 24");
        let page = world.get("kiem1", &compare).await.is(200);
        assert!(!page.words().contains("Bạn đã đọc"));
        let mut again = place.to_vec();
        again.push(("keys", "34"));
        let page = world.done_by("bithu", &at, "compare", &again).await;
        let _ = page.says("Bạn đã đọc tờ này: 34");
    })
    .await;
}
