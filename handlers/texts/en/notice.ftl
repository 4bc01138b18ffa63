### Review: not yet reviewed. Short questions about how the patient stands. None of them names the medicine.

arrival-ask = Has your medicine arrived?
arrival-yes = Yes
arrival-no = Not yet
arrival-yes-said = Good. When you want to begin, tap the button. Your first prompt then comes at your own bedtime.
arrival-no-said = All right. I will ask again in three days. Your clinic or pharmacy can tell you where it is.
