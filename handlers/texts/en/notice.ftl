### Review: not yet reviewed. Short questions about how the patient stands. None of them names the medicine.

arrival-ask = Has your medicine arrived?
arrival-yes = Yes
arrival-no = Not yet
arrival-label = Good. Please look at the label: does it say the same as your plan?
arrival-same = Yes, the same
arrival-differs = No, it differs
arrival-refill-said = Good. Count what you have when you like, and I remind you in time.
arrival-yes-said = Good. When you want to begin, tap the button. Your first prompt then comes at your own bedtime.
arrival-no-said = All right. I will ask again in three days. Your clinic or pharmacy can tell you where it is.

alert-read = Seen by your clinic, { $read }: what you told me { $told }. If it gets worse, do not wait for them: { $emergency }.
question-read = Read by your clinic, { $read }: your { $refill ->
        [yes] message about your supply
       *[no] question
    } of { $told }.
