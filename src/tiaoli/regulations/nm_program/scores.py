"""
The 27 scores: which items there are, the score that counts, and what a score must be like.

``CONSENSUS_METHOD`` says where the score that counts comes from: what the surveyors declare, or
what their own scores come to. All else asks ``at_least``, ``below`` and ``scored``.
"""

from __future__ import annotations

from collections.abc import Mapping

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.terms import with_residents, without_residents
from tiaoli.rules import (
    NEVER,
    Amount,
    AmountNode,
    Records,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    count,
    how_many,
    named,
    no,
    points,
    presumed,
    reading,
    records,
    share,
    sum_of,
    times,
    told_if_met,
)

consensus = records("consensus_score")
given = records("surveyor_score")

ITEMS = consensus.item.attribute.option_names
WHITELIST = ("4.1", "4.3", "5.1.2.2", "5.3", "7.1.2", "7.1.3", "9.1", "9.2", "9.3")
"""The nine that may be rated 2."""

NOT_ASSESSED = ("4.1", "4.2.a", "4.3", "6.3", "6.4", "6.5", "7.1.3", "9.1", "9.2", "9.3")
"""The ten that are left out where there are no residents."""

REMAINING = tuple(item for item in ITEMS if item not in NOT_ASSESSED)
NEVER_TWO = tuple(item for item in ITEMS if item not in WHITELIST)


def named_item(item: str, rule: Rule) -> Rule:
    label = consensus.item.attribute.option_label(item)
    return named(f"{item} {label.zh}", f"{item} {label.en}", rule)


# What the surveyors' own scores come to


def _submitted(item: str) -> Records:
    return given.where(
        given.item.is_(item), given.submitted_date.is_given(), given.score.is_given()
    )


def _more_than_half(of: Records, in_all: Records) -> Rule:
    most = share(count(of), count(in_all)) > Amount(50, Unit.PERCENT)
    return all_of(any_record(in_all), most)


def _median_at_least(item: str, level: int) -> Rule:
    """The middle one, of two the lower, reaches a level where more than half do."""
    of = _submitted(item)
    return _more_than_half(of.where(given.score >= points(level)), of)


def _mean_at_least(item: str, level: int) -> Rule:
    """Rounded half up."""
    of = _submitted(item)
    least = times(points(f"{level - 1}.5"), count(of))
    return all_of(any_record(of), sum_of(given.score, of) >= least)


def _most_gave(item: str, level: int) -> Rule:
    of = _submitted(item)
    alike = of.where(given.score >= points(level), given.score <= points(level))
    return _more_than_half(alike, of)


def _majority_at_least(item: str, level: int) -> Rule:
    return any_of(*(_most_gave(item, each) for each in range(level, 6)))


# The score that counts


def at_least(item: str, level: int) -> Rule:
    declared = consensus.where(consensus.item.is_(item), consensus.score >= points(level))
    return reading(
        "CONSENSUS_METHOD",
        declared=any_record(declared),
        median=_median_at_least(item, level),
        mean_round_half_up=_mean_at_least(item, level),
        majority=_majority_at_least(item, level),
    )


def scored(item: str) -> Rule:
    return at_least(item, 1)


def score_of(item: str) -> AmountNode:
    """In points."""
    steps = times(points(1), how_many(*(at_least(item, level) for level in range(1, 6))))
    return reading(
        "CONSENSUS_METHOD",
        declared=sum_of(consensus.score, consensus.where(consensus.item.is_(item))),
        median=steps,
        mean_round_half_up=steps,
        majority=steps,
    )


def declared_below(level: int, items: tuple[str, ...] = ITEMS) -> AmountNode:
    of = consensus.where(consensus.item.is_in(*items), consensus.score < points(level))
    return count(of, distinct="item")


def declared_twos(items: tuple[str, ...]) -> AmountNode:
    two = (consensus.score >= points(2), consensus.score <= points(2))
    return count(consensus.where(consensus.item.is_in(*items), *two), distinct="item")


