# Elections
voting-elections = Elections
voting-hall-title = Elections: { $unit }
voting-hall-none = No elections are set up for { $unit }.
voting-hall-sentence = { $unit } votes on { $day }: { $over } of { $all ->
    [one] { $all } election is
   *[other] { $all } elections are
} over.
voting-not-saved = Not saved
voting-congress = Congress
voting-convocations = Convocations
voting-called-congress = Congress, { $day }
voting-called-by-election = By-election of { $offices }, { $day }
voting-set-up-head = Setting up
voting-chain = The elections in order
voting-office = Office
voting-state = State
voting-ballots = Ballots
voting-elected = Elected
voting-actions = Actions
voting-planned = Planned
voting-waits = Waits for
voting-attendance = Who was convened, and what votes are held against
voting-convened = Convened
voting-present = Present
voting-counted-still = still counted
voting-denominator = Votes are held against
voting-denominator-later = known after the count
voting-need = Votes needed
voting-people = People
voting-people-none = Nobody yet. Paste a list into the field above.
voting-marks = Marks
voting-edit = Edit
voting-corrected = The closed list says: { $name }, born { $birth }. Put right on { $day }: { $reason } ({ $by })
voting-body-member-congress = Congress of all members
voting-body-delegate-congress = Congress of delegates
voting-body-meeting-of = Meeting of the { $body } ({ $members ->
    [one] { $members } member
   *[other] { $members } members
})
voting-voters = Who votes
voting-body-meeting = Meeting of the committee
voting-mark-probationary = probationary
voting-mark-delegate = delegate
voting-mark-convening = convening committee
voting-mark-teller = counting committee
voting-mark-helper = team for opinion ballots
voting-step-waiting = Not begun
voting-step-under-way = Under way, ballot { $round }
voting-step-done = { $open ->
       [0] Over
       *[other] Over, { $open } seats open
    }
