"""Article 4: when a certificate of one domain may be renewed, and from when the new one runs."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.ir_instructor.certificate import (
    expires_on,
    expiry_figure,
    is_for_life,
    is_held,
    issued_on,
    next_term,
)
from tiaoli.regulations.ir_instructor.credits import enough_points, points_figure
from tiaoli.regulations.ir_instructor.filing import application_date
from tiaoli.rules import (
    AS_OF,
    ASKED_ON,
    Band,
    Figure,
    Question,
    Rule,
    Value,
    all_of,
    clause,
    days_after,
    deadline,
    look_back,
    months,
    reading,
)


def _half_year_before_expiry(domain: str) -> Value:
    expiry = expires_on(domain)
    return reading(
        "iri.art4.half_year",
        look_back_inclusive=look_back(expiry, months(6)),
        exact_six_months=look_back(days_after(expiry, 1), months(6)),
    )


def opens_on(domain: str) -> Value:
    """The first day on which renewal may be applied for."""
    return reading(
        "iri.art4.window",
        within_last_six_months=_half_year_before_expiry(domain),
        not_later_than_six_months_before=issued_on(domain),
    )


def closes_on(domain: str) -> Value:
    """The last such day."""
    expiry = expires_on(domain)
    return reading(
        "iri.art4.window",
        within_last_six_months=reading(
            "iri.art4.late",
            reapply_initial=expiry,
            grace_six_months=deadline(expiry, months(6)),
        ),
        not_later_than_six_months_before=_half_year_before_expiry(domain),
    )


def _open(domain: str) -> Rule:
    return all_of(
        is_held(domain),
        clause("IRI-4.1", opens_on(domain) <= AS_OF),
        clause("IRI-4.3", closes_on(domain) >= AS_OF),
        clause("IRI-6.3", ~is_for_life(domain)),
    )


def _shut(domain: str) -> tuple[Band, ...]:
    """Why it may not be applied for on the day, where the answer is not simply: expired."""
    return (
        Band("not_held", ~is_held(domain)),
        Band("lifetime", is_for_life(domain)),
        Band("too_early", opens_on(domain) > AS_OF),
        Band("too_late", (closes_on(domain) < AS_OF) & (expires_on(domain) >= AS_OF)),
    )


def window(domain: str) -> Question:
    return Question(
        id=f"renewal-window-{domain}",
        label=Label(f"領域{domain}換證期間", f"Renewal window of domain {domain}"),
        asks=Label(
            f"領域{domain}的證明何時可以申請換證",
            f"when renewal of domain {domain} may be applied for",
        ),
        bands=(Band("open", _open(domain)), *_shut(domain)),
        otherwise="expired",
        figures=(
            Figure("opens", Label("可申請首日", "Opens"), opens_on(domain)),
            Figure("closes", Label("可申請末日", "Closes"), closes_on(domain)),
        ),
        as_of=application_date(domain),
    )


def renewal(domain: str) -> Question:
    return Question(
        id=f"renewal-{domain}",
        label=Label(f"領域{domain}換證", f"Renewal of domain {domain}"),
        asks=Label(
            f"是否可以換發領域{domain}的證明",
            f"whether the certificate of domain {domain} may be renewed",
        ),
        bands=(
            Band("eligible", all_of(_open(domain), enough_points(domain))),
            *_shut(domain),
            Band("expired", closes_on(domain) < AS_OF),
        ),
        otherwise="not_yet",
        undecided="needs_review",
        goal="eligible",
        as_of=application_date(domain),
    )


def _not_held_or_for_life(domain: str) -> tuple[Band, ...]:
    return (
        Band("not_held", ~is_held(domain)),
        Band("lifetime", clause("IRI-6.3", is_held(domain) & is_for_life(domain))),
    )


def points(domain: str) -> Question:
    return Question(
        id=f"points-{domain}",
        label=Label(f"領域{domain}換證積分", f"Renewal points of domain {domain}"),
        asks=Label(
            f"領域{domain}的證明效期內累積多少分",
            f"how many points count in the six years of domain {domain}",
        ),
        bands=(Band("not_held", ~is_held(domain)),),
        figures=(Figure("points", Label("積分", "Points"), points_figure(domain)),),
        as_of=application_date(domain),
    )


def expiry(domain: str) -> Question:
    return Question(
        id=f"expiry-{domain}",
        label=Label(f"領域{domain}效期", f"Validity of domain {domain}"),
        asks=Label(
            f"領域{domain}的證明有效到哪一天",
            f"until which day the certificate of domain {domain} is valid",
        ),
        bands=_not_held_or_for_life(domain),
        figures=(Figure("expiry", Label("效期末日", "Last valid day"), expiry_figure(domain)),),
    )


def new_term(domain: str) -> Question:
    return Question(
        id=f"new-term-{domain}",
        label=Label(f"領域{domain}換證後起算日", f"New term of domain {domain}"),
        asks=Label(
            f"領域{domain}換證後的六年自哪一天起算，以查詢日核發新證計",
            f"from which day the six years after renewal of domain {domain} run, "
            "if the new certificate is issued on the day of asking",
        ),
        bands=_not_held_or_for_life(domain),
        figures=(Figure("first", Label("首日", "First day"), next_term(domain, ASKED_ON)),),
    )
