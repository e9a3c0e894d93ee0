"""Dossier files in YAML, TOML and JSON, read without guessing and without losing a mistake."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tiaoli.facts.kinds import NONE
from tiaoli.facts.reading import canonical, write_dossier
from tiaoli.intake import DossierError, Problem, load


def problems_of(folder: Path, name: str, content: str | bytes) -> tuple[Problem, ...]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DossierError) as raised:
        load(path)
    return raised.value.problems


def places_of(folder: Path, name: str, content: str | bytes) -> list[str]:
    return [problem.place for problem in problems_of(folder, name, content)]


YAML = """\
subject: {id: wang, name: 王小明, date_of_birth: 075/03/02}
facts:
  - {id: lic, kind: licence, profession: radiographer, issue_date: 2015-08-01, number: 07}
  - {id: pt, kind: credit_entry, points: 2.5, interventional: yes, date: 115-06-30}
  - {id: tr, kind: training, hours: 1:30, end_date: ~}
incomplete: [publication]
"""
TOML = """\
incomplete = ["publication"]
[subject]
id = "wang"
name = "王小明"
date_of_birth = 1986-03-02
[[facts]]
id = "lic"
kind = "licence"
profession = "醫事放射師"
issue_date = 2015-08-01
number = "07"
[[facts]]
id = "pt"
kind = "credit_entry"
points = 2.50
interventional = true
date = "115-06-30"
[[facts]]
id = "tr"
kind = "training"
hours = 1.5
"""
JSON = """\
{"subject": {"id": "wang", "name": "王小明", "date_of_birth": "民國75年3月2日"},
 "facts": [
  {"id": "lic", "kind": "licence", "profession": "radiographer", "issue_date": "2015/08/01",
   "number": "07"},
  {"id": "pt", "kind": "credit_entry", "points": 2.5, "interventional": "是", "date": "1150630"},
  {"id": "tr", "kind": "training", "hours": "90 min", "end_date": null}],
 "incomplete": ["publication"]}
