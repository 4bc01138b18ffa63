"""The kinds of message the bot owes, and what is true of each: urgency, and what to do when in doubt."""

from clinical.budget import Rank

ESCALATION = "escalation"
REPLY = "reply"
DOSE_PROMPT = "dose_prompt"
DOSE_SNOOZED = "dose_snoozed"
SAFETY_QUESTION = "safety_question"
SCHEDULE_CHANGE = "schedule_change"
FLAG_FOLLOW_UP = "flag_follow_up"
OPENING_LIST = "opening_list"
TEST_ALERT = "test_alert"
DOSE_REMINDER = "dose_reminder"
CHECK_IN = "check_in"
FIRST_QUESTIONS = "first_questions"  # the baseline: asked for with the consent, so never counted
DIGEST = "digest"
PLAN_CHANGED = "plan_changed"
HOLD_CHANGED = "hold_changed"
KEEP_GOING = "keep_going"
PAUSE_ENDS = "pause_ends"
ARRIVAL = "arrival"
REFILL = "refill"
ALERT_READ = "alert_read"
QUESTION_READ = "question_read"

PRIORITY = {
    ESCALATION: 0,
    REPLY: 1,
    DOSE_PROMPT: 2,
    DOSE_SNOOZED: 2,
    SAFETY_QUESTION: 2,
    SCHEDULE_CHANGE: 2,
    FLAG_FOLLOW_UP: 3,
    OPENING_LIST: 1,
    TEST_ALERT: 3,
    DOSE_REMINDER: 3,
    CHECK_IN: 4,
    FIRST_QUESTIONS: 4,
    DIGEST: 5,
    PLAN_CHANGED: 3,
    HOLD_CHANGED: 3,
    KEEP_GOING: 4,
    PAUSE_ENDS: 4,
    ARRIVAL: 4,
    REFILL: 5,
    ALERT_READ: 3,
    QUESTION_READ: 3,
}
# How grave an alert is: the first two are pushed at once, with a sound or silent; `LATER` is a change that is
# no danger, told on the clinic's next working morning; a mention is never pushed.
PUSHED_AT_ONCE = ("same-day", "emergency")
LATER = "next-day"
# "Read by your clinic": the answer to what a patient passed on, so never counted.
READS = (ALERT_READ, QUESTION_READ)
CHECK_INS = (CHECK_IN, FIRST_QUESTIONS)
# Short messages about the patient, owed by `services.notices`; subject is the patient.
NOTICES = (PLAN_CHANGED, HOLD_CHANGED, KEEP_GOING, PAUSE_ENDS, ARRIVAL, REFILL)
# Where it is in doubt whether one of these arrived, it is not sent a second time (design: delivery).
UNREPEATABLE = (
    *(DOSE_REMINDER, CHECK_IN, FIRST_QUESTIONS, DIGEST, KEEP_GOING, PAUSE_ENDS, ARRIVAL, REFILL),
    *READS,
)
# What hangs on a dose before anything was sent about it.
IN_PLACE_OF_A_DOSE = (DOSE_PROMPT, SAFETY_QUESTION, SCHEDULE_CHANGE)
# What may still follow once a prompt was sent.
AFTER_A_PROMPT = (DOSE_REMINDER, DOSE_SNOOZED)
# What the bot sends by itself to a patient: all of it ends with /stop.
UNASKED = (*IN_PLACE_OF_A_DOSE, *AFTER_A_PROMPT, CHECK_IN, FIRST_QUESTIONS, *NOTICES, *READS)
# What counts towards the message budget, and who gives way to whom. Prompts, asked-for snoozes, replies,
# follow-ups, and what stands in place of a prompt are not here: they are never counted and never dropped.
RANKS = {
    DOSE_REMINDER: Rank.REMINDER,
    CHECK_IN: Rank.CHECK_IN,
    KEEP_GOING: Rank.CHECK_IN,
    PAUSE_ENDS: Rank.CHECK_IN,
    ARRIVAL: Rank.CHECK_IN,
    PLAN_CHANGED: Rank.REMINDER,
    HOLD_CHANGED: Rank.REMINDER,
    REFILL: Rank.REFILL,
}
