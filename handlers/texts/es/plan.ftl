### Review: not yet reviewed. The plan: recording a step, reading it, a change at dose time, the clinician's page.

units = { $form ->
    [liquid] { $units } mL de { $strength }/mL
    [capsule] { $one ->
        [yes] 1 cápsula
       *[no] { $units } cápsulas
    } de { $strength }
    [tablet] { $one ->
        [yes] 1 comprimido
       *[no] { $units } comprimidos
    } de { $strength }
   *[other] { $units } × { $strength }
}

label-ask = ¿Cómo expresa la etiqueta una dosis? { $liquid ->
        [yes] Hay que escribir los mL y los mg por mL, por ejemplo <i>0.5 mL x 3 mg/mL</i>.
       *[no] Hay que escribir cuántas y de qué concentración, por ejemplo <i>2 x 1.5 mg</i>.
    }
label-none = La etiqueta no lo dice
label-unreadable = No lo entiendo. Hay que escribirlo como en la etiqueta, por ejemplo { $liquid ->
        [yes] <i>0.5 mL x 3 mg/mL</i>
       *[no] <i>2 x 1.5 mg</i>
    }. No se cambió nada.
label-disagrees = Eso no da { $amount }. Hay que comprobar la etiqueta y escribirlo otra vez, o empezar de nuevo con /plan o /invite. Yo no hago la cuenta. No se cambió nada.
start-after-review = Después de mi revisión

clinic-amount = <b>{ $code }</b>: ¿qué cantidad está recetada, en mg? Por ejemplo <i>3 mg</i>.
clinic-sure = ¿Anoto este paso?
clinic-make = Anotarlo
clinic-recorded = Anotado para { $code }. Digo al paciente que el plan cambió; los avisos nombran la cantidad nueva cuando la haya leído.
own-amount = ¿Qué cantidad dice ahora <b>tu receta</b>? Escríbela en mg, por ejemplo <i>3 mg</i>. Yo solo repito lo recetado.
own-sure = ¿Es lo que dice tu receta?
own-make = Sí, eso es
own-recorded = Anotado como dice tu receta. /plan lo muestra.
own-reported = Anotado tal como me lo contaste, y espera a que tu clínica lo confirme: lo ven en su lista y en el próximo resumen. No leen este chat en tiempo real. Hasta entonces los avisos no nombran ninguna cantidad. Si no sabes bien qué tomar, llama a quien te receta o a tu farmacia.

plan-head = <b>Tu plan</b>
plan-now = Ahora: { $step }, desde el { $since }.
plan-none = No hay ninguna cantidad vigente.
plan-next = Desde el { $day }: { $step }.
plan-waits = { $step }: { $after ->
        [review] después de la revisión de la clínica.
       *[clinic] espera la decisión de la clínica.
    }
plan-reported = Contado por el paciente, sin confirmar: { $step }, desde el { $day }.
plan-review = Revisión: { $day }.
plan-rhythm = { $every ->
        [day] Todos los días
        [second_day] Un día sí y otro no
       *[weekdays] Los días { $days }
    } a las { $wall }{ $weekend ->
        [none] {""}
       *[other] , fines de semana { $weekend }
    }{ $second ->
        [none] .
       *[other] {" "}y { $second }.
    }
plan-who = { $linked ->
        [yes] Tu clínica fija el plan; yo solo lo repito.
       *[no] Esto es lo que me dijiste que dice tu receta. Nunca cambio una dosis.
    }
plan-changed = Mi receta cambió

prompt-unnamed = Es hora de la dosis de { $part ->
        [tonight] esta noche
       *[today] hoy
    }.
