//! What the committee concludes of papers in doubt, and until when.

use plenum_testkit::{Scratch, on_both};

use crate::hall::Count;
use crate::steps::{BUNDLE, ruling};

#[tokio::test]
async fn nobody_keys_two_passes_of_a_bundle_and_the_committee_rules_on_an_over_vote() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let mut chair = count.tied().await;
        // The second paper strikes one name: four are left for three seats.
        let mut an = count.keyed("an", &["45", "5"]).await;
        count.refused(&mut an, "take", &BUNDLE, "E-VOT-17").await;
        count.keyed("binh", &["45", "5"]).await;
        count.compared(&mut chair).await;
        assert_eq!(count.state().await, "compared");
        let page = count.page(&mut an, "/rulings").await;
        assert!(
            page.text().contains("I2") && page.text().contains("tờ thứ 2"),
            "{}",
            page.words()
        );
        let valid = ruling("I2", "yes", "");
        count.refused(&mut an, "rulings", &valid, "E-VOT-30").await;
        // Numbers that are plain leave nothing to conclude otherwise.
        let waved = ruling("I2", "yes", "Cho qua");
        count.refused(&mut an, "rulings", &waved, "E-VOT-45").await;
        // What both keyed is not what stands on the paper: two names are struck.
        let read = |meaning: &'static str| {
            let mut fields = ruling("I2", "yes", "Đọc sót nét gạch số 4").to_vec();
            fields.push(("meaning", meaning));
            fields
        };
        count
            .refused(&mut an, "rulings", &read("9"), "E-VOT-11")
            .await;
        count
            .refused(&mut an, "rulings", &read("4"), "E-VOT-45")
            .await;
        // Nobody has read the papers of others that were keyed alike.
        let mut all = read("45");
        all.push(("alike", "yes"));
        count.refused(&mut an, "rulings", &all, "E-VOT-130").await;
        count.done(&mut an, "rulings", &read("45")).await;
        assert_eq!(count.outcome().await.papers.valid, 2);
        let page = count.page(&mut an, "/rulings").await;
        let _ = page.says("Đọc lại từ phiếu: 45");
        let invalid = ruling("I2", "no", "Hai nét, không phải gạch");
        count.done(&mut an, "rulings", &invalid).await;
        let other = ruling("I6", "no", "");
        count.refused(&mut an, "rulings", &other, "E-VOT-30").await;
        let outcome = count.outcome().await;
        assert_eq!(outcome.papers.valid, 1);
        assert_eq!(outcome.papers.invalid.values().sum::<u64>(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_ruling_is_changed_with_a_reason_until_two_people_confirmed_the_result() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let mut chair = count.tied().await;
        // The second paper was written on.
        let mut an = count.keyed("an", &["45", "45W"]).await;
        let mut binh = count.keyed("binh", &["45", "45W"]).await;
        count.compared(&mut chair).await;
        let silent = ruling("I6", "no", "");
        count.done(&mut an, "rulings", &silent).await;
        assert_eq!(count.state().await, "resulted");
        let page = count.page(&mut an, "/rulings").await;
        let _ = page.says("Không hợp lệ, theo I6").says("Kết luận lại");
        let page = count.page(&mut an, "").await;
        assert!(page.text().contains("/rulings\""), "the page leads there");
        count.refused(&mut an, "rulings", &silent, "E-VOT-30").await;
        let other = ruling("I6", "yes", "Chỉ là vết mực in");
        count.done(&mut an, "rulings", &other).await;
        let ballot = count.ballot().await;
        let resulted = ballot.facts.election.resulted().unwrap();
        assert_eq!(resulted.outcome.papers.valid, 2);
        assert_eq!(
            ballot.facts.rulings.len(),
            2,
            "the first ruling stays on record"
        );
        let page = count.page(&mut an, "/rulings").await;
        let _ = page
            .says("Không hợp lệ, theo I6")
            .says("Hợp lệ, theo I6: Chỉ là vết mực in");
        // Two people confirm; then it stands.
        let asked = resulted.outcome.unconfirmed.iter();
        let asked: Vec<String> = asked.map(|one| format!("confirm_{}", one.field)).collect();
        let mut settle = vec![("decision", "confirm")];
        settle.extend(asked.iter().map(|field| (field.as_str(), "yes")));
        count.done(&mut chair, "settle", &settle).await;
        for teller in [&mut an, &mut binh] {
            let page = count.page(teller, "").await;
            let text = page.text();
            let start = text.find("name=\"seen\" value=\"").unwrap() + 19;
            let seen = text[start..start + 16].to_owned();
            count.done(teller, "confirm", &[("seen", &seen)]).await;
        }
        let late = ruling("I6", "no", "Đổi ý");
        count.refused(&mut an, "rulings", &late, "E-VOT-01").await;
        let journal = count.page(&mut chair, "/paper/journal.pdf").await;
        assert!(!journal.body.is_empty());
    })
    .await;
}
