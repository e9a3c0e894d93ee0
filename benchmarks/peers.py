"""The virtual environment of the peers: made on first use, pinned, and refused where it differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_HOME = _HERE.parent / ".venv-bench"
_PYTHON = _HOME / "bin" / "python"
_PINNED = _HERE / "requirements-peers.txt"


class NotInstalled(RuntimeError):
    """A peer cannot be had on this machine."""


class Stopped(RuntimeError):
    """A process ended, or was ended, before it answered."""


class WrongVersion(RuntimeError):
    """A peer is there in another version than the one that is pinned."""


def pinned(package: str) -> str:
    for line in _PINNED.read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        if name.strip() == package:
            return version.strip()
    raise LookupError(f"{package} is not pinned in {_PINNED.name}")


def require(package: str) -> None:
    """``package`` as pinned, installed if need be. Raises NotInstalled, WrongVersion."""
    found = _installed(package)
    if found is None:
        _install()
        found = _installed(package)
    if found is None:
        raise NotInstalled(f"{package} is not there after its installation")
    if found != pinned(package):
        raise WrongVersion(
            f"{package} {found} is in {_HOME.name}, and {pinned(package)} is pinned in "
            f"{_PINNED.name}; delete {_HOME.name} and run again."
        )


def start(script: str, **settings: str) -> subprocess.Popen[str]:
    """``script`` of this folder in the peers' environment, with settings of the environment."""
    return subprocess.Popen(
        [str(_PYTHON), str(_HERE / script)],
        env=os.environ | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def tell(process: subprocess.Popen[str], message: object) -> Any:
    """Send one line of JSON and wait for the line that answers it. Raises Stopped."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise Stopped("the peer has stopped before it was asked") from None
    answer = process.stdout.readline()
    if not answer:
        raise Stopped("the peer stopped without an answer; its message is above")
    return json.loads(answer)


def _installed(package: str) -> str | None:
    if not _PYTHON.exists():
        return None
    asks = f"from importlib.metadata import version; print(version({package!r}))"
    done = subprocess.run([str(_PYTHON), "-c", asks], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def _install() -> None:
    print(f"making {_HOME.name} for the peers ({_PINNED.name})", flush=True)
    steps = (
        [sys.executable, "-m", "venv", str(_HOME)],
        [str(_PYTHON), "-m", "pip", "install", "--quiet", "-r", str(_PINNED)],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = (done.stderr or done.stdout).strip().splitlines()
            raise NotInstalled(lines[-1] if lines else "the installation failed")
