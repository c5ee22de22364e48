congress-late = Late
congress-overdue = Past its planned day
congress-state-expected = No date yet
congress-state-postponed = Postponed
congress-state-dated = Dated
congress-state-prepared = Prepared
congress-state-reviewed = Reviewed
congress-state-held = Held
congress-state-reported = Reported, to be confirmed
congress-state-returned = Report returned
congress-state-confirmed = Confirmed
congress-state-ratified = Ratified
congress-state-cancelled = Not held
congress-state-handed-over = Handed over
congress-report-title = Quick report of the congress: { $unit }
congress-report-thanks = Thank you. The level above will confirm this report.
congress-report-standing = The report that was sent
congress-report-change = Need to correct a number? Ask the level above to return the report, then send it again.
congress-report-returned = The report was returned:
congress-report-ended = This unit need not report: { $state }.
congress-report-blank = Leave blank what was not elected.
congress-report-send = Send the report
congress-not-saved = Not saved: something needs correcting
congress-held-on = Day of the congress
congress-first-day = First day
congress-last-day = Last day
congress-convened = Convened
congress-attended = Present
congress-present = Present/convened
congress-elected-committee = Elected to the committee
congress-elected-secretary = Secretary elected
congress-elected-deputies = Deputy secretaries elected
congress-elected-delegates = Delegates elected
congress-opinions = Opinions gathered
congress-difficulties = Difficulties
congress-difficulties-hint = Leave blank if there are none
congress-yes = Yes
congress-no = No
congress-reported-by = Reported by
congress-confirmed-by = Confirmed by
problem-e-con-01 = Not possible now: { $state ->
    [expected] the congress has no day yet
    [postponed] the congress is postponed and has no new day
    [dated] the congress only has a day
    [prepared] the congress is prepared and has not met
    [reviewed] the congress is reviewed and has not met
    [held] the congress has met and has not reported
    [reported] the report waits for the level above to confirm it
    [returned] the report was returned
    [confirmed] the report is confirmed
    [ratified] the result is ratified
    [cancelled] this congress will not be held
   *[handed_over] the congress was handed over to another unit
  }. Load the page again to see what can be done.