voting-step-skipped = Not held
voting-step-appointed = Appointed by the superior
voting-pause = Paused: { $person }, planned for { $office }, was not elected to { $body }. Report to the superior and go on when the answer is recorded.
voting-reply-said = The superior's answer on { $office }: { $text } (instead: { $person }). { $recorded }
voting-reply-superior = Recorded by the superior ({ $who }).
voting-reply-document = Recorded by the unit from { $number } of { $date } ({ $who }).
voting-unplan-title = Noted by mistake as planned for { $office }: { $person }
voting-undecide-title = Noted by mistake: { $decision }
voting-plan-title = Person the superior approved: { $office }
voting-appoint-title = Appointment by the superior: { $office }
voting-attend-title = Who was convened: { $body }
voting-do-set-up = Set up the elections
voting-note-set-up = The rules are those in force on the day of the vote. Once a ballot has begun this cannot be changed.
voting-do-call-again = Call a by-election
voting-note-call-again = For offices that have fallen vacant since the congress (Điều 28). Whoever was elected before keeps the office; the by-election has its own chain, attendance and day.
voting-do-set-up-again = Change how the elections are set up
voting-do-uncall = Drop a by-election called by mistake
voting-do-people = Add people
voting-do-person = Correct a person
voting-do-remove = Take the person off
voting-note-remove = Only somebody whom nothing on record in these elections names.
voting-do-attend = Record who was convened
voting-note-attend = Whoever is away for part of the congress, or without an accepted reason, still counts and is not recorded here.
voting-do-plan = Record the person
voting-note-plan = If this person fails, the elections pause until the superior answers.
voting-do-unplan = Take this person off again
voting-note-unplan = Possible until the election of the committee has begun; from then on the superior answers (R46).
voting-do-introduce = Record an introduction ballot counted on paper
voting-note-introduce = Only where the congress held and counted the introduction ballot on paper; say which minutes.
voting-introduce-title = Introduction ballot counted on paper: { $office }
voting-do-introduction = Hold the introduction ballot
voting-introduced-not-yet = An introduction ballot comes first
voting-introduced-here = The introduction ballot was held
voting-introduced-on-paper = Introduction ballot counted on paper: { $source }
voting-introduced-order = Order of the introduction ballot
voting-introduced-note = Shown to the congress only: it decides neither the list nor who is elected.
voting-do-sit = Record the members
voting-note-sit = Who sits there now: they vote at its meeting, offices are filled from among them, and nobody stands for the seat he or she has.
voting-sit-title = Members already: { $body }
voting-done-sit = Members recorded.
voting-field-member = Members
voting-do-begin = Begin
voting-do-skip = Not held
voting-do-hold = Hold it after all
voting-do-reply = Record the superior's answer
voting-do-appoint = Record the appointment
voting-done-set-up = The elections are set up.
voting-done-call-again = The by-election is called.
voting-done-uncall = The by-election called by mistake is gone.
voting-done-people = Added.
voting-done-person = Corrected.
voting-done-remove = Taken off.
voting-done-attend = Attendance recorded.
voting-done-plan = The person is recorded.
voting-done-unplan = Taken off.
voting-done-introduce = Recorded.
voting-done-skip = Recorded: not held.
voting-done-hold = Noted: it is held.
voting-done-reply = The answer is recorded; the elections go on.
voting-done-appoint = The appointment is recorded.
voting-field-day = Day of the vote
voting-field-official-members = Official members of the unit
voting-field-official-members-hint = A branch of 9 or more elects a committee; a smaller one only a secretary.
voting-field-shape = How the unit is led
voting-field-shape-branch = Branch: everything is elected at its congress
voting-field-shape-committee = Committee: it elects its leaders at its first meeting
voting-field-form = Congress
voting-field-form-members = All members
voting-field-form-delegates = Delegates
voting-field-trial = Trial: the congress elects the secretary directly
voting-field-office = By-election: these offices only
voting-field-office-hint = Leave empty for the whole chain of a congress.
voting-field-people = One person on a line
voting-field-people-hint = Name; birth date; joined; letters. Letters: D probationary, B delegate, C convening committee, K counting committee, G team for opinion ballots. Example: Trần Văn An; 02/03/1970; 19/05/1995; C
voting-field-name = Name
voting-field-birth = Born
voting-field-joined = Joined
voting-field-official = Official member
voting-field-delegate = Official delegate of this congress
voting-field-convening = Member of the convening committee
voting-field-teller = Member of the counting committee
voting-field-helper = Member of the team that counts opinion ballots
voting-field-correction-reason = Why it is put right (needed for somebody on an approved list or counting)
voting-field-convened = Convened
voting-field-present = Present at the vote
voting-field-out = Not counted
voting-field-in = … of these still counted (present, or replaced by an alternate)
voting-field-person = Person
voting-field-reply = The answer
voting-field-document = The superior's document: number
voting-field-document-hint = Required where the unit records the answer; the superior's office needs none.
voting-field-dated = Its date
voting-field-reply-person = Person approved instead
voting-name-by-election = { $name } (by-election)
voting-name-first = Election: { $office }
voting-name-again = Election: { $office }, ballot { $round }
voting-name-opinion = Opinion ballot: { $office }
voting-name-opinion-again = Opinion ballot: { $office }, no. { $round }
voting-name-introduction = Introduction ballot: { $office }
voting-name-introduction-again = Introduction ballot: { $office }, no. { $round }
voting-name-run-off = Election: { $office }, ballot { $round } (run-off)
voting-name-alternates = Election: { $office }, alternates, ballot { $round }
voting-name-alternates-run-off = Election: { $office }, alternates, ballot { $round } (run-off)
voting-state-draft = List in the making
voting-state-list-approved = List approved
voting-state-names-closed = Names closed
voting-state-printed = Ballots printed
voting-state-open = Voting
voting-state-closed = Boxes opened
voting-state-counting = Counting
voting-state-compared = Compared
voting-state-ruled = Ballots ruled on
voting-state-resulted = Result, to be confirmed
voting-state-confirmed = Confirmed by two
voting-state-announced = Announced
voting-state-ratified = Ratified
voting-state-annulled = Void
voting-now-draft = The list is being made: { $names ->
    [one] { $names } person
   *[other] { $names } people
} for { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}.
voting-now-draft-opinion = Opinions are asked about { $names ->
    [one] { $names } nominee
   *[other] { $names } nominees
} from outside the convening committee's list. Next: close the names, print the papers.
voting-now-draft-introduction = { $names ->
    [one] { $names } person is
   *[other] { $names } people are
} on the introduction ballot.
voting-now-draft-asked = An opinion ballot on nominees from outside is on its way. The list ({ $names ->
    [one] { $names } person
   *[other] { $names } people
} for { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}) is approved after it.
voting-now-list-approved-opinion = The names of the opinion ballot are closed. Next: print the papers.
voting-now-list-approved-introduction = The names of the introduction ballot are closed. Next: print the papers.
voting-now-list-approved = The list is approved. Next: print the ballots.
voting-now-printed = The ballots are printed. Next: hand them out.
voting-now-open = The ballots are handed out. When all have voted: open the boxes and count the papers.
voting-now-closed = { $returned ->
    [one] { $returned } ballot
   *[other] { $returned } ballots
} came back.
voting-now-counting = { $returned ->
    [one] { $returned } ballot is
   *[other] { $returned } ballots are
} being counted. { $sheets ->
    [one] { $sheets } person has
   *[other] { $sheets } people have
} handed in tally sheets; two people must count independently and agree.
voting-now-keyed = { $returned ->
    [one] { $returned } ballot is
   *[other] { $returned } ballots are
} being keyed one by one, in independent passes.
voting-now-ranked = { $returned ->
    [one] { $returned } ranked ballot is
   *[other] { $returned } ranked ballots are
} being counted: tie bundles and key them one by one. They have no tally sheets, for each passes on by an order of its own.
voting-now-compared = The passes agree. The counting committee rules on doubtful ballots.
voting-now-ruled = Every ballot is ruled on.
voting-now-resulted = The result is there; two different people must confirm it before it is announced.
voting-now-annulled = This ballot is void.
voting-answer = { $elected } of { $seats } elected: { $names } ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} of { $denominator } needed).
voting-answer-run-off = Elected { $elected }/{ $seats }: { $names } (a ballot of those tied: the most votes are enough).
voting-answer-run-off-nobody = The ballot of those tied chose nobody: the votes are equal again.
voting-answer-nobody = Nobody is elected ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} of { $denominator } needed; { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}).
voting-answer-opinion = Supported by more than { $share }% of those present ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} of { $present } needed): { $names }. An opinion ballot elects nobody.
voting-answer-opinion-nobody = Nobody is supported by more than { $share }% of those present ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} of { $present } needed). An opinion ballot elects nobody.
voting-answer-opinion-order = Order of the opinion ballot: { $names }. It elects nobody.
voting-answer-introduction = Order of the introduction ballot: { $names }. Shown to the congress only; it elects nobody.
voting-by-votes = { $name } { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
} ({ $share })
voting-source-introduced = Introduced
voting-answer-alternates = Alternates { $elected }/{ $seats }: { $names } ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} of { $denominator } needed).
voting-answer-no-alternates = No alternate is elected ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} of { $denominator } needed; { $seats } to elect).
voting-source-convening = Convening committee's list
voting-source-floor = Nominated at the congress
voting-source-floor-by = Nominated by { $name }
voting-source-own = Stands on own account
voting-supporters-said = { $people } support
voting-opinion-said = opinion ballot: { $votes }/{ $attending } ({ $share })
voting-opinion-enough = opinion ballot: { $votes }/{ $attending } ({ $share }), enough to go on the list
voting-opinion-too-few = opinion ballot: { $votes }/{ $attending } ({ $share }), too few, { $need } needed
voting-opinion-source = – counted on paper, { $source }
voting-left-out = not put on the list
voting-withdrawal-asked = asks to withdraw, not decided
voting-withdrawal-granted = withdrew by the congress's decision
voting-withdrawal-denied = the congress did not let go
voting-withdraw-title = The congress decides whether { $name } withdraws
voting-field-withdraw-agree = For letting withdraw
voting-field-withdraw-disagree = Against
voting-field-withdraw-abstain = Neither
voting-change-ask = Asks to withdraw
voting-change-stay = No wish
voting-change-remove = Remove
voting-change-out = Leave off the list
voting-change-back = Put on the list after all
voting-change-supporters = Supporters (raised cards)
voting-save = Save
voting-unconfirmed = A number of the rules nobody confirmed: { $field }
voting-rule-tie = a tie at the last seat
voting-rule-threshold = the votes it takes to be elected
voting-rule-rounds-most = the most ballots
voting-rule-rounds-then = what follows the last ballot, or an open seat
voting-rule-alternates-by-decision = the congress decides who become alternates
voting-rule-ballot-with-surplus = the paper of a list with a surplus
voting-rule-ballot-without-surplus = the paper of a list without a surplus
voting-rule-ballot-single = the paper of a list of one
voting-rule-ballot-preliminary = the paper of opinion and introduction ballots
voting-rule-custody-keep-months = the months ballots are kept
voting-rule-custody-destruction-by-decision = destroying ballots takes a decision
voting-rule-custody-complaint-working-days = the time for complaints
voting-rule-custody-report-working-days = the time for reporting to the superior
voting-rule-custody-ratify-working-days = the time for ratifying
voting-rule-denominators-kind = what votes are held against
voting-rule-nomination-committee-keeps-to-list = members of the convening committee keep to its list
voting-rule-nomination-meeting-keeps-to-list = members of the body keep to the list it prepared
voting-rule-nomination-delegates-only = only delegates nominate and stand for delegate
voting-rule-nomination-helpers-count-opinions = a helping team counts opinion ballots
voting-rule-nomination-outside-support = the support somebody outside the committee's list needs
voting-rule-nomination-probationary-nominate = probationary members nominate
voting-rule-nomination-probationary-stand = probationary members stand
voting-rule-nomination-tellers-stand = tellers stand
voting-rule-offices-vote = the form of vote
voting-rule-offices-surplus = whether the list must be longer than the seats
voting-rule-offices-opinion-ballot = the opinion ballot on outside nominees
voting-rule-offices-most-seats = the most seats
voting-rule-offices-apart-from = not held beside another office
voting-rule-offices-rounds-most = the most ballots
voting-rule-offices-rounds-then = what follows the last ballot
voting-rule-surplus-cap-permille = the largest surplus
voting-rule-surplus-small = the surplus of few seats
voting-rule-surplus-at-least = the least surplus
voting-rule-surplus-band-permille = the surplus the committee prepares
voting-rule-surplus-by-opinion-votes = choosing outside nominees by votes of opinion
voting-parameter-confirmed = confirmed by a person
voting-next = Next
voting-other = Also possible
voting-after = After the vote
voting-findings = What is wrong with the list
voting-list = The list
voting-list-none = Nobody is on the list yet.
voting-number = No.
voting-source = From
voting-papers = Votes by cards and papers
voting-custody = Custody and approval
voting-files = Papers to take out
voting-result-void = The result that is void, to be read
voting-void-reason = This ballot is void: { $reason }
voting-later = The next ballot of this office:
voting-archive-digest = SHA-256 of the archive as it stands, to be noted when it is handed over:
voting-decided-take = The congress decided: they become alternates
voting-decided-leave = The congress decided: they do not become alternates
voting-decided-lot = A lot among { $tied }: { $drawn }
voting-round = Round { $round }: { $votes }; exhausted { $exhausted }. Leaves: { $leaves }.
voting-round-last = Round { $round }: { $votes }; exhausted { $exhausted }.
voting-result = Result
voting-votes = Votes
voting-share = Share
voting-agree = For
voting-disagree = Against
voting-not-counted = Not counted
voting-related-list = Held for
voting-related = Ballots before the election
voting-outcome = Outcome
voting-elected-by-votes = Elected, by votes
voting-alternates = Alternates
voting-confirmed-by = Confirmed by
voting-sheets-by = Tally sheets from
voting-sheets-said = { $piles ->
    [one] { $piles } pile
   *[other] { $piles } piles
}, { $ballots }/{ $returned ->
    [one] { $returned } ballot
   *[other] { $returned } ballots
}
voting-sheets-differ = The counts differ, and the piles were made otherwise: count again from the papers (R51).
voting-sheets-differ-in = The counts differ in pile { $piles }: count these again from the papers (R51).
voting-sheets-dropped = The sheets of { $name }, pile { $piles }, were dropped: { $reason } (by { $by }).
voting-pile = Pile { $pile }
voting-pile-all = All piles
voting-pile-edit = Write pile { $pile } again
voting-drop-sheet-of = Drop the tally sheets of { $name }
voting-all = All elections
voting-wall = Wall
voting-count-keyed = Key the ballots
voting-back-to-ballot = Back
voting-seats = Seats
voting-cards-said = { $agree } for, { $disagree } against, { $abstain } neither
voting-number-vote = Vote on the number
voting-list-vote = Vote on the list
voting-printed = Printed
voting-issued = Handed out
voting-spoiled = Spoiled and replaced
voting-returned = Returned
voting-not-returned = Not returned
voting-file-list = List
voting-file-ballot = Ballot to print
voting-file-paper = Paper to print
voting-file-result-before = Result of the ballot
voting-file-minutes = Counting minutes
voting-file-result = Result sheet
voting-file-extract = Extract for publishing
voting-file-archive = Archive (JSON)
voting-file-journal = Journal of keys (PDF)
voting-archive-warning = The archive holds what stands on every ballot. It is for custody and audit, not for publishing: on a long list the pattern of one ballot can serve as a signature.
voting-archive-gone = The ballots were destroyed on { $day }, the archive and the journal of keys with them; totals are left.
voting-do-seats = Propose the number of seats
voting-do-nominate = Nominate
voting-do-nominate-introduction = Put on the introduction ballot
voting-field-people-to-introduce = Who is introduced
voting-do-ask = Hold an opinion ballot
voting-note-ask-about = A secret ballot about the nominees from outside the convening committee's list: { $names }. Only who has at least { $need ->
    [one] { $need } vote
   *[other] { $need } votes
} of the { $present } present may be put on the list.
voting-note-ask-order = A secret ballot about the nominees from outside the list prepared: { $names }. The order by votes is shown only.
voting-do-heard = Record an opinion ballot counted on paper
voting-note-heard = Only where the congress held and counted the opinion ballot on paper; say which minutes.
voting-do-sift = Choose by the opinion ballot
voting-sift-taken = On the list: { $names }.
voting-sift-too-few = Not on it, too few support them: { $names }.
voting-sift-no-room = Not on it, beyond the surplus (from the most votes down; nobody confirmed this rule): { $names }.
voting-sift-tied = Equal votes across the last place, the congress decides: { $names }.
voting-do-close-names = Close the names
voting-note-close-names-opinion = The congress does not vote on these names. The papers are handed out and counted by the team that helps the presidium, not by the counting committee.
voting-note-close-names-introduction = The congress does not vote on these names. The result is shown only.
voting-do-approve = Record the approval by raised cards
voting-note-approve-list = The list is voted on by raised cards; write down the cards.
voting-note-approve = The congress votes on number and list by raised cards; enter the cards.
voting-do-reopen = Take the list up again
voting-do-print = Print the ballots
voting-note-print = All ballots are identical; the template is kept with this election.
voting-do-hand-out = Begin handing out
voting-note-hand-out = From here on list and rules cannot change.
voting-do-counters = Change who counts
voting-note-counters = When an operator is replaced, or a third person is needed. What was counted stays theirs who counted it.
voting-do-close = Open the boxes and count the papers
voting-do-correct = Put the figures right
voting-note-correct = Say why; tally sheets are handed in again.
voting-done-correct = The figures are put right.
voting-do-sheet = Hand in a tally sheet
voting-note-sheet = A sheet for each pile; a person's piles together are the ballots returned. Each counts alone and sees nobody else's numbers. When two counts agree, the result is found.
voting-do-drop-sheet = Drop tally sheets
voting-note-drop-sheet = What is dropped is kept with the reason. Whoever leads the election drops the sheets of somebody who is gone, but not somebody who counted too.
voting-do-count-again = Count the papers again
voting-note-count-again = Where everybody misread a paper: say why, then drop the pass or the sheet concerned and make it anew. Rulings are made again.
voting-decide-lot = the lot that was drawn
voting-do-settle = Confirm this rule
voting-note-parameter = { $field } ({ $source })
voting-do-confirm = Confirm the result
voting-note-confirm = Two different people, with two accounts, confirm the same result.
voting-do-announce = Announce the result
voting-do-decide = The congress decides
voting-decide-further = The congress decides on a further ballot
voting-decide-stop = The congress decides to stop
voting-decide-further-alternates = The congress decides on a further ballot for alternates
voting-decide-fewer-alternates = The congress decides on fewer alternates, no further ballot
voting-decide-take = They become alternates
voting-decide-leave = They do not
voting-do-undecide = Take this decision back
voting-note-undecide = The congress did not decide so. Lists of later offices being made on it go too; the reason is kept.
voting-do-further = Hold the next ballot
voting-do-drop = Drop it, nobody has voted
voting-note-drop = Begun by mistake it can be dropped before papers are out; say why.
voting-do-annul = Void this ballot
voting-note-annul = The ballot is void and held anew; its figures stay readable. Once two people have confirmed the result only the superior makes it void.
voting-do-seal = Seal the ballots
voting-do-seal-again = Put the note of sealing right
voting-do-complain = Record a complaint
voting-do-answer = Settle the complaint
voting-do-unseal = Open the seal
voting-do-report = Report to the superior
voting-do-ratify = Ratify
voting-do-ratify-again = Put the note of ratification right
voting-do-destroy = Destroy the ballots
voting-done-seats = Seats recorded.
voting-done-nominate = Nominated.
voting-done-heard = Opinion ballot recorded.
voting-done-sift = Chosen by the opinion ballot.
voting-done-close-names = Names closed.
voting-done-nomination = Recorded.
voting-done-approve = The list is approved.
voting-done-reopen = The list is open again.
voting-done-print = The ballot is printed.
voting-done-hand-out = Ballots are being handed out.
voting-done-counters = Other accounts count now.
voting-done-close = The papers are counted.
voting-done-sheet = The tally sheet is in.
voting-done-drop-sheet = The tally sheets were dropped.
voting-done-count-again = Counting again: drop the pass or the sheet concerned.
voting-done-settle = Confirmed.
voting-done-confirm = The result is confirmed.
voting-done-announce = Announced.
voting-done-decide = The decision is recorded.
voting-done-undecide = The decision is taken back.
voting-done-seal = Sealed.
voting-done-seal-again = Put right; what stood before is kept with the reason.
voting-done-complain = The complaint is recorded.
voting-done-answer = Settled.
voting-done-unseal = The opening is recorded.
voting-done-report = Recorded.
voting-done-ratify = Ratified.
voting-done-ratify-again = Put right; what stood before is kept with the reason.
voting-done-destroy = The destruction is recorded.
voting-field-seats = Seats
voting-field-alternates = Alternates
voting-field-people-to-nominate = People
voting-field-source = From where
voting-field-attending = People present at the ballot
voting-field-heard = Votes to agree
voting-field-on-paper = By which minutes: number, date
voting-field-nominator = Nominator (if nominated at the congress)
voting-field-number-agree = The number: for
voting-field-number-disagree = … against
voting-field-number-abstain = … neither
voting-field-list-agree = The list: for
voting-field-list-disagree = … against
voting-field-list-abstain = … neither
voting-field-printed = Papers printed
voting-field-issued = Papers handed out (replacements included)
voting-field-spoiled = Papers spoiled and replaced
voting-field-returned = Papers taken from the boxes
voting-field-pile = Number of the pile
voting-field-pile-ballots = Ballots in the pile
voting-field-valid = Valid ballots
voting-field-invalid = Invalid { $code }: { $text }
voting-field-account = Accounts that count this ballot
voting-field-account-hint = Only these open the boxes, key ballots, rule on them and confirm the result. Nobody counts who stands (R27).
voting-field-confirm = Rules nobody has seen in writing that decide this
voting-field-confirm-hint = Look each up in the instrument and tick it where it is right. Who confirmed it is kept.
voting-account-namesake = { $name } – the name of somebody who stands
voting-field-namesakes = The account with such a name is another person's, not the candidate's
voting-field-counts = Who counts this ballot
voting-field-head-of-team = Head of the helping team
voting-field-head = Head of the counting committee
voting-field-sheet-again = Why this pile is written again (the sheet before is kept)
voting-field-meeting-day = Day of the meeting
voting-field-anew = Take who was convened and who leaves the denominator as recorded now: { $now } instead of { $before }
voting-field-drawn = Numbers drawn
voting-field-reason = Why
voting-field-on = Day
voting-field-handed-to = Handed over to
voting-field-instrument = Instrument: number and date
voting-field-complaint-text = What it says
voting-field-settled-how = How it was settled
voting-field-decision = By which decision: number and date
voting-field-reported = Reported on
voting-field-received = Received on
voting-step-papers = { $issued ->
    [one] { $issued } ballot
   *[other] { $issued } ballots
} handed out, { $spoiled } spoiled and replaced, { $returned } returned, { $missing } not returned; { $valid } valid, { $invalid } invalid.
voting-step-invalid = Invalid by { $code }: { $text } — { $ballots ->
    [one] { $ballots } ballot
   *[other] { $ballots } ballots
}.
voting-step-denominator = Votes are held against { $start } { $off } = { $value }.
voting-step-denominator-plain = Votes are held against { $value }; nobody is left out.
voting-step-denominator-collected = Held against: { $value ->
    [one] { $value } ballot
   *[other] { $value } ballots
} returned.
voting-step-denominator-valid = Held against: { $value ->
    [one] { $value } valid ballot
   *[other] { $value } valid ballots
}.
voting-step-denominator-present = Votes are held against { $value ->
    [one] { $value } person
   *[other] { $value } people
} present.
voting-step-opinion = More than { $share }% of the { $denominator } present: at least { $need ->
    [one] { $need } vote
   *[other] { $need } votes
}.
voting-step-opinion-order = No number of votes is asked: the order is shown only.
voting-step-introduction = No number of votes is asked: an introduction ballot is shown to the congress only.
voting-step-need = More than the share of { $denominator } that the rules ask: at least { $need ->
    [one] { $need } vote
   *[other] { $need } votes
}.
voting-step-run-off = A run-off among the tied: the most votes are enough.
voting-line-supported = Enough
voting-line-unsupported = Too few
voting-line-rank = No. { $rank }
voting-line-elected = Elected
voting-line-alternate = Alternate
voting-line-tied = Tied
voting-line-passes = Enough votes
voting-line-not-elected = Not elected
voting-line-fails = Not enough
voting-next-rule = The counting committee must rule on { $ballots ->
    [one] { $ballots } ballot
   *[other] { $ballots } ballots
}.
voting-next-run-off = Tied for the last seats: { $names }. A run-off among them for { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}.
voting-next-lot = Tied: { $names }. The lot decides on { $seats }.
voting-next-tie = Still tied: { $names }. The congress decides how to go on ({ $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}).
voting-next-open = { $seats ->
    [one] { $seats } seat is
   *[other] { $seats } seats are
} open. The congress decides on a further ballot or stops.
voting-next-further = A further ballot is held for { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}.
voting-next-appoint = No further ballot may be held: the superior appoints { $seats }.
voting-next-stay-open = No further ballot may be held: { $seats ->
    [one] { $seats } seat stays
   *[other] { $seats } seats stay
} open.
voting-next-alternates = Enough votes and no seat: { $names }. The congress decides whether they become alternates.
voting-next-more-alternates = { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
} of alternates are open. The congress decides whether to elect more.
voting-next-alternates-tie = Tied for the last place of the alternates: { $names } ({ $seats ->
    [one] { $seats } place
   *[other] { $seats } places
}). The rules speak of ties for seats only, so the congress decides: another ballot of these, for alternates alone, or fewer alternates.
voting-next-alternates-run-off = The congress decided on another ballot between { $names } for { $seats ->
    [one] { $seats } alternate
   *[other] { $seats } alternates
}.
voting-next-alternates-ballot = The congress decided to elect { $seats ->
    [one] { $seats } more alternate
   *[other] { $seats } more alternates
}.
voting-next-confirm = Somebody must confirm the rule “{ $field }” ({ $source }).
voting-custody-sealed = Sealed and handed over
voting-custody-not-yet = not yet
voting-custody-keep = Kept at least until
voting-custody-complaints = Complaints until
voting-custody-complaint = Complaint
voting-custody-open = open
voting-custody-report = Reported
voting-custody-by = by { $day }
voting-custody-received = Received
voting-custody-ratified = Ratified
voting-custody-opened = Seal opened
voting-custody-destroyed = Destroyed
voting-custody-finding = Warning

