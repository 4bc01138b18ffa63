### Review: not yet reviewed. What was told in words, shown back before it is saved.

record-ask = ¿Anoto esto?
record-ask-calm = Cuando estés fuera de peligro: ¿anoto también esto?
record-yes = Anotarlo
record-no = No
record-change = Cambiar
record-dose-taken = Dosis del { $day }: tomada
record-dose-taken-at = Dosis del { $day }: tomada el { $at }
record-dose-skipped = Dosis del { $day }: omitida ({ $reason })
record-before = (ahora en el historial: { $before })
record-sleep = Sueño { $value } (0 lo mejor, 10 lo peor)
record-pain = Dolor { $value } (0 ninguno, 10 lo peor)
record-effects = Efectos secundarios: { $effects }
record-unclear-sleep = No pude leer como número cómo dormiste. Puedes escribirlo así: «sueño 4» (0 lo mejor, 10 lo peor).
record-unclear-pain = No pude leer tu dolor como número. Puedes escribirlo así: «dolor 4» (0 ninguno, 10 lo peor).
record-ask-time = La dosis del { $day }: ¿cuándo la tomaste?
record-no-time = No sé la hora
record-change-ask = ¿Qué cambio? Todavía no se ha guardado nada.
record-other-time = Otra hora
record-other-night = Era la dosis del { $day }
record-no-dose = Quitar la dosis
record-without-sleep = Quitar el sueño
record-without-pain = Quitar el dolor
record-without-effects = Quitar los efectos secundarios
record-done = Anotado.
record-not = No se anotó nada.
record-no-such-dose = No tengo ninguna dosis de esa noche que todavía se pueda anotar. Las dosis se pueden anotar durante 48 horas; /correct las muestra.
unsure-dose = Eso pasa. { $last ->
        [none] No hay ninguna anotada como tomada en los últimos dos días, así que no puedo saberlo.
       *[other] La última dosis que tengo anotada como tomada es del { $last }. Si no es esa, no puedo saberlo.
    } No tomes otra por si acaso; tu farmacia te puede ayudar. Un pastillero, o una marca en la etiqueta, ayuda la próxima vez.

effect-dreams = sueños vívidos
effect-insomnia = problemas para dormir
effect-headache = dolor de cabeza
effect-nausea = náuseas
effect-stomach = dolor de estómago
effect-diarrhea = heces sueltas
effect-constipation = estreñimiento
effect-fatigue = cansancio inusual
effect-dizzy = mareo
effect-anxious = nervios, inquietud
effect-mood = ánimo bajo o irritable
effect-appetite = menos apetito
effect-aches = dolor muscular o articular
effect-pain-flare = más dolor de lo habitual
effect-sweats = sudores, escalofríos
effect-rash = erupción, picor
effect-liver = ojos o piel amarillos, orina oscura
effect-other = otra cosa
severity-mild = leve
severity-moderate = moderado
severity-severe = grave
