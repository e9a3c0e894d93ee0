"""What the documents lead to is there, and what they quote stands where they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

PROJECT = Path(__file__).parent.parent.parent
OUTSIDE = PROJECT / "tests" / "outside"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
QUOTED = re.compile(r"^```\w+\n# ([\w/.]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _documents() -> list[Path]:
    """Every page that the repository keeps."""
    return sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


def _led_to(page: Path) -> Iterator[str]:
    for found in LINK.findall(page.read_text(encoding="utf-8")):
        address = unquote(found[0] or found[1]).partition("#")[0]
        if address and "://" not in address and not address.startswith("mailto:"):
            yield address


@pytest.mark.parametrize(
    "page", _documents(), ids=lambda page: page.relative_to(PROJECT).as_posix()
)
def test_every_link_of_a_document_leads_somewhere(page: Path) -> None:
    assert [one for one in _led_to(page) if not (page.parent / one).exists()] == []


def test_no_picture_is_kept_for_nothing() -> None:
    shown = {(page.parent / one).resolve() for page in _documents() for one in _led_to(page)}
    kept = set((PROJECT / "docs" / "images").glob("*.png"))
    assert sorted(path.name for path in kept - shown) == []


def test_what_is_told_of_a_regulation_elsewhere_stands_in_it() -> None:
    guide = PROJECT / "docs" / "how-to-write-a-regulation.md"
    quoted = QUOTED.findall(guide.read_text(encoding="utf-8"))
    assert len(quoted) >= 5
    for name, text in quoted:
        folder = OUTSIDE if (OUTSIDE / name).exists() else OUTSIDE / "harbour_pilots"
        assert text in (folder / name).read_text(encoding="utf-8"), name