problem-e-vot-01 = Not now: { $state ->
       [draft] the list is being made
       [list_approved] the list is approved, papers are not printed
       [printed] papers are printed and not handed out
       [open] people are voting
       [closed] the boxes are open
       [counting] ballots are being counted
       [compared] the passes agree, and the committee rules on ballots
       [ruled] every ballot is ruled on
       [resulted] the result waits for two people
       [confirmed] two people confirmed the result
       [announced] the result was announced
       [ratified] the result was ratified
       [annulled] the ballot is void
       [body_begun] the body the office is filled from is being elected or was; a slip is the superior's to take back
       [waiting] this election has not begun
       [under_way] this election is under way
       [done] this election is over
       [skipped] this election is not held
       [appointed] the superior appointed
       [introduced] the introduction ballot was held
       [not_waiting] nothing waits for the superior's answer
       [sealed] the ballots are sealed
       [not_sealed] the ballots are not sealed
       [opened] the seal was opened
       [elected_nobody] this ballot elected nobody, so there is nothing to report or ratify
       [destroyed] the ballots were destroyed
       [not_open] this complaint is not open
       [tied] bundles are tied
       [not_counting] this ballot is not being counted
       [not_tied] no bundles are tied
       [passes_begun] a pass stands: drop each with a reason before the bundles are untied
       [keying] a pass is not finished
       [no_pass] you have no pass of this bundle
       [agreed] the passes agree here
       [not_begun] this pass has not begun or is finished
       [no_such_bundle] there is no such bundle
       [no_such_sheet] there is no such tally sheet
       [counted_on_sheets] it was counted on sheets, which hold the rulings
       *[other] { $state }
    }. See the next step on the page.
