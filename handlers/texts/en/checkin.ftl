### Review: not yet reviewed. The morning check-in: last night's dose, sleep, pain, a note.

morning-dose = Good morning. Last night's dose is not answered yet. Did you take it?
morning-taken = Taken
morning-skipped = Not taken
morning-unsure = Not sure
morning-unsure-said = That happens. I leave it open. Do not take another one on a guess; your pharmacist can help.
sleep-ask = { $step } How was your sleep last night?
    <b>0</b> = best possible sleep · <b>10</b> = worst possible sleep
pain-ask = { $step } Your average pain in the last 24 hours?
    <b>0</b> = no pain · <b>10</b> = pain as bad as you can imagine
step = ({ $number } of { $all })
skip-item = Skip
back-item = Back
sleep-echo = Sleep { $value } (0 is best, 10 is worst).
checkin-done = Thank you. { $sleep }, { $pain }. You can change them until { $until }.
value-sleep = Sleep { $value }
value-pain = Pain { $value }
no-sleep = Sleep not answered
no-pain = Pain not answered
add-note = Add a note
note-ask = Type your note. Everything you write is checked for danger signs first; nobody reads it live.
note-kept = Note kept with this morning's check-in.
not-a-number = Please choose a whole number from 0 to 10, or tap Skip.
