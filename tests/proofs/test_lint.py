"""Lint finds exactly what is declared, says so, and stops where it does not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from regulated import asks, regulation
from typer.testing import CliRunner

from tiaoli.cli.findings_told import Verdict, checked, checked_at_once
from tiaoli.cli.main import app
from tiaoli.facts.kinds import Label
from tiaoli.regulations import catalogue
from tiaoli.rules import BrokenRegulation, KnownFinding, any_record, clause, no, records

held = any_record(records("licence"))
ALWAYS = regulation(asks(("eligible", clause("C1", held | no(records("licence"))) & held)), {})
KNOWN = KnownFinding("always", ("C1",), Label("已知", "known"))


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_what_is_found_is_declared_and_what_is_declared_is_found(regulation_id: str) -> None:
    ((_, rows),) = checked_at_once([catalogue.find(regulation_id)], None)
    odd = [
        (row.verdict.name, (row.found or row.declared).identity)
        for row in rows
        if row.verdict is not Verdict.DECLARED
    ]
    assert odd == []


def verdicts(*known: KnownFinding) -> list[Verdict]:
    return [row.verdict for row in checked(replace(ALWAYS, findings=known), None)[1]]


def test_a_finding_is_undeclared_until_it_is_declared() -> None:
    assert (verdicts(), verdicts(KNOWN)) == ([Verdict.UNDECLARED], [Verdict.DECLARED])


def test_a_declared_finding_that_is_not_there_is_gone() -> None:
    gone = KnownFinding("gap", ("C1",), Label("已知", "known"))
    assert verdicts(KNOWN, gone) == [Verdict.DECLARED, Verdict.GONE]


def test_a_declaration_of_a_clause_that_is_not_there_is_refused() -> None:
    lost = KnownFinding("gap", ("C7",), Label("已知", "known"))
    with pytest.raises(BrokenRegulation, match="C7"):
        replace(ALWAYS, findings=(lost,))


def test_lint_of_a_sound_regulation_ends_well() -> None:
    result = CliRunner().invoke(app, ["lint", "cec-licence"])
    assert (result.exit_code, "沒有發現" in result.stdout) == (0, True)


def test_an_undeclared_finding_stops_with_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "find", lambda _: ALWAYS)
    result = CliRunner().invoke(app, ["lint", "trial", "--lang", "en"])
    assert (result.exit_code, "never fails C1 — undeclared" in result.stdout) == (6, True)


def test_findings_are_told_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "find", lambda _: ALWAYS)
    result = CliRunner().invoke(app, ["lint", "trial", "--json"])
    page = json.loads(result.stdout)[0]
    found = [(row["check"], row["clauses"], row["verdict"]) for row in page["findings"]]
    assert found == [("always", ["C1"], "undeclared")]
