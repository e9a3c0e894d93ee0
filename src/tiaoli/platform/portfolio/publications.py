"""
What an entry of a bibliography says in the words of the vocabulary. The mapping is this file.

It is the one place of the platform that names a kind of fact, and it is checked when it is
imported: every kind, attribute and option that it names exists. What a bibliography cannot say
stays unknown, and ``ASKED`` is asked of the person before anything is imported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tiaoli.facts import vocabulary
from tiaoli.platform.portfolio.bibliographies import Entry

KIND: Final = "publication"

FIELDS: Final = {
    "title": "title",
    "journal": "journal",
    "date": "publication_date",
    "work": "work_id",
}
"""What an entry has, and the attribute that takes it."""

ENTRY_TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "ris:JOUR": {"type": "journal_article"},
    "ris:JFULL": {"type": "journal_article"},
    "ris:EJOUR": {"type": "journal_article"},
    "ris:MGZN": {"type": "journal_article"},
    "ris:INPR": {"type": "journal_article"},
    "ris:CONF": {"type": "proceedings"},
    "ris:CPAPER": {"type": "proceedings"},
    "ris:ABST": {},
    "bibtex:article": {"type": "journal_article"},
    "bibtex:inproceedings": {"type": "proceedings"},
    "bibtex:conference": {"type": "proceedings"},
    "bibtex:proceedings": {"type": "proceedings"},
    "medline:journal article": {"type": "journal_article"},
    "medline:case reports": {"type": "journal_article", "article_type": "case_report"},
    "medline:review": {"type": "journal_article", "article_type": "review"},
    "medline:letter": {"type": "journal_article", "article_type": "letter"},
    "medline:congress": {"type": "proceedings"},
}
"""What the type of an entry says; an entry of no type that is here is told, and not imported."""

ASKED: Final = ("publication_date", "author_role", "article_type", "indexed", "peer_reviewed")
"""What the person is asked of each paper."""

AUTHORS: Final = "作者 Authors"
DOI: Final = "DOI"
PMID: Final = "PMID"
SHOWN: Final = (AUTHORS, DOI, PMID)
"""Columns that are shown beside a paper and kept in no attribute."""


def _check() -> None:
    attributes = vocabulary.find(KIND).attributes
    named = {*FIELDS.values(), *ASKED, *(name for says in ENTRY_TYPES.values() for name in says)}
    if unknown := named - attributes.keys():
        raise ValueError(f"{KIND} has no {sorted(unknown)}")
    for says in ENTRY_TYPES.values():
        for name, option in says.items():
            if option not in attributes[name].option_names:
                raise ValueError(f"{KIND}.{name} cannot be {option!r}")


_check()

HEADER: Final = tuple(
    dict.fromkeys((*FIELDS.values(), *(n for s in ENTRY_TYPES.values() for n in s), *ASKED))
)
"""The columns of a bibliography: attributes, under their own names."""


def cells_of(entry: Entry) -> dict[str, str] | None:
    """The entry as a row, by the names of ``HEADER`` and ``SHOWN``; None for another sort."""
    known = [ENTRY_TYPES[sort] for sort in entry.sorts if sort in ENTRY_TYPES]
    if not known:
        return None
    work = f"doi:{entry.doi}" if entry.doi else f"pmid:{entry.pmid}" if entry.pmid else ""
    given = {"title": entry.title, "journal": entry.journal, "date": entry.date, "work": work}
    cells = {attribute: given[field] for field, attribute in FIELDS.items()}
    for says in known:
        cells.update(says)
    cells.update({AUTHORS: "; ".join(entry.authors), DOI: entry.doi, PMID: entry.pmid})
    return {name: text for name, text in cells.items() if text}


def identities(kind: str, values: Mapping[str, Any], cells: Mapping[str, Any]) -> set[str]:
    """By which two papers are known to be one: DOI, PMID, or title and year."""
    if kind != KIND:
        return set()
    work = str(values.get(FIELDS["work"]) or "")
    found = set(_work_ids(work))
    found |= {f"doi:{str(cells[DOI]).lower()}"} if cells.get(DOI) else set()
    found |= {f"pmid:{cells[PMID]}"} if cells.get(PMID) else set()
    title, day = values.get(FIELDS["title"]), values.get(FIELDS["date"])
    if isinstance(title, str) and isinstance(day, str) and len(plain := _letters(title)) >= 12:
        found.add(f"title:{plain}:{day[:4]}")
    return found


_WORK: Final = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)", re.I)
_PMID: Final = re.compile(r"pmid:?\s*([0-9]+)", re.I)


def _work_ids(work: str) -> Sequence[str]:
    dois = [f"doi:{found.lower()}" for found in _WORK.findall(work)]
    return dois + [f"pmid:{found}" for found in _PMID.findall(work)]


def _letters(title: str) -> str:
    plain = unicodedata.normalize("NFKC", title).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
