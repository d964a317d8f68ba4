"""Proof of work, as in Hashcash (A. Back, 2002): found by trying, checked at once. Plain Python."""

from hashlib import sha256

LONGEST = 20  # digits of an answer


def is_done(challenge: str, answer: str, *, bits: int) -> bool:
    """Does SHA-256 of "challenge:answer" begin with so many zero bits? An answer is a decimal number."""
    if not (answer.isascii() and answer.isdigit() and len(answer) <= LONGEST):
        return False
    digest = sha256(f"{challenge}:{answer}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0