problem-e-vot-02 = { $returned ->
    [one] { $returned } ballot
   *[other] { $returned } ballots
} came back and only { $issued } went out (R16). Count both again; if it is so, the count must not go on: tell the presidium.
problem-e-vot-03 = { $issued ->
    [one] { $issued } ballot
   *[other] { $issued } ballots
} handed out, at most { $limit } are possible (people present, papers printed).
problem-e-vot-04 = Valid and invalid ballots are { $counted }, but { $returned } came back (R17). Look at the piles again.
problem-e-vot-05 = { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
} on the sheet, at most { $limit } are possible{ $number ->
       [0] {""}
       *[other] {" "}for number { $number }
    } (R18).
problem-e-vot-06 = { $found ->
    [one] { $found } person
   *[other] { $found } people
}, at most { $limit } are possible. Look at who was convened and present.
problem-e-vot-07 = The rules do not take “{ $code }” out of the denominator.
problem-e-vot-08 = The rules have no denominator where this body votes.
problem-e-vot-09 = No ballot can have { $names ->
    [one] { $names } name
   *[other] { $names } names
} for { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}.
problem-e-vot-10 = The ballot is not of this election's layout.
problem-e-vot-11 = There is no number { $number } among { $names ->
    [one] { $names } name
   *[other] { $names } names
}.
problem-e-vot-12 = Number { $number } twice on one ballot.
problem-e-vot-13 = The keys make no ballot.
problem-e-vot-14 = There is nothing to repeat or take back.
problem-e-vot-15 = The rules have no criterion “{ $code }”, or it makes no ballot invalid.
problem-e-vot-16 = { $ballots ->
    [one] { $ballots } ballot waits
   *[other] { $ballots } ballots wait
} for the counting committee's ruling.
problem-e-vot-17 = { $who } did this already; a second person must, with an account of their own (R51).
problem-e-vot-18 = The account { $who } keyed a pass of this bundle; what differs is read from the paper by somebody who keyed none.
problem-e-vot-19 = The passes still differ in { $ballots ->
    [one] { $ballots } ballot
   *[other] { $ballots } ballots
}.
problem-e-vot-20 = Independent counts differ, or the result is no longer the one you saw (R51). Look at the papers again.
problem-e-vot-21 = The bundle has { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
} and { $keyed } were keyed.
problem-e-vot-22 = Pass { $pass } of this bundle is taken.
problem-e-vot-23 = The rules were edited after the ballot opened; it is counted by those it opened with.
problem-e-vot-25 = This congress does not elect: { $office_en } (R29, R44, R45).
problem-e-vot-26 = { $office_en } is elected first.
problem-e-vot-27 = Waiting for the superior's answer on { $office_en } (R46).
problem-e-vot-28 = This number is allocated; nobody votes on it (R58).
problem-e-vot-29 = At most { $most } ballots may be held (R30); the superior decides now.
problem-e-vot-30 = Say why.
problem-e-vot-31 = The ballots are kept until { $day } (R41).
problem-e-vot-32 = A complaint is open, so the ballots stay (R40, R41).
problem-e-vot-33 = A decision comes first: of the congress (the number to be elected, alternates), or an instrument with its number and date (R41, Điều 3).
problem-e-vot-34 = Complaints were possible until { $day } (R40).
problem-e-vot-35 = { $findings ->
    [one] { $findings } finding blocks
   *[other] { $findings } findings block
} the list; settle them before the vote.
problem-e-vot-36 = The lot does not fit the tie.
problem-e-vot-37 = Beyond what can be taken in.
problem-e-vot-38 = Not an archive of this version: “{ $found }”.
problem-e-vot-39 = The recount differs in “{ $field }”.
problem-e-vot-40 = A ballot before the list must be held first: { $office_en } (R59).
problem-e-vot-41 = A rule nobody has seen in writing decides this: whoever is in charge looks it up and ticks each.
problem-e-vot-42 = It takes two different people.
problem-e-vot-43 = A member of the counting committee stands on the list (R27): replace the teller or take the list up again.
problem-e-vot-44 = This day is yet to come, or lies before the day of what must be done first.
problem-e-vot-45 = Criterion { $code } leaves nothing to rule on.
problem-e-vot-46 = The rules have no chain of elections for a unit led this way.
problem-e-vot-47 = The meeting that elects is of the body “{ $office_en }”: its { $members ->
    [one] { $members } member votes
   *[other] { $members } members vote
}, not delegates; { $convened } stand as convened. Where that body is not elected here, say under “People” who sits in it.
problem-e-vot-48 = There is nobody to put on the paper: no nominee from outside the convening committee's list is left to ask about (R59), or nobody is introduced.
problem-e-vot-89 = There is no team to count opinion ballots: mark its members among the people. The counting committee does not count this ballot.
problem-e-vot-111 = Ranked ballots are keyed one by one: each passes on by an order of its own, which totals no longer know. Tie bundles and key them.
problem-e-vot-112 = The account { $who } counted too and cannot drop another's count (R51): somebody who leads the election and did not count does.
problem-e-vot-113 = { $way ->
       [keyed] Bundles are tied and ballots keyed one by one: go on there; tally sheets are no longer handed in.
       *[sheets] Tally sheets were handed in, so no bundles are tied. To key ballot by ballot, drop the sheets with a reason first.
    }
