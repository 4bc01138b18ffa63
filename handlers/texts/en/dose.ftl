### Review: not yet reviewed. The dose prompt and all that follows from it. It never names the medicine.

prompt = Time for { $part ->
        [tonight] tonight's
       *[today] today's
    } dose: { $amount }.
prompt-amount = { $amount }.
prompt-late = This one is late: it is for { $day }, { $wall }.
prompt-spoken = Have you spoken to your prescriber?
reminder = A quiet reminder: { $part ->
        [tonight] tonight's
       *[today] today's
    } dose, { $amount }, is not answered yet.
reminder-unnamed = A quiet reminder: { $part ->
        [tonight] tonight's
       *[today] today's
    } dose is not answered yet.
button-taken = Taken
button-snooze = Snooze { $minutes }
button-skip = Skip
button-correct = Correct

recorded-taken = Recorded as taken at { $at }.
recorded-skipped = Recorded as skipped: { $reason }.
recorded-corrected = Corrected. { $now } (before: { $before }.)
already-taken = Already recorded as taken at { $at }.
already-skipped = Already recorded as skipped: { $reason }.
second-dose = Already recorded at { $at }. Did you take a second dose?
second-no = No
second-yes = Yes
second-was-no = Good. It stays recorded once, taken at { $at }.
snoozed = I will ask again at { $at }.
snooze-too-late = That would be past the time to answer this dose. You can still answer it now.
ask-reason = What was the reason?
reason-forgot = Forgot
reason-felt_better = Felt better
reason-side_effect = Side effect
reason-ran_out = Ran out
reason-told_to_pause = Told to pause
reason-opioid = Took an opioid
reason-hospital = In hospital / accident
reason-other = Other
reason-side_effect-more = If it is strong or worries you, type what it is, so that I can check for danger signs.
reason-told_to_pause-more = Follow what they said. Is your clinic the one that told you, or somebody else? If somebody else, let your prescriber know.
correct-ask = Tonight's record says: { $was } What really happened?
button-when = Taken at another time
taken-at-time = It was at { $at }
time = { $at }
ask-when = When did you take it? Tap a time, or type it like <i>22:15</i>.
when-future = That time has not come yet. Nothing was changed.
when-far = That is more than 12 hours from this dose's time. Please check, or ask your clinic to add a note. Nothing was changed.
correct-which = Which one shall I correct? Doses can be corrected for 48 hours.
correct-none = There is no dose of the last 48 hours to correct.
correct-one = { $day }: { $what }
hospital = <b>Tell the staff now that you take naltrexone, and when you last took it.</b> It changes how opioid pain relief works. In an emergency call { $emergency }. They and your prescriber decide when to go on. Recorded as skipped. I have paused dose prompts until you have spoken to them. Whether to take it is for them to say. { $told ->
        [yes] I am sending this to your clinic. Do not wait for them.
       *[no] Nobody has been alerted: I am a program.
    }
    <i>Not yet reviewed by a clinician.</i>

safety-question = Have you been able to speak to a health professional? I have paused dose prompts until you have.
safety-question-restart = If you are home again: ask your prescriber before you restart, and say when your last opioid was, if any. Have you been able to speak to a health professional? I have paused dose prompts until you have.
safety-not-yet = Not yet
safety-continue = Yes, told to continue
safety-stop = Yes, told not to take it
safety-not-yet-said = All right. Please call your prescriber or pharmacist. I ask again tomorrow.
safety-continue-said = Recorded, as you reported it. Dose prompts are on again{ $next ->
        [none] .
       *[other] : the next comes { $next }.
    }
safety-stop-said = Recorded, as you reported it. Dose prompts stay paused. When they tell you to go on, tap “Yes, told to continue” or ask your clinic.
schedule-change = Your clock or bedtime changed, so there is no prompt for { $day }: it would be less than 12 hours after the last dose. The next prompt comes { $next }. Please ask your prescriber what to do that night.

today-plan = Your plan: { $amount }, { $form }, at { $wall }.
today-plan-second = And { $amount }, { $form }, at { $wall }.
today-home = home time, { $zone }
today-changed = Your plan changed. /plan shows it.
today-no-plan = No amount is recorded.
today-planned = { $part ->
        [tonight] Tonight's
       *[today] Today's
    } dose: prompt at { $wall }.
today-prompted = Tonight's dose is not answered yet.
today-open = { $part ->
        [tonight] Tonight's
       *[today] Today's
    } dose is not answered yet.
today-snoozed = Snoozed: I ask again at { $at }.
today-by-hand = { $day }: taken at { $at }, as you told me. No dose was expected, so it is kept and not counted.
today-hold = Prompts are held by your clinic. They start again when your clinic ends the hold.
today-reminders_off = Reminders are off. /settings turns them on.
today-starts = Your first dose: { $day }.
slot-comes = { $wall }: still to come.
slot-recorded = { $wall }: { $what }
slot-open = { $wall }: not answered yet.
slot-snoozed = { $wall }: snoozed, I ask again at { $at }.
slot-planned = { $wall }: the prompt is on its way.
slot-unanswered = { $wall }: not answered.
slot-undelivered = { $wall }: the prompt never reached you.
slot-not_expected = { $wall }: no dose is expected, { $reason }.
slot-by-hand = { $wall }: taken at { $at }, not counted.
today-unanswered = The last dose ({ $day }) was not answered.
today-undelivered = The last prompt ({ $day }) never reached you.
today-taken = Last dose ({ $day }): taken at { $at }.
today-skipped = Last dose ({ $day }): skipped, { $reason }.
today-not_expected = No dose is expected ({ $day }): { $reason }.
today-next = Next prompt: { $next }.
today-next-home = Next prompt: { $next } here, { $wall } home time.
today-no-next = No prompt is planned.
why-before_start = not started yet
why-day_off = a day off in your plan
why-hold = held by your clinic
why-pause = you paused
why-safety_pause = paused until you have spoken to a health professional
why-reminders_off = reminders are off
why-schedule_change = the schedule changed
why-ended = treatment ended
first-dose = First dose tonight
first-dose-set = Good. Your first prompt comes { $next }.

stop-ask = What would you like?
stop-messages = Stop your messages
stop-medicine = I have stopped the medicine
stop-nothing = Keep everything as it is
stopped-messages = Done: I will not write to you any more. Stopping my messages is not stopping the medicine. Your record stays; /start switches me on again.
stopped-medicine = Done: I will not write to you any more. It is your choice. Please tell your clinic that you have stopped, and why. This medicine does not cause dependence; after stopping you may be more sensitive to opioids, so tell anyone who treats you. /start switches me on again.
stop-kept = Nothing was changed.
stop-none = I am not writing to you. /start begins.
kept-by-hand = Kept in your record. No dose was expected ({ $reason }), so it is not counted.
status-unanswered = not answered
status-undelivered = not delivered
status-prompted = not answered
status-snoozed = snoozed
status-planned = planned
status-not_expected = not expected
