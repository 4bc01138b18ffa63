### Review: not yet reviewed. The first contact: what the bot is, consent, the plan, the safety screen.

welcome = Hola, { $name }. Soy un programa que ayuda a quienes toman naltrexona en dosis bajas{ $clinic ->
        [none] .
       *[other] , para { $clinic }.
    }

    Puedo avisarte a tu propia hora de dormir, guardar tu historial y responder preguntas comunes. No puedo examinarte, cambiar una dosis ni pedir ayuda por ti, y <b>nadie lee este chat en tiempo real</b>. En una emergencia, llama ya: { $emergency }.

    ¿Tienes 18 años o más?
age-adult = Tengo 18 años o más
age-helper = Respondo por otra persona (18+)
age-minor = Tengo menos de 18 años
minor = Gracias por decírmelo. Estoy hecho solo para personas adultas, así que lo dejamos aquí, y no he guardado nada sobre ti. Por favor, habla con un médico o una farmacia que atienda a personas de tu edad.

consent = <b>Tú decides lo que puedo hacer.</b> Todo está desactivado hasta que lo actives, y puedes cambiarlo en cualquier momento.

    <b>Recordatorios</b>: te escribo a la hora de tu dosis.
    <b>Registros</b>: dos preguntas cortas por la mañana.
    <b>Compartir</b>: { $clinic ->
        [none] aquí no tienes ninguna clínica vinculada, así que solo tú ves esto, y no se avisa a nadie si hay peligro.
       *[other] { $clinic } ve tus respuestas y las alertas de seguridad con un código. Si no compartes datos, solo tú ves esto, y no se avisa a nadie si hay peligro.
    }
consent-reminders = Recordatorios: { $state }
consent-nudge = Recordatorio silencioso a los 45 minutos: { $state }
consent-checkins = Registros: { $state }
consent-daily = Preguntas diarias siempre: { $state }
consent-sharing = Compartir: { $state }
on = ✅ sí
off = no
continue = Continuar

ask-place = ¿Dónde estás ahora? Escribe tu ciudad (por ejemplo <i>Lisboa</i>) o comparte tu ubicación, para que yo tenga bien tu hora y el número de emergencias.
share-place = Compartir mi ubicación
place-which = ¿Cuál de estas es?
place-unknown = No encuentro ese lugar. Por favor, escribe una ciudad más grande cercana, o una zona como <i>Europe/Lisbon</i>. No se cambió nada.
ask-time = ¿A qué hora quieres el aviso? Elige tu hora de dormir o escríbela, por ejemplo <i>22:15</i>.
time-unknown = No entiendo esa hora. Hay que escribirla como <i>22:15</i> o <i>10:15 pm</i>.
time-ambiguous = ¿De la mañana o de la noche? Hay que escribirla como <i>22:00</i> o <i>10 pm</i>.
place-confirm = { $place }. { $known ->
        [yes] Número de emergencias: <b>{ $emergency }</b>.
       *[no] No tengo números comprobados para este país; en una emergencia, llama ya: { $emergency }.
    } Ahora son las { $clock } allí. Tu aviso llegaría a las <b>{ $wall }</b>, el próximo el { $next }. ¿Es correcto?
right = Correcto
wrong = No es correcto

ask-amount = ¿Qué cantidad dice <b>tu receta</b> que tomas ahora? Escríbela en mg, por ejemplo <i>1.5 mg</i>. Yo solo repito lo recetado.
amount-unreadable = No entiendo esa cantidad. Hay que escribirla en mg, como en la etiqueta, por ejemplo <i>1.5 mg</i>. No se cambió nada.
amount-range = Eso está fuera de lo que puedo anotar: de 0.001 mg a 100 mg. Hay que comprobar la etiqueta y escribir la cantidad en mg. No se cambió nada.
amount-fine = Eso es más fino que una milésima de miligramo. Hay que comprobar la etiqueta y escribir la cantidad en mg. No se cambió nada.
amount-ambiguous = No sé si esa coma separa decimales o miles. Hay que escribirla como <i>1.5 mg</i>. No se cambió nada.
amount-sure = Eso es <b>{ $amount }</b>: { $words }. ¿Es de verdad lo que dice la etiqueta?
amount-is = Sí, { $amount }
amount-again = No, escribirla otra vez
ask-form = { $amount }. ¿En qué forma?
form-capsule = Cápsula
form-tablet = Comprimido
form-liquid = Líquido
form-other = Otra
invited-plan = Tu clínica anotó este plan: <b>{ $amount }</b>, { $form }, primera noche { $start }{ $review ->
        [none] .
       *[other] , revisión { $review }.
    } ¿Es lo que te dijeron?
