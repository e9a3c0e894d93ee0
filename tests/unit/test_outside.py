"""A regulation that lives elsewhere, with words of its own, is found like any other."""

import os
import subprocess
import sys
from pathlib import Path

OUTSIDE = Path(__file__).parent.parent / "outside"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tiaoli.cli.main", *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(OUTSIDE), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_listed_shown_and_asked_with_its_own_words(tmp_path: Path) -> None:
    dossier = tmp_path / "pilot.yaml"
    trips = "".join(
        f"  - {{kind: pilotage, harbour: north, date: 2026-0{month}-01, tonnage: 900}}\n"
        for month in (1, 2, 3)
    )
    dossier.write_text(
        "subject: {id: p, name: 引水人}\nfacts:\n"
        "  - {kind: pilot_filing, harbour: north}\n" + trips,
        encoding="utf-8",
    )
    asked = run("ask", "harbour-pilots", "badge", str(dossier), "--on", "2026-06-30", "--json")
    assert '"outcome": "eligible"' in asked.stdout, asked.stderr
    assert "harbour-pilots" in run("regulations").stdout
    assert "HP-1.north" in run("show", "harbour-pilots", "HP-1.north").stdout
    assert "pilotage" in run("facts").stdout


def test_two_kinds_of_one_name_are_refused(tmp_path: Path) -> None:
    words = tmp_path / "twice.py"
    words.write_text("from tiaoli.facts.kinds import kind\nKINDS = (kind('licence', '證', 'L'),)\n")
    info = tmp_path / "twice-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: twice\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[tiaoli.vocabulary]\ntwice = twice\n")
    found = subprocess.run(
        [sys.executable, "-c", "import tiaoli.facts.vocabulary"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Two kinds of fact are called licence, one of them in twice" in found.stderr
