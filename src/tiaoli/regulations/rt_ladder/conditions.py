"""
Sections 2 to 4: whom the ladder is for, how its levels follow one another, and what each requires.

Section 4 has two tables with the same heading; "4A" and "4B" are this project's names for them.
"""

from __future__ import annotations

from tiaoli.regulations.rt_ladder import matrix, terms
from tiaoli.regulations.rt_ladder.papers import (
    PAPER_TYPES,
    a_journal_article,
    first_or_corresponding,
    papers,
    publication,
    two_papers,
)
from tiaoli.regulations.rt_ladder.terms import (
    application,
    attested,
    award,
    jct_certification,
    quality_activity,
    radiographer_licence,
    registration,
    training,
    worked,
)
from tiaoli.rules import (
    AS_OF,
    ASKED_ON,
    SATISFIED,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    completed,
    date_of,
    earliest,
    judged,
    latest,
    no,
    or_else,
    reading,
    records,
    shown_by,
    years,
)

# Section 2: whom it is for

licensed = clause(
    "RTL-2.1",
    any_record(
        radiographer_licence.where(
            any_of(
                terms.licence.issuer.is_("mohw"),
                terms.licence.issuer.is_("doh") & (terms.licence.issue_date < date_of(2013, 7, 23)),
            ),
            terms.licence.revoked_date.is_absent() | (terms.licence.revoked_date > AS_OF),
        )
    ),
)

practising = clause(
    "RTL-2.2",
    reading(
        "rtl.practising",
        registration_on_d=any_of(
            any_record(
                registration.where(
                    registration.end_date.is_absent() | (registration.end_date >= AS_OF)
                )
            ),
            judged("RTL-2.2", "基準日是否仍在執業", "still practising on the reference date"),
        ),
        descriptive=SATISFIED,
    ),
)

# Section 3: levels


def interval(level: str) -> Rule:
    """RTL-3.3: a year since the last level was approved; the first level waits for nothing."""
    file = latest(
        application.where(application.level.is_(level)), application.institution_received_date
    )
    until = reading(
        "rtl.interval.measure",
        approval_to_application=AS_OF,
        approval_to_approval=or_else(file.decision_date, AS_OF),
    )
    last, entry = latest(award).approval_date, earliest(terms.service).start_date
    first_level = reading(
        "rtl.interval.first_level",
        none=SATISFIED,
        from_entry=reading(
            "rtl.period.first_day",
            counted=until >= completed(entry, years(1)),
            excluded=until >= completed(entry, years(1), first_day_counts=False),
        ),
    )
    later_level = reading(
        "rtl.period.first_day",
        counted=until >= completed(last, years(1)),
        excluded=until >= completed(last, years(1), first_day_counts=False),
    )
    return clause("RTL-3.3", any_of(all_of(no(award), first_level), later_level))


def held_level_below(level: str) -> Rule:
    """RTL-3.3b: step by step."""
    below = terms.LEVELS[terms.LEVELS.index(level) - 1]
    return clause(
        "RTL-3.3b",
        reading(
            "rtl.ladder.entry",
            sequential=any_record(award.where(award.level.is_(below))),
            direct_entry=SATISFIED,
        ),
    )


def reviewed_by_institution(level: str) -> Rule:
    """RTL-3.2a: the institution has passed the file before the society sees it."""
    review = records("institution_review").whenever()
    return clause(
        "RTL-3.2a",
        any_record(
            review.where(
                review.level.is_(level), review.result.is_("passed"), review.date <= ASKED_ON
            )
        ),
    )


# Section 4, first table


def table_a(clause_id: str, rule: Rule) -> Rule:
    """A row of the first table, which section 5 may or may not supersede."""
    return clause(clause_id, reading("rtl.s4.tableA", cumulative=rule, superseded_by_s5=SATISFIED))


a_rt1 = (
    clause("RTL-4A.RT1.YEARS", worked(1)),
    table_a("RTL-4A.RT1.ORAL", any_record(terms.oral_report)),
    table_a("RTL-4A.RT1.DISC", any_record(terms.discussion) & any_record(terms.oral_report)),
)

