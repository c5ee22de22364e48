season-title-overview = Season
season-title-instruments = Instruments
season-title-plan = Plan and windows
season-title-marks = Pilots and trials
season-title-events = Outside events
season-title-charges = Members in charge
season-title-visits = Working-group visits
season-title-works = Preparations
season-title-findings = Findings
season-title-redate = Move many dates
season-tab-overview = Overview
season-tab-instruments = Instruments
season-tab-plan = Windows
season-tab-marks = Pilots, trials
season-tab-events = Events
season-tab-charges = In charge
season-tab-visits = Visits
season-tab-works = Preparations
season-tab-findings = Findings
season-tab-redate = Move dates
season-tabs = Parts of the season
season-copy = Copy this sentence
season-not-saved = Not saved: something needs to be put right
season-save = Save
season-cancel = Cancel
season-unsaved = Not saved
season-edit = Change
season-see = See
season-all = All
season-none = None
season-nobody = No whole level
season-choose = Choose…
season-find = Find a unit
season-filter = Filter
season-actions = Actions
season-note = Note
season-reason = Reason
season-today-if-empty = Left empty: today
season-day-if-empty = Left empty: { $day }, the season's own day
season-day = Day
season-days = Days
season-first-day = First day
season-last-day = Last day
season-last-day-hint = Left empty: one day only
season-until = until { $day }
season-from = from { $day }
season-as-of = As of
season-day-before = Day before
season-day-after = Day after
season-unit = Unit
season-units = Units
season-level = Level
season-kind = Kind
season-for = For
season-all-kinds = All kinds
season-all-levels = All levels
season-answer = As of { $day }, { $season }: in { $unit }, { $level } congresses are due { $deadline }.
season-answer-more = { $instruments ->
    [one] { $instruments } instrument
   *[other] { $instruments } instruments
}; { $pilots ->
    [one] { $pilots } pilot congress
   *[other] { $pilots } pilot congresses
}, { $trials ->
    [one] { $trials } trial
   *[other] { $trials } trials
}; { $members ->
    [one] { $members } member
   *[other] { $members } members
} in charge; { $open ->
    [one] { $open } open finding
   *[other] { $open } open findings
} of the working group.
season-to-progress = See progress
season-to-findings = See findings
season-facts = About this season
season-name = Name
season-name-hint = For example: Congresses of the term 2025–2030
season-root = Unit at the top
season-root-hint = The season is for this unit and everything below it
season-opens = Opens on
season-opens-hint = Congresses count from this day on
season-terms = Terms by level
season-term = Term
season-contents = Contents of a congress
season-profile = Rules
season-content-review = Review of the last resolution, directions for the new term
season-content-opinions = Opinions on the drafts of the higher congresses
season-content-committee = Election of the committee, secretary and deputy
season-content-delegates = Election of the delegation to the congress above
season-rules = Rules in force
season-rules-none = No rules were in force on this day.
season-rules-from = In force from { $day }
season-rules-unconfirmed = { $count } unverified
season-rules-numbers = { $count } numbers of these rules
season-rule-confirmed = Verified
season-rule-unconfirmed = Unverified
season-rule-delegates-from = Delegates’ congress from so many members
season-rule-days = Most days of a congress
season-rule-preparatory = Most half-days of the preparatory session
season-rule-review = Review before the opening (working days)
season-rule-announce = Announced before the opening (working days)
season-rule-report = Result reported after closing (working days)
season-rule-ratify = Ratified after receipt (working days)
season-rule-early = May be early (months)
season-rule-late = May be late (months)
season-list-title = Seasons
season-list-none = There is no season yet.
season-list-count = { $count ->
    [one] { $count } season
   *[other] { $count } seasons
}
season-new = New season
season-new-title = New season
season-new-what = Season
season-id = Name in addresses
season-id-hint = Lower-case letters, digits and hyphens: cam-le-2020
season-levels = Levels that hold a congress
season-levels-hint = A branch’s term may differ from the committee’s. One level is the main figure of the progress page, usually the lowest.
season-level-holds = Level
season-counted = Main figure
season-create = Create the season
season-kind-directive = Directive
season-kind-plan = Plan
season-kind-guidance = Guidance
season-kind-decision = Decision
season-kind-other = Other
season-instruments = Instruments
season-instruments-none = No instrument is recorded yet.
season-instruments-answer = As of { $day }, { $unit } has { $count ->
    [one] { $count } instrument
   *[other] { $count } instruments
}; { $known } of { $addressed } acknowledgements are in.
season-known-late = Late
season-known-own = Acknowledged on { $day }
season-acknowledge = Acknowledge
season-waiting = { $count } have yet to acknowledge
season-due = due { $day }
season-instrument-add = Add an instrument
season-instrument-which = Instrument
season-instrument-kind = Kind
season-instrument-number = Number
season-instrument-date = Date
season-instrument-issuer = Issuer
season-instrument-title = Title
season-instrument-source = Carries out
season-instrument-source-none = None in the list
season-instrument-own = Issued by this unit itself
season-instrument-to = Addressed to
season-instrument-to-level = All units below of a level
season-instrument-by = Acknowledge by
season-instrument-to-units = Or single units
season-by-number = { $number } of { $day }
season-briefings = Briefing conferences
season-briefings-none = No conference is recorded.
season-attended = Attended:
season-briefing-add = Add a briefing conference
season-briefing-title = Title
season-briefing-attendance = Who attended
season-briefing-attendance-hint = One group a line, for example: Secretaries and deputies: 66/68 (present/convened)
season-briefing-instruments = Instruments made known
season-plan = Windows
season-plan-answer = As of { $day }, in { $unit }, { $level } congresses are due { $days } (set by { $by }).
season-plan-answer-none = No window counts for { $unit } yet.
season-window = Window
season-issued-by = Set by
season-windows-counting = Windows that count here
season-windows-none = No plan sets a window yet.
season-window-broken = No day left
season-windows-children = Windows of { $count } direct subordinates
season-windows-issued = Windows issued, latest first
season-in-force = In force from { $day }
season-consent-is = Superior’s consent: { $text }
season-consented = Loosened
season-window-add = Add a window to the plan of { $unit }
season-window-whom = For which units
season-window-first = First day
season-window-first-hint = Left empty: as early as they like
season-window-last = Last day (deadline)
season-window-basis = Basis
season-window-instrument = The plan’s instrument
season-window-from = In force from
season-window-save = Add the window
season-consent = The superior’s consent
season-consent-hint = Only where the window is wider than the superior’s: number and date of the consent. Only whoever writes the superior’s plan can enter it.
season-mark = Mark
season-mark-mass = Mass
season-mark-pilot = Pilot
season-mark-pilot-hint = Meets first; the others learn from it
season-mark-trial = Trial
season-mark-trial-hint = Tries something out, such as electing the secretary directly
season-mark-basis = Legal basis
season-mark-basis-hint = Number and date of the decision or plan
season-mark-no-basis = No legal basis
season-mark-by = Chosen by, from
season-mark-from = From
season-mark-subject = What is tried
season-mark-subject-hint = For example: direct election of the secretary
season-mark-add = Set a unit apart
season-marks-none = No unit is set apart.
season-marks-answer = As of { $day }, { $unit } has { $pilots ->
    [one] { $pilots } pilot
   *[other] { $pilots } pilots
} and { $trials ->
    [one] { $trials } trial
   *[other] { $trials } trials
}.
season-event = Event
season-event-hint = For example: village-head election
season-event-scope = Counts for
season-event-relation = Congresses must
season-event-before = open only after it is over
season-event-apart = not meet on its days
season-event-add = Add an event
season-events-none = No outside event binds the dates.
season-events-answer = { $count ->
    [one] { $count } outside event binds
   *[other] { $count } outside events bind
} the dates in { $unit }.
season-member = Member in charge
season-post = Post
season-post-hint = For example: member of the standing committee
season-charge-from = From
season-charge-add = Put a member in charge
season-charges-none = Nobody is in charge yet.
season-charges-answer = As of { $day }, { $covered } of { $total ->
    [one] { $total } unit
   *[other] { $total } units
} of { $unit } have a member in charge ({ $members ->
    [one] { $members } member
   *[other] { $members } members
}).
season-charges-without = { $count ->
    [one] { $count } unit
   *[other] { $count } units
} without a member in charge
season-visits-none = No visit is recorded.
season-visits-answer = As of { $day }, the working group made { $count ->
    [one] { $count } visit
   *[other] { $count } visits
} in { $unit } and found { $found ->
    [one] { $found } point
   *[other] { $found } points
}; { $open } are open.
season-visit-add = Record a visit
season-visitors = Who came
season-visitors-hint = For example: the province’s working group
season-purpose = Purpose
season-visit-found = Findings
season-visit-found-hint = One a line
season-visit-open = Open
season-visit-done = Done
season-visit-how = What was done
season-visit-given = Day on which it was dealt with
season-visit-answer = Mark as done
season-visit-handled = { $how } — { $by }, { $day }
season-area-documents = Documents
season-area-personnel = Personnel
season-area-delegates = Delegates
season-area-logistics = Logistics
season-area-information = Information
season-work = Preparation
season-area = Area
season-work-done = Done
season-work-share = Share
season-work-latest = Latest
season-works-none = No preparation is recorded.
season-works-answer = As of { $day }, { $unit } has completed { $complete } of { $count ->
    [one] { $count } preparation
   *[other] { $count } preparations
}.
season-work-steps = { $count ->
    [one] { $count } batch
   *[other] { $count } batches
}
season-steps = Batch by batch ({ $count })
season-work-add = Add a preparation
season-work-title = What is counted
season-work-title-hint = For example: background conclusions on key cadres
season-work-total = How many in all
season-work-total-hint = Left empty where unknown
season-step-add = Record a batch
season-step-amount = How many more
season-step-amount-hint = Negative to take some back
season-findings-answer = As of { $day }, { $unit } has { $blocks ->
    [one] { $blocks } blocking finding
   *[other] { $blocks } blocking findings
} and { $warns ->
    [one] { $warns } warning
   *[other] { $warns } warnings
} in { $units ->
    [one] { $units } unit
   *[other] { $units } units
}; { $handled } are dealt with.
season-findings-cut = Only the nearest { $most } units below were checked. Choose a unit further down to see the rest.
season-findings-none = Nothing was found.
season-findings-handled = { $count } dealt with
season-finding-code = Kind
season-finding-blocks = Blocks
season-finding-warns = Warns
season-finding-done = Dealt with
season-finding-change = Change the date
season-finding-handle = Mark as dealt with
season-finding-consent = Record the superior’s consent
season-finding-given = Day on which it was dealt with
season-finding-who-blocks = To keep it, the unit directly above must consent by an instrument, and records that itself.
season-finding-who-warns = The committee’s office can mark it as dealt with, with a reason.
season-finding-handled = Dealt with: { $reason } — { $by }, { $day }.
season-finding-consented = Consent: { $who }, { $instrument }, { $day }.
season-more = { $count } more
season-consent-by = Who consented
season-consent-instrument = By which instrument
season-consent-on = Of which date
season-redate-answer = { $count ->
    [one] { $count } unit
   *[other] { $count } units
} of { $unit } have a date that can be moved.
season-redate-none = No unit has a date that could be moved.
season-dated-from = Dated from
season-dated-until = until
season-redate-units = Units to move
season-redate-how = How to move them
season-redate-by = Shift by
season-redate-by-days = days (negative: earlier)
season-redate-to = All open on
season-redate-free = One after another from
season-redate-per-day = congresses a day
season-redate-reason-hint = Required; kept with each unit
season-redate-look = Preview
season-redate-preview = { $count ->
    [one] { $count } unit
   *[other] { $count } units
} would move; the new calendar has { $blocks ->
    [one] { $blocks } blocking finding
   *[other] { $blocks } blocking findings
} and { $warns ->
    [one] { $warns } warning
   *[other] { $warns } warnings
}. Nothing has changed yet.
season-redate-because = Reason: { $reason }
season-redate-blocks = Dates that are blocked stand only with the superior’s recorded consent. Better put them right first.
season-redate-caption = { $count ->
    [one] { $count } move
   *[other] { $count } moves
}
season-redate-before = Old date
season-redate-after = New date
season-redate-findings = Checked
season-redate-fine = Fine
season-redate-others = Other units affected
season-redate-confirm = Confirm the new dates
season-redate-back = Back
problem-e-sea-01 = This window ends after that of { $superior } ({ $limit }). A plan below may only tighten. Choose an earlier day; loosening needs the consent of { $superior }, entered by whoever writes its plan.
problem-e-sea-02 = This window opens before that of { $superior } ({ $limit }). Choose a later day; loosening needs the consent of { $superior }, entered by whoever writes its plan.
problem-e-sea-03 = The last day lies before the first.
problem-e-sea-04 = This window closes before that of { $superior } opens ({ $limit }): no day would be left.
problem-e-sea-05 = Say why.
problem-e-sea-06 = A blocking finding gives way only to the superior’s consent: say who, by which instrument, when.
problem-e-sea-07 = No working day with room was found within two years for { $unit }. Allow more congresses a day.
problem-e-sea-08 = { $unit } has no date, or no congress is expected of it. Leave it out.
problem-e-sea-09 = { $unit } has met; its day is a fact now. Leave it out.
problem-e-sea-41 = Something must stand here.
problem-e-sea-42 = This is too long.
problem-e-sea-43 = A whole number from { $least } to { $most } is needed.
problem-e-sea-44 = The rules do not know this. Choose from the list.
problem-e-sea-45 = There is no unit “{ $code }” in this season.
problem-e-sea-46 = Choose at least one unit.
problem-e-sea-51 = The name in addresses has lower-case letters, digits and hyphens only, at most 60.
problem-e-sea-52 = This name belongs to the season “{ $name }”. Choose another.
problem-e-sea-53 = Choose at least one level that holds a congress.
problem-e-sea-54 = The term “{ $term }” cannot be read. Write 2025–2030 for each level ticked, and untick the levels that hold no congress this time.
problem-e-sea-55 = The main figure must be one of the levels chosen.
problem-e-sea-56 = A congress needs at least one content.
problem-e-sea-57 = It can be addressed to units below this one only.
problem-e-sea-58 = This instrument is not addressed to the unit, or the unit acknowledged it already.
problem-e-sea-59 = The consent must be entered by { $superior }. Ask its office to do so.
problem-e-sea-60 = Only a unit below this one can be chosen.
problem-e-sea-61 = This unit is set apart like that already.
problem-e-sea-62 = This day has not come: record only what has happened.
problem-e-sea-63 = This finding is marked as done already.
problem-e-sea-64 = Added up, { $day } would have { $done } of { $total }. Check the number.
problem-e-sea-65 = This finding is gone: a date has changed or somebody dealt with it. Go back to the list.
problem-e-sea-66 = A unit does not stand below the one you are looking at. Choose again.
problem-e-sea-67 = The congress of { $unit } can no longer be dated. Leave it out.
problem-e-ins-01 = It is dated before the instrument it carries out. Check the date, or choose another source.
problem-e-ins-02 = It carries out itself, directly or through others. Choose another source.
problem-e-ins-03 = An instrument of this issuer, number and date is recorded already. The same number of another date is another instrument.
problem-w-ins-11 = The instrument it carries out is not recorded.
problem-w-ins-12 = The number does not read as numbers do (86-KH/QU). Check it.
problem-w-ins-13 = The letters of the number say another kind than was recorded.
problem-w-ins-14 = Another instrument, of { $day }, has the same number: write the date with it.
season-answer-undated = As of { $day }, { $season }: no plan sets a window yet for { $level } congresses in { $unit }.
season-correct = Correct: { $name }
season-correct-why = Why it is corrected
season-correct-why-hint = For example: wrong day entered. What stood before and after is kept in the log.
season-correct-save = Save the correction
season-withdraw = Withdraw: { $name }
season-withdraw-from = No longer in force from
season-withdraw-from-hint = Empty: today. Days before that still show it.
season-withdraw-save = Withdraw
season-withdraw-consent = The superior consents to loosening
season-withdraw-consent-hint = Only where withdrawing leaves a window wider than the superior’s: number and date of the letter. Only whoever writes the superior’s plan can record it.
season-withdrawn = { $count } withdrawn
season-withdrawn-from = No longer in force from { $day }: { $reason } ({ $by })
season-withdrawn-chip = Withdrawn
season-rewithdraw = Put the withdrawal right: { $name }
season-rewithdraw-from = No longer in force from
season-rewithdraw-why = Why the withdrawal is put right
season-rewithdraw-why-hint = For instance: wrong year. Before and after are kept in the log.
season-rewithdraw-redate = Change the day of the withdrawal
season-rewithdraw-restore = Take the withdrawal back
season-charge-end = End the charge of { $name }
season-charge-end-units = For which units (none chosen: all)
season-charge-end-save = End the charge
problem-e-sea-68 = It cannot end before it begins.
problem-e-sea-69 = This was withdrawn already.
problem-e-sea-70 = This is not withdrawn, or its withdrawal was taken back. Load the page again.
problem-e-sea-75 = The plan has this window already: { $first } – { $last }, in force from { $from }, instrument { $number }. To change it, use Edit on that window.
problem-e-sea-76 = From { $day } on { $person } is in charge of the unit: the day on which the charge ends cannot come after that.
season-title-terms = Ends of terms
season-terms-answer = Running terms: each level has a day on which its term ends; { $count ->
    [one] { $count } unit
   *[other] { $count } units
} of { $unit } have a day of their own, { $begun } a day that follows from their last congress.
season-term-ends = The running term ends on
season-term-ends-hint = The last day of the term before this congress. A congress too far from it is blocked.
season-terms-own = Units with a day of their own
season-terms-begun = { $count ->
    [one] { $count } unit
   *[other] { $count } units
} whose term's end follows from their last congress
season-term-basis = Basis
season-term-basis-hint = For example: last congress on 15/8/2022
season-term-clear = Remove the own day
season-term-add = Record when a unit's term ends
problem-e-sea-47 = Several units are called “{ $name }”: { $near }. Type the unit's code.
problem-e-sea-71 = The level { $level_en } cannot go: the season has { $count ->
    [one] { $count } congress
   *[other] { $count } congresses
}, windows or ends of terms of it.
problem-e-sea-72 = A congress met on { $day }: the season cannot begin later.
problem-e-sea-73 = The last day must be { $day } or later.
problem-e-sea-74 = This unit holds no congress in the season.
season-title-edit = Edit the season
season-closes = Last day
season-closes-hint = By which every congress is to be held; empty while nobody set it
season-pages-open-on = Pages open on
season-pages-open-on-hint = For a season that is over: pages open on this day instead of today
season-edit-why-hint = For example: a new plan. What stood before and after is kept in the log.
season-findings-units = { $count ->
    [one] { $count } unit
   *[other] { $count } units
}
season-findings-all = See all { $count }
season-finding-assign = Assign somebody
season-finding-basis = Record the basis
season-finding-open = Open the congress
season-unit-hint = Type the unit’s code or name.
season-units-typed = Or type codes or names
season-units-typed-hint = One unit a line; the list above holds the first 500 only.
season-level-units = { $level } ({ $count ->
    [one] { $count } unit
   *[other] { $count } units
})
season-new-next = Continue
season-new-other = Choose again
problem-e-sea-48 = No unit is called “{ $name }”. Perhaps: { $near }?
