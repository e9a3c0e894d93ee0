"""
Papers and patents: which of them the ladder counts, when they were made public, by whom.
"""

from __future__ import annotations

from tiaoli.regulations.rt_ladder.terms import recent
from tiaoli.rules import (
    SATISFIED,
    Records,
    Rule,
    Union,
    any_record,
    count,
    or_else,
    reading,
    records,
    union,
)

publication = records("publication").whenever()
patent = records("patent").whenever()

published_on = reading(
    "rtl.pub.date",
    first_publication=publication.publication_date,
    acceptance=or_else(publication.acceptance_date, publication.publication_date),
)


def papers(number: int, *types: str) -> Records:
    """Papers of the given types made public within the last ``number`` years."""
    return publication.where(publication.type.is_in(*types), recent(published_on, number))


PAPER_TYPES = ("conference_oral", "conference_poster", "journal_article")

first_or_corresponding = reading(
    "rtl.rt3.co_first",
    counts_as_first=publication.author_role.is_in("first", "co_first", "corresponding"),
    not_first=publication.author_role.is_in("first", "corresponding"),
)

# RT4: asked for in section 4 and in section 5, in the same terms

_SCHOLARLY = reading(
    "rtl.rt4.scholarly",
    oral_poster_journal=publication.type.is_in(*PAPER_TYPES),
    journal_and_proceedings=publication.type.is_in("journal_article", "proceedings"),
)
_BY_ANY_AUTHOR = reading(
    "rtl.rt4.author_role",
    any=SATISFIED,
    first_or_corresponding=publication.author_role.is_in("first", "co_first", "corresponding"),
)
rt4_papers = publication.where(_SCHOLARLY, _BY_ANY_AUTHOR, recent(published_on, 5))
rt4_patents = patent.where(recent(patent.grant_date, 5))


def _two(of: Records | Union) -> Rule:
    return reading(
        "rtl.pub.same_work",
        count_once=count(of, distinct="work_id").at_least(2),
        count_each=count(of).at_least(2),
    )


_TWO_WITH_PATENTS = reading(
    "rtl.rt4.patent_counts", yes=_two(union(rt4_papers, rt4_patents)), no=_two(rt4_papers)
)


two_papers = reading(
    "rtl.rt4.journal_or_patent",
    both=_TWO_WITH_PATENTS,
    matrix_only=_TWO_WITH_PATENTS,
    journal_only=_two(rt4_papers),
)

a_journal_article = any_record(rt4_papers.where(publication.type.is_("journal_article")))
