### Review: not yet reviewed. The dose prompt and all that follows from it. It never names the medicine.

prompt = Es hora de la dosis de { $part ->
        [tonight] esta noche
       *[today] hoy
    }: { $amount }.
prompt-amount = { $amount }.
prompt-late = Este llega tarde: es del { $day }, { $wall }.
prompt-spoken = ¿Has hablado con quien te receta?
reminder = Un recordatorio silencioso: la dosis de { $part ->
        [tonight] esta noche
       *[today] hoy
    }, { $amount }, está sin responder.
reminder-unnamed = Un recordatorio silencioso: la dosis de { $part ->
        [tonight] esta noche
       *[today] hoy
    } está sin responder.
button-taken = Tomada
button-snooze = Posponer { $minutes }
button-skip = Omitir
button-correct = Corregir

recorded-taken = Anotada como tomada a las { $at }.
recorded-skipped = Anotada como omitida: { $reason }.
recorded-corrected = Corregido. { $now } (antes: { $before }.)
already-taken = Ya está anotada como tomada a las { $at }.
already-skipped = Ya está anotada como omitida: { $reason }.
second-dose = Ya está anotada a las { $at }. ¿Tomaste una segunda dosis?
second-no = No
second-yes = Sí
second-was-no = Bien. Queda anotada una vez, tomada a las { $at }.
snoozed = Volveré a preguntar a las { $at }.
snooze-too-late = Eso pasaría la hora de responder esta dosis. Todavía puedes responderla ahora.
ask-reason = ¿Cuál fue el motivo?
reason-forgot = La olvidé
reason-felt_better = Me sentía mejor
reason-side_effect = Efecto secundario
reason-ran_out = Se me acabó
reason-told_to_pause = Me dijeron que pausara
reason-opioid = Tomé un opioide
reason-hospital = Hospital / accidente
reason-other = Otro
reason-side_effect-more = Si es fuerte o te preocupa, escribe qué es, para que pueda buscar señales de peligro.
reason-told_to_pause-more = Sigue lo que te dijeron. ¿Te lo dijo tu clínica u otra persona? Si fue otra persona, díselo a quien te receta.
correct-ask = El historial de esta noche dice: { $was } ¿Qué pasó en realidad?
button-when = Tomada a otra hora
taken-at-time = Fue a las { $at }
time = { $at }
ask-when = ¿Cuándo la tomaste? Toca una hora, o escríbela como <i>22:15</i>.
when-future = Esa hora todavía no ha llegado. No se cambió nada.
when-far = Eso está a más de 12 horas de la hora de esta dosis. Por favor, compruébalo, o pide a tu clínica que añada una nota. No se cambió nada.
correct-which = ¿Cuál corrijo? Las dosis se pueden corregir durante 48 horas.
correct-none = No hay ninguna dosis de las últimas 48 horas que corregir.
correct-one = { $day }: { $what }
hospital = <b>Di ahora al personal que tomas naltrexona, y cuándo la tomaste por última vez.</b> Cambia cómo actúan los opioides contra el dolor. En una emergencia, llama ya: { $emergency }. El personal y quien te receta deciden cuándo seguir. Anotada como omitida. He pausado los avisos de dosis hasta que hayas hablado con ellos. Ellos dirán si tomarla o no. { $told ->
        [yes] Lo envío a tu clínica. No la esperes.
       *[no] No se ha avisado a nadie: soy un programa.
    }
    <i>Texto aún sin revisar por un profesional clínico.</i>

safety-question = ¿Has podido hablar con un profesional de la salud? He pausado los avisos de dosis hasta que lo hagas.
safety-question-restart = Si ya estás en casa: pregunta a quien te receta antes de volver a empezar, y di cuándo tomaste el último opioide, si tomaste alguno. ¿Has podido hablar con un profesional de la salud? He pausado los avisos de dosis hasta que lo hagas.
safety-not-yet = Todavía no
safety-continue = Sí, me dijeron que siga
safety-stop = Sí, me dijeron que no la tome
safety-not-yet-said = De acuerdo. Por favor, llama a quien te receta o a tu farmacia. Mañana vuelvo a preguntar.
safety-continue-said = Anotado, tal como me lo contaste. Los avisos de dosis están activos de nuevo{ $next ->
        [none] .
       *[other] : el próximo llega el { $next }.
    }
