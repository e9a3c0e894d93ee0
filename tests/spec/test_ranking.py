"""What a ranking means: three ways of reading "within three points", circles, and equals."""

from __future__ import annotations

from typing import Any

import pytest
from three_readings import case, check, dossier

from tiaoli.answers.meaning import Range, Truth, amount
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Unit
from tiaoli.rules import (
    Amount,
    BrokenRegulation,
    MixedUnits,
    RankingMethod,
    contest,
    in_cycle,
    latest,
    points,
    rank,
    records,
    the,
    tied,
)

contender = records("contender")
everybody = contest(
    contender, total=contender.total, priority=contender.self_trained, width=points(3)
)
mine = the(contender).programme
MET, NOT, OPN = True, False, None
ANCHORED, CHAINED, PAIRWISE = (
    RankingMethod.ANCHORED_BAND,
    RankingMethod.CHAINED,
    RankingMethod.PAIRWISE,
)


def entered(*told: tuple[str, Any, Any], **more: Any) -> Dossier:
    return dossier(
        *(
            {"id": name, "kind": "contender", "total": total, "self_trained": s}
            for name, total, s in told
        ),
        **more,
    )


FOUR = entered(("A", "92", 3), ("B", "90", 5), ("C", "89", 4), ("D", "86", 5))
THREE = entered(("X", "90", 3), ("Y", "88", 4), ("Z", "86", 5))


def order(told: Dossier, method: RankingMethod) -> str:
    """The ids in order, as their places say; those with the same place in brackets."""
    found: dict[int, str] = {}
    for fact in told.facts:
        place = amount(rank(everybody, mine, method), case(told, about=fact.id))
        assert place is not None
        found[int(place.low)] = found.get(int(place.low), "") + fact.id
    return " ".join(found[place] for place in sorted(found))


@pytest.mark.parametrize(
    ("told", "method", "expected"),
    [
        (FOUR, ANCHORED, "B C A D"),
        (FOUR, CHAINED, "B D C A"),
        (FOUR, PAIRWISE, "B ACD"),
        (THREE, ANCHORED, "Y X Z"),
        (THREE, CHAINED, "Z Y X"),
        (THREE, PAIRWISE, "XYZ"),
        (entered(("A", "92", 3), ("B", "89", 4)), ANCHORED, "B A"),
        (entered(("A", "92.01", 3), ("B", "89", 4)), ANCHORED, "A B"),
        (entered(("A", "90", 4), ("B", "88", 4)), ANCHORED, "A B"),
        (entered(("A", "90", 4), ("B", "90", 4), ("C", "80", 5)), ANCHORED, "AB C"),
        (entered(("A", "90", 4), ("B", "90", 4), ("C", "80", 5)), PAIRWISE, "AB C"),
    ],
)
def test_the_order_under_each_method(told: Dossier, method: RankingMethod, expected: str) -> None:
    assert order(told, method) == expected


@pytest.mark.parametrize(("about", "expected"), [("A", MET), ("C", MET), ("D", MET), ("B", NOT)])
def test_a_circle_takes_in_those_who_come_before_themselves(about: str, expected: Truth) -> None:
    check(in_cycle(everybody, mine), FOUR, expected, about=about)


def test_equals_share_total_and_priority() -> None:
    equal = entered(("A", "90", 4), ("B", "90", 4), ("C", "90", 5))
    check(tied(everybody, mine), equal, MET, about="A")
    check(tied(everybody, mine), equal, NOT, about="C")


@pytest.mark.parametrize(
    "told",
    [
        entered(("A", "90", 4), ("B", "unknown", 4)),
        entered(("A", "90", 4), ("B", "80", "unknown")),
        entered(("A", "90", 4), incomplete=("contender",)),
    ],
)
def test_nothing_is_known_until_everybody_is(told: Dossier) -> None:
    assert amount(rank(everybody, mine, ANCHORED), case(told, about="A")) == Range(1, None)
    check(in_cycle(everybody, mine), told, OPN, about="A")
    check(tied(everybody, mine), told, OPN, about="A")


def test_one_who_is_not_among_them_has_no_place() -> None:
    few = contest(
        contender.where(contender.self_trained.is_given(), contender.entered_date.is_given()),
        total=contender.total,
        priority=contender.self_trained,
        width=points(3),
    )
    told = entered(("A", "90", 4))
    assert amount(rank(few, mine, ANCHORED), case(told, about="A")) is None
    check(in_cycle(few, mine), told, NOT, about="A")
    check(tied(few, mine), told, NOT, about="A")


def test_a_ranking_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(MixedUnits, match="POINT cannot lie within YEAR"):
        contest(
            contender,
            total=contender.total,
            priority=contender.self_trained,
            width=Amount(3, Unit.YEAR),
        )
    with pytest.raises(BrokenRegulation, match=r"cannot be ranked by contender\.programme"):
        contest(
            contender,
            total=contender.programme,
            priority=contender.self_trained,
            width=points(3),
        )
    with pytest.raises(BrokenRegulation, match="say which contender is meant"):
        rank(everybody, contender.programme, ANCHORED)
    with pytest.raises(BrokenRegulation, match="say which contender is meant"):
        tied(everybody, latest(records("publication")).work_id)
