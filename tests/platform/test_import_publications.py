"""Papers from RIS, BibTeX and PubMed files: read, asked what they cannot say, known again."""

import pytest
from keeping import lin

from tiaoli.facts.vocabulary import find
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.platform.portfolio import actions, importing, publications
from tiaoli.platform.portfolio.bibliographies import Entry, entries, is_bibliography
from tiaoli.platform.portfolio.models import ImportBatch, Record, Source

pytestmark = pytest.mark.django_db

RIS = """TY  - JOUR
AU  - Lin, C. J.
AU  - Wang, H. M.
TI  - Embolisation of the prostatic artery in 100 men
JO  - Journal of Intervention
DA  - 2024/05/01/
DO  - 10.1000/ABC.1
ER  -

TY  - BOOK
TI  - A textbook
PY  - 2020
ER  -
"""
BIBTEX = """@article{lin24,
  title = {Embolisation of the {Prostatic} Artery},
  author = {Lin, Chieh-Ju and Wang, Hsiao-Ming},
  journal = {Journal of Intervention},
  year = 2024, month = may, day = 1, doi = {https://doi.org/10.1000/abc.1}
}
@inproceedings{w, title = {A talk in print}, booktitle = {Congress}, year = {2023}}
@misc{x, title = {A page}}
@article{broken, title = {never closed
"""
NBIB = """PMID- 38000001
OWN - NLM
DP  - 2024 Jun
TI  - Embolisation of the prostatic artery: a report of a case
      and what it teaches.
LID - 10.1000/abc.2 [doi]
FAU - Lin, Chieh-Ju
FAU - Wang, Hsiao-Ming
PT  - Case Reports
PT  - Journal Article
DEP - 20240514
JT  - Journal of Intervention

PMID- 38000002
DP  - 2022 Mar 7
TI  - A second paper on something else.
PT  - Journal Article
TA  - J Interv
"""
TITLE = "Embolisation of the prostatic artery: a report of a case and what it teaches"


def started(text: str, name: str = "papers.ris") -> tuple[ImportBatch, Actor]:
    person, by = lin()
    return importing.start(by, person, name=name, raw=text.encode()), by


def test_each_format_is_known_by_its_content() -> None:
    assert all(is_bibliography(text.encode()) for text in (RIS, BIBTEX, NBIB))
    assert not is_bibliography("標題,日期\n甲,115/06/01\n".encode())


def test_ris_is_read() -> None:
    paper, book = entries(RIS.encode(), "a.ris").entries
    assert paper == Entry(
        ("ris:JOUR",),
        "Embolisation of the prostatic artery in 100 men",
        "Journal of Intervention",
        "2024-05-01",
        "10.1000/abc.1",
        "",
        ("Lin, C. J.", "Wang, H. M."),
    )
    assert (book.sorts, book.date) == (("ris:BOOK",), "")


def test_bibtex_is_read_and_what_is_broken_is_told() -> None:
    found = entries(BIBTEX.encode(), "a.bib")
    paper, talk, _page = found.entries
    assert (paper.title, paper.date, paper.doi) == (
        "Embolisation of the Prostatic Artery",
        "2024-05-01",
        "10.1000/abc.1",
    )
    assert (talk.journal, talk.date) == ("Congress", "")
    assert len(found.told) == 1


def test_medline_is_read_and_the_first_full_day_counts() -> None:
    first, second = entries(NBIB.encode(), "a.nbib").entries
    assert (
        first.title
        == "Embolisation of the prostatic artery: a report of a case and what it teaches"
    )
    assert (first.date, first.pmid, first.doi) == ("2024-05-14", "38000001", "10.1000/abc.2")
    assert second.date == "2022-03-07"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@article{a, title={x}", "讀不到任何書目"),
        ("PMID- \n", "不是論文"),
        ("TY  - BOOK\nTI  - x\nER  - \n", "不是論文"),
    ],
)
def test_a_bibliography_without_a_paper_is_refused(text: str, says: str) -> None:
    person, by = lin()
    with pytest.raises(Refused, match=says):
        importing.start(by, person, name="a.ris", raw=text.encode())
    assert ImportBatch.objects.count() == 0


def test_what_a_bibliography_cannot_say_stays_unknown_and_is_asked() -> None:
    batch, by = started(NBIB, "a.nbib")
    assert (batch.source, batch.asks) == (Source.PUBLICATIONS, list(publications.ASKED))
    first, second = batch.rows.all()
    assert first.values == {
        "title": TITLE,
        "journal": "Journal of Intervention",
        "publication_date": "2024-05-14",
        "work_id": "doi:10.1000/abc.2",
        "type": "journal_article",
        "article_type": "case_report",
    }
    assert second.values["work_id"] == "pmid:38000002"
    importing.repair(by, first, cells={"author_role": "first", "indexed": "SCI"})
    importing.confirm(by, batch, version=batch.version)
    made = Record.objects.order_by("pk").first()
    assert (made.values["author_role"], made.values["indexed"]) == ("first", "sci")
    assert "peer_reviewed" not in made.values


def test_entries_of_other_sorts_are_told_and_left_out() -> None:
    batch, _by = started(RIS)
    assert batch.rows.count() == 1
    assert "BOOK" in batch.told[0]["zh"]


def test_a_paper_is_known_again_by_doi_pmid_or_title() -> None:
    person, by = lin()
    known = [
        {"work_id": "https://doi.org/10.1000/ABC.2"},
        {"work_id": "PMID: 38000002"},
        {
            "title": "Embolisation of the Prostatic Artery in 100 Men",
            "publication_date": "2024-01-01",
        },
    ]
    made = [actions.add(by, person, kind="publication", values=values) for values in known]
    batch = importing.start(by, person, name="a.nbib", raw=NBIB.encode())
    assert [row.duplicate_of for row in batch.rows.all()] == made[:2]
    batch = importing.start(by, person, name="a.ris", raw=RIS.encode())
    assert batch.rows.get().duplicate_of == made[2]


def test_the_same_paper_twice_in_one_file_is_known() -> None:
    batch, _by = started(RIS + RIS.replace("100 men", "one hundred men"))
    first, second = batch.rows.all()
    assert (first.repeats, second.repeats) == (None, first.number)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("FIELDS", {"title": "titel"}), ("ASKED", ("autor",)), ("ENTRY_TYPES", {"x": {"type": "y"}})],
)
def test_a_mapping_to_what_is_not_in_the_vocabulary_is_found(
    attribute: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, attribute, value)
    with pytest.raises(ValueError, match="publication"):
        publications._check()


def test_every_attribute_of_the_mapping_exists() -> None:
    assert set(publications.HEADER) <= find(publications.KIND).attributes.keys()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024/05/01/", "2024-05-01"),
        ("2024 May 1", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("202412", ""),
        ("2024", ""),
        ("2024 May", ""),
        ("2024-02-30", ""),
        ("2024 Spring 1", ""),
    ],
)
def test_only_a_whole_day_is_a_day(written: str, day: str) -> None:
    (entry,) = entries(f"TY  - JOUR\nTI  - x\nDA  - {written}\nER  - \n".encode(), "a.ris").entries
    assert entry.date == day