def below(level: int, items: tuple[str, ...] = ITEMS) -> AmountNode:
    """How many of the items are rated lower than ``level``."""
    return _of_items(
        declared_below(level, items),
        {item: all_of(scored(item), ~at_least(item, level)) for item in items},
    )


def twos(items: tuple[str, ...]) -> AmountNode:
    """How many of the items are rated 2."""
    return _of_items(
        declared_twos(items),
        {item: all_of(at_least(item, 2), ~at_least(item, 3)) for item in items},
    )


def _of_items(declared: AmountNode, each: Mapping[str, Rule]) -> AmountNode:
    others = how_many(*(told_if_met(named_item(item, rule)) for item, rule in each.items()))
    return reading(
        "CONSENSUS_METHOD",
        declared=declared,
        median=others,
        mean_round_half_up=others,
        majority=others,
    )


def lacking(is_scored: Mapping[str, Rule]) -> Rule:
    """Some item that is to be rated has no score; a blank is none."""
    return any_of(*(told_if_met(_lacks(item, rule)) for item, rule in is_scored.items()))


def _lacks(item: str, is_scored: Rule) -> Rule:
    none = ~presumed(is_scored, False, "空白不算評分", "a blank is no score")
    label = consensus.item.attribute.option_label(item)
    zh, en = f"{item} {label.zh}沒有評分", f"{item} {label.en} has no score"
    return named(zh, en, all_of(with_residents, none) if item in NOT_ASSESSED else none)


# What every score must be like, whether of one surveyor or of all


def extreme(of: Records) -> Records:
    """The scores of 1 and of 5."""
    return of.where(any_of(of.score <= points(1), of.score >= points(5)))


def unexplained(of: Records) -> Records:
    return extreme(of).where(of.explanation.is_absent())


def explained(of: Records) -> Rule:
    zh, en = "1分與5分都有說明", "every 1 and every 5 is explained"
    return clause("NM-SCALE-6", named(zh, en, no(unexplained(of))))


def allowed(of: Records) -> Rule:
    """Scores are 1 to 5, one for an item; left out is only what may and must be."""
    out_of_range = of.where(any_of(of.score < points(1), of.score > points(5)))
    left_out = of.where(of.score.is_absent())
    rated = of.where(of.item.is_in(*NOT_ASSESSED), of.score.is_given())
    must_not_be_rated = reading(
        "NA_MODE", forced=all_of(without_residents, any_record(rated)), optional=NEVER
    )
    in_order = all_of(
        clause(
            "NM-SCALE-1",
            all_of(
                named("評分為1至5", "scores are 1 to 5", ~any_record(out_of_range)),
                named(
                    "每項只有一個評分",
                    "one score for an item",
                    count(of, distinct="item") >= count(of),
                ),
            ),
        ),
        clause(
            "NM-PASS-4",
            all_of(
                named(
                    "沒有不得免評而免評的項目",
                    "nothing is left out that may not be",
                    ~any_of(
                        all_of(with_residents, any_record(left_out)),
                        any_record(left_out.where(of.item.is_in(*REMAINING))),
                    ),
                ),
                named(
                    "應免評的項目沒有評分",
                    "nothing is rated that is to be left out",
                    ~must_not_be_rated,
                ),
            ),
        ),
    )
    return named("評分合於規定", "the scores are in order", in_order)


# Surveyors who differ

_TO_BE_DISCUSSED = 2


def _far_apart(item: str) -> Rule:
    """No consensus yet, and scores of which one is 2 or more above another."""
    of = _submitted(item)
    apart = any_of(
        *(
            all_of(
                any_record(of.where(given.score <= points(low))),
                any_record(of.where(given.score >= points(low + _TO_BE_DISCUSSED))),
            )
            for low in range(1, 4)
        )
    )
    return all_of(~any_record(consensus.where(consensus.item.is_(item))), apart)


far_apart = any_of(*(named_item(item, _far_apart(item)) for item in ITEMS))
TO_BE_DISCUSSED = Label(
    "委員評分相差2分以上而尚無共識，須討論",
    "surveyors are 2 points or more apart without a consensus: to be discussed",
)