plan-yes = Sí
plan-differs = Mi etiqueta dice otra cosa
plan-differs-told = Por favor, pregunta a tu farmacia o a quien te receta antes de tomarlo. He anotado el plan de tu clínica, he pausado los avisos de dosis hasta que se aclare, y { $told ->
        [yes] se lo digo a tu clínica.
       *[no] no se ha avisado a nadie: por favor, llama tú.
    }

ask-standing = ¿En qué punto estás con el medicamento?
standing-taking = Ya lo tomo
standing-waiting = Lo tengo o lo espero, sin empezar
standing-undecided = No lo he decidido
ask-since = ¿Desde cuándo, más o menos?
since-week = Menos de una semana
since-month = De 1 a 4 semanas
since-quarter = De 1 a 3 meses
since-longer = Más tiempo
ask-start = ¿Qué noche es, o será, la primera?
start-plan = Según el plan: { $day }
start-tonight = Esta noche
start-tomorrow = Mañana
start-unknown = Todavía no lo sé

screen-ask = <b>Control de seguridad.</b> Marca todo lo que sea cierto para ti, y luego Listo.
screen-none = Nada de esto
screen-opioids = Opioides en los últimos 14 días
screen-opioids-names = «Opioides» son, por ejemplo, tramadol, codeína y jarabe para la tos con codeína, parches, metadona, buprenorfina, kratom, Lomotil.
screen-surgery = Cirugía o trabajo dental previsto
screen-pregnancy = Embarazo (o lo busco), o lactancia
screen-organs = Enfermedad del hígado o del riñón
screen-allergy = Alergia a la naltrexona
screen-other_naltrexone = Contrave, Vivitrol u otra naltrexona
screen-immune = Trasplante o tratamiento inmunitario
screen-self_harm = Pensamientos de hacerme daño
screen-self-harm-now = Gracias por decírmelo. ¿Tienes estos pensamientos ahora?
screen-now = Sí, ahora
screen-past = Ahora no
screen-told-pause = Gracias. Esto importa con este medicamento: { $items }. Por favor, habla con quien te receta o con tu farmacia antes de tomarlo. He pausado los avisos de dosis hasta que hayas hablado con ellos. Ellos dirán si tomarlo o no.
screen-told-mention = Gracias. Por favor, asegúrate de que quien te receta sepa esto: { $items }.
screen-told-clinic = { $told ->
        [yes] Tu clínica lo verá.
       *[no] No se ha avisado a nadie: por favor, díselo tú.
    }

enrolled = <b>Todo listo.</b> Tu código es { $code }. { $state ->
        [prompts] Tu primer aviso llega el { $next }. Nunca nombra el medicamento.
        [paused] Los avisos de dosis están en pausa; cada noche te preguntaré si has hablado con un profesional de la salud.
        [waiting] No te avisaré hasta que me digas tu primera noche: /today tiene un botón para eso.
       *[off] Los recordatorios están desactivados, así que no te avisaré. En /today puedes anotar una dosis.
    }
    <i>Mis textos clínicos aún no los ha revisado un profesional clínico.</i>
enrol-unfinished = Estamos a mitad de la preparación. Por favor, usa los botones de arriba, o envía /start para empezar de nuevo.
welcome-back = Hola de nuevo. Mientras no estabas no se envió nada. ¿Te vuelvo a escribir como antes?
resume-yes = Sí, escríbeme
resume-no = No
resumed = Bien. { $next ->
        [none] Escribiré cuando haya algo que preguntar.
       *[other] Tu próximo aviso llega el { $next }.
    }
stayed-off = De acuerdo. No escribiré hasta que envíes /start.