problem-e-vot-114 = Too large: at most { $limit }.
problem-e-vot-115 = Nothing waits for this decision: the result does not ask for it, or it was taken otherwise. See the next step on the page.
problem-e-vot-116 = The ballots were destroyed on { $day }: what stood on each is no more; totals are in the minutes and the extract.
problem-e-vot-117 = { $name } stands on a closed list, which was checked by being official, delegate and convening: these do not change under it. Take the list up again, or make the ballot void.
problem-e-vot-118 = An earlier ballot for this office elected this person already: nobody has two seats, and no delegate is an alternate besides.
problem-e-vot-119 = The election of { $office_en } is not over: a tie or an open seat waits for the congress's decision or a further ballot. Ratify after that.
problem-e-vot-120 = You have handed in another sheet of pile { $pile }. Say why and send it again: the sheet before is kept with the reason (R51).
problem-e-vot-121 = The vote is on { $day }, which has not come. If it is held earlier, set the elections up anew with the right day; for a meeting put its day right under attendance.
problem-e-vot-122 = Something rests on this decision (a later ballot, an appointment, a ratification). A later ballot nobody has voted in can be dropped first.
problem-e-vot-123 = The congress's page has another form (of members or of delegates). Put one of the two right.
problem-e-vot-124 = Line { $line }: { $name } is among the people already, born and joined on the same days.
problem-e-vot-125 = { $cards ->
    [one] { $cards } card
   *[other] { $cards } cards
} raised, but only { $present ->
    [one] { $present } person is
   *[other] { $present } people are
} present.
problem-e-vot-91 = This organisation has no rules of elections in force on that day.
problem-e-vot-126 = The election of { $office_en } at an earlier convocation is not over. Finish it there, or have the superior appoint, before a by-election.
problem-e-vot-128 = Choose at least one office to be filled.
problem-e-vot-129 = This account does not count this ballot. Whoever runs the election can choose again under “Change who counts”.
problem-e-vot-130 = What was read from one paper is of that paper. Untick “all alike” and read each of the others.
problem-e-vot-131 = { $convened } members are convened, but the elections were set up for { $members } official members, who elect otherwise (R29). Put the attendance right, or set the elections up anew with the right number.
problem-e-vot-132 = { $name } cannot count: tellers are official members, at a delegates' congress official delegates (190-QĐ/TW, Điều 8).
problem-e-vot-133 = At least two accounts must count (R51), not of somebody who stands (R27).
problem-e-vot-134 = It is not recorded who was convened and is present: record it on the page of the elections before papers go out.
problem-e-vot-92 = A ballot has begun since, so this can no longer change.
problem-e-vot-93 = { $line ->
       [0] {""}
       *[other] Line { $line }:{" "}
    }A name in letters is needed, of at most 120, without invisible characters.
