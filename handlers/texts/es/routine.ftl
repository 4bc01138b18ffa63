### Review: not yet reviewed. Times, journeys, pauses, and the question after silent nights. No medicine is named unasked.

travel-ask = ¿Dónde estás ahora? Escribe la ciudad (por ejemplo <i>Tokio</i>) o comparte tu ubicación. Nada cambia antes de que lo confirmes.
travel-confirm = { $place }. { $known ->
        [yes] Número de emergencias: <b>{ $emergency }</b>.
       *[no] No tengo números comprobados para este país; en una emergencia, llama ya: { $emergency }.
    } Ahora son las { $clock } allí. ¿Es correcto?
travel-times = ¿Tu aviso debe seguir el reloj de aquí ({ $wall }, hora local), o quedarse en la hora de casa?
travel-local = Hora de dormir de aquí: { $next ->
        [none] no hay ningún aviso previsto
       *[other] el próximo, { $next }
    }
travel-home = Hora de casa: { $next ->
        [none] no hay ningún aviso previsto
       *[other] el próximo, { $next } aquí
    }
travel-done = Guardado: { $place }. Número de emergencias aquí: <b>{ $emergency }</b>. { $times ->
        [home] Tus avisos se quedan en la hora de casa.
       *[local] Tus avisos siguen el reloj de aquí.
    } { $next ->
        [none] No hay ningún aviso previsto.
       *[other] El próximo llega el <b>{ $next }</b>, hora local.
    } ¿Dudas sobre una dosis entre medias? Pregunta a quien te receta o a tu farmacia.

bedtime = <b>Tus horas</b> ({ $zone })
    Aviso { $wall }{ $weekend ->
        [none] {""}
       *[other] , fines de semana { $weekend }
    }. Preguntas de la mañana { $morning }.
bedtime-all = Todas las noches
bedtime-weekdays = Solo entre semana
bedtime-weekends = Solo fines de semana
bedtime-tonight = Solo el próximo aviso
bedtime-morning = Preguntas de la mañana
bedtime-ask = { $which ->
        [all] ¿A qué hora, todas las noches?
        [weekdays] ¿A qué hora entre semana?
        [weekends] ¿A qué hora las noches de sábado y domingo?
        [tonight] ¿A qué hora muevo el próximo aviso? Solo se mueve ese.
       *[morning] ¿A qué hora de la mañana?
    } Elige, o escríbela como <i>22:15</i>.
bedtime-set = Hecho. { $next ->
        [none] No hay ningún aviso previsto.
       *[other] Próximo aviso: { $next }.
    }
bedtime-apart = Entre semana y fines de semana puede haber como máximo nueve horas de diferencia; si no, una dosis llegaría menos de 12 horas después de otra. Por favor, elige otra hora. No se cambió nada.
bedtime-second = Con dos veces al día, la primera debe ser antes que la segunda. Por favor, elige una hora más temprana. No se cambió nada.
bedtime-nothing = No hay ningún aviso previsto, así que no hay ninguno que mover. /today muestra la situación actual. No se cambió nada.
bedtime-past = Esa hora ya pasó para esta dosis. Por favor, elige una más tarde. No se cambió nada.
bedtime-close = Eso estaría a menos de 12 horas de otra dosis, así que no puedo avisarte. Por favor, pregunta a quien te receta qué hacer esa noche, o elige otra hora. No se cambió nada.

pause-ask = Pausar detiene mis avisos, no el tratamiento: eso es entre tú y quien te receta. Mientras tanto, ¿sigues tomando el medicamento?
pause-taking = Sí, lo tomo sin avisos
pause-not-taking = No, no lo tomo
pause-until = ¿Hasta cuándo?
pause-days = { $days } días, hasta el { $day }
pause-open = Sin fecha de fin
pause-begun = { $taking ->
        [yes] En pausa.
       *[no] En pausa. Por favor, di a quien te receta que no lo tomas, y pregunta antes de volver a empezar.
    } { $until ->
        [none] Ningún aviso hasta que la termines: /pause.
       *[other] { $taking ->
            [yes] Los avisos vuelven el { $until }; te lo digo esa mañana.
           *[no] El { $until } te pregunto si vuelven; hasta que lo digas no hay avisos.
        }
    } Sigo buscando señales de peligro en lo que escribes.
pause-on = Los avisos están en pausa{ $until ->
        [none] .
       *[other] {" "}hasta el { $until }.
    }
pause-resume = Terminar la pausa
pause-stay = Seguir en pausa
pause-stays = De acuerdo, los avisos siguen en pausa.
pause-ended = La pausa terminó. { $next ->
        [none] No hay ningún aviso previsto.
       *[other] Próximo aviso: { $next }.
    }
pause-gap = Pregunta a quien te receta antes de volver a empezar, y di cuándo tomaste el último opioide, si tomaste alguno. ¿Has podido hablar con un profesional de la salud? He pausado los avisos de dosis hasta que lo hagas.
pause_ends-taking = Tu pausa termina: los avisos vuelven esta noche.
pause_ends-off = Tu pausa era hasta hoy. ¿Vuelven los avisos?

keep_going-ask = No sé nada de ti desde hace siete noches. ¿Sigo?
keep_going-yes = Sí
keep_going-pause = Pausar
keep_going-stopped = Dejé el medicamento
keep_going-timing = Es por la hora
keep_going-pause-said = De acuerdo.
keep_going-timing-said = Entonces busquemos una hora mejor. Por favor, pregunta a quien te receta antes de volver a empezar después de estas noches; /today muestra la situación actual.

snooze-typed-none = No hay ningún aviso abierto que mover. /bedtime cambia la hora del próximo.
