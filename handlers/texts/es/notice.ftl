### Review: not yet reviewed. Short questions about how the patient stands. None of them names the medicine.

arrival-ask = ¿Ha llegado tu medicamento?
arrival-yes = Sí
arrival-no = Todavía no
arrival-label = Bien. Por favor, mira la etiqueta: ¿dice lo mismo que tu plan?
arrival-same = Sí, lo mismo
arrival-differs = No, es distinta
arrival-refill-said = Bien. Cuenta lo que tienes cuando quieras, y te lo recuerdo a tiempo.
arrival-yes-said = Bien. Cuando quieras empezar, toca el botón. Tu primer aviso llega entonces a tu propia hora de dormir.
arrival-no-said = De acuerdo. Volveré a preguntar en tres días. Tu clínica o tu farmacia te pueden decir dónde está.

alert-read = Visto por tu clínica, { $read }: lo que me contaste { $told }. Si empeora, no los esperes: { $emergency }.
question-read = Leído por tu clínica, { $read }: tu { $refill ->
        [yes] mensaje sobre tus existencias
       *[no] pregunta
    } de { $told }.
