"""
Numbers that say who somebody is, kept encrypted, and found by a keyed index.

AES-256-GCM; the text in the database is ``key id.nonce.ciphertext``, so that keys can be changed.
The index is an HMAC of the number: equal numbers have equal indexes, and without the key nobody
can try out the billion numbers that there are.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class UnknownKey(RuntimeError):
    """A number was encrypted by a key that this house no longer gives."""


def sealed(number: str, *, use: str) -> str:
    """The number, encrypted for one use; a sealed text cannot be moved to another."""
    key_id, key = next(iter(settings.TIAOLI_ID_KEYS.items()))
    nonce = secrets.token_bytes(12)
    cipher = AESGCM(key).encrypt(nonce, number.encode("utf-8"), use.encode("utf-8"))
    return f"{key_id}.{_text(nonce)}.{_text(cipher)}"


def opened(text: str, *, use: str) -> str:
    """Raises UnknownKey, and InvalidTag where the text was changed or is of another use."""
    key_id, nonce, cipher = text.split(".")
    try:
        key = settings.TIAOLI_ID_KEYS[key_id]
    except KeyError:
        raise UnknownKey(
            f"TIAOLI_ID_KEYS 沒有編號 {key_id} 的金鑰。 / TIAOLI_ID_KEYS has no key {key_id}."
        ) from None
    return AESGCM(key).decrypt(_bytes(nonce), _bytes(cipher), use.encode("utf-8")).decode("utf-8")


def index(number: str, *, use: str) -> str:
    """The same for equal numbers of one use; hexadecimal, 64 letters."""
    words = f"{use}\0{number}".encode()
    return hmac.new(settings.TIAOLI_INDEX_KEY, words, hashlib.sha256).hexdigest()


def masked(number: str) -> str:
    """``A12****789``: enough to recognise one's own."""
    return number[:3] + "*" * max(0, len(number) - 6) + number[-3:] if number else ""


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
