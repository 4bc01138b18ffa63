"""`make lab`: four days of a patient and a clinician, the real process against the strict Bot API server."""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.process import faketime

LAB = Path(__file__).parents[2].parent / "shared" / "botapi-lab"
ABSENT = "The strict Bot API server is not here (../shared/botapi-lab); nothing to run."


def main() -> int:
    """Exit status: 0 clean (or nothing to run), 1 a failure, with the chats and the end of the log."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the folder with database and log")
    args = parser.parse_args()
    if not (LAB / "botapi").is_dir():
        print(ABSENT)
        return 0
    if faketime.library() is None:
        print(faketime.MISSING)
        if os.environ.get("CI"):
            return 1
    sys.path.insert(0, str(LAB))
    from tests.lab.days import live_through

    folder = Path(tempfile.mkdtemp(prefix="ldn-lab-"))
    try:
        return asyncio.run(live_through(folder))
    finally:
        if args.keep:
            print(f"Kept: {folder}")
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
