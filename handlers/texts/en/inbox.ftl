### Review: not yet reviewed. What waits for a clinician.

inbox-empty = Your inbox is empty: no alert, decision, question or refill waits for you.
inbox-head = <b>Inbox</b>: { $alerts ->
        [one] 1 alert
       *[other] { $alerts } alerts
    }, { $decisions ->
        [one] 1 decision
       *[other] { $decisions } decisions
    }, { $questions ->
        [one] 1 question
       *[other] { $questions } questions
    }, { $refills ->
        [one] 1 refill
       *[other] { $refills } refills
    }.
inbox-alerts = <b>Alerts not closed</b>
inbox-decisions = <b>Waiting for your decision</b>
inbox-questions = <b>Questions</b>
inbox-refills = <b>Refills and supplies</b>
inbox-line-alert = { $severity ->
        [emergency] 🔴
        [same-day] 🟠
        [next-day] 🔵 change,
       *[other] ⚪ mention,
    } <b>{ $code }</b>, { $category } ({ $about }), { $at }
inbox-line-decision = <b>{ $code }</b>: { $why }{ $since ->
        [none] {""}
       *[other] , { $since }
    }
inbox-line-question = <b>{ $code }</b>, { $at }: “{ $text }”
inbox-has = { $name ->
        [you] you have it
       *[other] { $name } has it
    }
inbox-more = … and { $count } more. They move up as you close these.
inbox-question = { $kind ->
        [refill] <b>Refill or supply</b>
       *[other] <b>Question</b>
    } from <b>{ $code }</b>, { $at }:
    “{ $text }”
    Answer by your usual way; nothing you type here reaches the patient.
inbox-since = { $name ->
        [you] You have it
       *[other] { $name } has it
    } since { $at }.
inbox-reached-yes = Asked the day after, they had reached someone.
inbox-reached-not-yet = Asked the day after, they had not reached anyone yet.
inbox-reached-mistake = Asked the day after, they said they had meant something else.
inbox-back = Back to the inbox
inbox-gone = That is closed already, or not yours to read.
inbox-closed = Closed: { $code }, { $outcome }.{ $paused ->
        [yes] {" "}Dose prompts stay paused until you resume them on the patient's page (/patients).
       *[no] {""}
    }
take-over = I take over
colleague-unnamed = A colleague
outcome-phoned = Phoned
outcome-portal = Portal message
outcome-plan = Plan changed
outcome-none = No action
outcome-other = Other
decision-step = a step waits for you
decision-reported = reports a changed plan
decision-safety_pause = dose prompts paused for safety
decision-review = review day
