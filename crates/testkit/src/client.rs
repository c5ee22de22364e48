//! A stranger at the HTTP edge: what a browser or a program would send, and
//! what comes back.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// A browser with its cookies, or a program with its token.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    headers: Vec<(String, String)>,
    csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The address it came from in the end, redirects followed.
    pub address: String,
}

impl Answer {
    /// The body as text.
    ///
    /// # Panics
    /// Where it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a text")
    }

    /// The body's words without its tags, blanks made one: what a person reads.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for letter in self.text().chars() {
            match letter {
                '<' => {
                    inside = true;
                    words.push(' ');
                }
                '>' => inside = false,
                _ if !inside => words.push(letter),
                _ => {}
            }
        }
        let words = words
            .replace("&#x27;", "'")
            .replace("&#39;", "'")
            .replace("&quot;", "\"");
        words
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// Where it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}", self.excerpt()))
    }

    /// A header's value, empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    /// The same, where the status is this one.
    ///
    /// # Panics
    /// Where it is another; the message quotes the body.
    #[must_use]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{}: {}",
            self.address,
            self.excerpt()
        );
        self
    }

    /// The same, where a person reads these words in it.
    ///
    /// # Panics
    /// Where they are missing; the message quotes what is there.
    #[must_use]
    pub fn says(self, text: &str) -> Self {
        let words = self.words();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains(&text),
            "{}: “{text}” is missing in: {words}",
            self.address
        );
        self
    }

    fn excerpt(&self) -> String {
        String::from_utf8_lossy(&self.body)
            .chars()
            .take(2_000)
            .collect()
    }
}

/// A file in a form.
pub struct File<'a> {
    /// The field's name.
    pub field: &'a str,
    /// The file's name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl Client {
    /// Somebody nobody knows.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            headers: Vec::new(),
            csrf: String::new(),
        }
    }

    /// With a cookie.
    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// With a header on every request.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// In English; pages are Vietnamese otherwise.
    #[must_use]
    pub fn in_english(self) -> Self {
        self.with_cookie("plenum_language", "en")
    }

    /// With the form secret a page carried, where no page was looked at.
    #[must_use]
    pub fn with_csrf(mut self, csrf: &str) -> Self {
        csrf.clone_into(&mut self.csrf);
        self
    }

    /// A cookie's value.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Looks at a page; redirects are followed.
    pub async fn get(&mut self, address: &str) -> Answer {
        let answer = self.send(Method::GET, address, None, Vec::new()).await;
        self.follow(answer).await
    }

    /// Looks at a page and does not follow redirects.
    pub async fn get_once(&mut self, address: &str) -> Answer {
        self.send(Method::GET, address, None, Vec::new()).await
    }

    /// Sends a form with the secret of the page looked at last; redirects are
    /// followed.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post_once(address, fields).await;
        self.follow(answer).await
    }

    /// As [`Client::post`], without following redirects.
    ///
    /// # Panics
    /// Never: fields of text can always be encoded.
    pub async fn post_once(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut fields = fields.to_vec();
        if !fields.iter().any(|(name, _)| *name == "csrf") {
            fields.push(("csrf", &csrf));
        }
        let body = serde_urlencoded::to_string(fields).expect("encode a form");
        self.send(
            Method::POST,
            address,
            Some("application/x-www-form-urlencoded"),
            body.into_bytes(),
        )
        .await
    }

    /// Sends JSON.
    pub async fn send_json(
        &mut self,
        method: Method,
        address: &str,
        body: &serde_json::Value,
    ) -> Answer {
        self.send(
            method,
            address,
            Some("application/json"),
            body.to_string().into_bytes(),
        )
        .await
    }

    /// Sends a form with a file; redirects are followed.
    pub async fn post_file(
        &mut self,
        address: &str,
        fields: &[(&str, &str)],
        file: &File<'_>,
    ) -> Answer {
        const EDGE: &str = "plenum-testkit-edge";
        let csrf = self.csrf.clone();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            body.extend_from_slice(
                format!(
                    "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(
            format!(
                "--{EDGE}\r\ncontent-disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n",
                file.field, file.name
            )
            .as_bytes(),
        );
        body.extend_from_slice(file.bytes);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        let answer = self.send(Method::POST, address, Some(&kind), body).await;
        self.follow(answer).await
    }

    /// Sends anything.
    ///
    /// # Panics
    /// Where the router drops the request, which it never does.
    pub async fn send(
        &mut self,
        method: Method,
        address: &str,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if !self.cookies.is_empty() {
            let line: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, line.join("; "));
        }
        request = request.header("sec-fetch-site", "same-origin");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let peer = ConnectInfo(SocketAddr::from((Ipv4Addr::LOCALHOST, 40_000)));
        let request = request
            .extension(peer)
            .body(Body::from(body))
            .expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .expect("the whole answer")
            .to_bytes()
            .to_vec();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body,
            address: address.to_owned(),
        };
        self.remember(&answer);
        answer
    }

    fn remember(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let line = cookie.to_str().expect("a cookie");
            let pair = line.split(';').next().unwrap_or("");
            let (name, value) = pair.split_once('=').expect("a cookie's name");
            if value.is_empty() || line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let page = String::from_utf8_lossy(&answer.body);
        if let Some((_, rest)) = page.split_once("<meta name=\"csrf\" content=\"")
            && let Some((csrf, _)) = rest.split_once('"')
        {
            csrf.clone_into(&mut self.csrf);
        }
    }

    async fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..5 {
            if !answer.status.is_redirection() {
                return answer;
            }
            let to = answer.header("location").to_owned();
            answer = self.send(Method::GET, &to, None, Vec::new()).await;
        }
        answer
    }
}
