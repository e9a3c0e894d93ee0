"""The secrets of a machine in development: made once, whole, by whoever comes first."""

import stat
from pathlib import Path

from concurrently import at_once

from tiaoli.platform import secrets
from tiaoli.platform.secrets import Secrets


def test_several_at_once_are_given_the_same(tmp_path: Path) -> None:
    for number in range(30):
        folder = tmp_path / str(number)
        found = at_once(*[lambda there=folder: secrets.read({}, there, make=True)] * 6)
        assert all(isinstance(one, Secrets) for one in found), found
        assert len({(one.secret_key, one.index_key) for one in found}) == 1
        (kept,) = folder.iterdir()
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
