"""Article 6: a certificate for life from the age of sixty, by the day of application."""

from __future__ import annotations

from functools import cache

from tiaoli.facts.kinds import Label
from tiaoli.regulations.ir_instructor.certificate import is_valid
from tiaoli.regulations.ir_instructor.domains import DOMAINS
from tiaoli.regulations.ir_instructor.entry import may_be_certified
from tiaoli.regulations.ir_instructor.filing import application_date, file, filed_on
from tiaoli.rules import (
    AS_OF,
    SATISFIED,
    Band,
    Question,
    Rule,
    all_of,
    any_of,
    clause,
    completed,
    latest,
    qualifies,
    reading,
    records,
    years,
)

practitioner = records("practitioner")
_sixty = completed(latest(practitioner, practitioner.date_of_birth).date_of_birth, years(60))

old_enough = clause("IRI-6.1", clause("IRI-6.2", _sixty <= AS_OF))


@cache
def _is_or_may_be_instructor(domain: str) -> Rule:
    return any_of(is_valid(domain), may_be_certified(domain))


_in_some_domain = any_of(*map(_is_or_may_be_instructor, DOMAINS))


def _for_life(instructor: Rule) -> Rule:
    return all_of(
        old_enough,
        reading(
            "iri.art6.eligibility",
            must_be_holder_or_initially_eligible=instructor,
            age_only=SATISFIED,
        ),
    )


def lifetime(domain: str) -> Question:
    instructor = reading(
        "iri.art6.scope",
        per_domain_held_or_passed=_is_or_may_be_instructor(domain),
        all=_in_some_domain,
    )
    return qualifies(
        f"lifetime-{domain}",
        Label(f"領域{domain}終身證書", f"Lifetime certificate for domain {domain}"),
        Label(
            f"是否可以申請領域{domain}的終身證書",
            f"whether a lifetime certificate for domain {domain} may be applied for",
        ),
        _for_life(instructor),
        as_of=application_date(domain),
    )


in_any_domain = qualifies(
    "lifetime",
    Label("終身證書", "Lifetime certificate"),
    Label(
        "是否可以申請任一領域的終身證書",
        "whether a lifetime certificate may be applied for in any domain",
    ),
    _for_life(_in_some_domain),
)

filing = Question(
    id="lifetime-filing",
    label=Label("終身證書申請案的年齡", "Age in a lifetime file"),
    asks=Label(
        "這件終身證書申請在申請日是否已滿六十歲",
        "whether the applicant was sixty on the application date of this file",
    ),
    bands=(
        Band("not_a_lifetime_file", ~file.type.is_("lifetime")),
        Band("accepted", clause("IRI-6.1", clause("IRI-6.2", filed_on >= _sixty))),
    ),
    otherwise="refused",
    about="application",
)

QUESTIONS = (*map(lifetime, DOMAINS), in_any_domain, filing)
