"""Write services/danger_weights.bin: what a message sounds like by its words and letters, beside the encoder.

The same machines as for the questions (`docs/train_faq.py`), over the messages of `docs/encoder`: a red flag
each, and "other" for what is harmless. The same messages give the same bytes; under a minute.
"""

import sys
from pathlib import Path

from train_faq import Text, pack, read

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent / "encoder"))

from messages import all_messages  # noqa: E402

from services import faqhead  # noqa: E402
from services.hearing import QUIET  # noqa: E402

TARGET = ROOT / "services" / "danger_weights.bin"


def texts() -> list[Text]:
    """Every message that says whether there is danger."""
    return [
        read(one.text, faqhead.OTHER if one.danger == QUIET else one.danger)
        for one in all_messages()
        if one.danger
    ]


def main() -> None:
    TARGET.write_bytes(pack(texts()))
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
