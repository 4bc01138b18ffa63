### Review: not yet reviewed. What a clinician reads.

clinician-welcome = Hola. Desde ahora usted lee para <b>{ $clinic }</b>.
    /invite crea un enlace y un código QR para un paciente, con el plan. /digest muestra la semana; también llega cada { $weekday } a las { $hour }, { $zone }. /digesttime lo cambia, /help muestra el resto.

    Los pacientes aparecen con un código, nunca con un nombre. Las emergencias se le envían aquí al momento; no puedo sustituir su línea de guardia.
clinician-only = Ese comando es para profesionales.
invite-amount = Paciente nuevo. ¿Cantidad recetada, en mg? Por ejemplo <i>1.5 mg</i>.
invite-form = { $amount }. ¿En qué forma?
invite-start = ¿Primera noche?
invite-review = ¿Día de la revisión?
date-type = O se puede escribir una fecha como <i>2026-12-14</i>.
date-unreadable = No entiendo esa fecha. Hay que escribirla como <i>2026-12-14</i>.
date-past = Ese día ya pasó. Hay que escribir un día futuro, como <i>2026-12-14</i>.
date-review-early = La revisión debe ser después de la primera noche. Por favor, escriba un día posterior.
review-weeks = En { $weeks } semanas: { $day }
review-none = Sin día de revisión
invite-confirm = <b>{ $amount }</b>, { $label ->
        [none] { $form }
       *[other] { $label }
    }, { $start ->
        [review] después de la revisión.
       *[other] primera noche { $start }, revisión { $review }.
    }
invite-sure = ¿Creo el enlace?
invite-make = Crear el enlace
invite-caption = Para <b>un solo</b> paciente, válido hasta el { $until }. Pídale que lo escanee, o envíele el enlace:
    { $link }
invite-cancelled = No se creó nada.
colleague = Para <b>un solo</b> colega, válido hasta el { $until }:
    { $link }
none-day = ninguna
patients-none = Ningún paciente comparte datos con usted todavía. /invite crea un enlace.

digest-time-ask = ¿Qué día debe llegar el resumen?
digest-hour-ask = { $weekday }, ¿a qué hora ({ $zone })?
digest-time-set = El resumen llega cada { $weekday } a las { $hour }, { $zone }. El próximo: { $next }.

digest-head = <b>Semana hasta el { $day }</b>
    { $patients ->
        [one] 1 paciente
       *[other] { $patients } pacientes
    }: { $alerts ->
        [one] 1 alerta abierta
       *[other] { $alerts } alertas abiertas
    }, { $waiting } a la espera de usted, { $worse } peor, { $silent } en silencio, { $on_track } según lo previsto.
digest-empty = <b>Semana hasta el { $day }</b>
    Ningún paciente comparte datos con usted todavía, así que no hay nada que informar.
digest-alerts = <b>Alertas sin cerrar</b>
digest-waiting = <b>A la espera de usted</b>
digest-worse = <b>Nuevo o peor</b>
digest-silent = <b>En silencio o sin contacto</b>
digest-on-track = <b>Según lo previsto</b>
digest-line = <b>{ $code }</b>{ $amount ->
        [none] {""}
       *[other] {" "}con { $amount }
    }: tomadas { $taken }, omitidas { $skipped }, sin responder { $unanswered }, no entregadas { $undelivered } de { $expected } esperadas; dolor { $pain }, sueño { $sleep }{ $corrected ->
        [0] .
       *[other] ; corregidas { $corrected }.
    }
digest-peg = PEG { $now } el { $day }{ $change ->
        [none] {""}
       *[other] , { $before } { $entry ->
            [yes] al ingreso
           *[no] en el basal
        }: { $change }
    }
digest-points = { $points } puntos
digest-points-percent = { $points } puntos, { $percent } % { $better ->
        [yes] mejor
       *[no] peor
    }
digest-band = ({ $band })
band-substantial = mejoría sustancial, IMMPACT
band-moderate = mejoría moderada, IMMPACT
band-minimal = mejoría mínima, IMMPACT
band-little_change = poco cambio
band-worse = peor
band-much_worse = mucho peor
digest-pgic = PGIC: { $answer }
digest-effect-new = nuevo: { $effect }{ $grade ->
        [none] {""}
       *[other] , { $grade }
    }, desde el { $day }{ $amount ->
        [none] {""}
       *[other] {" "}con { $amount }
    }