"""


class TestADossierFile:
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_says_the_same_in_every_format(self, tmp_path: Path, mark: str) -> None:
        written = {"a.yaml": YAML, "a.yml": YAML, "a.toml": TOML, "a.json": JSON}
        for name, content in written.items():
            (tmp_path / name).write_text(mark + content, encoding="utf-8")
        assert len({canonical(load(tmp_path / name)) for name in written}) == 1

    def test_is_typed(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text(YAML, encoding="utf-8")
        dossier = load(tmp_path / "a.yaml")
        licence, credit, training = (fact.values for fact in dossier.facts)
        assert dossier.subject.values["date_of_birth"] == date(1986, 3, 2)
        assert (licence["issue_date"], licence["number"]) == (date(2015, 8, 1), "07")
        assert (credit["points"], credit["interventional"]) == (Decimal("2.5"), True)
        assert (credit["date"], training["hours"]) == (date(2026, 6, 30), 90)
        assert training["end_date"] is None
        assert dossier.incomplete == {"publication"}

    def test_survives_being_written_as_json(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text(YAML, encoding="utf-8")
        dossier = load(tmp_path / "a.yaml")
        (tmp_path / "b.json").write_text(json.dumps(write_dossier(dossier)), encoding="utf-8")
        assert canonical(load(tmp_path / "b.json")) == canonical(dossier)

    def test_that_is_missing_is_answered_with_the_nearest_name(self, tmp_path: Path) -> None:
        (tmp_path / "wang.yaml").write_text(YAML, encoding="utf-8")
        with pytest.raises(DossierError) as raised:
            load(tmp_path / "wnag.yaml")
        (problem,) = raised.value.problems
        assert problem.place == "wnag.yaml"
        assert problem.says.en == 'There is no file "wnag.yaml". Did you mean wang.yaml?'

    def test_in_a_missing_folder_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(DossierError) as raised:
            load(tmp_path / "people" / "wang.yaml")
        assert raised.value.problems[0].says.en == (
            'There is no file "wang.yaml". There is no folder "people" either.'
        )

    def test_may_not_be_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(DossierError) as raised:
            load(tmp_path)
        assert len(raised.value.problems) == 1

    def test_of_another_format_is_refused(self, tmp_path: Path) -> None:
        (problem,) = problems_of(tmp_path, "a.docx", "x")
        assert problem.says.en == 'A dossier is one of .yaml, .yml, .toml, .json; this is ".docx".'

    @pytest.mark.parametrize("name", ["a.yaml", "a.toml"])
    def test_that_is_empty_lacks_its_subject(self, tmp_path: Path, name: str) -> None:
        assert places_of(tmp_path, name, "") == [{"a.yaml": "dossier", "a.toml": "subject"}[name]]

    def test_that_is_not_utf_8_names_row_and_byte(self, tmp_path: Path) -> None:
        content = b"subject: {id: wang}\n# " + "王".encode("cp950")
        (problem,) = problems_of(tmp_path, "a.yaml", content)
        assert problem.place == "a.yaml row 2"
        assert problem.says.en == (
            "Byte 23 (0xA4) is not utf-8 text. "
            'Save the file as UTF-8 (in a spreadsheet, "CSV UTF-8").'
        )


class TestYaml:
    def test_may_not_give_a_key_twice(self, tmp_path: Path) -> None:
        content = "subject: {id: wang, id: lee}\nfacts: []\nfacts: []\n"
        assert sorted(places_of(tmp_path, "a.yaml", content)) == [
            "a.yaml line 1, column 21",
            "a.yaml line 3, column 1",
        ]

    def test_that_breaks_off_names_line_and_column(self, tmp_path: Path) -> None:
        content = "subject: {id: wang\nfacts: [}\n"
        assert places_of(tmp_path, "a.yaml", content) == ["a.yaml line 2, column 6"]

    @pytest.mark.parametrize(
        "content", ["a: !!python/object:os.system x", "? [a]: b", "\x07", "- &a"]
    )
    def test_that_is_odd_is_a_problem_and_no_crash(self, tmp_path: Path, content: str) -> None:
        assert len(problems_of(tmp_path, "a.yaml", content)) == 1

    @pytest.mark.parametrize("word", ["no", "off", "NO", "07", "1:30", "1e3", "2015-08-01", "0x1F"])
    def test_leaves_words_as_they_are(self, tmp_path: Path, word: str) -> None:
        (tmp_path / "a.yaml").write_text(f"subject: {{id: w, name: {word}}}", encoding="utf-8")
        assert load(tmp_path / "a.yaml").subject.values["name"] == word

    def test_reads_nothing_as_unknown(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("subject: {id: w, nationality: }", encoding="utf-8")
        assert load(tmp_path / "a.yaml").subject.values["nationality"] is None

    def test_reads_an_empty_text_as_left_out(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("subject: {id: w, nationality: ''}", encoding="utf-8")
        assert load(tmp_path / "a.yaml").subject.values["nationality"] is NONE

    def test_may_not_be_a_truth_value_where_a_name_is_asked(self, tmp_path: Path) -> None:
        assert places_of(tmp_path, "a.yaml", "subject: {id: w, name: true}") == [
            "subject (id w) · name"
        ]


class TestToml:
    def test_that_breaks_off_names_line_and_column(self, tmp_path: Path) -> None:
        assert places_of(tmp_path, "a.toml", "[subject]\nid = \n") == ["a.toml line 2, column 6"]

    def test_may_not_give_a_key_twice(self, tmp_path: Path) -> None:
        assert places_of(tmp_path, "a.toml", 'id = "a"\nid = "b"\n') == ["a.toml line 2, column 9"]

    @pytest.mark.parametrize("number", ["nan", "inf", "-1.0"])
    def test_may_not_hold_a_number_that_counts_nothing(self, tmp_path: Path, number: str) -> None:
        content = f'[subject]\nid="w"\n[[facts]]\nid="p"\nkind="credit_entry"\npoints={number}\n'
        assert places_of(tmp_path, "a.toml", content) == ["facts[1] (id p) · points"]


class TestJson:
    def test_that_breaks_off_names_line_and_column(self, tmp_path: Path) -> None:
        assert places_of(tmp_path, "a.json", '{"subject":\n }') == ["a.json line 2, column 2"]

    def test_may_not_give_a_key_twice(self, tmp_path: Path) -> None:
        content = '{"subject": {"id": "w", "name": "a", "name": "b"}, "facts": [], "facts": []}'
        assert places_of(tmp_path, "a.json", content) == [
            "a.json (id w) · name",
            "a.json · facts",
        ]

    @pytest.mark.parametrize("number", ["NaN", "Infinity"])
    def test_may_not_hold_what_is_no_number(self, tmp_path: Path, number: str) -> None:
        assert places_of(tmp_path, "a.json", f'{{"subject": {number}}}') == ["a.json"]

    def test_nested_without_end_is_a_problem_and_no_crash(self, tmp_path: Path) -> None:
        assert places_of(tmp_path, "a.json", "[" * 100_000) == ["a.json"]