problem-e-vot-94 = { $name } is on record in these elections (on a list, as nominator or teller, as a member of a body, as planned or elected) and cannot be taken off.
problem-e-vot-95 = Say how many are elected; for an office of one person it is 1.
problem-e-vot-96 = No more than half of the { $present ->
    [one] { $present } person
   *[other] { $present } people
} present agree: this is not carried.
problem-e-vot-97 = There is no counting committee: mark its members among the people.
problem-e-vot-98 = A whole number, or a choice, is needed here.
problem-e-vot-99 = Line { $line } cannot be read: name; birth date; joined; letters D, B, C, K, G.

finding-e-vot-70 = { $name } holds this office already: a by-election fills what is vacant with others (Điều 28).
problem-e-vot-70 = … holds this office already: a by-election fills what is vacant with others (Điều 28).
finding-do-e-vot-70 = Take the name off the list.
finding-w-vot-76 = { $name } was elected to an office nobody is known to hold together with this one. No rule that forbids it was found.
problem-w-vot-76 = … was elected to an office nobody is known to hold together with this one. No rule that forbids it was found.
finding-do-w-vot-76 = Ask the presidium; go on if it is meant so.
finding-e-vot-51 = The list must be longer than the seats.
problem-e-vot-51 = The list must be longer than the seats.
finding-do-e-vot-51 = Nominate more people.
finding-e-vot-52 = { $found ->
    [one] { $found } name
   *[other] { $found } names
} beyond the seats, at most { $limit } (R23).
problem-e-vot-52 = … names beyond the seats, at most … (R23).
finding-do-e-vot-52 = The congress decides who withdraws, or an opinion ballot is taken.
finding-e-vot-53 = { $name }: { $found } support, at least { $limit } are needed (more than 30 % of those attending, R25).
problem-e-vot-53 = …: … support, at least … are needed (more than 30 % of those attending, R25).
finding-do-e-vot-53 = Hold an opinion ballot or enter the supporters; with too few the name stays off the list.
finding-e-vot-54 = { $name } was nominated outside the committee's list by one of its members (R26).
problem-e-vot-54 = … was nominated outside the committee's list by one of its members (R26).
finding-do-e-vot-54 = Somebody else nominates, or the name is removed.
finding-e-vot-55 = { $name } is of the convening committee and may not stand outside its list (R26).
problem-e-vot-55 = … is of the convening committee and may not stand outside its list (R26).
finding-do-e-vot-55 = Remove the name.
finding-e-vot-56 = { $name } is of the counting committee and may not stand (R27).
problem-e-vot-56 = … is of the counting committee and may not stand (R27).
finding-do-e-vot-56 = Replace the teller or remove the name.
finding-e-vot-57 = { $name } is a probationary member and may not stand.
problem-e-vot-57 = … is a probationary member and may not stand.
finding-do-e-vot-57 = Remove the name.
finding-e-vot-58 = { $name } is no official delegate of this congress.
problem-e-vot-58 = … is no official delegate of this congress.
finding-do-e-vot-58 = Remove the name.
finding-e-vot-59 = { $name } was nominated by somebody who may not.
problem-e-vot-59 = … was nominated by somebody who may not.
finding-do-e-vot-59 = Somebody else nominates.
finding-e-vot-60 = { $name } was not elected to the body this office is filled from.
problem-e-vot-60 = … was not elected to the body this office is filled from.
finding-do-e-vot-60 = Remove the name.
finding-e-vot-61 = { $name } is from outside the committee's list: an opinion ballot must come first (R59).
problem-e-vot-61 = … is from outside the committee's list: an opinion ballot must come first (R59).
finding-do-e-vot-61 = Hold an opinion ballot.
finding-e-vot-63 = { $name } asks to withdraw; the congress has not decided.
problem-e-vot-63 = … asks to withdraw; the congress has not decided.
finding-do-e-vot-63 = Record the decision.
finding-e-vot-64 = { $found ->
    [one] { $found } seat
   *[other] { $found } seats
}, at most { $limit } (R29).
problem-e-vot-64 = … seats, at most … (R29).
finding-do-e-vot-64 = Change the number.
finding-e-vot-65 = { $name } shares a name and a birth date to tell them apart is missing (R54).
problem-e-vot-65 = … shares a name and a birth date to tell them apart is missing (R54).
finding-do-e-vot-65 = Enter the birth date.
finding-e-vot-66 = { $name } is nominated twice.
problem-e-vot-66 = … is nominated twice.
finding-do-e-vot-66 = Remove one.
finding-e-vot-67 = No ballot can have { $found } (at most { $limit }).
problem-e-vot-67 = No ballot can have … (at most …).
finding-do-e-vot-67 = Shorten the list.
finding-e-vot-68 = Nobody knows this person.
problem-e-vot-68 = Nobody knows this person.
finding-do-e-vot-68 = Choose from the people.
finding-w-vot-71 = The committee prepared { $found } beyond the seats, advised at most { $limit } (10–15 %, R24).
finding-do-w-vot-71 = For your attention only.
finding-w-vot-72 = No whole number lies in the band of 10–15 % (now { $found }, nearest { $limit }, R24).
finding-do-w-vot-72 = For your attention only.
finding-w-vot-73 = { $name } shares a name: birth dates are printed (R54).
finding-do-w-vot-73 = For your attention only.
finding-w-vot-74 = { $found ->
    [one] { $found } name
   *[other] { $found } names
} for { $limit } seats.
finding-do-w-vot-74 = Nominate more people.
finding-w-vot-75 = Of so few seats 30 % is nobody, and the list must be longer: a surplus of { $limit } is taken as meant (R23).
finding-do-w-vot-75 = Somebody compares it with the superior's guidance.
finding-e-vot-69 = { $name } has the name and the birth date of somebody else, so the date does not tell them apart (R54).
problem-e-vot-69 = … has the name and the birth date of somebody else, so the date does not tell them apart (R54).
finding-do-e-vot-69 = See whether one person was entered twice; if there are two, add to the name what tells them apart, such as (Tổ 1).
finding-w-vot-81 = Ratified while a complaint was open (R40).
finding-w-vot-82 = The result is reported late; the limit was { $limit } (R39).
finding-w-vot-83 = Ratified late; the limit was { $limit } (R39).
finding-w-vot-84 = The ballots are not sealed (since { $limit }).

