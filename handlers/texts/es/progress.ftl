### Review: not yet reviewed. The patient's own weeks as a picture, and the emergency card.
### /progress never names the medicine. /card does: the patient asked for it, to be shown to staff.
### Sources of the card: clinical evidence E11.1 (naltrexone blocks opioids given for pain, and can bring on sudden
### withdrawal), E11.11 (staff must know; carry a card). It says what is so, and nothing about what to do.

progress-title = { $weeks ->
        [26] Tus últimos 6 meses
       *[other] Tus últimas { $weeks } semanas
    }
progress-weeks = { $weeks ->
        [26] 6 meses
       *[other] { $weeks } semanas
    }
progress-days = { $first } – { $last }
progress-doses = Dosis
progress-plan = Tu plan
progress-unread = nuevo
progress-pain = Dolor
progress-sleep = Sueño
progress-peg = PEG, una vez por semana
progress-edges = 0 mejor · 10 peor
progress-none = sin respuestas
progress-note = Menos es mejor. Un hueco es un día sin registro.
progress-weekdays = lun,mar,mié,jue,vie,sáb,dom
progress-months = ene,feb,mar,abr,may,jun,jul,ago,sep,oct,nov,dic
legend-taken = tomada
legend-skipped = omitida
legend-unanswered = sin responder
legend-undelivered = aviso no entregado
legend-not_expected = no se espera
legend-waiting = abierta ahora
legend-corrected = corregida por ti
legend-by_hand = tomada, no se cuenta

progress-caption = <b>{ $title }</b>, { $first } – { $last }
    Dosis: { $taken } tomadas, { $skipped } omitidas, { $unanswered } sin responder, { $undelivered } no entregadas, de { $expected } esperadas.
    Últimos 7 días: { $pain ->
        [none] dolor: no hay registros suficientes
       *[other] dolor medio { $pain }
    }; { $sleep ->
        [none] sueño: no hay registros suficientes
       *[other] sueño medio { $sleep }
    } (de 0 a 10, menos es mejor).
progress-corrected = { $number ->
        [one] Corregiste 1 dosis.
       *[other] Corregiste { $number } dosis.
    }
progress-peg-last = PEG semanal: { $value } el { $day }.
progress-own = Tal como me lo contaste. Aquí solo está lo que tocaste o escribiste.
progress-empty = Todavía no hay nada que dibujar, y no pasa nada: tus dosis y registros aparecen aquí a medida que respondes.
progress-light = Claro
progress-dark = Oscuro

card-head = EMERGENCIA: TARJETA DE MEDICAMENTO
card-title = Tomo naltrexona en dosis bajas
card-resting = Aún sin empezar, o en pausa: pregúntenme si la tomo ahora.
card-amount = Cantidad: { $amounts }
card-no-amount = Cantidad: no anotada
card-and = { $one } y { $other }
card-last = Última dosis anotada: { $day } { $year }, { $at } ({ $zone }), según dijo el paciente
card-no-last = Última dosis anotada: ninguna
card-warning = La naltrexona puede bloquear los opioides para el dolor y causar abstinencia.
card-clinic = Clínica de quien receta: { $clinic }
card-no-clinic = Quien receta: no está anotado aquí
card-review = Datos dados por el paciente. Texto aún sin revisar por un profesional clínico.
