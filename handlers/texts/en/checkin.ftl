### Review: not yet reviewed. Check-ins: last night's dose, daily ratings, the weekly PEG, side effects, notes.
### The PEG items are worded as in Krebs et al. 2009; do not shorten, translate freely, or add examples.

morning-dose = Good morning. Last night's dose is not answered yet. Did you take it?
morning-taken = Taken
morning-skipped = Not taken
morning-unsure = Not sure
morning-unsure-said = That happens. I leave it open. Do not take another one on a guess; your pharmacist can help.
sleep-ask = { $step } How was your sleep last night?
    <b>0</b> = best possible sleep · <b>10</b> = worst possible sleep
pain-ask = { $step } Your average pain in the last 24 hours?
    <b>0</b> = no pain · <b>10</b> = pain as bad as you can imagine
peg-p-ask = { $step } What number best describes your <b>pain on average</b> in the past week?
    <b>0</b> = no pain · <b>10</b> = pain as bad as you can imagine
peg-e-ask = { $step } What number best describes how, during the past week, pain has interfered with your <b>enjoyment of life</b>?
    <b>0</b> = does not interfere · <b>10</b> = completely interferes
peg-g-ask = { $step } What number best describes how, during the past week, pain has interfered with your <b>general activity</b>?
    <b>0</b> = does not interfere · <b>10</b> = completely interferes
weekly-intro = Your weekly questions.
baseline-intro = { $taking ->
        [yes] A few questions once, so that you can see later how it was when we began.
       *[no] A few questions once, before your first dose, so that you can see later what changed.
    }
new-ask = { $step } Anything new or worse since your last check-in?
new-worry-ask = { $step } Anything new or worrying?
effects-ask = { $step } Tap what is new or worse, and say how bad it is. Then tap Done.
effects-baseline-ask = { $step } Which of these do you have already, before the first dose? Tap them, then Done.
effects-entry-ask = { $step } Which of these do you have now? Tap them, say how bad, then tap Done.
effects-mark = { $label }: { $grade }
grade-ask = <b>{ $label }</b>. How bad is it?
    <b>Mild</b>: you notice it, you do what you usually do.
    <b>Moderate</b>: it gets in the way of work, shopping, cooking or calls, or you needed a remedy.
    <b>Severe</b>: you cannot wash, dress or eat alone, you are in bed most of the day, or you needed urgent care.
grade-1 = Mild
grade-2 = Moderate
grade-3 = Severe
grade-0 = Not there
grade-unsaid = how bad not said
faded-ask = { $step } You told me of these before. Tap those that are gone, then Done.
faded-gone = { $label }: gone
swelling-ask = Any swelling of the face, lips, tongue or throat, trouble breathing, or dizziness with the rash?
timing-ask = Did the sweats or chills begin within a few hours of taking a dose?
also-ask = Do you also have shaking, cramps, vomiting, loose stools, a racing heart, or feel very restless?
target-ask = { $step } <b>{ $name }</b> in the past week?
    <b>0</b> = not there · <b>10</b> = as bad as you can imagine
name-ask = { $step } Is there one more thing that you hope will change, besides pain? Type it in a word or two, like <i>tiredness</i>. Or tap Skip.
name-kept = I will ask about “{ $name }” once a week.
name-more = Name a second one
name-enough = You have named two already.
work-ask = { $step } In the last 4 weeks, on how many days did pain keep you from your usual work, at home or outside?
pgic-ask = { $step } Since you started low-dose naltrexone{ $since ->
        [none] {""}
       *[other] {" "}({ $since })
    }, how are you overall?
pgic-1 = Very much improved
pgic-2 = Much improved
pgic-3 = Minimally improved
pgic-4 = No change
pgic-5 = Minimally worse
pgic-6 = Much worse
pgic-7 = Very much worse
wait-ask = { $step } You told me that something is new or worse. Can it wait until your clinic reads its weekly summary?
wait-ask-alone = { $step } You told me that something is new or worse. Do you want to be told today whom to call?
wait-can = It can wait
wait-cannot = It cannot wait
step = ({ $number } of { $all })
skip-item = Skip
back-item = Back
sleep-echo = Sleep { $value } (0 is best, 10 is worst).
checkin-done = Thank you. { $said } You can change this until { $until }.
checkin-done-none = Thank you. You answered none of it, and that is all right. You can change this until { $until }.
daily-ends = Daily questions end { $day ->
        [today] today
       *[other] on { $day }
    }. Well done. After that I ask once a week.
value-sleep = Sleep { $value }
value-pain = Pain { $value }
value-peg = PEG { $value } of 10 (lower is better)
value-effects = Side effects: { $effects }
value-gone = Gone: { $effects }
value-target = { $name } { $value }
value-work = { $value ->
        [one] 1 day lost to pain
       *[other] { $value } days lost to pain
    }
value-nothing-new = Nothing new
add-note = Add a note
note-ask = Type your note. Everything you write is checked for danger signs first; nobody reads it live.
note-kept = Note kept with this check-in.
not-a-number = Please choose a whole number from 0 to { $most }, or tap Skip.
not-now = That does not answer this question. Nothing was changed.
