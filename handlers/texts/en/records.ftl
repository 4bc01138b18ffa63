### Review: not yet reviewed. What was told in words, shown back before it is saved.

record-ask = Shall I record this?
record-ask-calm = When you are safe: shall I also record this?
record-yes = Record it
record-no = No
record-change = Change
record-dose-taken = Dose of { $day }: taken
record-dose-taken-at = Dose of { $day }: taken { $at }
record-dose-skipped = Dose of { $day }: skipped ({ $reason })
record-before = (in the record now: { $before })
record-sleep = Sleep { $value } (0 best, 10 worst)
record-pain = Pain { $value } (0 none, 10 worst)
record-effects = Side effects: { $effects }
record-unclear-sleep = How you slept I could not read as a number. You can type it, like “sleep 4” (0 best, 10 worst).
record-unclear-pain = Your pain I could not read as a number. You can type it, like “pain 4” (0 none, 10 worst).
record-ask-time = The dose of { $day }: when did you take it?
record-no-time = I don't know the time
record-change-ask = What shall I change? Nothing is saved yet.
record-other-time = Another time
record-other-night = It was the dose of { $day }
record-no-dose = Leave the dose out
record-without-sleep = Leave the sleep out
record-without-pain = Leave the pain out
record-without-effects = Leave the side effects out
record-done = Recorded.
record-not = Nothing was recorded.
record-no-such-dose = I have no dose of that night that can still be recorded. Doses can be recorded for 48 hours; /correct shows them.
unsure-dose = That happens. { $last ->
        [none] Nothing is recorded as taken in the last two days, so I cannot know.
       *[other] The last dose I have recorded as taken is of { $last }. If that is not the one, I cannot know.
    } Do not take another one on a guess; your pharmacist can help. A pill box, or a mark on the label, helps next time.

effect-dreams = vivid dreams
effect-insomnia = trouble sleeping
effect-headache = headache
effect-nausea = feeling sick
effect-stomach = stomach pain
effect-diarrhea = loose stools
effect-constipation = constipation
effect-fatigue = unusual tiredness
effect-dizzy = dizziness
effect-anxious = nervous, restless
effect-mood = low or irritable mood
effect-appetite = less appetite
effect-aches = muscle or joint aches
effect-pain-flare = pain worse than usual
effect-sweats = sweats, chills
effect-rash = rash, itch
effect-liver = yellow eyes or skin, dark urine
effect-other = something else
severity-mild = mild
severity-moderate = moderate
severity-severe = severe
