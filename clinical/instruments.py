"""The words of the instruments that are not numbers: which side effects the checklist has."""

# Item ids of the side-effect checklist, in its order. Their place is packed into buttons: only ever add
# at the end. Source: instruments section 3.
EFFECTS = (
    "dreams",
    "insomnia",
    "headache",
    "nausea",
    "stomach",
    "diarrhea",
    "constipation",
    "fatigue",
    "dizzy",
    "anxious",
    "mood",
    "appetite",
    "aches",
    "pain-flare",
    "sweats",
    "rash",
    "liver",
    "other",
)
