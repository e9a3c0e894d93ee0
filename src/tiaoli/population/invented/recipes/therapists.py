"""
Respiratory therapists: credits in the fifteen modes, posts on islands and in remote areas, the
cycle of the licence. For the society's credits and for the renewal of the licence alike.

Invented, shares and all. Cycles end within a year of the day of asking, and the points of each
subject add up to just about what a cycle asks for.
"""

from __future__ import annotations

from tiaoli.population.invented.days import after, days, spells
from tiaoli.population.invented.draws import (
    adding_up,
    keys,
    mostly,
    numbered,
    one_of,
    options,
    several,
    sometimes,
)
from tiaoli.population.invented.recipe import Recipe, rulings, some, the_subject
from tiaoli.population.invented.rows import Draw

_TERM = one_of("113-1", "113-2", "114-1")
_COMMON: dict[str, Draw] = {
    "attribute": options(professional=6, quality=2, ethics=2, law=2),
    "topics": sometimes(0.5, several(share=0.4)),
    "status": sometimes(0.9, options(posted=9, pending=1, not_counted=1, void=1)),
    "posted_date": sometimes(0.7, after("date", 0, 1)),
    "factor_requested": sometimes(0.3, mostly(0.8)),
    "documents": several(share=0.7),
    "source_id": sometimes(0.7, keys("course", 9)),
    "case": sometimes(0.5, keys("P", 3)),
    "disciplinary": sometimes(0.05, mostly(0.7)),
    "passed": mostly(0.9),
    "related": mostly(0.9),
}

THERAPISTS = Recipe(
    the_subject("practitioner", date_of_birth=days(60)),
    (
        some(
            "licence", "licence", (1, 1, 1, 1), exact=True,
            profession=options(respiratory_therapist=9, nurse=1),
            type=options(professional_certificate=8), issue_date=days(15),
        ),
        some(
            "cycle", "licence_cycle", (1, 1, 1, 1), exact=True,
            renewal_date=days(1, ahead=12, edge=0.5),
            from_date=after("renewal_date", -72, off=(0, 0, 0, 1)),
        ),
        some(
            "member", "membership", (1, 1, 1, 1), spells("from_date", "to_date"),
            member_class=options(individual=7, associate=2, student=1),
        ),
        some(
            "post", "practice_registration", (1, 1, 2, 3), spells("start_date", "end_date", back=8),
            outlying_island=mostly(0.2), island=sometimes(0.3, options()),
            remote_area=mostly(0.2), remote_list=options(),
            delisted_date=sometimes(0.1, days(5)),
        ),
        some(
            "course", "credit_entry", (2, 5, 10, 12),
            mode=options(**{str(n): 3 for n in range(1, 7)}), date=days(7),
            role=options(attendee=8, lecturer=2, special_speaker=1, main_presenter=1, chair=1),
            points=adding_up("11.9", 60, "119.9", 120, "120.1", 144, 200, 300),
            hours=one_of(49, 50, 51, 60, 100, 119, 120, 480),
            assessment_passed=mostly(0.9), meeting=options(domestic=4),
            prior_recognition=options(recognised=5, never=2), besides=_COMMON,
        ),
        some(
            "paper", "credit_entry", (0, 0, 1, 2), mode=options(**{"7": 4, "8": 2}), date=days(7),
            role=options(first_author=4, corresponding_author=3, second_author=1, other_author=1),
            article_type=options(original=3, other=1), peer_reviewed=mostly(0.8),
            points=one_of(0, 2, 5, "7.5", 16), hours=one_of(0, 50), besides=_COMMON,
        ),
        some(
            "study", "credit_entry", (0, 1, 1, 2),
            mode=options(**{str(n): 1 for n in range(9, 16)}),
            date=days(7), role=options(attendee=4, lecturer=2), points=one_of(0, 5, 12, 20, 24),
            hours=one_of(50, 100, 900, 1800), academic_credits=one_of(0, "0.5", 1, 2, 3),
            semester=sometimes(0.8, _TERM), school=sometimes(0.9, keys("school", 2)),
            programme=options(), days=one_of(0, 1, 2, 5, 10),
            start_date=sometimes(0.9, after("date", -24, -12, -6, -1)),
            end_date=sometimes(0.9, after("date", 0)), assessment_passed=mostly(0.9),
            meeting=options(), prior_recognition=options(), besides=_COMMON,
        ),
        some(
            "personal", "personal_case", (0, 1, 1, 2), case_number=numbered("P"),
            items=one_of(1, 2, 3, 5, 6), post_hoc_events=sometimes(0.6, one_of(0, 1, 2)),
            form=mostly(0.9), online_date=sometimes(0.9, days(1)),
            postmark_date=sometimes(0.8, after("online_date", 0, off=(0, 1, 6, 7, 8))),
            received_date=sometimes(0.8, after("online_date", 0, 1)),
            complete_date=sometimes(0.7, after("online_date", 0, 1)),
            reply_date=sometimes(0.5, after("online_date", 1, 2)),
            posted_confirmed_date=sometimes(0.5, after("online_date", 1, 2)),
            withdrawn_date=sometimes(0.05, after("online_date", 1)),
        ),
        some(
            "audit", "audit", (0, 0, 1, 1), finding=options(clean=5), date=days(2),
            improvement_due=sometimes(0.5, after("date", 1)), share=0.2,
        ),
        some("again", "rereview", (0, 0, 1, 1), date=days(1), share=0.2),
        rulings("RRT-4.12.SCOPE", "RRT-4.13.SCOPE", "RRT-4.2.d", "RRT-4.3.d", "RRT-4.7.a"),
    ),
)  # fmt: skip
