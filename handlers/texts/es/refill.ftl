### Review: not yet reviewed. Supply: counted doses, refills, running out. No medicine is named unasked.

refill = <b>Lo que te queda</b>
    { $left ->
        [none] Aún no se han contado las dosis.
        [one] Queda 1 dosis según tu cuenta.
       *[other] Quedan { $left } dosis según tu cuenta.
    } { $beyond ->
        [none] No hay fecha límite de uso anotada.
       *[other] Usar hasta el { $beyond }.
    } Te lo recuerdo { $days } días antes.
refill-count = Contar dosis
refill-beyond = Fecha de la etiqueta
refill-notice = Cuándo recordarlo
refill-ask = Pedir una reposición
refill-out = Se me acabó
refill-days = { $days } días
refill-count-ask = ¿Cuántas dosis te quedan? Escribe un número entero, por ejemplo <i>30</i>. Quito una con cada dosis que anotas como tomada.
refill-count-unreadable = Por favor, escribe un número entero de 0 a { $most }. No se cambió nada.
refill-beyond-ask = ¿Qué fecha límite de uso dice la etiqueta? Escríbela como <i>2026-12-14</i>.
refill-beyond-past = Esa fecha ya pasó. Por favor, pregunta a tu farmacia antes de tomar nada de eso.
refill-notice-ask = ¿Cuántos días tarda una reposición, desde que la pides hasta que la tienes?
refill-kept = Guardado.
refill-wish = Pide una reposición.
refill-asked = { $told ->
        [yes] Pasado: está en la lista de tu clínica y en su próximo resumen. No leen este chat en tiempo real.
       *[no] Por favor, pide una reposición a quien te receta o a tu farmacia. No se ha avisado a nadie: soy un programa.
    }
refill-due = { $left ->
        [one] Queda 1 dosis según tu cuenta
       *[other] Quedan { $left } dosis según tu cuenta
    }{ $beyond ->
        [none] .
       *[other] , usar hasta el { $beyond }.
    } Puede ser hora de pedir una reposición.
refill-out-wish = Se le acabó el medicamento.
refill-out-said = { $told ->
        [yes] Está en la lista de tu clínica y en su próximo resumen; no leen este chat en tiempo real. Por favor, llama también a tu clínica o a tu farmacia.
       *[no] Por favor, llama a quien te receta o a tu farmacia. No se ha avisado a nadie: soy un programa.
    } No tomes más después para compensarlo. Tras una interrupción, pregunta a quien te receta antes de volver a empezar. En tres días te pregunto si ha llegado.
