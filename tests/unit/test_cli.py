"""The command line: what it prints, in which language, and how it stops."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tiaoli.cli.main import app

EXAMPLES = Path(__file__).parents[2] / "examples"
WANG = str(EXAMPLES / "wang-rt3.yaml")
TSAI = str(EXAMPLES / "tsai-rt3-reading.yaml")


def tiaoli(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def asked(*words: str) -> dict[str, object]:
    result = tiaoli("ask", *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_regulations_are_listed_in_chinese_by_default() -> None:
    result = tiaoli("regulations")
    assert (result.exit_code, "醫事放射師專業進階制度" in result.stdout) == (0, True)


def test_questions_are_listed_in_english_on_request() -> None:
    result = tiaoli("questions", "rt-ladder", "--lang", "en")
    assert "whether the requirements of RT3 are met" in result.stdout


def test_an_answer_shows_both_calendars() -> None:
    result = tiaoli("ask", "rt-ladder", "RT3", WANG, "--on", "115/06/30")
    assert "民國115年6月30日（2026-06-30）" in result.stdout


def test_roc_and_iso_dates_ask_the_same() -> None:
    roc = asked("rt-ladder", "RT3", WANG, "--on", "115/06/30")
    assert roc == asked("rt-ladder", "RT3", WANG, "--on", "2026-06-30")


def test_there_is_no_colour_in_a_pipe() -> None:
    assert "\x1b[" not in tiaoli("ask", "rt-ladder", "RT3", WANG, "--on", "2026-06-30").stdout


def test_a_reading_changes_the_outcome() -> None:
    strict = asked("rt-ladder", "RT3", TSAI, "--on", "2026-06-30")
    lenient = asked("rt-ladder", "RT3", TSAI, "--on", "2026-06-30", "-r", "rtl.rt3.pub=matrix_only")
    assert (strict["outcome"], lenient["outcome"]) == ("not_yet", "eligible")


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("ask", "rt-lader", "RT3", WANG), 2, "rt-ladder"),
        (("ask", "rt-ladder", "RT5", WANG), 2, "RT4"),
        (("ask", "rt-ladder", "RT3", WANG, "-r", "rtl.rt3.pubs=matrix_only"), 2, "rtl.rt3.pub"),
        (("ask", "rt-ladder", "RT3", WANG, "-r", "rtl.rt3.pub=matrix"), 2, "matrix_only"),
        (("ask", "rt-ladder", "RT3", WANG, "-r", "rtl.rt3.pub"), 2, "rtl.window.edge=exclusive"),
        (("ask", "rt-ladder", "RT3", WANG, "--on", "2026-02-30"), 2, "2026-02-28"),
        (("ask", "rt-ladder", "RT3", WANG, "--about", "壁報2012"), 2, "壁報2021"),
        (("ask", "rt-ladder", "RT3", WANG, "--lang", "fr"), 2, "zh"),
        (("ask", "rt-ladder", "RT3", "wang-rt3.yam"), 3, "wang-rt3.yam"),
        (("plan", "rt-ladder", "review-fee", WANG), 2, "review-fee"),
        (("plan", "rt-ladder", "RT3", WANG, "--effort", "paper"), 2, "publication=20"),
        (("facts", "publicaton"), 2, "publication"),
    ],
)
def test_a_mistake_names_what_was_meant(words: tuple[str, ...], code: int, hint: str) -> None:
    result = tiaoli(*words)
    assert (result.exit_code, hint in result.stderr) == (code, True), result.stderr


def test_a_dossier_with_mistakes_tells_all_of_them(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "subject: {id: a}\nfacts:\n"
        "  - {kind: publicaton}\n"
        "  - {kind: publication, author_role: frist}\n"
        "  - {kind: clinical_service, start_date: 2024-05-01, end_date: 2024-04-01}\n",
        encoding="utf-8",
    )
    result = tiaoli("ask", "rt-ladder", "RT3", str(bad))
    hints = ["publication", "first", "2024-04-01"]
    assert (result.exit_code, [h for h in hints if h not in result.stderr]) == (3, [])


def test_a_timeline_says_what_ends_a_spell() -> None:
    result = tiaoli("timeline", "rt-ladder", "RT3", WANG)
    assert "壁報2021 不再計入" in result.stdout


def test_a_plan_lists_the_missing_paper() -> None:
    found = json.loads(
        tiaoli("plan", "rt-ladder", "RT3", TSAI, "--on", "2026-06-30", "--json").stdout
    )
    assert [step["kind"] for step in found[0]["steps"]] == ["publication"]


def test_a_person_who_qualifies_needs_no_plan() -> None:
    result = tiaoli("plan", "rt-ladder", "RT3", WANG, "--on", "2026-06-30")
    assert "現在就符合" in result.stdout


def test_replay_gives_the_same_answer(tmp_path: Path) -> None:
    kept = tmp_path / "answer.json"
    tiaoli("ask", "rt-ladder", "RT3", WANG, "--on", "2026-06-30", "--save", str(kept))
    result = tiaoli("replay", str(kept))
    assert (result.exit_code, "相同" in result.stdout) == (0, True)


def test_replay_notices_an_altered_fact(tmp_path: Path) -> None:
    kept = tmp_path / "answer.json"
    tiaoli("ask", "rt-ladder", "RT3", WANG, "--on", "2026-06-30", "--save", str(kept))
    kept.write_text(kept.read_text(encoding="utf-8").replace("2021-09-18", "2022-09-18"))
    assert tiaoli("replay", str(kept)).exit_code == 4


def test_replay_notices_an_altered_outcome(tmp_path: Path) -> None:
    kept = tmp_path / "answer.json"
    tiaoli("ask", "rt-ladder", "RT4", WANG, "--on", "2026-06-30", "--save", str(kept))
    altered = kept.read_text(encoding="utf-8").replace(
        '"outcome": "not_yet"', '"outcome": "eligible"'
    )
    kept.write_text(altered, encoding="utf-8")
    assert tiaoli("replay", str(kept)).exit_code == 4


def test_replay_of_something_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("[]", encoding="utf-8")
    assert tiaoli("replay", str(other)).exit_code == 3


def test_coverage_totals_match_the_ledgers() -> None:
    found = json.loads(tiaoli("coverage", "--json").stdout)
    assert {name: sum(map(len, places.values())) for name, places in found.items()} == {
        "rt-ladder": 85,
        "ir-instructor": 80,
        "radiation-operator": 73,
        "rrt-ce": 227,
        "cec-licence": 26,
        "nm-program": 286,
    }


def test_a_question_the_text_does_not_answer_is_not_stated() -> None:
    assert asked("rt-ladder", "appeal", WANG)["outcome"] == "not_stated"


def test_the_vocabulary_prints_as_json_schema() -> None:
    schema = json.loads(tiaoli("facts", "publication", "--json").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
