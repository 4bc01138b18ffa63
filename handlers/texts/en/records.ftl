### Review: not yet reviewed. What was told in words, shown back before it is saved.

record-ask = Shall I record this? { $what }
record-yes = Record it
record-no = No
record-dose-taken = dose taken{ $when ->
        [none] {""}
       *[other] {" "}at { $when }
    }
record-dose-skipped = dose skipped ({ $reason })
record-done = Recorded.
record-not = Nothing was recorded.
record-nothing-open = There is no dose open to record. /today shows where you are.