a_rt2 = (
    clause("RTL-4A.RT2.YEARS", worked(2)),
    table_a("RTL-4A.RT2.CASE", any_record(terms.case_report)),
    table_a("RTL-4A.RT2.INTL", any_record(terms.international_conference)),
)

a_rt3 = (
    clause("RTL-4A.RT3.YEARS", worked(3)),
    table_a("RTL-4A.RT3.JCT", any_record(jct_certification)),
    table_a(
        "RTL-4A.RT3.PUB",
        reading(
            "rtl.rt3.pub",
            strict_4A=any_record(
                papers(5, *PAPER_TYPES).where(
                    first_or_corresponding,
                    any_of(
                        publication.type.is_in("conference_oral", "conference_poster"),
                        publication.peer_reviewed.is_(True),
                    ),
                )
            ),
            matrix_only=any_record(papers(5, *PAPER_TYPES)),
        ),
    ),
)

a_rt4 = (
    clause("RTL-4A.RT4.YEARS", worked(4)),
    table_a("RTL-4A.RT4.PUB2", two_papers),
    table_a(
        "RTL-4A.RT4.PUBJ",
        reading(
            "rtl.rt4.journal_or_patent",
            both=a_journal_article,
            matrix_only=SATISFIED,
            journal_only=a_journal_article,
        ),
    ),
)

# Section 4, second table


def table_b(clause_id: str, *, made_concrete_by: Rule, on_its_own: Rule) -> Rule:
    """Wording of the second table that section 5 makes concrete, or that stands on its own."""
    return clause(
        clause_id,
        reading("rtl.s4.tableB", definitional=shown_by(made_concrete_by), cumulative=on_its_own),
    )


b_rt1 = (
    clause(
        "RTL-4B.RT1.TRAIN",
        any_record(training.where(training.type.is_in("basic_radiology", "pgy1"))),
    ),
    clause(
        "RTL-4B.RT1.EQUIP",
        any_of(
            attested("operate", "independent"),
            judged(
                "RTL-4B.RT1.EQUIP",
                "是否會操作放射設備",
                "able to operate equipment",
                who=("主管", "supervisor"),
            ),
        ),
    ),
    clause("RTL-4B.RT1.YEARS", worked(1)),
)

_pgy_of_rt2 = reading(
    "rtl.rt2.pgy",
    pgy2_or_full_completion=training.type.is_in("advanced_clinical", "pgy2", "pgy_completion"),
    any_pgy_certificate=training.type.is_in("advanced_clinical", "pgy1", "pgy2", "pgy_completion"),
)

b_rt2 = (
    clause("RTL-4B.RT2.TRAIN", any_record(training.where(_pgy_of_rt2))),
    table_b(
        "RTL-4B.RT2.QUAL",
        made_concrete_by=all_of(matrix.rt2_quality_training, matrix.rt2_admin),
        on_its_own=any_record(quality_activity),
    ),
    clause("RTL-4B.RT2.YEARS", worked(2)),
)

b_rt3 = (
    clause("RTL-4B.RT3.ABIL", shown_by(all_of(matrix.rt3_academic, matrix.rt3_teaching))),
    table_b(
        "RTL-4B.RT3.QI",
        made_concrete_by=matrix.rt3_admin,
        on_its_own=any_record(quality_activity),
    ),
    clause("RTL-4B.RT3.YEARS", worked(3)),
)

b_rt4 = (
    clause(
        "RTL-4B.RT4.ABIL",
        shown_by(
            all_of(
                matrix.rt4_clinical,
                matrix.rt4_teaching,
                matrix.rt4_academic,
                matrix.rt4_admin,
            )
        ),
    ),
    table_b(
        "RTL-4B.RT4.QI",
        made_concrete_by=matrix.rt4_admin,
        on_its_own=any_record(quality_activity.where(quality_activity.role.is_("leader"))),
    ),
    clause("RTL-4B.RT4.YEARS", worked(4)),
)