safety-stop-said = Anotado, tal como me lo contaste. Los avisos de dosis siguen en pausa. Cuando te digan que sigas, toca «Sí, me dijeron que siga» o pídelo a tu clínica.
schedule-change = Cambió tu reloj o tu hora de dormir, así que no hay aviso el { $day }: sería menos de 12 horas después de la última dosis. El próximo aviso llega el { $next }. Por favor, pregunta a quien te receta qué hacer esa noche.

today-plan = Tu plan: { $amount }, { $form }, a las { $wall }.
today-plan-second = Y { $amount }, { $form }, a las { $wall }.
today-home = hora de casa, { $zone }
today-changed = Tu plan cambió. /plan lo muestra.
today-no-plan = No hay ninguna cantidad anotada.
today-planned = Dosis de { $part ->
        [tonight] esta noche
       *[today] hoy
    }: aviso a las { $wall }.
today-prompted = La dosis de esta noche está sin responder.
today-open = La dosis de { $part ->
        [tonight] esta noche
       *[today] hoy
    } está sin responder.
today-snoozed = Pospuesta: vuelvo a preguntar a las { $at }.
today-by-hand = { $day }: tomada a las { $at }, como me dijiste. No se esperaba ninguna dosis, así que queda guardada y no se cuenta.
today-hold = Tu clínica tiene los avisos en suspensión. Vuelven cuando tu clínica termine la suspensión.
today-reminders_off = Los recordatorios están desactivados. /settings los activa.
today-starts = Tu primera dosis: { $day }.
slot-comes = { $wall }: está por llegar.
slot-recorded = { $wall }: { $what }
slot-open = { $wall }: todavía sin responder.
slot-snoozed = { $wall }: pospuesta, vuelvo a preguntar a las { $at }.
slot-planned = { $wall }: el aviso está en camino.
slot-unanswered = { $wall }: sin responder.
slot-undelivered = { $wall }: el aviso no te llegó.
slot-not_expected = { $wall }: no se espera ninguna dosis, { $reason }.
slot-by-hand = { $wall }: tomada a las { $at }, no se cuenta.
today-unanswered = La última dosis ({ $day }) quedó sin responder.
today-undelivered = El último aviso ({ $day }) no te llegó.
today-taken = Última dosis ({ $day }): tomada a las { $at }.
today-skipped = Última dosis ({ $day }): omitida, { $reason }.
today-not_expected = No se espera ninguna dosis ({ $day }): { $reason }.
today-next = Próximo aviso: { $next }.
today-next-home = Próximo aviso: { $next } aquí, { $wall } hora de casa.
today-no-next = No hay ningún aviso previsto.
why-before_start = aún sin empezar
why-day_off = un día libre en tu plan
why-hold = tu clínica lo tiene en suspensión
why-pause = lo pausaste
why-safety_pause = en pausa hasta que hables con un profesional de la salud
why-reminders_off = los recordatorios están desactivados
why-schedule_change = cambió el horario
why-ended = el tratamiento terminó
first-dose = Primera dosis esta noche
first-dose-set = Bien. Tu primer aviso llega el { $next }.

stop-ask = ¿Qué prefieres?
stop-messages = Detener tus mensajes
stop-medicine = Dejé el medicamento
stop-nothing = Dejar todo como está
stopped-messages = Hecho: ya no te escribiré más. Detener mis mensajes no es dejar el medicamento. Tu historial se queda; /start me activa de nuevo.
stopped-medicine = Hecho: ya no te escribiré más. Es tu decisión. Por favor, di a tu clínica que lo dejaste, y por qué. Este medicamento no causa dependencia; después de dejarlo puedes ser más sensible a los opioides, así que díselo a quien te atienda. /start me activa de nuevo.
stop-kept = No se cambió nada.
stop-none = No te estoy escribiendo. Con /start empezamos.
kept-by-hand = Guardada en tu historial. No se esperaba ninguna dosis ({ $reason }), así que no se cuenta.
status-unanswered = sin responder
status-undelivered = no entregada
status-prompted = sin responder
status-snoozed = pospuesta
status-planned = prevista
status-not_expected = no se espera
