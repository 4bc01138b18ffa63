### Review: not yet reviewed. What a clinician reads.

clinician-welcome = Welcome. You now read for <b>{ $clinic }</b>.
    /invite makes a link and QR code for one patient, with the plan. /digest shows the week; it also comes every { $weekday } at { $hour }, { $zone }. /digesttime changes that, /help lists the rest.

    Patients appear under a code, never a name. Emergencies are pushed to you here; I cannot replace your on-call line.
clinician-only = That command is for clinicians.
invite-amount = New patient. Amount prescribed, in mg? For example <i>1.5 mg</i>.
invite-form = { $amount }. Which form?
invite-start = First night?
invite-review = Day of review?
date-type = Or type a date like <i>2026-12-14</i>.
date-unreadable = I can't read that date. Please type it like <i>2026-12-14</i>.
date-past = That day is over. Please type a coming day like <i>2026-12-14</i>.
date-review-early = The review must come after the first night. Please type a later day.
review-weeks = In { $weeks } weeks: { $day }
review-none = No review day
invite-confirm = <b>{ $amount }</b>, { $label ->
        [none] { $form }
       *[other] { $label }
    }, { $start ->
        [review] after the review.
       *[other] first night { $start }, review { $review }.
    }
invite-sure = Make the link?
invite-make = Make the link
invite-caption = For <b>one</b> patient, valid until { $until }. Let them scan it, or send the link:
    { $link }
invite-cancelled = Nothing was made.
colleague = For <b>one</b> colleague, valid until { $until }:
    { $link }
none-day = none
patients-none = No patient shares with you yet. /invite makes a link.

digest-time-ask = Which day should the digest come?
digest-hour-ask = { $weekday }, at which hour ({ $zone })?
digest-time-set = The digest comes every { $weekday } at { $hour }, { $zone }. Next: { $next }.

digest-head = <b>Week to { $day }</b>
    { $patients ->
        [one] 1 patient
       *[other] { $patients } patients
    }: { $alerts ->
        [one] 1 alert open
       *[other] { $alerts } alerts open
    }, { $waiting } waiting for you, { $worse } worse, { $silent } silent, { $on_track } on track.
digest-empty = <b>Week to { $day }</b>
    No patient shares with you yet, so there is nothing to report.
digest-alerts = <b>Alerts not closed</b>
digest-waiting = <b>Waiting for you</b>
digest-worse = <b>New or worse</b>
digest-silent = <b>Silent or unreachable</b>
digest-on-track = <b>On track</b>
digest-line = <b>{ $code }</b>{ $amount ->
        [none] {""}
       *[other] {" "}on { $amount }
    }: taken { $taken }, skipped { $skipped }, unanswered { $unanswered }, undelivered { $undelivered } of { $expected } expected; pain { $pain }, sleep { $sleep }{ $corrected ->
        [0] .
       *[other] ; { $corrected } corrected.
    }
digest-peg = PEG { $now } on { $day }{ $change ->
        [none] {""}
       *[other] , { $before } { $entry ->
            [yes] at entry
           *[no] at baseline
        }: { $change }
    }
digest-points = { $points } points
digest-points-percent = { $points } points, { $percent } % { $better ->
        [yes] better
       *[no] worse
    }
digest-band = ({ $band })
band-substantial = substantial improvement, IMMPACT
band-moderate = moderate improvement, IMMPACT
band-minimal = minimal improvement, IMMPACT
band-little_change = little change
band-worse = worse
band-much_worse = much worse
digest-pgic = PGIC: { $answer }
digest-effect-new = new: { $effect }{ $grade ->
        [none] {""}
       *[other] , { $grade }
    }, since { $day }{ $amount ->
        [none] {""}
       *[other] {" "}on { $amount }
    }
digest-effect-worse = worse than before: { $effect }, { $grade }
digest-cannot-wait = said this week that it cannot wait
digest-severe-unchanged = severe and not worse than before: { $effect }
digest-much-worse = PEG much worse since { $day }
digest-not-useful = { $count ->
        [one] 1 alert was called not useful this week.
       *[other] { $count } alerts were called not useful this week.
    }
card-doses = Since { $since } on this amount: taken { $taken }, skipped { $skipped }, unanswered { $unanswered }, undelivered { $undelivered } of { $expected } expected{ $confirmed ->
        [none] .
       *[other] ; confirmed { $confirmed } %.
    }
card-assessment = Window { $first } – { $last }: { $what }
card-state-not_started = not started
card-state-not_yet = not over yet
card-state-stopped_before_review = stopped before review
card-state-not_enough_data = not enough check-ins to tell
card-state-trend_only = no baseline: trend only
card-state-judged = PEG { $peg }, daily pain { $pain }{ $responder ->
        [yes] ; responder by the clinic's rule (PEG 30 % better and PGIC 1–3)
        [no] ; not a responder by the clinic's rule (PEG 30 % better and PGIC 1–3)
       *[none] {""}
    }. Other changes in these days count too, and placebo groups improve.
card-change = { $points } points{ $percent ->
        [none] {""}
       *[other] {" "}({ $percent } %)
    }
