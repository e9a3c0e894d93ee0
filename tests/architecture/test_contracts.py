"""What keeps the tree readable: one direction, small files, no clock and no files in the engine."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tiaoli

ROOT = Path(tiaoli.__file__).parent
PROJECT = ROOT.parent.parent
MODULES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)
ENGINE = [
    path for path in MODULES if path.relative_to(ROOT).parts[0] in ("facts", "rules", "answers")
]

LONG_FILES = {
    "answers/plan.py": "one planner: from needs to steps, and back to the day they are ready",
    "facts/vocabulary/learning.py": "declarations of kinds, no code",
    "facts/vocabulary/continuing_education.py": "declarations of kinds, no code",
    "facts/vocabulary/programme_resources.py": "declarations of kinds, no code",
}
"""Files of more than 400 lines, and why they stay in one piece."""

CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter"}
CLOCK_OWNERS = {"date", "datetime", "time"}
OUTSIDE = {
    "csv", "io", "os", "pathlib.Path", "random", "requests", "secrets", "shutil", "socket",
    "sqlite3", "subprocess", "tempfile", "tomllib", "urllib", "yaml", "openpyxl",
}  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def names_imported(tree: ast.AST) -> Iterator[str]:
    """``csv`` for ``import csv``; ``pathlib`` and ``pathlib.Path`` for a name taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module.split(".")[0]
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lines_in(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_imports_go_in_one_direction() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [linter, "--config", PROJECT / "pyproject.toml", "--no-cache"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_long_files_are_declared_with_a_reason() -> None:
    long = {name_of(path) for path in MODULES if lines_in(path) > 400}
    assert sorted(long) == sorted(LONG_FILES)


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base"}
    named = {part for path in MODULES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert sorted(named & vague) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) is not None


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_the_engine_reads_no_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr) in CLOCK_OWNERS
        and not (
            node.attr == "time" and isinstance(node.value, ast.Name) and node.value.id == "datetime"
        )
    ]
    assert asked == []


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_the_engine_touches_nothing_outside(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = set(names_imported(tree))
    opened = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("open", "print", "input")
    ]
    assert (sorted(imported & OUTSIDE), opened) == ([], [])


def test_a_regulation_cannot_call_an_evaluator() -> None:
    folders = [path for path in (ROOT / "regulations").iterdir() if path.is_dir()]
    callers = [
        name_of(path)
        for folder in folders
        for path in folder.rglob("*.py")
        if "tiaoli.answers" in path.read_text(encoding="utf-8")
    ]
    assert callers == []
