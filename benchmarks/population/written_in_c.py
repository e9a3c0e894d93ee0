"""The hand-written C, made by the compiler of this machine and called once for all subjects."""

from __future__ import annotations

import ctypes
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from encoded import Numbers
from windows import MINISTRY_FOUNDED, table_of_years_before, years_before

_HERE = Path(__file__).parent
_FIRST_DAY = 693_596  # 1900-01-01
_AMOUNTS = ("_low", "_high")


class WrittenInC:
    """``rt3.c`` or ``credits.c``: compiled when made, run by ``answers``."""

    def __init__(self, name: str, numbers: Numbers) -> None:
        self.name, self.numbers = name, numbers
        text = (_HERE / f"{name}.c").read_text(encoding="utf-8")
        self._inputs = _members(text, "columns")
        self._outputs = _members(text, "answers")
        self._function = getattr(_compiled(name, numbers.options), name)
        self._table = table_of_years_before(3, _FIRST_DAY, numbers.on)

    @property
    def nbytes(self) -> int:
        return sum(self.numbers[name].nbytes for name in self._inputs)

    def answers(self) -> dict[str, Any]:
        out = {name: np.empty(len(self.numbers), _type_of(name)) for name in self._outputs}
        columns = _pointers([self.numbers[name] for name in self._inputs])
        answers = _pointers(list(out.values()))
        size = ctypes.c_int64(len(self.numbers))
        self._function(columns, ctypes.byref(self._given()), answers, size)
        return out

    def _given(self) -> ctypes.Structure:
        on, texts = self.numbers.on, self.numbers.texts
        if self.name == "rt3":
            days = [on, *(years_before(on, n) for n in (1, 3, 5)), MINISTRY_FOUNDED, _FIRST_DAY]
            clauses = [texts["RTL-2.2"], texts["RTL-5.RT3.CLIN"]]
            return _Rt3(*days, self._table.ctypes.data, *clauses)
        clauses = ["RRT-4.2.d", "RRT-4.3.d", "RRT-4.7.a", "RRT-4.12.SCOPE"]
        return _Credits(on, *(texts[clause] for clause in clauses))


class _Rt3(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int32) for name in ("on", "one", "three", "five", "ministry", "first")),
        ("three_years_before", ctypes.c_void_p),
        *((name, ctypes.c_int32) for name in ("practising", "advanced_work")),
    )


class _Credits(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_int32) for name in ("on", "lecture", "talk", "equal", "programme")
    )


def _members(text: str, struct: str) -> list[str]:
    """The members of a struct of pointers, in order; each has the name of its column."""
    body = re.search(rf"struct {struct} {{(.*?)}};", text, re.DOTALL)
    assert body is not None
    return re.findall(r"\*(\w+)", body.group(1))


def _type_of(name: str) -> Any:
    if name.endswith(_AMOUNTS):
        return np.int64
    return np.uint8 if name.endswith("_limited") else np.int8


def _pointers(arrays: list[Any]) -> Any:
    return (ctypes.c_void_p * len(arrays))(*(array.ctypes.data for array in arrays))


def _compiled(name: str, options: dict[str, list[str]]) -> Any:
    """The library, with a bit for each option: ``LICENCE__ISSUER__MOHW``."""
    bits = [
        f"#define {column.upper()}__{option.upper()} (1u << {place})"
        for column, of in options.items()
        for place, option in enumerate(of)
    ]
    with tempfile.TemporaryDirectory() as folder:
        header, made = Path(folder) / "options.h", Path(folder) / "made.so"
        header.write_text("\n".join(bits) + "\n", encoding="utf-8")
        command = ["gcc", "-std=gnu11", "-O2", "-march=native", "-fPIC", "-shared", "-Wall"]
        command += ["-I", str(_HERE), "-include", str(header), "-o", str(made)]
        subprocess.run([*command, str(_HERE / f"{name}.c")], check=True)
        return ctypes.CDLL(str(made))
