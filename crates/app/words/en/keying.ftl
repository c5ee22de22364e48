# Ballots by keyboard
keying-count-title = Keying ballots
keying-bundle-of = { $ballot }: bundle { $bundle }, pass { $pass }
keying-returned = { $count ->
    [one] { $count } paper
   *[other] { $count } papers
} returned
keying-keyed = { $done } of { $all } keyed, all passes
keying-back = To the election
keying-size = Papers in a bundle
keying-size-hint = Tie the papers into bundles and number the covers. Each pass of a bundle is keyed by another person, independently.
keying-passes-asked = Independent passes
keying-untie = Untie the bundles
keying-tie = Make bundles
keying-no-bundles = No bundles yet. Whoever runs the election makes them when counting begins.
keying-all-agree = The passes of every bundle agree.
keying-bundle = Bundle
keying-papers = Papers
keying-passes = Passes
keying-state = State
keying-actions = Actions
keying-finished = Done
keying-under-way = Keying
keying-again = Key again from the start
keying-reason = Reason
keying-agrees = Agrees
keying-differ = { $count ->
    [one] { $count } ballot differs
   *[other] { $count } ballots differ
}
keying-not-as-many = Not as many ballots as papers
keying-waits = Not all passes are keyed yet
keying-take = Take it
keying-go-on = Go on
keying-pause = Pause
keying-needs-script = Keying needs JavaScript. Tally sheets are the other way in.
keying-patterns = The commonest ballots
keying-about = { $names } on the list, { $seats } to be elected.
keying-about-nobody = { $names } on the list; this ballot elects nobody.
keying-keys-accept = Enter accepts the ballot. “+” repeats the last ballot, F1 to F9 are the commonest.
keying-keys-back = Backspace takes back a number. “-” clears the ballot being typed; typed again it takes back the ballot accepted last.
keying-keys-strike-out = 00 strikes everybody. Enter before any number: nobody struck.
keying-keys-like = “.” and then “+” (or F1 to F9) begins with that ballot and takes only the numbers that differ.
keying-keys-boxes = “/” before a number: neither box, “*” before a number: both boxes. 00 is everybody. Enter before any number: everybody agreed to.
keying-keys-remarks = Letters: N not issued by the committee, A name added, W written on or signed, I several inks, O other case, U unclear mark.
keying-finish = Bundle done
keying-compare-title = Ballots on which passes differ
keying-compare-how = Somebody who keyed no pass of the bundle takes the paper out and keys it from the paper. No pass is chosen.
keying-to-bundles = To the bundles
keying-not-saved = Not saved
keying-all-read = Every paper that differed has been read. Put right below what you misread.
keying-unsent-done = These are keyed again
keying-none-differ = No ballot differs.
keying-in-bundle = Bundle { $bundle }
keying-paper-at = paper { $at }
keying-not-there = (none)
keying-from-paper = What the paper says
keying-from-paper-hint = Numbers one after the other, such as 0312. Leave it empty where nothing is marked.
keying-no-such-paper = There is no such paper (one was keyed once too often)
keying-keys-or-none = Either the numbers on the paper, or that there is no such paper.
keying-own-reading = You have read this paper: { $keys }. Key it again if you misread it.
keying-enter-again = Key again
keying-enter = Enter
keying-list = The list
keying-how-strike-out = Type the numbers of those STRUCK OUT on the paper.
keying-how-boxes = Type only the numbers of those NOT AGREED TO.
keying-how-ranked = Type the numbers in the order of preference on the paper, the most preferred first.
keying-rulings-title = Ballots for the counting committee
keying-rulings-how = Take the paper out and look. Every ruling names the rule it rests on.
keying-rulings-none = No ballots.
keying-rulings-open = Waiting for a ruling
keying-rulings-done = Ruled on, to be changed until two people have confirmed the result
keying-ruled-valid = Valid, under { $criterion }: { $note } ({ $by })
keying-ruled-invalid = Invalid, under { $criterion } { $note } ({ $by })
keying-ruling-change = Rule otherwise
keying-ruling-why = Why it is ruled otherwise
keying-ruling-why-hint = Required. The ruling before stays on record; the result is found anew and confirmed anew.
keying-ruling-paper = Bundle { $bundle }, paper { $at }
keying-ruling-criterion = Under the rule
keying-ruling-meaning = What the paper really says (in the keys of the count)
keying-ruling-meaning-hint = Leave empty where it was keyed as it stands. Only with “valid”, such as 0317.
keying-ruled-read = Read from the paper: { $keys }
keying-ruling-note = The committee's words
keying-ruling-note-hint = Required where the ballot is ruled valid.
keying-ruling-alike = For all { $count ->
    [one] { $count } ballot
   *[other] { $count } ballots
} marked alike
keying-ruling-invalid = Invalid
keying-ruling-valid = Valid
keying-marks-struck = Struck: { $names }. { $left } left.
keying-marks-none = Nobody struck: all { $left } are left.
keying-marks-boxes = Agree: { $agree }. Disagree: { $disagree }.
keying-compared = Close the keyed count

keying-js-unknown = No such number on the list
keying-js-twice = This number is typed already
keying-js-unreadable = Not readable: type this number again
keying-js-nothing = Nothing to repeat or take back
keying-js-accepted = Ballot <number> accepted
keying-js-flagged = For the committee: <code> – <text>
keying-js-undone = Ballot <number> taken back. Key it again.
keying-js-cleared = Cleared: key this ballot again
keying-js-waits = <count> not sent yet; wait before finishing
keying-js-lost = No connection. <count> wait here; go on keying.
keying-js-stale = Screen and server differ. Loading what is kept.
keying-js-unsent = The server has not taken <count> ballots keyed here: <ballots>. Key them again from the papers.
keying-js-full = All <papers> ballots. Look again, then finish the bundle.
keying-js-everybody = everybody agreed to
keying-js-over = More than the <papers> papers of the bundle. Press - if one was keyed twice.
keying-js-nobody = <ballots> ballots keyed, the bundle has <papers>. Finish all the same?
keying-js-left = about <minutes> minutes left
keying-js-plain = nobody struck
keying-js-again = Last ballot (+ key): <ballot>
keying-js-sound = Sound
problem-e-vot-90 = Screen and server differ; what was sent is not kept. Load the page again and key this ballot anew.
