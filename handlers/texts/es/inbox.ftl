### Review: not yet reviewed. What waits for a clinician.

inbox-empty = Su bandeja está vacía: no espera ninguna alerta, decisión, pregunta ni reposición.
inbox-head = <b>Bandeja</b>: { $alerts ->
        [one] 1 alerta
       *[other] { $alerts } alertas
    }, { $decisions ->
        [one] 1 decisión
       *[other] { $decisions } decisiones
    }, { $questions ->
        [one] 1 pregunta
       *[other] { $questions } preguntas
    }, { $refills ->
        [one] 1 reposición
       *[other] { $refills } reposiciones
    }.
inbox-alerts = <b>Alertas sin cerrar</b>
inbox-decisions = <b>Esperan su decisión</b>
inbox-questions = <b>Preguntas</b>
inbox-refills = <b>Reposiciones y existencias</b>
inbox-line-alert = { $severity ->
        [emergency] 🔴
        [same-day] 🟠
        [next-day] 🔵 cambio,
       *[other] ⚪ mención,
    } <b>{ $code }</b>, { $category } ({ $about }), { $at }
inbox-line-decision = <b>{ $code }</b>: { $why }{ $since ->
        [none] {""}
       *[other] , { $since }
    }
inbox-line-question = <b>{ $code }</b>, { $at }: «{ $text }»
inbox-has = { $name ->
        [you] lo tiene usted
       *[other] lo tiene { $name }
    }
inbox-more = … y { $count } más. Suben a medida que cierre estas.
inbox-question = { $kind ->
        [refill] <b>Reposición o existencias</b>
       *[other] <b>Pregunta</b>
    } de <b>{ $code }</b>, { $at }:
    «{ $text }»
    Responda por su vía habitual; nada de lo que escriba aquí llega al paciente.
inbox-since = { $name ->
        [you] Lo tiene usted
       *[other] Lo tiene { $name }
    } desde { $at }.
inbox-reached-yes = Al día siguiente dijo que había hablado con alguien.
inbox-reached-not-yet = Al día siguiente dijo que aún no había hablado con nadie.
inbox-reached-mistake = Al día siguiente dijo que había querido decir otra cosa.
inbox-back = Volver a la bandeja
inbox-gone = Ya está cerrado, o no le corresponde leerlo.
inbox-closed = Cerrado: { $code }, { $outcome }.{ $paused ->
        [yes] {" "}Los avisos de dosis siguen en pausa hasta que los reanude en la página del paciente (/patients).
       *[no] {""}
    }
take-over = Me encargo yo
colleague-unnamed = Un colega
outcome-phoned = Llamada
outcome-portal = Mensaje en el portal
outcome-plan = Plan cambiado
outcome-none = Sin acción
outcome-other = Otro
decision-step = un escalón espera su decisión
decision-reported = informa de un cambio de plan
decision-safety_pause = avisos de dosis en pausa por seguridad
decision-review = día de revisión
