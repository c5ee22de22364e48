org-unit = Unit
org-code = Code
org-name = Name
org-parent-code = Code of the unit above
org-above = Unit above
org-level = Level
org-kind = Kind
org-members = Members
org-from = From
org-below = Directly below
org-what = Level, kind
org-state = State
org-season = Season
org-expected = Congresses expected
org-total = Total
org-line = Line
org-filter = Filter
org-pages = Pages
org-stop = Stop
org-cancel = Cancel
org-copy = Copy this sentence
org-show = Show
org-today = Today
org-as-of = As of
org-day-before = Day before
org-day-after = Day after
org-view = View
org-view-tree = Tree
org-view-table = Table
org-unit-page = The unit's page
org-open-unit = Open this unit
org-show-below = Show the tree below
org-children = Units directly below: { $count }
org-n-below = { $count } below
org-n-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
org-tree-empty = There is no unit on this day. Import the tree from a spreadsheet, or found units one by one.
org-tree-tops = As of { $day }, you can see { $count ->
    [one] { $count } top unit
   *[other] { $count } top units
}.
org-tree-sentence = As of { $day }, { $name } has { $count ->
    [one] { $count } unit
   *[other] { $count } units
} directly below ({ $kinds }) and { $members ->
    [one] { $members } member
   *[other] { $members } members
}.
org-tree-leaf = As of { $day }, { $name } has no units below and { $members ->
    [one] { $members } member
   *[other] { $members } members
}.
org-not-yet = On this day the unit does not exist yet; it begins on { $day }.
org-no-longer = On this day the unit no longer exists; it ended on { $day }.
org-unit-sentence = As of { $day }, { $name } ({ $level }; { $kind }) stands under { $above } and has { $members ->
    [one] { $members } member
   *[other] { $members } members
}.
org-unit-sentence-root = As of { $day }, { $name } ({ $level }; { $kind }) is the top of the tree and has { $members ->
    [one] { $members } member
   *[other] { $members } members
}.
org-unit-not-yet = { $name } does not exist yet on { $day }; it begins on { $edge }.
org-unit-no-longer = { $name } no longer exists on { $day }; it ended on { $edge }. What follows is how it was last.
org-so-since = So since
org-so-until = So until before
org-facts = Facts
org-history = History of changes
org-lineage = Origin and succession
org-actions = Changes
org-deeds = Who recorded it
org-founded = Founded
org-changed = Changed
org-ended = Ended
org-merged-into = Merged on { $day } into:
org-merged-from = Made on { $day } by merging:
org-split-into = Split on { $day } into:
org-split-from = Made on { $day } by splitting:
org-event-unit-founded = founded, in force from { $day }
org-event-unit-renamed = new name or code, in force from { $day }
org-event-unit-moved = moved, in force from { $day }
org-event-unit-reclassified = new level or kind, in force from { $day }
org-event-unit-resized = new number of members, in force from { $day }
org-event-unit-closed = closed, in force from { $day }
org-event-unit-merged = merged, in force from { $day }
org-event-unit-split = split, in force from { $day }
org-event-unit-imported = imported from a file, in force from { $day }
org-event-tree-imported = tree imported from a file, in force from { $day }
org-done-import = Imported. The tree below is the result.
org-done-change = The change is recorded.
org-do-found = Found a unit
org-do-rename = Rename
org-do-move = Move
org-do-reclassify = Change level or kind
org-do-resize = Change members
org-do-close = Close
org-do-merge = Merge
org-do-split = Split
org-explain-found = The new unit begins on the effective day. Days before stay as they are.
org-explain-rename = The new name and code hold from the effective day; days before still show the old ones.
org-explain-move = The unit, with all below it, comes under another from the effective day.
org-explain-reclassify = Level and kind decide where the unit counts in a season.
org-explain-resize = Official and probationary members from the effective day.
org-explain-close = The unit ends on the effective day and nothing takes its place. For a successor, use Merge or Split.
org-explain-merge = The chosen units end; one new unit takes their place from the effective day, with the units below them.
org-explain-split = The unit ends; the new units take its place from the effective day. Their members must add up to the old number.
org-effective = Effective day
org-effective-hint = As the decision says; it may be in the past.
org-code-hint = No spaces, such as KT-12. On any day one unit carries a code.
org-parent-hint = The code of the unit directly above.
org-merge-units = Units that merge
org-merge-others = Codes of other units
org-merge-others-hint = Separated by commas.
org-merge-members-hint = Leave empty for the sum of the members of the units that merge.
org-split-part = New unit { $number }
org-split-into-n = Split into { $count }
org-split-children = Where the units below go
org-preview-change = Preview the change
org-not-saved = Not recorded: something must be put right
org-confirm-title = Confirm
org-confirm-sentence = { $what }, effective { $day }: { $count ->
    [one] one unit changes
   *[other] { $count } units change
}. Nothing is written until you confirm.
org-confirm-do = Confirm and write
org-confirm-back = Go back and edit
org-confirm-units = Units that change
org-confirm-what = Before and after
org-confirm-seasons = Effect on seasons
org-confirm-no-season = No season's number of expected congresses changes.
org-confirm-uncounted = This change concerns very many units; the seasons' figures are counted anew when it is written.
org-turn-begins = Begins
org-turn-ends = Ends
org-turn-changes = Changes
org-turn-later = Changes later
org-turn-what = { $level }, { $kind }, { $members ->
    [one] { $members } member
   *[other] { $members } members
}; under { $above }
org-and-more = … and { $count } more.
org-search-title = Find a unit
org-search-words = Name or code
org-search-hint = Type a name or a code. Accents, case and the place of tone marks do not matter.
org-search-none = No unit's name or code contains “{ $words }”. Try fewer letters.
org-search-found = { $count ->
    [one] One unit found
   *[other] { $count } units found
}
org-search-more = The first { $count ->
    [one] { $count } unit
   *[other] { $count } units
}; type more letters to narrow down
org-standing = Stands
org-ended-on = Ended on { $day }
org-begins-on = Begins on { $day }
org-formerly = Formerly: { $name }
org-import-title = Import the tree
org-import-sub = From an XLSX or CSV file. You see the fate of every cell; nothing is written until you confirm.
org-import-nothing = Nothing was written.
org-import-root = Where to import
org-import-root-hint = Every row of the file must belong to this unit.
org-import-whole = The whole tree
org-import-day = In force from
org-import-day-hint = For rows that name no day of their own. Units stand in the tree from this day on and not before: for a season that is over choose its first day, or an earlier one.
org-import-day-first = The tree so far begins on { $day }.
org-import-profile = Kind of organisation
org-import-drop = Drop the file here
org-import-choose = or choose a file
org-import-limit = XLSX or CSV, at most { $limit } MB and 500,000 rows.
org-import-send = Upload and preview
org-import-shape = What the file needs
org-import-template = Download the present tree as a pattern
org-import-columns = The first row names the columns. “Từ ngày” (From) may be left out; English column names work as well. Units are known by their code: a known code changes only what differs, a new one founds a unit. Units that are not in the file stay as they are.
org-import-words = Words accepted for levels and kinds
org-preview-title = Import preview
org-preview-blocked = Cannot be imported yet: { $errors ->
    [one] one place in the file needs correction
   *[other] { $errors } places in the file need correction
}. Nothing was written.
org-preview-ready = { $file } will found { $new ->
    [one] { $new } unit
   *[other] { $new } units
}, change { $changed } and keep { $same } as they are, in force from { $day }. Nothing is written yet.
org-preview-same = Every row is as the tree is already ({ $same ->
    [one] { $same } unit
   *[other] { $same } units
}). There is nothing to write.
org-preview-counts = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}: { $new } new · { $changed } changed · { $same } same · { $absent ->
    [one] { $absent } unit
   *[other] { $absent } units
} not in the file
org-preview-errors = { $count ->
    [one] one error
   *[other] { $count } errors
}
org-preview-fix = { $count ->
    [one] One place needs correction
   *[other] { $count } places need correction
}
org-preview-header = Columns
org-preview-confirm = Confirm and write
org-preview-again = Correct the file and upload it again
org-preview-other = Upload another file
org-preview-changed = Somebody else has just changed the tree. Below is what would happen now; please look again and confirm.
org-preview-absent = { $count ->
    [one] One unit is not in the file
   *[other] { $count } units are not in the file
}
org-preview-absent-text = These units stay as they are. To close a unit, use its own page.
org-filter-all = All ({ $count })
org-filter-errors = Only errors ({ $count })
org-filter-changed = Changed ({ $count })
org-filter-new = New ({ $count })
org-cli-reading = Reading the file
org-cli-checking = Checking every cell
org-cli-writing = Writing
org-cli-done = Imported.
org-cli-add-yes = Nothing was written: add --yes to write.
org-cli-confirm = Write these changes? [y/N]
problem-e-org-01 = There is no such unit on { $day }.
problem-e-org-02 = This unit exists already.
problem-e-org-03 = Code { $code } belongs to { $units } from { $day }. Choose another code, or give that unit another one first.
problem-e-org-04 = “{ $code }” cannot be a code: { $fault ->
    [empty] it is empty
    [long] it is longer than 40 characters
    [spaces] it has a space in it
   *[control] it has an invisible character in it
}.
problem-e-org-05 = “{ $name }” cannot be a name: { $fault ->
    [empty] it is empty
    [long] it is longer than 200 characters
   *[control] it has an invisible character in it
}.
problem-e-org-06 = { $members ->
    [one] { $members } member is
   *[other] { $members } members are
} more than a unit can have (at most 10,000,000).
problem-e-org-07 = There is no level “{ $level }”.
problem-e-org-08 = There is no kind “{ $kind }”.
problem-e-org-09 = A unit of level “{ $level_en }” cannot stand under one of level “{ $parent_en }”: the unit above must be higher. Choose another level or another unit above.
problem-e-org-10 = The unit above does not exist on { $day } ({ $units }). Choose another day or another unit above.
problem-e-org-11 = The units would stand above each other in a circle: { $units }. Choose another unit above.
problem-e-org-12 = Units still stand under it, then or later: { $units }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}. Move or close them first.
problem-e-org-13 = At least two units are needed; there { $given ->
    [one] is one
   *[other] are { $given }
}.
problem-e-org-14 = { $units } is named twice.
problem-e-org-15 = Units that merge must be of one level: { $units }.
problem-e-org-16 = A unit cannot merge with one that stands under it: { $units }.
problem-e-org-17 = { $units } is so already on this day: nothing changes.
problem-e-org-18 = No new unit is chosen for { $units }.
problem-e-org-19 = { $units } does not stand under this unit.
problem-e-org-20 = The new units have { $parts ->
    [one] { $parts } member
   *[other] { $parts } members
} together, the old unit had { $had }. The numbers must be equal; if the old number was already different, change the members first.
problem-e-org-21 = { $units } begins on { $day } and cannot end on that day. Choose a later day.
problem-e-org-22 = { $units } is already on record as ending on { $day }; it cannot merge or split any more.
problem-e-org-23 = “{ $value }” is not a number of members. Write a whole number from 0.
problem-e-org-24 = No unit has the code { $code } on { $day }. Check the code or the day.
problem-e-org-25 = The file still has { $count ->
    [one] one place
   *[other] { $count } places
} to correct. Nothing was written.
problem-e-org-26 = This file was imported already, is older than 24 hours, or was uploaded by somebody else. Please upload it again.
problem-e-org-27 = Somebody else has just changed the tree, so the result would differ from the preview. Nothing was written; please look again.
problem-e-org-28 = No file was chosen, or it is empty.
problem-e-sheet-01 = The file is larger than { $limit } MB. Leave out sheets and pictures that are not needed, or split it.
problem-e-sheet-02 = The file unpacks to more than { $limit } MB and was not opened. Save it again with only the table to import.
problem-e-sheet-03 = This is neither an XLSX nor a CSV file.
problem-e-sheet-04 = This is an old .xls file. Open it and save it as .xlsx.
problem-e-sheet-05 = The file is protected by a password. Save it without one.
problem-e-sheet-06 = The workbook has no visible sheet.
problem-e-sheet-07 = The sheet is empty.
problem-e-sheet-08 = The file is damaged in its part { $part }. Open it and save it again, or ask for another copy.
problem-e-sheet-09 = The part { $part } of the file declares something spreadsheets do not have. The file was not opened.
problem-e-sheet-10 = The file has more than { $limit } rows. Split it.
problem-e-sheet-11 = Cell { $at } lies beyond column { $limit }. Remove columns that are not needed.
problem-e-sheet-12 = Cell { $at } has more than { $limit } characters.
problem-e-sheet-13 = Line { $line } is not UTF-8. Save the file as “CSV UTF-8” or as .xlsx.
problem-e-sheet-14 = A quotation mark in line { $line } is not closed properly.
problem-e-imp-01 = The column “{ $field }” is missing.
problem-e-imp-02 = { $at }: two columns are “{ $field }” (“{ $value }”). Remove one.
problem-w-imp-03 = { $at }: the column “{ $value }” is not known and is not read.
problem-e-imp-04 = The code is missing.
problem-e-imp-05 = “{ $value }” cannot be a code: a code has no spaces and at most 40 characters.
problem-e-imp-06 = Code { $value } stands in line { $lines } already. Each unit has one line.
problem-e-imp-07 = This code belongs to another unit from { $value }.
problem-e-imp-08 = The name is missing.
problem-e-imp-09 = The name is longer than 200 characters.
problem-e-imp-10 = No unit has the code “{ $value }”, neither in the file nor in the tree on this day.
problem-e-imp-11 = The unit above does not exist on { $value }.
problem-e-imp-12 = The units stand above each other in a circle: { $value } (lines { $lines }).
problem-e-imp-13 = There is another top unit; this row needs the code of a unit above.
problem-e-imp-14 = It lies outside the unit being imported ({ $value }).
problem-e-imp-15 = There is no level “{ $value }”. The levels: { $accepted }.
problem-e-imp-16 = This level is not below that of the unit above, or not above that of a unit below (“{ $value }”).
problem-e-imp-17 = There is no kind “{ $value }”. The kinds: { $accepted }.
problem-e-imp-18 = “{ $value }” is not a whole number from 0.
problem-e-imp-19 = { $value } is too many (at most 10,000,000).
problem-e-imp-20 = “{ $value }” is not a day. Write it as 02/03/2020.
problem-e-imp-21 = A text is needed here, not “{ $value }”.
problem-e-imp-22 = The cell holds a formula (={ $value }). Paste its value instead.
problem-e-imp-23 = The cell holds the error { $value }.
problem-e-imp-24 = The cell holds an invisible character (a line break, a tab): { $value }.
