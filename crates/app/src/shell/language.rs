//! Words: Vietnamese first, English second, both complete.

use std::borrow::Borrow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use plenum_rules::{Day, words};

/// A language of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The code in addresses, cookies and `lang` attributes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "vi" => Some(Self::Vi),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

macro_rules! sources {
    ($($room:literal),* $(,)?) => {
        const VI: &[(&str, &str)] = &[$(($room, include_str!(concat!("../../words/vi/", $room, ".ftl")))),*];
        const EN: &[(&str, &str)] = &[$(($room, include_str!(concat!("../../words/en/", $room, ".ftl")))),*];
    };
}

sources!(
    "shell", "progress", "org", "season", "congress", "access", "reports", "findings", "voting",
    "keying"
);

/// The texts of each room in a language, for the tests that compare them.
#[must_use]
pub fn texts(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Vi => VI,
        Lang::En => EN,
    }
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Lang) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; 2] = [OnceLock::new(), OnceLock::new()];
    BUNDLES[lang as usize].get_or_init(|| {
        let identifier = lang.code().parse().unwrap_or_default();
        let mut bundle = Bundle::new_concurrent(vec![identifier]);
        // Isolation marks would end up in copied sentences and in papers.
        bundle.set_use_isolating(false);
        for (_, text) in texts(lang) {
            // Faults in the texts are found by a test; a partial resource is
            // still better for a user than none.
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(part, _)| part);
            bundle.add_resource_overriding(resource);
        }
        bundle
    })
}

/// The words of one language, as templates and actions use them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Words(pub Lang);

/// A value put into a text.
#[derive(Clone, Debug)]
pub enum Put {
    /// Text as it is.
    Text(String),
    /// A number that also chooses the plural.
    Number(i64),
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<&String> for Put {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
impl From<String> for Put {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&i64> for Put {
    fn from(number: &i64) -> Self {
        Self::Number(*number)
    }
}
impl From<i64> for Put {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Put {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<&usize> for Put {
    fn from(number: &usize) -> Self {
        Self::from(*number)
    }
}

impl Words {
    /// The text of a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The text of a key with values put in.
    #[must_use]
    pub fn say_with(&self, key: &str, values: &[(&str, Put)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            let value = match value {
                // A count already written out chooses its singular too.
                Put::Text(text) if text == "1" => FluentValue::from(1),
                Put::Text(text) => FluentValue::from(text.clone()),
                Put::Number(number) => FluentValue::from(*number),
            };
            args.set((*name).to_owned(), value);
        }
        self.format(key, Some(&args))
    }

    /// As [`Words::say_with`] with one value, for templates.
    #[must_use]
    pub fn say1(&self, key: &str, name: &str, value: impl Into<Put>) -> String {
        self.say_with(key, &[(name, value.into())])
    }

    /// Whether there is a text of this key.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        bundle(self.0).has_message(key)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = bundle(self.0);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut faults = Vec::new();
        bundle
            .format_pattern(pattern, args, &mut faults)
            .into_owned()
    }

    /// The language's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// A number with its thousands marked.
    #[must_use]
    pub fn count(&self, number: impl Borrow<i64>) -> String {
        match self.0 {
            Lang::Vi => words::count_vi(*number.borrow()),
            Lang::En => words::count_en(*number.borrow()),
        }
    }

    /// `51,5 %` or `51.5%`.
    #[must_use]
    pub fn percent(&self, done: i64, total: i64) -> String {
        match self.0 {
            // A line never ends between the number and its sign.
            Lang::Vi => words::percent_vi(done, total).replace(' ', "\u{a0}"),
            Lang::En => words::percent_en(done, total),
        }
    }

    /// A day as in tables; both languages write dd/MM/yyyy.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        words::day_table(day)
    }

    /// A day as in a sentence.
    #[must_use]
    pub fn day_in_sentence(&self, day: Day) -> String {
        match self.0 {
            Lang::Vi => words::day_sentence(day),
            Lang::En => words::day_table(day),
        }
    }
}
