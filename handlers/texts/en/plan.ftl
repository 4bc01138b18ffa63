### Review: not yet reviewed. The plan: recording a step, reading it, a change at dose time, the clinician's page.

units = { $form ->
    [liquid] { $units } mL of { $strength }/mL
    [capsule] { $one ->
        [yes] 1 capsule
       *[no] { $units } capsules
    } of { $strength }
    [tablet] { $one ->
        [yes] 1 tablet
       *[no] { $units } tablets
    } of { $strength }
   *[other] { $units } × { $strength }
}

label-ask = How does the label put one dose? { $liquid ->
        [yes] Type mL and mg per mL, for example <i>0.5 mL of 3 mg/mL</i>.
       *[no] Type how many and their strength, for example <i>2 x 1.5 mg</i>.
    }
label-none = The label does not say
label-unreadable = I can't read that. Please type it as on the label, for example { $liquid ->
        [yes] <i>0.5 mL of 3 mg/mL</i>
       *[no] <i>2 x 1.5 mg</i>
    }. Nothing was changed.
label-disagrees = That does not come to { $amount }. Please check the label and type it again, or start over with /plan or /invite. I do not work it out for you. Nothing was changed.
start-after-review = After my review

clinic-amount = <b>{ $code }</b>: which amount is prescribed, in mg? For example <i>3 mg</i>.
clinic-sure = Record this step?
clinic-make = Record it
clinic-recorded = Recorded for { $code }. I tell the patient that the plan changed; prompts name the new amount once it has been read.
own-amount = What amount does <b>your prescription</b> say now? Type it in mg, for example <i>3 mg</i>. I only repeat what was prescribed.
own-sure = Is that what your prescription says?
own-make = Yes, that is it
own-recorded = Recorded as your prescription says. /plan shows it.
own-reported = Recorded as you reported it, and it waits for your clinic to confirm it: they see it in their list and in the next digest. They do not read this chat live. Until then prompts name no amount. If you are not sure what to take, call your prescriber or pharmacist.

plan-head = <b>Your plan</b>
plan-now = Now: { $step }, since { $since }.
plan-none = No amount is in force.
plan-next = From { $day }: { $step }.
plan-waits = { $step }: { $after ->
        [review] after the clinic's review.
       *[clinic] waits for the clinic to decide.
    }
plan-reported = Reported by the patient, not confirmed: { $step }, from { $day }.
plan-review = Review: { $day }.
plan-rhythm = { $every ->
        [day] Every day
        [second_day] Every second day
       *[weekdays] On { $days }
    } at { $wall }{ $weekend ->
        [none] {""}
       *[other] , weekends { $weekend }
    }{ $second ->
        [none] .
       *[other] {" "}and { $second }.
    }
plan-who = { $linked ->
        [yes] Your clinic sets the plan; I only repeat it.
       *[no] This is what you told me your prescription says. I never change a dose.
    }
plan-changed = My prescription changed

prompt-unnamed = Time for { $part ->
        [tonight] tonight's
       *[today] today's
    } dose.
prompt-unread = Your plan changed. Please open the change first.
prompt-reported = You told me that your plan changed, and your clinic has not confirmed it yet, so I name no amount. Not sure? Call your prescriber or pharmacist.
prompt-waits = The next step in your plan waits for your clinic.
open-change = Open the change
strength-ask = <b>New in your plan</b> since { $since }: <b>{ $step }</b>. Do you have the new strength?
strength-yes = Yes, I have it
strength-no = No
strength-no-said = Please call your pharmacy or prescriber before you take anything else than what the plan says. { $told ->
        [yes] I put it on your clinic's list; they do not read this chat live.
       *[no] Nobody has been told: I am a program.
    }
strength-no-question = Does not have the new strength yet.

patients = <b>Your patients</b>
    Tap one to see the plan. ❗ means a decision waits for you.
patients-waits = { $code } ❗
desk-head = <b>{ $code }</b>
desk-state = Hold { $hold ->
        [yes] on
       *[no] off
    }, safety pause { $pause ->
        [yes] on
       *[no] off
    }.
desk-flags = Open flags: { $categories }.
desk-change = Record a step
desk-hold = Hold prompts
desk-resume = End the hold
desk-rhythm = Days and times
rhythm-ask = <b>{ $code }</b>: how often does the prescription say?
rhythm-nightly = Every night at bedtime
rhythm-second = Every second night, from tonight
rhythm-weekdays = Only on chosen weekdays
rhythm-other = Every day, not at bedtime
rhythm-twice = Two times a day
rhythm-weekdays-ask = Which days? Tap them, then Done.
rhythm-wall-ask = At what time (the first, where there are two)? Type it like <i>08:00</i>.
rhythm-second-ask = And the second time? Type it like <i>20:00</i>.
rhythm-amount-ask = Amount of the second dose, in mg, as prescribed? For example <i>1.5 mg</i>.
rhythm-no-day = Please choose at least one day. Nothing was changed.
rhythm-order = The second time must be later in the day than the first. Nothing was changed.
rhythm-set = Recorded{ $second ->
        [none] .
       *[other] , second dose { $second }.
    } /plan shows it.

link-plans = <b>{ $clinic }</b> has this plan for you: { $theirs }
link-plan = { $amount }, { $form }, first night { $start }, review { $review }.
link-no-plan = none recorded yet.
link-yours = What you have recorded so far (it stays in your record):
link-yes = Go on with the clinic's plan
link-no = Not now
link-sharing = May your clinic see your answers and safety alerts, under a code? With sharing off nobody but you sees this, and nobody is told in danger.
link-share = Yes, share
link-keep = No, do not share
link-done = Linked. { $sharing ->
        [yes] Your clinic sees your answers from now on; it does not read this chat live.
       *[no] Sharing is off; /settings changes it.
    } /plan shows the plan.
desk-confirm = Confirm { $amount }
desk-decline = { $amount } is not so
desk-when = Start { $amount }
desk-withdraw = Withdraw { $amount }
desk-when-ask = { $step }: which night is the first?

plan_changed-said = Your clinic has updated your plan. Please read it.
plan_changed-open = Open the plan
hold-begun = Your clinic has put your dose prompts on hold. They start again when your clinic says so. Questions? Call your clinic.
hold-ended = Your clinic has ended the hold: dose prompts are on again. /plan shows the plan.