card-target = “{ $name }”, as the patient named it: { $first } at first, { $last } now (0–10, lower is better)
card-work = Days kept from usual work: { $days } of 28, told { $day }
cohort-head = <b>How patients came out</b>, by dose, at their assessment window (PEG against baseline)
cohort-none = No assessment window is over yet.
cohort-row = <b>{ $amount }</b>, n { $n }
cohort-cell = – { $cell }: { $count }
cell-stopped_before_review = stopped before review
cell-no_band = no band (too little data, low baseline, or already on it at the start)
cell-amount-none = amount not known
cohort-few = (fewer than { $smallest } in every group, so nothing is shown)
cohort-hidden = not shown
cohort-foot = Cells below { $smallest } are not shown. As reported by patients, without a control group: in trials placebo groups improved too.
digest-why = – { $why }
digest-flag = { $category } ({ $severity })
digest-review-due = review due { $day }
digest-review-overdue = review overdue since { $day }
digest-question = asks: “{ $text }”
digest-step-waits = step { $amount } waits for you: { $why }
digest-reported = reports a changed plan: { $amount }
wait-review = after your review
wait-flag = an alert is open
wait-severe_effect = severe side effect
wait-hold = on hold
wait-safety_pause = safety pause
wait-few_nights = fewer than half the nights confirmed
digest-not-started = not started after 14 days
digest-pain-worse = pain { $now } now, { $before } before the first dose
digest-safety-pause = safety pause since { $day }
digest-last-contact = last answer { $day }
digest-never = no answer yet
digest-not-enough = not enough data
digest-foot = Numbers are patients' own reports, 0–10, lower is better; pain and sleep are means of the week. Placebo groups improve too. Unanswered is silence, not a missed dose; undelivered never reached the patient.
digest-more = … and { $count } more.
inbox-alert = { $severity ->
        [emergency] 🔴 <b>Emergency flag</b>
       *[other] 🟠 <b>Same-day flag</b>
    } { $category } ({ $about }), patient <b>{ $code }</b>, { $at } their time{ $times ->
        [1] .
       *[other] , { $times } messages.
    } The fixed advice was shown{ $paused ->
        [yes] {" "}and dose prompts are paused.
       *[no] .
    }
unanswered-none = No question went without an answer in the last three months.
unanswered-head = <b>Questions without an answer, last three months</b> (without who asked; numbers and addresses taken out)
unanswered-line = – { $count } × “{ $example }”
unanswered-thumbs = – answer { $topic }: 👍 { $up }, 👎 { $down }
opening-head = <b>Good morning. Alerts of the night, not taken up yet:</b>
opening-line = – { $category } ({ $about }), patient <b>{ $code }</b>, { $at }
opening-take = I have { $code } { $category }
test-alert = 🟢 <b>This is a test alert.</b> Real ones look like this, with a code and no words. Emergencies sound at any hour. Please tap so that I know it reached you; I send one a month.
test-alert-said = Good: alerts reach you.
hours = <b>Opening hours of { $clinic }</b> ({ $zone })
hours-none = No hours are recorded: patients are not told when you open, and every alert sounds.
hours-day = { $day }: { $opens }–{ $closes }
hours-closed = Closed: { $days }
hours-type = To change them type for example <i>Mon-Fri 9:00-17:00</i>, or <i>Mon-Thu 9-17, Fri 9-13</i>. A day off: <i>closed 2026-12-25</i>, and <i>open 2026-12-25</i> takes that back.
hours-not = { $why ->
        [order] “{ $part }” closes before it opens.
        [day] “{ $part }” is no weekday.
        [time] “{ $part }” is no time of day.
       *[unreadable] I can't read “{ $part }”.
    } Please type hours like <i>Mon-Fri 9:00-17:00</i>. Nothing was changed.
away-none = You are not away. To change that, type from and to, for example <i>2026-12-20 to 2026-12-27</i>.
away-is = Away { $first } – { $last }. { $cover ->
        [none] Nobody in particular covers for you; alerts go to your colleagues in turn.
       *[other] { $cover } covers for you.
    } Other days: type them like <i>2026-12-20 to 2026-12-27</i>.
away-wrong = The last day must not be before the first, nor over already. Nothing was changed.
away-cover = Away { $first } – { $last }. Who covers for you? Alerts of your patients go there first.
away-nobody = Nobody in particular
away-set = Away { $first } – { $last }. { $cover ->
        [none] Alerts go to your colleagues in turn.
       *[other] { $cover } covers for you.
    }
away-back = I am back
away-back-said = You are on duty again.
inbox-change = 🔵 <b>Change</b>, patient <b>{ $code }</b>, { $at } their time: { $what }. As the patient reported it; no emergency.
change-moderate_again = { $item }, moderate or worse in two check-ins running and worse than before the first dose
change-peg_much_worse = the weekly PEG is at least 30 % or 2 points worse than at the start
not-useful = Not useful
not-useful-said = Noted as not useful, and closed. The digest counts these.
have-this = I have this
resume-prompts = Resume dose prompts
resumed-prompts = Dose prompts resumed at { $at }.
about-RF01 = emergency symptoms
about-RF02 = possible anaphylaxis
about-RF03 = self-harm
about-RF04 = opioid co-use
about-RF05 = possible withdrawal
about-RF06 = too much or wrong tablet
about-RF07 = child or pet
about-RF08 = pregnancy or breastfeeding
about-RF09 = surgery or procedure
about-RF10 = liver signs
about-RF11 = severe side effect
about-RF12 = wish to change the dose
about-RF13 = wish to stop
about-RF14 = gap or hospital
about-RF15 = medicine looks wrong
about-RF16 = under 18
about-PEG = weekly PEG
about-screen = safety screen
about-silent7 = seven nights without a recorded dose
