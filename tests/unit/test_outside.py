"""A regulation that lives elsewhere, with words of its own, is found like any other."""

import os
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
OUTSIDE = TESTS / "outside"
WORDS = """
from tiaoli.facts.kinds import Label, kind
LABEL = Label("字", "Words")
KINDS = (kind('licence', '證', 'L'),)
"""


def python(*arguments: str, path: Path = OUTSIDE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(path), *sys.path])},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "tiaoli.cli.main", *arguments)


def test_it_is_listed_shown_and_asked_with_its_own_words(tmp_path: Path) -> None:
    dossier = tmp_path / "pilot.yaml"
    trips = "".join(
        f"  - {{kind: pilotage, harbour: north, date: 2026-0{month}-01, tonnage: 900}}\n"
        for month in (1, 2, 3)
    )
    dossier.write_text(f"subject: {{id: p, name: 引水人}}\nfacts:\n{trips}", encoding="utf-8")
    asked = run(
        "ask", "harbour-pilots", "experience-north", str(dossier), "--on", "2026-06-30", "--json"
    )
    assert '"outcome": "eligible"' in asked.stdout, asked.stderr
    assert "harbour-pilots" in run("regulations").stdout
    shown = run("show", "harbour-pilots", "HP-1.north").stdout
    assert "HP-1.north" in shown
    assert "HP-1.north/on-the-edge" in shown  # a worked case that it brings along
    assert "pilotage" in run("facts").stdout


def test_it_is_checked_as_ours_are() -> None:
    linted = run("lint", "harbour-pilots")
    assert linted.returncode == 0, linted.stdout + linted.stderr
    every = python("-m", "pytest", "-n", "0", "tests/regulations", "-k", "harbour or HP-")
    assert every.returncode == 0, every.stdout


def test_what_is_installed_here_is_what_its_project_declares() -> None:
    with (OUTSIDE / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)["project"]
    installed = ConfigParser(delimiters=("=",))
    (info,) = OUTSIDE.glob("*.dist-info")
    installed.read(info / "entry_points.txt", encoding="utf-8")
    assert {name: dict(installed[name]) for name in installed.sections()} == (
        declared["entry-points"]
    )
    assert info.name == f"{declared['name'].replace('-', '_')}-{declared['version']}.dist-info"


def installed(folder: Path, modules: dict[str, str], points: str) -> Path:
    """A package as pip would leave it: modules, and the entry points of its metadata."""
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    info = folder / "elsewhere-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points)
    return folder


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (WORDS, "Two kinds of fact are called licence, one of them in elsewhere"),
        (WORDS.replace("LABEL =", "NAME ="), "elsewhere has to declare KINDS, and LABEL"),
    ],
)
def test_words_that_cannot_stand_are_refused(tmp_path: Path, words: str, says: str) -> None:
    installed(tmp_path, {"elsewhere": words}, "[tiaoli.vocabulary]\nx = elsewhere\n")
    found = python("-c", "import tiaoli.facts.vocabulary", path=tmp_path)
    assert says in found.stderr


OURS = "from tiaoli.regulations.cec_licence import REGULATION\n"


@pytest.mark.parametrize(
    ("name", "asked", "says"),
    [
        ("rt-ladder", "ids()", "Two regulations are called rt-ladder"),
        ("another", "find('another')", "leads to elsewhere:REGULATION, which is 'cec-licence'"),
        ("another", "find('other')", "another"),
    ],
)
def test_a_regulation_that_cannot_be_told_apart_is_refused(
    tmp_path: Path, name: str, asked: str, says: str
) -> None:
    points = f"[tiaoli.regulations]\n{name} = elsewhere:REGULATION\n"
    installed(tmp_path, {"elsewhere": OURS}, points)
    found = python(
        "-c", f"from tiaoli.regulations import catalogue; catalogue.{asked}", path=tmp_path
    )
    assert found.returncode != 0
    assert says in found.stderr