problem-e-con-02 = A report already stands: the congress met on { $held }. To correct it, ask the level above to return that report first.
problem-e-con-03 = The last day is before the first. Check both days.
problem-e-con-04 = { $held } has not come yet (today is { $today }). Report a congress after it has met.
problem-e-con-05 = { $present } present is more than { $convened } convened. Check both numbers.
problem-e-con-06 = The people elected do not add up: secretary and deputies are part of the committee, and nobody beyond those convened is elected.
problem-e-con-07 = This congress does not contain that election, so nobody elected can be recorded. If there was one, ask the level above to correct the contents first.
problem-e-con-08 = A reason is needed.
problem-e-con-09 = The unit has fewer than { $bound } members, so it meets as a members' congress. A delegates' congress needs the recorded consent of the level above.
problem-e-con-10 = The unit has { $bound } members or more, so it meets as a delegates' congress, not as a members' congress.
problem-e-con-14 = { $unit } holds no congress in this season.
problem-e-con-17 = { $held } is more than a year ago. Check the year.
problem-e-con-18 = Write a whole number from 0 to 1000000, digits only.
problem-e-con-19 = This needs filling in.
congress-title = Congress: { $unit }
congress-report-go = Report the congress
congress-steps = What can be done
congress-history = What happened
congress-history-empty = Nothing recorded yet.
congress-history-later = { $count ->
    [one] One later entry
   *[other] { $count } later entries
}: show
congress-void = (no longer counts)
congress-facts = Facts
congress-report = Numbers reported
congress-visits = Visits of the working group
congress-visit-handled = handled
congress-findings = Against the rules
congress-findings-handle = Handle on the findings page
congress-blocks = Blocks
congress-warns = Warning
congress-unconfirmed = (rule unverified)
congress-form-members = Members' congress
congress-form-delegates = Delegates' congress
congress-form-below = { $form } (fewer than { $bound } members)
congress-form-from = { $form } ({ $bound } members or more)
congress-form-consented = { $form } (fewer than { $bound } members, with the superior's consent)
congress-ordinal-said = the { $ordinal }
congress-due-between = from { $first } to { $last }, by the plan of { $issuer }
congress-due-by = by { $last }, by the plan of { $issuer }
congress-sheet-planned = Planned
congress-sheet-undated = No day yet
congress-sheet-half-days = Preparatory session (half-days)
congress-sheet-held = Held
congress-sheet-due = Deadline
congress-sheet-form = Form
congress-sheet-ordinal = Ordinal
congress-sheet-term = Term
congress-sheet-contents = Contents
congress-sheet-members = Members
congress-sheet-charge = Member in charge
congress-sheet-reason = Reason
congress-sheet-decision = Decision of ratification
congress-step-confirm = Confirm the report
congress-step-return = Return the report
congress-step-ratify = Ratify the result
congress-step-prepare = Say that it is prepared
congress-step-review = Review the congress
congress-step-hold = Record that it met
congress-step-date = Set the day
congress-step-date-again = Change the day
congress-step-settle = Form and contents
congress-step-postpone = Postpone
congress-step-hand-over = Hand over to a successor
congress-step-cancel = Do not hold it
congress-step-resume = Hold it after all
congress-note-confirm = The level above confirms the numbers. They can still be returned, with a reason, until ratified.
congress-note-return = The report no longer counts until the unit sends it again. The unit sees this reason.
congress-note-ratify = Record the number of the decision that ratifies the elections.
congress-note-prepare = Documents, personnel and hall are ready.
congress-note-review = Record what the superior asked for when it reviewed the congress.
congress-note-hold = For a unit that met and has not sent its numbers. The unit reports them later.
congress-note-date = The day is checked against the plans, the pilots, the congresses above and the holidays before it is saved.
congress-note-settle = The number of members decides the form; the contents decide whether the unit elects anybody.
congress-note-postpone = Gives up the day without a new one. What was prepared has to be reported again.
congress-note-hand-over = This unit does not meet; its successor does.
congress-note-cancel = This unit no longer counts towards the season's total.
congress-note-resume = The cancellation or hand-over is undone; the congress stands where it stood before.
congress-done-confirm = The report is confirmed.
congress-done-return = The report was returned.
congress-done-ratify = The ratification is recorded.
congress-done-prepare = Recorded: prepared.
congress-done-review = The review is recorded.
congress-done-hold = The day it met is recorded.
congress-done-date = The day is saved.
congress-done-settle = Form and contents are saved.
congress-done-postpone = The postponement is recorded.
congress-done-hand-over = It is handed over.
congress-done-cancel = Recorded: it will not be held.
congress-done-resume = It is to be held after all.
congress-field-reason = Reason
congress-field-decision = Number of the decision
congress-field-findings = What the superior asked for
congress-field-first = First day
congress-field-last = Last day
congress-field-last-hint = Leave blank for one day
congress-field-day = Recorded for
congress-field-day-hint = This season is over: it counts from this day.
congress-field-half-days = Preparatory session (half-days)
congress-field-half-days-hint = Inside the days above; leave blank for none
congress-field-form = Form
congress-field-form-hint = { $members ->
    [one] { $members } member
   *[other] { $members } members
}; from { $bound } members on, a delegates' congress
congress-field-ordinal = Ordinal
congress-field-ordinal-hint = In digits, such as 17; leave blank if unknown
congress-field-review = Review of the term, directions
congress-field-opinions = Opinions on the higher drafts
congress-field-committee = Election of committee, secretary, deputies
congress-field-delegates = Election of delegates to the congress above
congress-field-consent = The superior consents to a delegates' congress
congress-field-consent-who = Which superior consents
congress-field-consent-by = By which instrument (number, date)
congress-field-to = Code of the successor
congress-field-to-hint = Type the unit’s code or name
congress-fact-settled = Form and contents settled
congress-fact-dated = Set for { $days }
congress-fact-postponed = Postponed
congress-fact-prepared = Prepared
congress-fact-reviewed = Reviewed by the superior
congress-fact-held = Met { $days }
congress-fact-reported = Reported: { $present }/{ $convened } present
congress-fact-returned = Report returned
congress-fact-confirmed = Confirmed by the level above
congress-fact-ratified = Ratified
congress-fact-cancelled = Not to be held
congress-fact-handed-over = Handed over to { $unit }
congress-fact-resumed = To be held after all
problem-e-con-11 = A rule blocks this day (see below). Choose another day, or record which superior consents and by which instrument.
problem-e-con-12 = There are warnings about this day (see below). To keep it, save once more.
problem-e-con-20 = None of the reports chosen waits for confirmation any more. Load the page again.
problem-e-con-22 = No successor unit has this code. Find the code in the tree of units.
problem-e-con-23 = This number is too large: the preparatory session lies inside the days of the congress, an ordinal is at most 999.
problem-e-con-24 = The day to record for lies between the day the season opened and today.
problem-e-con-25 = This text is too long: at most 10,000 characters. Shorten it; what you typed is still here.
congress-home-confirmed = { $count ->
    [one] One report confirmed.
   *[other] { $count } reports confirmed.
  }
congress-home-set-up = Getting started
congress-home-set-up-units = Bring in the tree of units from a spreadsheet
congress-home-set-up-season = Open a season
congress-home-set-up-accounts = Give people their accounts
congress-home-done = Done
congress-home-due = by { $day }
congress-home-as-of = As of { $day }
congress-home-seasons = Seasons
congress-home-open = Open the congress
congress-home-ballots = Ballots under way
congress-home-reports = Reports waiting for confirmation
congress-home-no-reports = No report is waiting for confirmation.
congress-home-choose = Choose
congress-home-came = Received
congress-home-confirm = Confirm
congress-home-return = Return
congress-home-confirm-chosen = Confirm the reports chosen
congress-home-more = { $count } more appear when these are dealt with.
congress-home-instruments = Instruments to acknowledge
congress-home-acknowledge-by = by { $day }
congress-home-new = New
congress-home-late = Late
congress-home-soon = The next 14 days
congress-home-of = { $count } in all
congress-home-nothing = There is no season in your unit yet.
congress-sheet-term-ends = Running term ends
congress-term-of-level = as its level
congress-term-begun = from the congress of { $day }, { $season }; a term of { $months ->
    [one] { $months } month
   *[other] { $months } months
}
congress-term-edit = Record when the term ends
congress-home-overdue-w-sea-31 = Report overdue: due by { $day }
congress-home-overdue-w-sea-32 = Ratification overdue: due by { $day }
