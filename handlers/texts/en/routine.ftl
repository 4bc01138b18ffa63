### Review: not yet reviewed. Times, journeys, pauses, and the question after silent nights. No medicine is named unasked.

travel-ask = Where are you now? Type the town (for example <i>Tokyo</i>) or share your location. Nothing changes before you confirm it.
travel-confirm = { $place }. { $known ->
        [yes] Emergency number <b>{ $emergency }</b>.
       *[no] I have no checked numbers for this country; in an emergency call { $emergency }.
    } It is { $clock } there now. Right?
travel-times = Should your prompt follow the clock here ({ $wall } local time), or stay at home time?
travel-local = Local bedtime: { $next ->
        [none] no prompt is planned
       *[other] next { $next }
    }
travel-home = Home time: { $next ->
        [none] no prompt is planned
       *[other] next { $next } here
    }
travel-done = Set: { $place }. Emergency number here: <b>{ $emergency }</b>. { $times ->
        [home] Your prompts stay at home time.
       *[local] Your prompts follow the clock here.
    } { $next ->
        [none] No prompt is planned.
       *[other] The next one comes <b>{ $next }</b>, local time.
    } Not sure what to do about a dose in between? Ask your prescriber or pharmacist.

bedtime = <b>Your times</b> ({ $zone })
    Prompt { $wall }{ $weekend ->
        [none] {""}
       *[other] , weekends { $weekend }
    }. Morning questions { $morning }.
bedtime-all = Every night
bedtime-weekdays = Weekdays only
bedtime-weekends = Weekends only
bedtime-tonight = Only the next prompt
bedtime-morning = Morning questions
bedtime-ask = { $which ->
        [all] Which time, every night?
        [weekdays] Which time on weekdays?
        [weekends] Which time on Saturday and Sunday nights?
        [tonight] To which time shall I move the next prompt? Only this one moves.
       *[morning] At what time in the morning?
    } Choose, or type it like <i>22:15</i>.
bedtime-set = Done. { $next ->
        [none] No prompt is planned.
       *[other] Next prompt: { $next }.
    }
bedtime-apart = Weekdays and weekends can be at most nine hours apart, or a dose would come less than 12 hours after another. Please choose another time. Nothing was changed.
bedtime-second = With two times a day the first must come before the second. Please choose an earlier time. Nothing was changed.
bedtime-nothing = No prompt is planned, so there is none to move. /today shows where you are. Nothing was changed.
bedtime-past = That time is over for this dose. Please choose a later one. Nothing was changed.
bedtime-close = That would be less than 12 hours from another dose, so I can't prompt it. Please ask your prescriber what to do that night, or choose another time. Nothing was changed.

pause-ask = Pausing stops my prompts, not the treatment: that is between you and your prescriber. Do you still take the medicine meanwhile?
pause-taking = Yes, I take it without prompts
pause-not-taking = No, I am not taking it
pause-until = Until when?
pause-days = { $days } days, until { $day }
pause-open = No end date
pause-begun = { $taking ->
        [yes] Paused.
       *[no] Paused. Please tell your prescriber that you are not taking it, and ask before you start again.
    } { $until ->
        [none] No prompts until you end it: /pause.
       *[other] { $taking ->
            [yes] Prompts begin again on { $until }; I tell you that morning.
           *[no] I ask you on { $until } whether to begin again; until you say so there are no prompts.
        }
    } Danger signs in what you write are still read.
pause-on = Prompts are paused{ $until ->
        [none] .
       *[other] {" "}until { $until }.
    }
pause-resume = End the pause
pause-stay = Stay paused
pause-stays = All right, prompts stay paused.
pause-ended = The pause is over. { $next ->
        [none] No prompt is planned.
       *[other] Next prompt: { $next }.
    }
pause-gap = Ask your prescriber before you start again, and say when your last opioid was, if any. Have you been able to speak to a health professional? I have paused dose prompts until you have.
pause_ends-taking = Your pause ends: prompts begin again tonight.
pause_ends-off = You paused until today. Shall prompts begin again?

keep_going-ask = I have not heard from you for seven nights. Shall I keep going?
keep_going-yes = Yes
keep_going-pause = Pause
keep_going-stopped = I have stopped the medicine
keep_going-timing = It's the timing
keep_going-pause-said = All right.
keep_going-timing-said = Then let us find a better time. Please ask your prescriber before you start again after these nights; /today shows where you are.

snooze-typed-none = There is no open prompt to move. /bedtime changes the time of the next one.