# The hall's screen: how far the ballot is; the result once it is announced
voting-wall-prepared = The ballot is being prepared
voting-wall-open = Voting
voting-wall-closed = Voting is over
voting-wall-counted = Counting { $returned ->
    [one] { $returned } ballot
   *[other] { $returned } ballots
}
voting-wall-waits = The result is found and will be announced
voting-wall-annulled = This ballot is void
voting-wall-answer = Elected { $elected } of { $seats } ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} needed of { $denominator })
voting-wall-alternates = Alternates { $elected } of { $seats } ({ $need ->
    [one] { $need } vote
   *[other] { $need } votes
} needed of { $denominator })
voting-wall-opinion = Opinion ballot, by votes. It elects nobody.
voting-wall-introduction = Introduction ballot, by votes. For guidance; it elects nobody.

# Forms and lists
voting-people-many = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
voting-people-find = Find a name
voting-people-chosen = Chosen:
voting-attendance-none = Not recorded yet.
voting-cards-present = { $present } are present.
voting-cards-committee = The vote on the counting committee (number, members, head)
voting-cards-decide = The cards raised
voting-cards-before = These people were approved before ({ $cards }): left empty, that vote holds.
voting-committee-vote = Vote on the counting committee
voting-counters = Accounts that count
voting-cards-number = Number of seats
voting-cards-list = List
voting-cards-abstain = Abstaining
voting-sheet-pile = Pile
voting-sheet-invalid = Invalid ballots
voting-sheet-votes = Votes for each person
