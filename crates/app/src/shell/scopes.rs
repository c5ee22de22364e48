//! What a program's token may be used for; within it, the token has at most
//! what its account may do.

/// One use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// Figures of progress.
    ProgressRead,
    /// The tree of units.
    UnitsRead,
    /// Congresses one by one.
    CongressesRead,
    /// Reporting a congress.
    CongressesWrite,
    /// The report upwards as a file.
    ReportsRead,
}

impl Scope {
    /// Every scope, in the order of screens.
    pub const ALL: [Self; 5] = [
        Self::ProgressRead,
        Self::UnitsRead,
        Self::CongressesRead,
        Self::CongressesWrite,
        Self::ReportsRead,
    ];

    /// The name in tokens.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ProgressRead => "progress:read",
            Self::UnitsRead => "units:read",
            Self::CongressesRead => "congresses:read",
            Self::CongressesWrite => "congresses:write",
            Self::ReportsRead => "reports:read",
        }
    }

    /// The scope of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}
