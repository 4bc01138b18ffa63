### Review: not yet reviewed. Words of the bot that carry no clinical content unless marked.

group = I only talk in private. Please open a chat with me there.
cannot-look = I can't listen or look. In an emergency call { $emergency }. Otherwise please type it.
stale-button = That button is from an older message and no longer works. /today shows where you are.
not-yours = That button belongs to somebody else's record. Nothing was changed.
closed = It is too late to change that one: answers can be corrected for 48 hours. Your clinic can add a note to the record.
not-yet = It is not time for that answer yet.
fault = Something went wrong on my side, and I may not have recorded that. Please try again in a few minutes. In an emergency call { $emergency }.
stranger-start = I am a program that helps people who take low-dose naltrexone. To begin, send /start, or open the link from your clinic.
enrol-by-invite = This bot works with a clinic. Ask yours for an invite link; it opens right here. I have kept nothing about you.
invite-unknown = I don't know that invite. Please ask your clinic for a new link. Nothing was changed.
invite-expired = That invite is too old. Please ask your clinic for a new link. Nothing was changed.
invite-used = That invite has already been used; each works once. Please ask your clinic for a new link. Nothing was changed.
already-enrolled = You are already set up. /today shows tonight, /help shows what I can do.
nothing-running = Nothing to answer right now. /today shows where you are, /help what I can do.

yes = Yes
no = No
back = Back
done = Done
cancel = Cancel
unknown-command = I don't know that command. /help lists what I can do.

help = <b>What I can do</b>
    /today – tonight's dose and what is recorded
    /progress – your last weeks as a picture
    /plan – your plan; tell me when your prescription changes
    /correct – put a dose of the last 48 hours right
    /bedtime – change your times, or move one night
    /timezone – you are somewhere else
    /pause – pause prompts for a while
    /refill – what you have left, and a reminder in time
    /card – a card to show in an emergency
    /settings – switches and dose time
    /stop – stop my messages, or tell me you stopped the medicine
    /language – English, español
    /privacy – who sees what
    /help – this list

    Ask me about low-dose naltrexone in your own words; I answer from a sourced list.
    I am a program. I never change a dose, and nobody reads this chat live. In an emergency call { $emergency }.
help-clinician = <b>For clinicians</b>
    /invite – a link and QR code for one patient, with the plan
    /inbox – alerts, decisions, questions and refills that wait for you
    /digest – this week's summary now
    /patients – your patients: plan, numbers, holds, decisions
    /cohort – how your clinic's patients came out, by dose
    /hours – when your clinic is open
    /away – when you are not there, and who covers
    /unanswered – questions that I could not answer
    /digesttime – weekday and hour of the weekly digest
    /colleague – a link for one colleague
    /privacy – who sees what
hospital-button = In hospital, or had an accident

privacy = <b>Who sees what</b>
    • Telegram delivers this chat and can process it; bot chats are not end-to-end encrypted. It tells me your id, first name and language, not your phone number.
    • The operator of this bot keeps your record. Names, ids and everything you write stand encrypted.
    • { $sharing ->
        [on] Your clinic sees your taps, check-in numbers and safety alerts under a code, not your name. It does not read this chat live.
       *[off] Sharing is off: nobody but you sees this, and nobody is told in danger.
    }
    • /stop ends my messages. Share only what is needed here.
privacy-clinician = <b>Who sees what</b>
    You see your own linked patients, under a code, and only while they share. I keep names, ids and free text encrypted. Logs and pushes carry codes only.
settings = <b>Settings</b>
    Dose time { $wall } ({ $zone }). Tap a switch to change it; it counts at once.
settings-early = Many people have your bedtime, so your prompt comes about { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } before it (never more than { $most }).
settings-unshared = Sharing is off: nobody but you sees this, and nobody is told in danger.

language-ask = Which language shall I speak?
language-en = English
language-es = Español
language-set = I speak English now.
