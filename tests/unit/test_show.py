"""A regulation read aloud, and the pages made from it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tiaoli.cli import show
from tiaoli.cli.main import app
from tiaoli.regulations import catalogue

PAGES = Path(__file__).parents[2] / "docs" / "regulations"


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_the_page_of_a_regulation_is_in_step(regulation_id: str) -> None:
    page = (PAGES / f"{regulation_id}.md").read_text(encoding="utf-8")
    assert page == show.as_markdown(catalogue.find(regulation_id)), "run: make docs"


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_a_page_tells_every_clause_in_the_order_of_the_text(regulation_id: str) -> None:
    regulation = catalogue.find(regulation_id)
    page = show.as_markdown(regulation)
    headings = [line.split(" · ")[0][3:] for line in page.splitlines() if line.startswith("## ")]
    assert headings[:-1] == list(regulation.clauses)


def test_a_clause_is_told_from_its_rule() -> None:
    result = CliRunner().invoke(app, ["show", "rt-ladder", "RTL-5.RT4.ADMIN.b"])
    assert (result.exit_code, "同" in result.stdout, "至少 2" in result.stdout) == (0, True, True)


def test_a_misspelt_clause_names_the_nearest() -> None:
    result = CliRunner().invoke(app, ["show", "rt-ladder", "RTL-5.RT3.ADMIM.a"])
    assert (result.exit_code, "RTL-5.RT3.ADMIN.a" in result.stderr) == (2, True)
