### Review: not yet reviewed. The patient's own weeks as a picture, and the emergency card.
### /progress never names the medicine. /card does: the patient asked for it, to be shown to staff.
### Sources of the card: clinical evidence E11.1 (naltrexone blocks opioids given for pain, and can bring on sudden
### withdrawal), E11.11 (staff must know; carry a card). It says what is so, and nothing about what to do.

progress-title = { $weeks ->
        [26] Your last 6 months
       *[other] Your last { $weeks } weeks
    }
progress-weeks = { $weeks ->
        [26] 6 months
       *[other] { $weeks } weeks
    }
progress-days = { $first } – { $last }
progress-doses = Doses
progress-plan = Your plan
progress-unread = new
progress-pain = Pain
progress-sleep = Sleep
progress-peg = PEG, once a week
progress-edges = 0 best · 10 worst
progress-none = no answers
progress-note = Lower is better. A gap is a day without a check-in.
progress-weekdays = Mon,Tue,Wed,Thu,Fri,Sat,Sun
progress-months = Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec
legend-taken = taken
legend-skipped = skipped
legend-unanswered = no answer
legend-undelivered = prompt not delivered
legend-not_expected = no dose expected
legend-waiting = open now
legend-corrected = corrected by you
legend-by_hand = taken, not counted

progress-caption = <b>{ $title }</b>, { $first } – { $last }
    Doses: { $taken } taken, { $skipped } skipped, { $unanswered } unanswered, { $undelivered } undelivered, of { $expected } expected.
    Last 7 days: { $pain ->
        [none] pain: not enough check-ins
       *[other] mean pain { $pain }
    }; { $sleep ->
        [none] sleep: not enough check-ins
       *[other] mean sleep { $sleep }
    } (0 to 10, lower is better).
progress-corrected = { $number ->
        [one] 1 dose was corrected by you.
       *[other] { $number } doses were corrected by you.
    }
progress-peg-last = Weekly PEG: { $value } on { $day }.
progress-own = As you told me. Only what you tapped or typed is here.
progress-empty = There is nothing to draw yet, and that is fine: your doses and check-ins appear here as you answer them.
progress-light = Light
progress-dark = Dark

card-head = EMERGENCY: MEDICINE CARD
card-title = I take low-dose naltrexone
card-resting = Not started yet, or paused: ask whether I take it now.
card-amount = Amount: { $amounts }
card-no-amount = Amount: not recorded
card-and = { $one } and { $other }
card-last = Last recorded dose: { $day } { $year }, { $at } ({ $zone }), as the patient said
card-no-last = Last recorded dose: none
card-warning = Naltrexone can block opioid pain relief and cause withdrawal.
card-clinic = Prescriber's clinic: { $clinic }
card-no-clinic = Prescriber: not recorded here
card-review = Self-reported. Text not yet reviewed by a clinician.
