### Review: not yet reviewed. What surrounds an answer; the answers themselves stand in clinical/faq.

did-you-mean = Did you mean one of these?
no-answer = I don't have an answer to that. Your clinic or pharmacist can help.
no-answer-pass = I don't have an answer to that. Shall I pass the question on to your clinic?
pass-on = Pass it on
pass-on-not = No
passed-on = Passed on: it waits in your clinic's inbox, and stands in their next digest. They do not read this chat live.
not-passed = All right, nothing was passed on.
more-on = More: { $sources }
heard-ask = I am a program, and I am not sure that I understood you. Is this what you mean?{ $shared ->
        [yes] {" "}If you tap Yes, I tell your clinic.
       *[no] {""}
    }
heard-yes = Yes, this is it
heard-no = No, something else
heard-no-said = Good that you say so; nobody was alerted. Please write it once more in other words.
unreviewed = <i>Not yet reviewed by a clinician.</i>
refuse-dose = Only your prescriber changes the dose, in either direction. { $plan } Shall I pass your question on to your clinic?
refuse-dose-alone = Only your prescriber changes the dose, in either direction. { $plan } Please ask them.
your-plan = Your recorded plan: { $amount }, { $form }.
no-plan = No plan is recorded here.
distress = Thank you for telling me. I'm a program and nobody is reading this now. If you feel unsafe or ill: { $emergency }.{ $clinic ->
        [yes] {" "}Shall I send it to your clinic for when they open?
       *[no] {""}
    }
distress-send = Send
distress-keep = Keep as a note
distress-delete = Delete
distress-sent = Sent: it waits in your clinic's inbox, and stands in their next digest. They do not read this chat live.
distress-kept = Kept as your own note.
distress-deleted = Deleted.
smalltalk-hello = Hello. Ask me about low-dose naltrexone, or see /today.
smalltalk-thanks = You're welcome.
smalltalk-bye = Good night. I'm here when you need me.
smalltalk-ok = All right.
follow-up = Checking in after yesterday. Did you reach someone?
follow-up-yes = Yes
follow-up-not-yet = Not yet
follow-up-mistake = I meant something else
follow-up-yes-said = Good. Thank you for telling me.
follow-up-not-yet-said = Please do try again today. In an emergency call { $emergency }.
follow-up-mistake-said = Thank you, noted. Your dose prompts stay as they are until you tell me otherwise.

own-last-taken = Your record: { $last ->
        [none] nothing is recorded as taken in the last two days.
       *[other] the last dose recorded as taken is of { $last }.
    }
own-bedtime = Your prompt comes at { $wall } ({ $zone }).
own-sharing = { $sharing ->
        [on] You share with your clinic now; /settings changes it.
       *[off] You share with nobody now.
    }
thumb-said = Thank you, noted.
