### Review: not yet reviewed. Supply: counted doses, refills, running out. No medicine is named unasked.

refill = <b>Your supply</b>
    { $left ->
        [none] No doses counted yet.
        [one] 1 dose left by your count.
       *[other] { $left } doses left by your count.
    } { $beyond ->
        [none] No beyond-use date recorded.
       *[other] Use by { $beyond }.
    } I remind you { $days } days ahead.
refill-count = Count doses
refill-beyond = Date on the label
refill-notice = When to remind
refill-ask = Ask for a refill
refill-out = I have run out
refill-days = { $days } days
refill-count-ask = How many doses do you have left? Type a whole number, for example <i>30</i>. I take one off with each dose you record as taken.
refill-count-unreadable = Please type a whole number from 0 to { $most }. Nothing was changed.
refill-beyond-ask = Which beyond-use date is on the label? Type it like <i>2026-12-14</i>.
refill-beyond-past = That date is over. Please ask your pharmacist before you take any of it.
refill-notice-ask = How many days does a refill take, from asking to having it?
refill-kept = Kept.
refill-wish = Asks for a refill.
refill-asked = { $told ->
        [yes] Passed on: it is on your clinic's list and in their next digest. They do not read this chat live.
       *[no] Please ask your prescriber or pharmacy for a refill. Nobody has been told: I am a program.
    }
refill-due = { $left ->
        [one] 1 dose left by your count
       *[other] { $left } doses left by your count
    }{ $beyond ->
        [none] .
       *[other] , use by { $beyond }.
    } It may be time to ask for a refill.
refill-out-wish = Has run out of the medicine.
refill-out-said = { $told ->
        [yes] It is on your clinic's list and in their next digest; they do not read this chat live. Please call them or your pharmacy as well.
       *[no] Please call your prescriber or pharmacy. Nobody has been told: I am a program.
    } Do not take extra later to make up for it. After a gap, ask your prescriber before you start again. I ask in three days whether it has arrived.
