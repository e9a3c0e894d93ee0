"""
The secrets of a house: of sessions, of numbers kept encrypted, of the index they are found by.

Each comes from the environment. In development, and only there, they are made once and kept below
``TIAOLI_VAR``, readable by nobody else.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

_NAMES = ("TIAOLI_SECRET_KEY", "TIAOLI_ID_KEYS", "TIAOLI_INDEX_KEY")


class MissingSecret(RuntimeError):
    """A secret that the environment has to give."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """
    ``id_keys``: by their ids, the newest first; a number says by which it was encrypted.

    None of them is printed.
    """

    secret_key: str = field(repr=False)
    id_keys: dict[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)


def read(environment: Mapping[str, str], folder: Path, *, make: bool) -> Secrets:
    """
    ``TIAOLI_ID_KEYS`` is ``id:base64,id:base64`` of 32 bytes each, ``TIAOLI_INDEX_KEY`` base64.

    Raises MissingSecret where one is not given and none may be made.
    """
    found = {name: environment[name] for name in _NAMES if environment.get(name)}
    if len(found) < len(_NAMES):
        if not make:
            missing = ", ".join(name for name in _NAMES if name not in found)
            raise MissingSecret(
                f"環境變數缺少 {missing}；開發時可設 TIAOLI_DEBUG=1。 / "
                f"The environment lacks {missing}; for development set TIAOLI_DEBUG=1."
            )
        found = _kept(folder / "secrets") | found
    keys = dict(pair.split(":", 1) for pair in found["TIAOLI_ID_KEYS"].split(","))
    return Secrets(
        found["TIAOLI_SECRET_KEY"],
        {name: _bytes(key) for name, key in keys.items()},
        _bytes(found["TIAOLI_INDEX_KEY"]),
    )


def _bytes(written: str) -> bytes:
    key = base64.b64decode(written, validate=True)
    if len(key) != 32:
        raise MissingSecret("金鑰要有 32 位元組。 / A key has 32 bytes.")
    return key


def _kept(path: Path) -> dict[str, str]:
    """
    The secrets in a file of this machine, made on first use. The file is there whole or not at
    all: of several who make it at once, the first one's is everybody's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = {
            "TIAOLI_SECRET_KEY": secrets.token_urlsafe(48),
            "TIAOLI_ID_KEYS": f"1:{_key()}",
            "TIAOLI_INDEX_KEY": _key(),
        }
        with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as file:  # mode 0600
            file.writelines(f"{name}={value}\n" for name, value in made.items())
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    lines = path.read_text(encoding="ascii").splitlines()
    return dict(line.split("=", 1) for line in lines)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")
