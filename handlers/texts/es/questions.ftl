### Review: not yet reviewed. What surrounds an answer; the answers themselves stand in clinical/faq.

did-you-mean = ¿Te referías a una de estas?
no-answer = No tengo una respuesta para eso. Tu clínica o tu farmacia te pueden ayudar.
no-answer-pass = No tengo una respuesta para eso. ¿Paso la pregunta a tu clínica?
pass-on = Pasarla
pass-on-not = No
passed-on = Pasada: espera en la bandeja de tu clínica y sale en su próximo resumen. No leen este chat en tiempo real.
not-passed = De acuerdo, no se pasó nada.
more-on = Más: { $sources }
heard-ask = Soy un programa y no sé si te entendí bien. ¿Es esto lo que quieres decir?{ $shared ->
        [yes] {" "}Si tocas Sí, aviso a tu clínica.
       *[no] {""}
    }
heard-yes = Sí, es esto
heard-no = No, es otra cosa
heard-no-said = Gracias por decirlo; no se avisó a nadie. Escríbelo otra vez con otras palabras, por favor.
unreviewed = <i>Texto aún sin revisar por un profesional clínico.</i>
refuse-dose = Solo quien te receta cambia la dosis, en cualquier dirección. { $plan } ¿Paso tu pregunta a tu clínica?
refuse-dose-alone = Solo quien te receta cambia la dosis, en cualquier dirección. { $plan } Por favor, pregúntale.
your-plan = Tu plan anotado: { $amount }, { $form }.
no-plan = Aquí no hay ningún plan anotado.
distress = Gracias por contármelo. Soy un programa y nadie está leyendo esto ahora. Si te sientes en peligro o mal, llama ya: { $emergency }.{ $clinic ->
        [yes] {" "}¿Lo envío a tu clínica para cuando abra?
       *[no] {""}
    }
distress-send = Enviar
distress-keep = Guardar como nota
distress-delete = Borrar
distress-sent = Enviado: espera en la bandeja de tu clínica y sale en su próximo resumen. No leen este chat en tiempo real.
distress-kept = Guardado como nota tuya.
distress-deleted = Borrado.
smalltalk-hello = Hola. Pregúntame sobre la naltrexona en dosis bajas, o mira /today.
smalltalk-thanks = De nada.
smalltalk-bye = Buenas noches. Aquí estoy cuando me necesites.
smalltalk-ok = De acuerdo.
follow-up = Vuelvo por lo de ayer. ¿Pudiste hablar con alguien?
follow-up-yes = Sí
follow-up-not-yet = Todavía no
follow-up-mistake = Quise decir otra cosa
follow-up-yes-said = Bien. Gracias por decírmelo.
follow-up-not-yet-said = Por favor, inténtalo otra vez hoy. En una emergencia, llama ya: { $emergency }.
follow-up-mistake-said = Gracias, anotado. Tus avisos de dosis siguen como están hasta que me digas otra cosa.

own-last-taken = Tu registro: { $last ->
        [none] no hay ninguna dosis anotada como tomada en los últimos dos días.
       *[other] la última dosis anotada como tomada es del { $last }.
    }
own-bedtime = Tu aviso llega a las { $wall } ({ $zone }).
own-sharing = { $sharing ->
        [on] Ahora compartes con tu clínica; /settings lo cambia.
       *[off] Ahora no compartes con nadie.
    }
thumb-said = Gracias, anotado.
