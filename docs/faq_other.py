"""Harmless texts that no topic is about, for training: written in `docs/faq/` or put together here.

Questions of the shape that patients ask, but about another medicine or an illness itself, come from lists.
None of them is taken from the development or held-out questions.
"""

from pathlib import Path

_MEDICINES_EN = (
    "metformin, lisinopril, amlodipine, atorvastatin, simvastatin, rosuvastatin, omeprazole, "
    "pantoprazole, losartan, valsartan, ramipril, enalapril, bisoprolol, metoprolol, propranolol, "
    "furosemide, hydrochlorothiazide, spironolactone, warfarin, apixaban, clopidogrel, digoxin, "
    "insulin, ozempic, wegovy, mounjaro, gliclazide, sitagliptin, empagliflozin, amoxicillin, "
    "azithromycin, doxycycline, ciprofloxacin, nitrofurantoin, fluconazole, aciclovir, salbutamol, "
    "montelukast, cetirizine, loratadine, fexofenadine, levothyroxine, prednisone, methotrexate, "
    "humira, sertraline, citalopram, escitalopram, fluoxetine, venlafaxine, bupropion, mirtazapine, "
    "quetiapine, olanzapine, lithium, lamotrigine, levetiracetam, topiramate, gabapentin, "
    "pregabalin, duloxetine, amitriptyline, diazepam, lorazepam, zolpidem, ritalin, adderall, "
    "sildenafil, finasteride, tamsulosin, allopurinol, colchicine, alendronate, estradiol, "
    "tamoxifen, accutane, minoxidil, ibuprofen, aspirin, paracetamol, tylenol, viagra, botox, "
    "melatonin, iron, magnesium "
).split(", ")
_MEDICINES_ES = (
    "metformina, enalapril, amlodipino, atorvastatina, simvastatina, omeprazol, losartán, valsartán, "
    "ramipril, bisoprolol, propranolol, furosemida, hidroclorotiazida, sintrom, warfarina, "
    "clopidogrel, insulina, ozempic, glibenclamida, amoxicilina, azitromicina, ciprofloxacino, "
    "fluconazol, aciclovir, salbutamol, montelukast, cetirizina, loratadina, levotiroxina, eutirox, "
    "prednisona, metotrexato, sertralina, escitalopram, fluoxetina, venlafaxina, mirtazapina, "
    "quetiapina, litio, lamotrigina, topiramato, gabapentina, pregabalina, duloxetina, "
    "amitriptilina, diazepam, clonazepam, zolpidem, sildenafil, finasterida, tamsulosina, "
    "alopurinol, colchicina, anticonceptiva, isotretinoína, minoxidil, ibuprofeno, aspirina, "
    "paracetamol, viagra, hierro, magnesio "
).split(", ")
_ILLNESSES_EN = (
    "diabetes, gout, asthma, eczema, psoriasis, migraine, vertigo, tinnitus, glaucoma, anemia, "
    "shingles, arthritis, osteoporosis, fibromyalgia, multiple sclerosis, lupus, Crohn's, "
    "long covid, depression, high blood pressure, endometriosis, sciatica, kidney stones, heartburn, "
    "acne, menopause, hay fever, a frozen shoulder, Lyme disease, IBS "
).split(", ")
_ILLNESSES_ES = (
    "diabetes, gota, asma, eccema, psoriasis, migraña, vértigo, glaucoma, anemia, herpes, artritis, "
    "osteoporosis, fibromialgia, esclerosis múltiple, lupus, Crohn, covid persistente, depresión, "
    "hipertensión, endometriosis, ciática, cálculos renales, acidez, acné, menopausia, "
    "colon irritable "
).split(", ")
_OF_MEDICINES_EN = (
    "i forgot to take my {}",
    "missed a {}",
    "what if i miss a day of {}",
    "can i take {} with food",
    "can i take {} on an empty stomach",
    "what time of day is best for {}",
    "morning or night for {}",
    "does {} make you gain weight",
    "{} side effects",
    "does {} cause nightmares",
    "{} makes me tired",
    "how long does {} take to work",
    "can i stop {} suddenly",
    "how do i come off {}",
    "is {} safe in pregnancy",
    "how does {} work",
    "what is {} for",
    "what is the normal dose of {}",
    "is my {} dose too high",
    "can i cut {} in half",
    "can i crush {}",
    "is {} addictive",
    "why was i given {}",
    "where do i buy {}",
    "how much is {}",
    "my husband takes {}, can he stop it",
    "my mum took too much {}",
    "is {} covered by insurance",
    "should {} be kept in the fridge",
    "can i drive on {}",
    "does {} hurt the liver",
    "{} and grapefruit",
    "which is better, {} or the other brand",
    "how much {} does a child get",
    "generic {}",
    "is there a shortage of {}",
    "i ran out of {}",
    "{} gave me a rash",
    "does {} help with hot flushes",
)
_OF_MEDICINES_ES = (
    "se me olvidó la {}",
    "qué pasa si me salto la {}",
    "{} con comida o sin comida",
    "a qué hora se toma la {}",
    "{} engorda?",
    "efectos secundarios de {}",
    "la {} da sueño",
    "cuánto tarda en hacer efecto la {}",
    "puedo dejar la {} de golpe",
    "{} en el embarazo",
    "cómo actúa la {}",
    "para qué sirve la {}",
    "dosis normal de {}",
    "se puede partir la {}",
    "la {} crea adicción",
    "dónde compro {}",
    "cuánto cuesta la {}",
    "mi marido toma {}, puede dejarla",
    "mi madre tomó mucha {}",
    "la {} va en la nevera",
    "puedo conducir con {}",
    "la {} daña el hígado",
    "cuánta {} se le da a un niño",
    "hay desabasto de {}",
    "se me acabó la {}",
    "la {} me dio ronchas",
    "qué es mejor, {} u otra",
)
_OF_ILLNESSES_EN = (
    "what causes {}",
    "can stress cause {}",
    "symptoms of {}",
    "how is {} diagnosed",
    "is {} hereditary",
    "is {} contagious",
    "best diet for {}",
    "which doctor do i see for {}",
    "exercises for {}",
    "how common is {}",
    "is there a new treatment for {}",
    "how long does {} last",
)
_OF_ILLNESSES_ES = (
    "qué causa la {}",
    "el estrés provoca {}?",
    "síntomas de {}",
    "cómo se diagnostica la {}",
    "la {} se hereda?",
    "qué dieta va bien para {}",
    "a qué médico voy por {}",
    "ejercicios para {}",
    "qué tan común es la {}",
    "cuánto dura la {}",
)


def other_texts() -> list[str]:
    """All of them, in a fixed order, none twice."""
    folder = Path(__file__).parent / "faq"
    written = [
        line
        for path in sorted(folder.glob("other_*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    made = [
        *_each(_OF_MEDICINES_EN, _MEDICINES_EN, 8),
        *_each(_OF_MEDICINES_ES, _MEDICINES_ES, 8),
        *_each(_OF_ILLNESSES_EN, _ILLNESSES_EN, 12),
        *_each(_OF_ILLNESSES_ES, _ILLNESSES_ES, 11),
    ]
    return list(dict.fromkeys([*written, *made]))


def _each(sentences: tuple[str, ...], names: list[str], times: int) -> list[str]:
    """Every sentence with `times` of the names, going round the list of names."""
    return [
        sentence.format(names[(7 * at + 11 * turn + at // len(names)) % len(names)].strip())
        for turn in range(times)
        for at, sentence in enumerate(sentences)
    ]
