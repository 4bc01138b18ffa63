### Review: not yet reviewed. Check-ins: last night's dose, daily ratings, the weekly PEG, side effects, notes.
### The PEG items are worded after Krebs et al. 2009: translation not validated. Replace them with a validated
### Spanish wording before use in a study; do not shorten, translate freely, or add examples.
### The daily pain, sleep and PGIC items: translation not validated either.

morning-dose = Buenos días. La dosis de anoche está sin responder. ¿La tomaste?
morning-taken = Tomada
morning-skipped = No tomada
morning-unsure = No lo sé
morning-unsure-said = Eso pasa. La dejo sin responder. No tomes otra por si acaso; tu farmacia te puede ayudar.
sleep-ask = { $step } ¿Cómo dormiste anoche?
    <b>0</b> = el mejor sueño posible · <b>10</b> = el peor sueño posible
pain-ask = { $step } ¿Tu dolor promedio en las últimas 24 horas?
    <b>0</b> = ningún dolor · <b>10</b> = el peor dolor que puedas imaginar
peg-p-ask = { $step } ¿Qué número describe mejor tu <b>dolor promedio</b> durante la última semana?
    <b>0</b> = ningún dolor · <b>10</b> = el peor dolor que puedas imaginar
peg-e-ask = { $step } ¿Qué número describe mejor cuánto, durante la última semana, ha interferido el dolor con tu <b>disfrute de la vida</b>?
    <b>0</b> = no interfiere · <b>10</b> = interfiere por completo
peg-g-ask = { $step } ¿Qué número describe mejor cuánto, durante la última semana, ha interferido el dolor con tu <b>actividad general</b>?
    <b>0</b> = no interfiere · <b>10</b> = interfiere por completo
weekly-intro = Tus preguntas de la semana.
baseline-intro = { $taking ->
        [yes] Unas preguntas, una sola vez, para que luego puedas ver cómo estabas cuando empezamos.
       *[no] Unas preguntas, una sola vez, antes de tu primera dosis, para que luego puedas ver qué cambió.
    }
new-ask = { $step } ¿Hay algo nuevo o peor desde tu último registro?
new-worry-ask = { $step } ¿Hay algo nuevo o que te preocupe?
effects-ask = { $step } Toca lo que es nuevo o está peor, y di cuánto. Luego toca Listo.
effects-baseline-ask = { $step } ¿Cuáles de estos tienes ya, antes de la primera dosis? Tócalos, y luego Listo.
effects-entry-ask = { $step } ¿Cuáles de estos tienes ahora? Tócalos, di cuánto, y luego toca Listo.
effects-mark = { $label }: { $grade }
grade-ask = <b>{ $label }</b>. ¿Cuánto es?
    <b>Leve</b>: lo notas, pero haces lo de siempre.
    <b>Moderado</b>: te estorba para trabajar, comprar, cocinar o hablar por teléfono, o necesitaste un remedio.
    <b>Grave</b>: no puedes lavarte, vestirte o comer sin ayuda, pasas en cama casi todo el día, o necesitaste atención urgente.
grade-1 = Leve
grade-2 = Moderado
grade-3 = Grave
grade-0 = No lo tengo
grade-unsaid = sin decir cuánto
faded-ask = { $step } De estos me hablaste antes. Toca los que ya no tienes, y luego Listo.
faded-gone = { $label }: ya no
swelling-ask = ¿Tienes hinchazón de la cara, los labios, la lengua o la garganta, dificultad para respirar o mareo junto con la erupción?
timing-ask = ¿Empezaron los sudores o escalofríos a las pocas horas de tomar una dosis?
also-ask = ¿Tienes también temblores, calambres, vómitos, heces sueltas, el corazón acelerado o mucha inquietud?
target-ask = { $step } ¿<b>{ $name }</b> en la última semana?
    <b>0</b> = no lo hay · <b>10</b> = lo peor que puedas imaginar
name-ask = { $step } ¿Hay algo más que esperas que cambie, además del dolor? Escríbelo en una o dos palabras, como <i>cansancio</i>. O toca Omitir.
name-kept = Preguntaré por «{ $name }» una vez por semana.
name-more = Nombrar otra cosa
name-enough = Ya nombraste dos.
work-ask = { $step } En las últimas 4 semanas, ¿cuántos días el dolor te impidió hacer tu trabajo habitual, en casa o fuera?
pgic-ask = { $step } Desde que empezaste con la naltrexona en dosis bajas{ $since ->
        [none] {""}
       *[other] {" "}({ $since })
    }, ¿cómo estás en general?
pgic-1 = Muchísimo mejor
pgic-2 = Mucho mejor
pgic-3 = Ligeramente mejor
pgic-4 = Sin cambios
pgic-5 = Ligeramente peor
pgic-6 = Mucho peor
pgic-7 = Muchísimo peor
wait-ask = { $step } Me dijiste que algo es nuevo o está peor. ¿Puede esperar hasta que tu clínica lea su resumen semanal?
wait-ask-alone = { $step } Me dijiste que algo es nuevo o está peor. ¿Quieres que te diga hoy a quién llamar?
wait-can = Puede esperar
wait-cannot = No puede esperar
step = ({ $number } de { $all })
skip-item = Omitir
back-item = Atrás
sleep-echo = Sueño { $value } (0 es lo mejor, 10 lo peor).
checkin-done = Gracias. { $said } Puedes cambiarlo hasta el { $until }.
checkin-done-none = Gracias. No respondiste a ninguna, y no pasa nada. Puedes cambiarlo hasta el { $until }.
daily-ends = Las preguntas diarias terminan { $day ->
        [today] hoy
       *[other] el { $day }
    }. Bien hecho. Después pregunto una vez por semana.
value-sleep = Sueño { $value }
value-pain = Dolor { $value }
value-peg = PEG { $value } de 10 (menos es mejor)
value-effects = Efectos secundarios: { $effects }
value-gone = Ya no: { $effects }
value-target = { $name } { $value }
value-work = { $value ->
        [one] 1 día perdido por el dolor
       *[other] { $value } días perdidos por el dolor
    }
value-nothing-new = Nada nuevo
add-note = Añadir una nota
note-ask = Escribe tu nota. En todo lo que escribes se buscan primero señales de peligro; nadie lo lee en tiempo real.
note-kept = Nota guardada con este registro.
not-a-number = Por favor, elige un número entero de 0 a { $most }, o toca Omitir.
not-now = Eso no responde a esta pregunta. No se cambió nada.
