"""How Python looks for garbage in a process that lives for months and has its bursts."""

import contextlib
import ctypes
import gc

# Nearly everything is freed as soon as nobody holds it; what is looked for here are rings of objects.
_YOUNG = 20_000


def settle() -> None:
    """Call once the parts stand: they stay, so they are not looked through again and again.

    As Python comes, every 700th new object sets off a search, and now and then one through everything that
    was ever loaded: a tenth of the time of a burst.
    """
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        # Give back what reading the parts took; only the C library of most Linux systems can.
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
