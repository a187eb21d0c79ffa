"""Passwords: argon2id with the parameters of RFC 9106, section 4 (second choice), as argon2-cffi proposes them."""

import unicodedata
from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from transcripts.messages import MessageError, sentence

SHORTEST, LONGEST = 10, 200
"""Characters."""
_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(4)
"""Each hashing takes 64 MB for a moment: however many ask at once, the machine stays."""


class UnfitPassword(MessageError):
    """A new password that would not protect anybody."""


def check_password(password: str, login: str = "") -> None:
    """Raise UnfitPassword for one that is too short, too long or the login itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UnfitPassword(
            sentence("A password has {least} to {most} characters; several words are best.",
                     least=SHORTEST, most=LONGEST)
        )  # fmt: skip
    if login and _read(password).casefold() == login:
        raise UnfitPassword(sentence("The password must not be the login. Choose several words."))


def hash_of(password: str) -> str:
    """What is kept of a password: its hash with salt and parameters."""
    with _AT_ONCE:
        return _HASHER.hash(_read(password))


def fits(kept: str, password: str) -> bool:
    """Whether a password is the one of which `kept` is the hash."""
    try:
        with _AT_ONCE:
            return _HASHER.verify(kept, _read(password))
    except (VerificationError, InvalidHashError):
        return False


def fits_nobody(password: str) -> bool:
    """False, after the same work as `fits`: so that time does not tell whether there is such a login."""
    return fits(_of_nobody(), password) and False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than new ones are."""
    return _HASHER.check_needs_rehash(kept)


def _read(password: str) -> str:
    """Keyboards write one letter in several ways: all are read alike."""
    return unicodedata.normalize("NFKC", password)


@cache
def _of_nobody() -> str:
    return hash_of(token_urlsafe(32))