digest-effect-worse = peor que antes: { $effect }, { $grade }
digest-cannot-wait = dijo esta semana que no puede esperar
digest-severe-unchanged = grave y no peor que antes: { $effect }
digest-much-worse = PEG mucho peor desde el { $day }
digest-not-useful = { $count ->
        [one] 1 alerta se marcó como no útil esta semana.
       *[other] { $count } alertas se marcaron como no útiles esta semana.
    }
card-doses = Desde el { $since } con esta cantidad: tomadas { $taken }, omitidas { $skipped }, sin responder { $unanswered }, no entregadas { $undelivered } de { $expected } esperadas{ $confirmed ->
        [none] .
       *[other] ; confirmadas { $confirmed } %.
    }
card-assessment = Ventana { $first } – { $last }: { $what }
card-state-not_started = sin empezar
card-state-not_yet = aún no terminada
card-state-stopped_before_review = lo dejó antes de la revisión
card-state-not_enough_data = no hay registros suficientes para valorarlo
card-state-trend_only = sin basal: solo tendencia
card-state-judged = PEG { $peg }, dolor diario { $pain }{ $responder ->
        [yes] ; respondedor según la regla de la clínica (PEG 30 % mejor y PGIC 1–3)
        [no] ; no respondedor según la regla de la clínica (PEG 30 % mejor y PGIC 1–3)
       *[none] {""}
    }. Otros cambios de estos días también cuentan, y los grupos con placebo mejoran.
card-change = { $points } puntos{ $percent ->
        [none] {""}
       *[other] {" "}({ $percent } %)
    }
card-target = «{ $name }», como lo nombró el paciente: { $first } al principio, { $last } ahora (0–10, menos es mejor)
card-work = Días sin poder hacer el trabajo habitual: { $days } de 28, dicho el { $day }
cohort-head = <b>Cómo les fue a los pacientes</b>, por dosis, en su ventana de evaluación (PEG frente al basal)
cohort-none = Ninguna ventana de evaluación ha terminado todavía.
cohort-row = <b>{ $amount }</b>, n { $n }
cohort-cell = – { $cell }: { $count }
cell-stopped_before_review = lo dejaron antes de la revisión
cell-no_band = sin categoría (faltan datos, basal bajo, o ya lo tomaban al ingreso)
cell-amount-none = cantidad desconocida
cohort-few = (menos de { $smallest } en cada grupo, así que no se muestra nada)
cohort-hidden = no se muestra
cohort-foot = Las casillas con menos de { $smallest } no se muestran. Según lo que cuentan los pacientes, sin grupo de control: en los ensayos también mejoraron los grupos con placebo.
digest-why = – { $why }
digest-flag = { $category } ({ $severity ->
        [emergency] emergencia
        [same-day] mismo día
       *[mention] mención
    })
digest-review-due = revisión prevista el { $day }
digest-review-overdue = revisión pendiente desde el { $day }
digest-question = pregunta: «{ $text }»
digest-step-waits = el paso a { $amount } le espera a usted: { $why }
digest-reported = cuenta un cambio de plan: { $amount }
wait-review = después de su revisión
wait-flag = hay una alerta abierta
wait-severe_effect = efecto secundario grave
wait-hold = en suspensión
wait-safety_pause = pausa de seguridad
wait-few_nights = menos de la mitad de las noches confirmadas
digest-not-started = sin empezar después de 14 días
digest-pain-worse = dolor { $now } ahora, { $before } antes de la primera dosis
digest-safety-pause = pausa de seguridad desde el { $day }
digest-last-contact = última respuesta el { $day }
digest-never = ninguna respuesta todavía
digest-not-enough = no hay datos suficientes
digest-foot = Las cifras son lo que cuentan los propios pacientes, 0–10, menos es mejor; dolor y sueño son medias de la semana. Los grupos con placebo también mejoran. Sin responder es silencio, no una dosis olvidada; lo no entregado nunca llegó al paciente.
digest-more = … y { $count } más.
inbox-alert = { $severity ->
        [emergency] 🔴 <b>Señal de emergencia</b>
       *[other] 🟠 <b>Señal para hoy mismo</b>
    } { $category } ({ $about }), paciente <b>{ $code }</b>, { $at } en su hora local{ $times ->
        [1] .
       *[other] , { $times } mensajes.
    } Se mostró el consejo fijo{ $paused ->
        [yes] {" "}y los avisos de dosis están en pausa.
       *[no] .
    }