prompt-unread = Tu plan cambió. Por favor, abre primero el cambio.
prompt-reported = Me dijiste que tu plan cambió y tu clínica aún no lo ha confirmado, así que no nombro ninguna cantidad. ¿No lo tienes claro? Llama a quien te receta o a tu farmacia.
prompt-waits = El próximo paso de tu plan espera a tu clínica.
open-change = Abrir el cambio
strength-ask = <b>Nuevo en tu plan</b> desde el { $since }: <b>{ $step }</b>. ¿Tienes la concentración nueva?
strength-yes = Sí, la tengo
strength-no = No
strength-no-said = Por favor, llama a tu farmacia o a quien te receta antes de tomar algo distinto de lo que dice el plan. { $told ->
        [yes] Lo pongo en la lista de tu clínica; no leen este chat en tiempo real.
       *[no] No se ha avisado a nadie: soy un programa.
    }
strength-no-question = Todavía no tiene la concentración nueva.

patients = <b>Sus pacientes</b>
    Toque uno para ver el plan. ❗ significa que una decisión le espera a usted.
patients-waits = { $code } ❗
desk-head = <b>{ $code }</b>
desk-state = Suspensión: { $hold ->
        [yes] sí
       *[no] no
    }; pausa de seguridad: { $pause ->
        [yes] sí
       *[no] no
    }.
desk-flags = Señales abiertas: { $categories }.
desk-change = Anotar un paso
desk-hold = Suspender los avisos
desk-resume = Terminar la suspensión
desk-rhythm = Días y horas
rhythm-ask = <b>{ $code }</b>: ¿con qué frecuencia dice la receta?
rhythm-nightly = Cada noche, a la hora de dormir
rhythm-second = Una noche sí y otra no, desde esta noche
rhythm-weekdays = Solo ciertos días de la semana
rhythm-other = Cada día, no a la hora de dormir
rhythm-twice = Dos veces al día
rhythm-weekdays-ask = ¿Qué días? Hay que tocarlos, y luego Listo.
rhythm-wall-ask = ¿A qué hora (la primera, si hay dos)? Hay que escribirla como <i>08:00</i>.
rhythm-second-ask = ¿Y la segunda hora? Hay que escribirla como <i>20:00</i>.
rhythm-amount-ask = ¿Cantidad de la segunda dosis, en mg, según la receta? Por ejemplo <i>1.5 mg</i>.
rhythm-no-day = Hay que elegir al menos un día. No se cambió nada.
rhythm-order = La segunda hora debe ser más tarde en el día que la primera. No se cambió nada.
rhythm-set = Anotado{ $second ->
        [none] .
       *[other] , segunda dosis { $second }.
    } /plan lo muestra.

link-plans = <b>{ $clinic }</b> tiene este plan para ti: { $theirs }
link-plan = { $amount }, { $form }, primera noche { $start }, revisión { $review }.
link-no-plan = ninguno anotado todavía.
link-yours = Lo que tienes anotado hasta ahora (se queda en tu historial):
link-yes = Seguir con el plan de la clínica
link-no = Ahora no
link-sharing = ¿Puede tu clínica ver tus respuestas y las alertas de seguridad, con un código? Si no compartes datos, solo tú ves esto, y no se avisa a nadie si hay peligro.
link-share = Sí, compartir
link-keep = No, no compartir
link-done = Quedó vinculado. { $sharing ->
        [yes] Tu clínica ve tus respuestas desde ahora; no lee este chat en tiempo real.
       *[no] No compartes datos; /settings lo cambia.
    } /plan muestra el plan.
desk-confirm = Confirmar { $amount }
desk-decline = { $amount } no es así
desk-when = Empezar { $amount }
desk-withdraw = Retirar { $amount }
desk-when-ask = { $step }: ¿qué noche es la primera?

plan_changed-said = Tu clínica ha actualizado tu plan. Por favor, léelo.
plan_changed-open = Abrir el plan
hold-begun = Tu clínica ha puesto tus avisos de dosis en suspensión. Vuelven cuando tu clínica lo diga. ¿Preguntas? Llama a tu clínica.
hold-ended = Tu clínica ha terminado la suspensión: los avisos de dosis están activos de nuevo. /plan muestra el plan.
