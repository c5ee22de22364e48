//! A browser and what one does with it.

use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

use crate::stage::{PASSWORD, Stage};

/// How wide a phone and a desk are.
pub const PHONE: (u32, u32) = (360, 740);
pub const DESK: (u32, u32) = (1440, 900);

const PATIENCE: Duration = Duration::from_secs(15);

pub struct Browser {
    pub driver: WebDriver,
    folder: std::path::PathBuf,
}

impl Browser {
    /// A window of this size, with nothing remembered.
    pub async fn open((width, height): (u32, u32)) -> Self {
        let driver_address = std::env::var("PLENUM_TEST_CHROMEDRIVER").unwrap_or_else(|_| {
            panic!("this test needs a browser: run ./test, which starts one and sets PLENUM_TEST_CHROMEDRIVER")
        });
        let id = plenum_store::db::new_id();
        let folder = std::env::temp_dir().join(format!("plenum-browser-{id:032x}"));
        let mut wanted = DesiredCapabilities::chrome();
        for flag in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-proxy-server",
        ] {
            wanted.add_arg(flag).unwrap();
        }
        wanted
            .add_arg(&format!("--user-data-dir={}", folder.display()))
            .unwrap();
        wanted
            .add_arg(&format!("--window-size={},{height}", width.max(500)))
            .unwrap();
        let driver = WebDriver::new(driver_address, wanted)
            .await
            .expect("a browser");
        let browser = Self { driver, folder };
        // A window cannot be as narrow as a phone; the page in it can.
        let metrics = serde_json::json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500,
        });
        browser
            .command("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        browser
    }

    async fn command(&self, name: &str, parameters: serde_json::Value) {
        self.driver
            .cdp()
            .send_raw(name, parameters)
            .await
            .expect("a command to the browser");
    }

    /// Moves the machine to another time zone.
    pub async fn in_zone(&self, zone: &str) {
        let parameters = serde_json::json!({ "timezoneId": zone });
        self.command("Emulation.setTimezoneOverride", parameters)
            .await;
    }

    /// Lets the machine ask for light or dark pages.
    pub async fn in_scheme(&self, scheme: &str) {
        let wanted = serde_json::json!({
            "features": [{ "name": "prefers-color-scheme", "value": scheme }],
        });
        self.command("Emulation.setEmulatedMedia", wanted).await;
    }

    /// Chooses the language of the pages that follow.
    pub async fn in_language(&self, language: &str) {
        let script = format!("document.cookie = 'plenum_language={language}; path=/'");
        self.driver.execute(script, vec![]).await.unwrap();
    }

    /// Cuts the connection, or mends it.
    pub async fn cut(&self, cut: bool) {
        let none = serde_json::json!({
            "offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.command("Network.enable", serde_json::json!({})).await;
        self.command("Network.emulateNetworkConditions", none).await;
    }

    pub async fn go(&self, address: &str) {
        self.driver.goto(address).await.unwrap();
    }

    /// Logs in through the page.
    pub async fn log_in(&self, stage: &Stage, login: &str) {
        self.go(&stage.address("/login")).await;
        self.fill("#login", login).await;
        self.fill("#password", PASSWORD).await;
        self.press("main form button.button--main, form[action='/login'] button.button--main")
            .await;
        for _ in 0..100 {
            if !self
                .driver
                .current_url()
                .await
                .unwrap()
                .path()
                .starts_with("/login")
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{login} cannot log in: {}", self.text("body").await);
    }

    /// The first element that fits and can be seen.
    pub async fn find(&self, css: &str) -> WebElement {
        let start = Instant::now();
        loop {
            for element in self.driver.find_all(By::Css(css)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{css} is not there: {}",
                self.text("body").await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn press(&self, css: &str) {
        let element = self.find(css).await;
        element.scroll_into_view().await.unwrap();
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        element.clear().await.unwrap();
        element.send_keys(text).await.unwrap();
    }

    /// Sets a date field, whatever the browser's language.
    pub async fn set(&self, css: &str, value: &str) {
        self.find(css).await;
        let script = format!(
            "const field = document.querySelector({css:?}); field.value = {value:?}; \
             field.dispatchEvent(new Event('input', {{bubbles: true}})); \
             field.dispatchEvent(new Event('change', {{bubbles: true}}));"
        );
        self.driver.execute(script, vec![]).await.unwrap();
    }

    pub async fn text(&self, css: &str) -> String {
        match self.driver.find(By::Css(css)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Whether it is there now.
    pub async fn has(&self, css: &str) -> bool {
        let found = self.driver.find_all(By::Css(css)).await;
        !found.unwrap_or_default().is_empty()
    }

    /// Waits until these words can be read there; returns how long it took.
    pub async fn reads(&self, css: &str, words: &str) -> Duration {
        let start = Instant::now();
        loop {
            let text = self.text(css).await;
            if text.contains(words) {
                return start.elapsed();
            }
            assert!(
                start.elapsed() < PATIENCE,
                "“{words}” is not in {css}: {text}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Refuses pages that a phone must be moved sideways for.
    pub async fn fits(&self) {
        let script =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let beyond: i64 = self
            .driver
            .execute(script, vec![])
            .await
            .unwrap()
            .convert()
            .unwrap();
        assert!(
            beyond <= 0,
            "{} is {beyond} pixels too wide",
            self.driver.current_url().await.unwrap()
        );
    }

    pub async fn close(self) {
        self.driver.quit().await.unwrap();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
