"""
Programs made by the C compiler of this machine, and kept: one library for each text of a program
and each compiler, in the cache folder of the user.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from tiaoli.facts.kinds import Label
from tiaoli.population.kernel.source import ENTRY

__all__ = ["CACHE", "COMPILER", "NoCompiler", "cache_folder", "library_of"]

CACHE: Final = "TIAOLI_CACHE"
"""The setting (an environment variable) that moves the cache folder."""

COMPILER: Final = "TIAOLI_CC"
"""The setting that names another compiler, by its command."""

_FLAGS: Final = ("-std=gnu11", "-O2", "-fwrapv", "-fPIC", "-shared", "-w")
_NAMES: Final = ("cc", "gcc", "clang")


class NoCompiler(RuntimeError):
    """There is no C compiler, or it could not make the program; the message says what to do."""


def _error(zh: str, en: str) -> NoCompiler:
    says = Label(zh, en)
    return NoCompiler(f"{says.zh} / {says.en}")


def cache_folder() -> Path:
    """Where libraries are kept."""
    if set_to := os.environ.get(CACHE):
        return Path(set_to)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "tiaoli"


@lru_cache(maxsize=1024)
def _loaded(path: Path) -> Any:
    entry = getattr(ctypes.CDLL(str(path)), ENTRY)
    entry.restype = None
    entry.argtypes = [
        ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64,
        ctypes.c_void_p,
    ]  # fmt: skip
    return entry


def library_of(source: str) -> Any:
    """The program as a function; compiled only if no process of the user has done so before."""
    path = cache_folder() / "kernel" / f"{_fingerprint(source)}.so"
    if path.exists():
        try:
            return _loaded(path)
        except OSError:  # not a library, as after a disk was full
            path.unlink(missing_ok=True)
    _make(source, path)
    return _loaded(path)


def _fingerprint(source: str) -> str:
    parts = (source, *_FLAGS, *_compiler(), _version(), platform.machine(), sys.platform)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


def _make(source: str, path: Path) -> None:
    """Made beside its place and moved there when whole: nobody ever finds half a library."""
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder, prefix="making-") as beside:
            text, made = Path(beside) / "program.c", Path(beside) / "program.so"
            text.write_text(source, encoding="utf-8")
            _compile(text, made)
            made.replace(path)
    except OSError as problem:
        raise _error(
            f"無法在快取資料夾 {folder} 寫入：{problem}。請以環境變數 {CACHE} 指定可寫入的資料夾。",
            f"The cache folder {folder} cannot be written to: {problem}. "
            f"Set the environment variable {CACHE} to a folder that can.",
        ) from problem


def _compile(text: Path, made: Path) -> None:
    command = [*_compiler(), *_FLAGS, "-o", str(made), str(text)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = "\n".join(done.stderr.splitlines()[:5])
        raise _error(
            f"編譯器 {command[0]} 無法編譯（結束碼 {done.returncode}）：{said}。"
            f"請確認編譯器完整，或以環境變數 {COMPILER} 指定另一個。",
            f"The compiler {command[0]} failed (exit code {done.returncode}): {said}. "
            f"See that it is complete, or name another with the environment variable {COMPILER}.",
        )


def _compiler() -> tuple[str, ...]:
    """The command of the compiler. Raises NoCompiler where there is none."""
    if set_to := os.environ.get(COMPILER):
        return tuple(set_to.split())
    return _found()


@cache
def _found() -> tuple[str, ...]:
    for name in _NAMES:
        if found := shutil.which(name):
            return (found,)
    if importlib.util.find_spec("ziglang") is not None:
        return (sys.executable, "-m", "ziglang", "cc")
    raise _error(
        "這台電腦沒有 C 編譯器。請安裝一個：Debian 或 Ubuntu 為 apt install gcc，macOS 為 "
        "xcode-select --install，其他系統可用 pip install ziglang；"
        f"已有編譯器時以環境變數 {COMPILER} 指定。",
        "There is no C compiler on this machine. Install one: apt install gcc on Debian or Ubuntu, "
        "xcode-select --install on macOS, pip install ziglang elsewhere; if there is one already, "
        f"name it with the environment variable {COMPILER}.",
    )


def _version() -> str:
    return _version_of(_compiler())


@cache
def _version_of(command: tuple[str, ...]) -> str:
    try:
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    except OSError as problem:
        raise _error(
            f"找不到編譯器 {command[0]}：{problem}。請改正環境變數 {COMPILER}。",
            f"There is no compiler {command[0]}: {problem}. "
            f"Correct the environment variable {COMPILER}.",
        ) from problem
    return done.stdout
