"""
Bibliographies as reference managers and PubMed save them: RIS, BibTeX, MEDLINE (.nbib).

    entries(raw, "papers.ris")      what each entry says; Bibliography.told what could not be read

Days are taken only where they are given in full: a year alone says no day.
"""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry as BibtexEntry

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError
from tiaoli.intake.encodings import decoded
from tiaoli.platform.audit.actions import Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """``sorts`` are its types with the format (``ris:JOUR``); ``date`` ISO, or "" if not given."""

    sorts: tuple[str, ...]
    title: str = ""
    journal: str = ""
    date: str = ""
    doi: str = ""
    pmid: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bibliography:
    entries: tuple[Entry, ...]
    told: tuple[Label, ...] = field(default=())


def is_bibliography(raw: bytes) -> bool:
    """Whether these bytes look like one of the three formats."""
    return _format(raw[:20_000].decode("utf-8", "replace")) is not None


def entries(raw: bytes, name: str) -> Bibliography:
    """Raises Refused for a file that is none, cannot be decoded, or has no entry."""
    try:
        text = decoded(raw, name)
    except DossierError as error:
        raise Refused(error.problems[0].says) from None
    reader = _format(text)
    found = Bibliography(()) if reader is None else _READERS[reader](text)
    if not found.entries:
        says = Label(
            f"「{name}」裡讀不到任何書目。請從書目軟體或 PubMed 匯出 RIS、BibTeX 或 nbib 檔。",
            f'No entry was found in "{name}". Export RIS, BibTeX or nbib from your reference '
            "manager or PubMed.",
        )
        raise Refused(says)
    return found


def _format(text: str) -> str | None:
    text = text.lstrip("\ufeff \r\n\t")
    if re.search(r"^TY {1,2}- ", text, re.MULTILINE):
        return "ris"
    if re.match(r"(?:PMID|OWN|STAT) *- ", text):
        return "medline"
    if re.search(r"^\s*@\w+\s*[{(]", text, re.MULTILINE):
        return "bibtex"
    return None


# --- RIS ---------------------------------------------------------------------------------


def _ris(text: str) -> Bibliography:
    try:
        found = rispy.loads(text)
    except (OSError, ValueError, KeyError) as error:
        says = Label(f"RIS 檔讀不下去（{error}）。", f"The RIS file cannot be read ({error}).")
        raise Refused(says) from None
    return Bibliography(tuple(_ris_entry(entry) for entry in found))


def _ris_entry(entry: Mapping[str, object]) -> Entry:
    names = ("journal_name", "secondary_title", "alternate_title3", "alternate_title2")
    authors = entry.get("authors") or entry.get("first_authors") or ()
    return Entry(
        (f"ris:{entry.get('type_of_reference', '')}",),
        _one(entry, "title", "primary_title"),
        _one(entry, *names),
        _full_day(_one(entry, "date", "publication_year", "year")),
        _doi(_one(entry, "doi")),
        _pmid(_one(entry, "accession_number")) if _is_pubmed(entry) else "",
        tuple(str(author) for author in authors) if isinstance(authors, list) else (),
    )


def _is_pubmed(entry: Mapping[str, object]) -> bool:
    return "pubmed" in _one(entry, "name_of_database", "database_provider").lower()


def _one(entry: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = entry.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


# --- BibTeX ------------------------------------------------------------------------------


def _bibtex(text: str) -> Bibliography:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # told to the person instead
    library = parse_string(text)
    told = tuple(_unread(block.start_line or 0) for block in library.failed_blocks)
    return Bibliography(tuple(_bibtex_entry(entry) for entry in library.entries), told)


def _unread(line: int) -> Label:
    return Label(
        f"第 {line + 1} 行的書目讀不下去，沒有列入。請檢查括號與逗號。",
        f"The entry at line {line + 1} cannot be read and is left out. "
        "Check its braces and commas.",
    )


def _bibtex_entry(entry: BibtexEntry) -> Entry:
    given = {f.key.lower(): _unbraced(str(f.value)) for f in entry.fields}
    parts = (given.get("year", ""), given.get("month", ""), given.get("day", ""))
    return Entry(
        (f"bibtex:{entry.entry_type.lower()}",),
        given.get("title", ""),
        given.get("journal") or given.get("journaltitle") or given.get("booktitle", ""),
        _full_day(given.get("date", "")) or _full_day(" ".join(part for part in parts if part)),
        _doi(given.get("doi", "")),
        _pmid(given.get("pmid", "")),
        tuple(name.strip() for name in given.get("author", "").split(" and ") if name.strip()),
    )


def _unbraced(text: str) -> str:
    return " ".join(re.sub(r"(?<!\\)[{}]", "", text).split())


# --- MEDLINE -----------------------------------------------------------------------------

_FIELD: Final = re.compile(r"([A-Z]{2,4}) *- (.*)")


def _medline(text: str) -> Bibliography:
    return Bibliography(tuple(_medline_entry(entry) for entry in _medline_fields(text)))


def _medline_fields(text: str) -> Iterator[dict[str, list[str]]]:
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in text.splitlines():
        if found := _FIELD.fullmatch(line):
            tag, value = found[1], found[2].strip()
            if tag == "PMID" and "PMID" in fields:
                yield fields
                fields = {}
            last = fields.setdefault(tag, [])
            last.append(value)
        elif line.startswith("      ") and last:
            last[-1] = f"{last[-1]} {line.strip()}"
    if "PMID" in fields:
        yield fields


def _medline_entry(given: Mapping[str, list[str]]) -> Entry:
    ids = (*given.get("LID", ()), *given.get("AID", ()))
    doi = next((text.partition(" ")[0] for text in ids if text.endswith("[doi]")), "")
    days = [_full_day(text) for text in (*given.get("DEP", ()), *given.get("DP", ()))]
    return Entry(
        tuple(f"medline:{sort.lower()}" for sort in given.get("PT", ())),
        _first(given, "TI").rstrip("."),
        _first(given, "JT") or _first(given, "TA"),
        min((day for day in days if day), default=""),
        _doi(doi),
        _pmid(_first(given, "PMID")),
        tuple(given.get("FAU") or given.get("AU") or ()),
    )


def _first(given: Mapping[str, Iterable[str]], tag: str) -> str:
    return next(iter(given.get(tag, ())), "")


# --- Days and numbers --------------------------------------------------------------------

_MONTHS: Final = {
    name: n
    for n, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAY: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<mark>[-/ ])(?P<month>[0-9]{1,2}|[A-Za-z]{3,9})(?P=mark)"
    r"(?P<day>[0-9]{1,2})/?|(?P<mm>[0-9]{2})(?P<dd>[0-9]{2}))"
)


def _full_day(text: str) -> str:
    """The day as ISO where year, month and day are all given; "" where they are not."""
    if (found := _DAY.fullmatch(text.strip())) is None:
        return ""
    month, day = found["month"] or found["mm"], found["day"] or found["dd"]
    number = int(month) if month.isdecimal() else _MONTHS.get(month[:3].lower(), 0)
    try:
        return datetime.date(int(found["year"]), number, int(day)).isoformat()
    except ValueError:
        return ""


def _doi(text: str) -> str:
    found = re.search(r"10\.[0-9]{4,9}/\S+", text)
    return found[0].rstrip(".,;").lower() if found else ""


def _pmid(text: str) -> str:
    found = re.search(r"[0-9]{1,9}", text)
    return found[0] if found else ""


_READERS: Final = {"ris": _ris, "bibtex": _bibtex, "medline": _medline}