unanswered-none = Ninguna pregunta quedó sin respuesta en los últimos tres meses.
unanswered-head = <b>Preguntas sin respuesta, últimos tres meses</b> (sin quién preguntó; sin números ni direcciones)
unanswered-line = – { $count } × «{ $example }»
unanswered-thumbs = – respuesta { $topic }: 👍 { $up }, 👎 { $down }
opening-head = <b>Buenos días. Alertas de la noche, de las que aún nadie se ocupa:</b>
opening-line = – { $category } ({ $about }), paciente <b>{ $code }</b>, { $at }
opening-take = Me ocupo de { $code } { $category }
test-alert = 🟢 <b>Esta es una alerta de prueba.</b> Las reales se ven así, con un código y sin palabras. Las emergencias suenan a cualquier hora. Por favor, toque el botón para que yo sepa que le llegó; envío una al mes.
test-alert-said = Bien: las alertas le llegan.
hours = <b>Horario de { $clinic }</b> ({ $zone })
hours-none = No hay ningún horario anotado: no se dice a los pacientes cuándo abren ustedes, y todas las alertas suenan.
hours-day = { $day }: { $opens }–{ $closes }
hours-closed = Cerrado: { $days }
hours-type = Para cambiarlo, escriba por ejemplo <i>Lun-Vie 9:00-17:00</i>, o <i>Lun-Jue 9-17, Vie 9-13</i>. Un día libre: <i>cerrado 2026-12-25</i>; <i>abierto 2026-12-25</i> lo anula.
hours-not = { $why ->
        [order] “{ $part }” cierra antes de abrir.
        [day] “{ $part }” no es un día de la semana.
        [time] “{ $part }” no es una hora del día.
       *[unreadable] No entiendo “{ $part }”.
    } Escriba el horario como <i>Lun-Vie 9:00-17:00</i>. No se cambió nada.
away-none = Usted no está ausente. Para cambiarlo, escriba desde y hasta, por ejemplo <i>2026-12-20 - 2026-12-27</i>.
away-is = Ausente { $first } – { $last }. { $cover ->
        [none] Nadie en particular le sustituye; las alertas van a sus colegas por turno.
       *[other] Le sustituye { $cover }.
    } Otros días: escríbalos como <i>2026-12-20 - 2026-12-27</i>.
away-wrong = El último día no puede ser anterior al primero, ni haber pasado ya. No se cambió nada.
away-cover = Ausente { $first } – { $last }. ¿Quién le sustituye? Las alertas de sus pacientes van primero allí.
away-nobody = Nadie en particular
away-set = Ausente { $first } – { $last }. { $cover ->
        [none] Las alertas van a sus colegas por turno.
       *[other] Le sustituye { $cover }.
    }
away-back = Ya volví
away-back-said = Usted está de guardia de nuevo.
inbox-change = 🔵 <b>Cambio</b>, paciente <b>{ $code }</b>, { $at } en su hora local: { $what }. Según lo contó el paciente; no es una emergencia.
change-moderate_again = { $item }, moderado o peor en dos registros seguidos y peor que antes de la primera dosis
change-peg_much_worse = el PEG semanal es al menos un 30 % o 2 puntos peor que al inicio
not-useful = No es útil
not-useful-said = Anotada como no útil, y cerrada. El resumen las cuenta.
have-this = Me ocupo yo
resume-prompts = Reanudar los avisos de dosis
resumed-prompts = Avisos de dosis reanudados el { $at }.
about-RF01 = síntomas de emergencia
about-RF02 = posible anafilaxia
about-RF03 = autolesión
about-RF04 = uso conjunto de opioides
about-RF05 = posible abstinencia
about-RF06 = demasiado o pastilla equivocada
about-RF07 = niño o mascota
about-RF08 = embarazo o lactancia
about-RF09 = cirugía o procedimiento
about-RF10 = signos hepáticos
about-RF11 = efecto secundario grave
about-RF12 = deseo de cambiar la dosis
about-RF13 = deseo de dejarlo
about-RF14 = interrupción u hospital
about-RF15 = el medicamento parece distinto
about-RF16 = menor de 18 años
about-PEG = PEG semanal
about-screen = control de seguridad
about-silent7 = siete noches sin una dosis anotada
