### Review: not yet reviewed. The first contact: what the bot is, consent, the plan, the safety screen.

welcome = Hello { $name }. I am a program that helps people who take low-dose naltrexone{ $clinic ->
        [none] .
       *[other] , for { $clinic }.
    }

    I can prompt you at your own bedtime, keep your record and answer common questions. I cannot examine you, change a dose or call for help, and <b>nobody reads this chat live</b>. In an emergency call { $emergency }.

    Are you 18 or over?
age-adult = I am 18 or over
age-helper = I fill this in for someone (18+)
age-minor = I am under 18
minor = Thank you for telling me. I am made for adults only, so we stop here, and I have kept nothing about you. Please talk to a doctor or pharmacist who looks after people your age.

consent = <b>You decide what I may do.</b> Everything is off until you switch it on, and you can change it at any time.

    <b>Reminders</b>: I write to you at your dose time.
    <b>Check-ins</b>: two short questions in the morning.
    <b>Sharing</b>: { $clinic ->
        [none] you have no clinic linked here, so nobody but you sees this, and nobody is told in danger.
       *[other] { $clinic } sees your answers and safety alerts under a code. With sharing off nobody but you sees this, and nobody is told in danger.
    }
consent-reminders = Reminders: { $state }
consent-nudge = Quiet reminder after 45 minutes: { $state }
consent-checkins = Check-ins: { $state }
consent-daily = Daily questions all the time: { $state }
consent-sharing = Sharing: { $state }
on = ✅ on
off = off
continue = Continue

ask-place = Where are you now? Type your town (for example <i>Lisbon</i>) or share your location, so that I get your clock and the emergency number right.
share-place = Share my location
place-which = Which one do you mean?
place-unknown = I can't find that place. Please type a larger town nearby, or a zone such as <i>Europe/Lisbon</i>. Nothing was changed.
ask-time = When do you want the prompt? Choose your bedtime or type it, for example <i>22:15</i>.
time-unknown = I can't read that time. Please type it like <i>22:15</i> or <i>10:15 pm</i>.
time-ambiguous = Morning or evening? Please type it like <i>22:00</i> or <i>10 pm</i>.
place-confirm = { $place }. { $known ->
        [yes] Emergency number <b>{ $emergency }</b>.
       *[no] I have no checked numbers for this country; in an emergency call { $emergency }.
    } It is { $clock } there now. Your prompt would come at <b>{ $wall }</b>, next { $next }. Right?
right = Right
wrong = Not right

ask-amount = What amount does <b>your prescription</b> say you take now? Type it in mg, for example <i>1.5 mg</i>. I only repeat what was prescribed.
amount-unreadable = I can't read that amount. Please type it in mg as on your label, for example <i>1.5 mg</i>. Nothing was changed.
amount-range = That is outside what I can record: 0.001 mg to 100 mg. Please check the label and type the amount in mg. Nothing was changed.
amount-fine = That is finer than a thousandth of a milligram. Please check the label and type the amount in mg. Nothing was changed.
amount-ambiguous = I can't tell whether that comma separates decimals or thousands. Please type it like <i>1.5 mg</i>. Nothing was changed.
amount-sure = That is <b>{ $amount }</b>: { $words }. Is that really what the label says?
amount-is = Yes, { $amount }
amount-again = No, type it again
ask-form = { $amount }. In which form?
form-capsule = Capsule
form-tablet = Tablet
form-liquid = Liquid
form-other = Other
invited-plan = Your clinic recorded this plan: <b>{ $amount }</b>, { $form }, first night { $start }{ $review ->
        [none] .
       *[other] , review { $review }.
    } Is that what you were told?
plan-yes = Yes
plan-differs = My label says something else
plan-differs-told = Please ask your pharmacist or prescriber before you take it. I have recorded your clinic's plan, paused dose prompts until that is settled, and { $told ->
        [yes] I am telling your clinic.
       *[no] nobody has been told: please call them.
    }

ask-standing = Where do you stand with the medicine?
standing-taking = I already take it
standing-waiting = I have it or wait for it, not started
standing-undecided = I have not decided
ask-since = Since about when?
since-week = Less than a week
since-month = 1 to 4 weeks
since-quarter = 1 to 3 months
since-longer = Longer
ask-start = Which night is, or will be, your first?
start-plan = As planned: { $day }
start-tonight = Tonight
start-tomorrow = Tomorrow
start-unknown = I don't know yet

screen-ask = <b>Safety check.</b> Tick everything that is true for you, then Done.
screen-none = None of these
screen-opioids = Opioids in the last 14 days
screen-opioids-names = “Opioids” means for example tramadol, codeine and codeine cough syrup, patches, methadone, buprenorphine, kratom, Lomotil.
screen-surgery = Surgery or dental work planned
screen-pregnancy = Pregnant, trying or breastfeeding
screen-organs = Liver or kidney disease
screen-allergy = Allergic to naltrexone
screen-other_naltrexone = Contrave, Vivitrol or other naltrexone
screen-immune = Transplant or immune medicines
screen-self_harm = Thoughts of harming myself
screen-self-harm-now = Thank you for telling me. Are these thoughts there now?
screen-now = Yes, now
screen-past = Not now
screen-told-pause = Thank you. { $items } matters with this medicine: please talk to your prescriber or pharmacist before you take it. I have paused dose prompts until you have spoken to them. Whether to take it is for them to say.
screen-told-mention = Thank you. Please make sure that your prescriber knows about this: { $items }.
screen-told-clinic = { $told ->
        [yes] Your clinic will see it.
       *[no] Nobody has been told: please tell them yourself.
    }

enrolled = <b>All set.</b> Your code is { $code }. { $state ->
        [prompts] Your first prompt comes { $next }. It never names the medicine.
        [paused] Dose prompts are paused; I will ask you each evening whether you have spoken to a health professional.
        [waiting] I will not prompt you until you tell me your first night: /today has a button for it.
       *[off] Reminders are off, so I will not prompt you. /today lets you record a dose.
    }
    <i>My clinical texts are not yet reviewed by a clinician.</i>
enrol-unfinished = We are in the middle of setting up. Please use the buttons above, or send /start to begin again.
welcome-back = Welcome back. Nothing was sent while you were away. Shall I write to you again as before?
resume-yes = Yes, write to me
resume-no = No
resumed = Good. { $next ->
        [none] I will write when there is something to ask.
       *[other] Your next prompt comes { $next }.
    }
stayed-off = All right. I stay quiet until you send /start.
