//! Addresses that ask for what a page does not have.

use plenum_rules::access::Role;
use plenum_testkit::{Scratch, day, on_both, season, unit};

use crate::world::*;

#[tokio::test]
async fn an_address_that_asks_for_what_a_page_does_not_have_is_refused_by_name() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let wrong = [
            ("findings?unit=TH&code=W-SEA-99", "code = “W-SEA-99”"),
            ("findings?unit=TH&mark=zzz", "“mark”"),
            ("redate?unit=TH&level=zzz", "level = “zzz”"),
            ("redate?unit=TH&kind=zzz", "kind = “zzz”"),
            ("redate?unit=TH&from=31-02-2020", "from = “31-02-2020”"),
            ("plan?unit=TH&mark=zzz", "“mark”"),
            ("marks?unit=TH&edit=zzz", "edit = “zzz”"),
            ("congress?unit=TH-01&step=zzz", "step = “zzz”"),
            ("congress?unit=TH-01&state=held", "“state”"),
            ("progress?unit=TH&mark=zzz", "“mark”"),
            ("progress.xlsx?unit=TH&level=branch", "“level”"),
            ("wall?unit=TH&with=pink", "with = “pink”"),
        ];
        for (address, named) in wrong {
            let page = office.get(&format!("{S}/{address}")).await.is(400);
            assert!(page.words().contains(named), "{address}: {}", page.words());
        }
        for (address, named) in [
            ("/units?view=zzz", "view = “zzz”"),
            ("/units?level=branch", "“level”"),
            ("/export/units?as=pdf", "as = “pdf”"),
        ] {
            let page = office.get(address).await.is(400);
            assert!(page.words().contains(named), "{address}: {}", page.words());
        }
        // What messengers hang on a link is nobody's filter; empty fields are none.
        for address in [
            "plan?unit=TH&utm_source=zalo&fbclid=1",
            "redate?unit=TH&level=&kind=&from=&until=",
            "findings?unit=TH&code=",
        ] {
            let _ = office.get(&format!("{S}/{address}")).await.is(200);
        }
    })
    .await;
}

#[tokio::test]
async fn the_trail_of_a_branch_leads_where_something_is_to_be_seen() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        hall.set_up(async |tx| {
            season(tx, "chi-bo", unit("HB"), day("2020-01-01"), &["branch"]).await;
        })
        .await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let page = office.get("/s/chi-bo/congress?unit=TH-01").await.is(200);
        for above in ["HB", "TH"] {
            let text = page.text();
            assert!(!text.contains(&format!("/s/chi-bo/congress?unit={above}\"")));
            assert!(text.contains(&format!("/s/chi-bo/progress?unit={above}\"")));
            let _ = office
                .get(&format!("/s/chi-bo/progress?unit={above}"))
                .await
                .is(200);
        }
    })
    .await;
}
