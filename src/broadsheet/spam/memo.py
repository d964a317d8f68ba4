"""Hashes of what was seen before: most words and names of a submission were in earlier ones."""

from collections.abc import Callable, Iterable

import numpy as np

_MOST = 1 << 14  # entries; a memo of them stays below 4 MB
_LONGEST = 40  # characters of an entry


class Memo(dict[str, bytes]):
    """32-bit hashes, each as 4 bytes, so that those of many strings join at once. When it is full, it begins anew."""

    def __init__(self, hash_of: Callable[[str], int]) -> None:
        super().__init__()
        self._hash_of = hash_of

    def __missing__(self, text: str) -> bytes:
        found = self._hash_of(text).to_bytes(4, "little")
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[text] = found
        return found

    def of(self, texts: Iterable[str]) -> np.ndarray:
        """Those of the texts, in order; uint32."""
        return np.frombuffer(b"".join(map(self.__getitem__, texts)), dtype="<u4")
