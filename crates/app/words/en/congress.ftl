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
