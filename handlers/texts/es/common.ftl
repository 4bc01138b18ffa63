### Review: not yet reviewed. Words of the bot that carry no clinical content unless marked.
### Patients are addressed as "tú", clinicians as "usted"; what both may read addresses nobody ("hay que …").
### One word per meaning:
###   amount cantidad · answer respuesta · ask again volver a preguntar · baseline inicio (clinician: basal)
###   bedtime hora de dormir · capsule cápsula · check-in registro · clinic clínica · correct corregir
###   dose dosis · dose prompt aviso de dosis · prompt aviso · reminder recordatorio · alert alerta
###   flag señal · digest resumen · hold suspensión · pause pausa · safety pause pausa de seguridad
###   label etiqueta · low-dose naltrexone naltrexona en dosis bajas (short: LDN) · medicine medicamento
###   pharmacist, pharmacy farmacia · plan plan · step of a plan paso · prescriber quien te receta (usted: quien receta)
###   prescription receta · record (noun) historial · recorded anotado · refill reposición · review revisión
###   sharing Compartir, compartes datos · side effect efecto secundario · switch interruptor · tablet comprimido
###   taken tomada · skip omitir · snooze posponer · unanswered sin responder · undelivered no entregada
###   tap tocar · type escribir · withdrawal abstinencia · beyond-use date fecha límite de uso
###   emergency department urgencias · urgent care atención urgente · poison advice ayuda por intoxicación
### A number to call follows a colon, so that both "112" and words ("your local emergency number") fit.
### Days and moments follow "el": "el mar 3 mar", "el mar 22:00".

group = Solo hablo en privado. Por favor, abre allí un chat conmigo.
cannot-look = No puedo escuchar ni ver. En una emergencia, llama ya: { $emergency }. Si no, por favor, escríbelo.
stale-button = Ese botón es de un mensaje anterior y ya no funciona. /today muestra la situación actual.
not-yours = Ese botón es del historial de otra persona. No se cambió nada.
closed = Ya es tarde para cambiar esa: las respuestas se pueden corregir durante 48 horas. La clínica puede añadir una nota al historial.
not-yet = Todavía no es el momento de esa respuesta.
fault = Algo falló por mi parte y puede que no lo haya anotado. Por favor, prueba otra vez en unos minutos. En una emergencia, llama ya: { $emergency }.
stranger-start = Soy un programa que ayuda a quienes toman naltrexona en dosis bajas. Para empezar, envía /start o abre el enlace de tu clínica.
enrol-by-invite = Este bot trabaja con una clínica. Pide a la tuya un enlace de invitación; se abre aquí mismo. No he guardado nada sobre ti.
invite-unknown = No conozco esa invitación. Por favor, pide a tu clínica un enlace nuevo. No se cambió nada.
invite-expired = Esa invitación ya caducó. Por favor, pide a tu clínica un enlace nuevo. No se cambió nada.
invite-used = Esa invitación ya se usó; cada una sirve una sola vez. Por favor, pide a tu clínica un enlace nuevo. No se cambió nada.
already-enrolled = Ya tienes todo preparado. /today muestra esta noche, /help muestra lo que puedo hacer.
nothing-running = Ahora no hay nada que responder. /today muestra la situación actual, /help lo que puedo hacer.

yes = Sí
no = No
back = Atrás
done = Listo
cancel = Cancelar
unknown-command = No conozco ese comando. /help muestra lo que puedo hacer.

help = <b>Lo que puedo hacer</b>
    /today – la dosis de esta noche y lo que está anotado
    /progress – tus últimas semanas en una imagen
    /plan – tu plan; dime cuándo cambia tu receta
    /correct – corregir una dosis de las últimas 48 horas
    /bedtime – cambiar tus horas o mover una noche
    /timezone – estás en otro lugar
    /pause – pausar los avisos un tiempo
    /refill – lo que te queda, y un recordatorio a tiempo
    /card – una tarjeta para mostrar en una emergencia
    /settings – interruptores y hora de la dosis
    /stop – detener mis mensajes, o decirme que dejaste el medicamento
    /language – English, español
    /privacy – quién ve qué
    /help – esta lista

    Pregúntame sobre la naltrexona en dosis bajas con tus palabras; respondo a partir de una lista con fuentes.
    Soy un programa. Nunca cambio una dosis, y nadie lee este chat en tiempo real. En una emergencia, llama ya: { $emergency }.
help-clinician = <b>Para profesionales</b>
    /invite – un enlace y un código QR para un paciente, con el plan
    /inbox – alertas, decisiones, preguntas y reposiciones que le esperan
    /digest – el resumen de esta semana, ahora
    /patients – sus pacientes: plan, cifras, suspensiones, decisiones
    /cohort – cómo les fue a los pacientes de su clínica, por dosis
    /hours – cuándo abre su clínica
    /away – cuándo no está usted, y quién le sustituye
    /unanswered – preguntas que no supe responder
    /digesttime – día y hora del resumen semanal
    /colleague – un enlace para un colega
    /privacy – quién ve qué
hospital-button = En el hospital, o tuve un accidente

privacy = <b>Quién ve qué</b>
    • Telegram entrega este chat y puede procesarlo; los chats con bots no están cifrados de extremo a extremo. Me da tu id, tu nombre de pila y tu idioma, no tu número de teléfono.
    • Quien opera este bot guarda tu historial. Los nombres, los id y todo lo que escribes están cifrados.
    • { $sharing ->
        [on] Tu clínica ve lo que tocas, los números de tus registros y las alertas de seguridad con un código, no con tu nombre. No lee este chat en tiempo real.
       *[off] No compartes datos: solo tú ves esto, y no se avisa a nadie si hay peligro.
    }
    • /stop termina mis mensajes. Comparte aquí solo lo necesario.
privacy-clinician = <b>Quién ve qué</b>
    Usted ve a sus propios pacientes vinculados, con un código, y solo mientras comparten datos. Guardo cifrados los nombres, los id y el texto libre. Los registros del sistema y las notificaciones llevan solo códigos.
settings = <b>Ajustes</b>
    Hora de la dosis { $wall } ({ $zone }). Toca un interruptor para cambiarlo; vale al momento.
settings-early = Muchas personas tienen tu misma hora de dormir, así que tu aviso llega { $minutes ->
        [one] cerca de 1 minuto
       *[other] unos { $minutes } minutos
    } antes (nunca más de { $most }).
settings-unshared = No compartes datos: solo tú ves esto, y no se avisa a nadie si hay peligro.

language-ask = ¿En qué idioma te hablo?
language-en = English
language-es = Español
language-set = Ahora te hablo en español.
