"""What the kernel compiles is kept, for one day or number as for another, and never half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from busy import ON, asks, columns_of, credit, entry, several, told
from interpreter import assert_same

from tiaoli.population import kernel
from tiaoli.population.kernel.compiler import library_of
from tiaoli.population.plan import plan
from tiaoli.population.tables import Columns
from tiaoli.rules import any_record, count, lookback, number_of, years
from tiaoli.rules.question import Question

pytestmark = pytest.mark.usefixtures("cache")


@pytest.fixture(scope="module")
def many() -> Columns:
    return columns_of(*several(2500))


def libraries(cache: Path) -> set[str]:
    return {file.name for file in (cache / "kernel").glob("*.so")}


def test_another_day_number_or_period_compiles_nothing(cache: Path, many: Columns) -> None:
    def question(number: int, period: int, text: str) -> Question:
        recent = entry.where(lookback(entry.date, years(period)), entry.category.is_(text))
        return asks(count(recent) >= number_of(number))

    first = kernel.run(plan(question(1, 3, "c1")), many, ON)
    before = libraries(cache)
    later = kernel.run(plan(question(1, 3, "c1")), many, ON.replace(year=2016))
    other = plan(question(2, 6, "c2"))
    assert_same(other, kernel.run(other, many.part(0, 60), ON), several(60), ON)
    assert libraries(cache) == before
    assert [v.tolist() for v in first.values()] != [v.tolist() for v in later.values()]
    kernel.run(plan(asks(~any_record(entry))), many, ON)
    assert len(libraries(cache)) == len(before) + 1


_ASK = """
import datetime, sys
sys.path[:0] = {paths!r}
from busy import OF_ALL_SORTS, ON, busy, columns_of
from tiaoli.population import kernel
from tiaoli.population.plan import plan
made = plan(OF_ALL_SORTS)
found = kernel.run(made, columns_of(busy("s", 20)), ON)
print([int(found[term][0]) for term in made.outputs])
"""


def asking(folder: Path, **more: str) -> subprocess.Popen[str]:
    """Another process that asks, with a cache folder of its own."""
    here = Path(__file__).parent
    script = _ASK.format(paths=[str(here), str(here.parent / "properties")])
    told_to = {**os.environ, kernel.CACHE: str(folder), **more}
    return subprocess.Popen(
        [sys.executable, "-c", script], env=told_to, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def test_two_processes_may_compile_at_once_and_name_things_alike(tmp_path: Path) -> None:
    both = [asking(tmp_path, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1]
    assert len(libraries(tmp_path)) == 1


_SLOW_COMPILER = """#!/bin/sh
[ "$1" = --version ] && exit
while [ "$1" != -o ]; do shift; done
echo half > "$2"
exec sleep 60
"""


def test_a_compilation_that_is_killed_leaves_nothing_half_done(tmp_path: Path) -> None:
    slow = tmp_path / "slow-cc"
    slow.write_text(_SLOW_COMPILER)
    slow.chmod(0o755)
    process = asking(tmp_path, **{kernel.COMPILER: str(slow)})
    deadline = time.monotonic() + 60
    while not list((tmp_path / "kernel").glob("making-*/program.so")):
        assert time.monotonic() < deadline
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert libraries(tmp_path) == set()
    again = asking(tmp_path)
    assert again.communicate()[1] == ""
    assert (again.returncode, len(libraries(tmp_path))) == (0, 1)


def test_a_library_that_is_none_is_made_anew(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv(kernel.CACHE, str(tmp_path))
    question = asks(any_record(entry.where(entry.mode.is_("4"))))
    source = kernel.program_of(plan(question)).source
    place = library_of.__globals__["_fingerprint"](source)
    (tmp_path / "kernel").mkdir()
    (tmp_path / "kernel" / f"{place}.so").write_bytes(b"half")
    people = (told("a", credit(mode="4")), told("b"))
    made = plan(question)
    assert_same(made, kernel.run(made, columns_of(*people), ON), people, ON)


def test_without_a_compiler_one_is_told_what_to_install(monkeypatch: Any) -> None:
    monkeypatch.setenv(kernel.COMPILER, "no-such-compiler")
    made = plan(asks(any_record(entry.where(entry.mode.is_("1")))))
    with pytest.raises(kernel.NoCompiler, match=f"no-such-compiler.*{kernel.COMPILER}"):
        kernel.run(made, columns_of(told("a")), ON)


def test_a_compiler_that_fails_is_told_with_what_it_said(monkeypatch: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken-cc"
    broken.write_text("#!/bin/sh\n[ $1 = --version ] || { echo no headers >&2; exit 3; }\n")
    broken.chmod(0o755)
    monkeypatch.setenv(kernel.COMPILER, str(broken))
    monkeypatch.setenv(kernel.CACHE, str(tmp_path))
    made = plan(asks(any_record(entry.where(entry.mode.is_("2")))))
    with pytest.raises(kernel.NoCompiler, match=r"exit code 3\): no headers"):
        kernel.run(made, columns_of(told("a")), ON)
    assert list((tmp_path / "kernel").iterdir()) == []
