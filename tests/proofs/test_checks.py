"""Each check on the smallest regulation in which it finds something, and on one in which not."""

from __future__ import annotations

from regulated import asks, found, summary

from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules import (
    SATISFIED,
    AmountNode,
    Cap,
    Level,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_record,
    capped,
    clause,
    ledger,
    level,
    no,
    points,
    reading,
    records,
    scale,
    sum_of,
    the,
    times,
    total,
)
from tiaoli.rules.amounts import Amount

entry = records("credit_entry")
licence = records("licence")
held = any_record(licence)
ITEM = Label("項目", "an item")


def days(number: int) -> Amount:
    return Amount(number, Unit.DAY)


# Clauses and outcomes


def test_a_clause_that_can_be_met_and_can_fail_is_no_finding() -> None:
    assert found(asks(("eligible", clause("C1", held)))) == []


def test_a_clause_that_nothing_meets_is_found() -> None:
    never = clause("C1", all_of(held, any_record(entry)))
    impossible = clause("C2", all_of(never, no(licence)))
    assert ("never", ("C2",)) in summary(found(asks(("eligible", impossible))))


def test_a_clause_that_nothing_fails_is_found() -> None:
    always = clause("C1", held | no(licence))
    assert summary(found(asks(("eligible", all_of(always, held))))) == [("always", ("C1",))]


def test_conditions_that_exclude_one_another_are_named_without_the_others() -> None:
    rule = all_of(clause("C1", held), clause("C2", any_record(entry)), clause("C3", no(licence)))
    assert ("contradiction", ("C1", "C3")) in summary(found(asks(("eligible", rule))))


def test_an_outcome_behind_one_that_takes_all_is_found() -> None:
    question = asks(("eligible", clause("C1", held)), ("barred", clause("C2", held & held)))
    assert summary(found(question)) == [("unreachable", ("C2",))]


def test_what_another_reading_brings_to_life_is_no_finding() -> None:
    rule = clause("C1", all_of(held, reading("k", strict=no(licence), lenient=SATISFIED)))
    assert found(asks(("eligible", rule)), keys={"k": ("strict", "lenient")}) == []


# Amounts


def worth(limit: Rule) -> AmountNode:
    by_the_day = amount_clause("C1", times(points(2), entry.days))
    return amount_table((limit, by_the_day), otherwise=amount_clause("C2", points(5)))


def test_a_schedule_that_falls_after_its_seventh_day_is_a_cliff() -> None:
    findings = found(asks(figure=sum_of(worth(entry.days <= days(7)), entry)))
    assert summary(findings) == [("cliff", ("C1", "C2"))]
    assert [shown.lines("en") for shown in findings[0].witness] == [
        ["Credit entry: Days 7 days"],
        ["Credit entry: Days 8 days"],
    ]
    assert [shown.result.en for shown in findings[0].witness if shown.result is not None] == [
        "14 points",
        "5 points",
    ]


def test_a_schedule_that_only_rises_is_no_cliff() -> None:
    assert found(asks(figure=sum_of(worth(entry.days <= days(2)), entry))) == []


def test_the_key_under_which_a_cliff_is_gone_is_named() -> None:
    limit = reading("k", floor=entry.days <= days(7), soft=entry.days <= days(2))
    findings = found(asks(figure=sum_of(worth(limit), entry)), keys={"k": ("floor", "soft")})
    assert [finding.settled_by for finding in findings] == [("k",)]


def test_a_cap_that_one_sort_fills_at_the_cost_of_another_is_a_cliff() -> None:
    def counted(within: Rule) -> AmountNode:
        cap = Cap("C9", SATISFIED, points(60))
        worth_ = times(points(1), entry.days)
        return ledger(entry, worth_, day=entry.date, caps=(cap,), within=within)

    ethics = entry.attribute.is_("ethics")
    figure = total(counted(~ethics), capped(counted(ethics), points(24)))
    findings = found(asks(figure=figure))
    assert (summary(findings), findings[0].confirmed) == ([("cliff", ("C9",))], True)


def test_two_rows_of_a_schedule_met_at_once_are_found() -> None:
    table = amount_table(
        (entry.days <= days(7), amount_clause("C1", points(1))),
        (entry.days >= days(7), amount_clause("C2", points(2))),
        otherwise=points(0),
    )
    findings = found(asks(figure=sum_of(table, entry)))
    assert ("two_rows", ("C1", "C2")) in summary(findings)


# Scales


size = the(entry, entry.date).days


def of_levels(*texts: Rule) -> list[tuple[str, tuple[str, ...]]]:
    levels = (level(f"L{number}", text) for number, text in enumerate(texts, 1))
    made = scale("1.1", ITEM, *levels, given=size.is_given())
    return summary(found(asks(("level_1", made.levels[0].rule), scale=made)))


def test_at_most_two_and_at_least_two_overlap_at_two() -> None:
    low, high = level("L1", size <= days(2)), level("L2", size >= days(2))
    made = scale("1.1", ITEM, low, high, given=size.is_given())
    findings = found(asks(("level_1", low.rule), ("level_2", high.rule), scale=made))
    assert summary(findings) == [("overlap", ("L1", "L2"))]
    assert findings[0].witness[0].lines("en") == ["Credit entry: Days 2 days"]


def test_levels_that_meet_without_touching_are_no_finding() -> None:
    assert of_levels(size <= days(2), size > days(2)) == []


def test_below_two_and_above_two_leave_a_gap() -> None:
    assert of_levels(size < days(2), size > days(2)) == [("gap", ("L1", "L2"))]


def test_a_fourth_level_adds_to_the_third() -> None:
    at_one = (size <= days(1)) & (size >= days(1))
    assert of_levels(size < days(1), at_one, size > days(1), size > days(2)) == []


def test_a_fifth_level_without_the_fourth_is_found() -> None:
    texts = (
        size < days(1),
        (size >= days(1)) & (size < days(2)),
        size >= days(2),
        size >= days(4),
        size >= days(3),
    )
    assert of_levels(*texts) == [("not_implied", ("L4", "L5"))]


def test_words_that_nothing_can_meet_are_found() -> None:
    texts = (size < days(1), size >= days(1), (size > days(5)) & (size < days(4)))
    assert of_levels(*texts) == [("never", ("L3",))]


def test_the_words_are_looked_at_and_not_what_was_made_of_them() -> None:
    made = scale(
        "1.1",
        ITEM,
        Level("L1", clause("L1", size < days(2)), size <= days(2)),
        level("L2", size >= days(2)),
        given=size.is_given(),
    )
    assert summary(found(asks(("level_1", made.levels[0].rule), scale=made))) == [
        ("overlap", ("L1", "L2"))
    ]


def test_what_the_facts_always_satisfy_is_given() -> None:
    ours = level("L1", size <= days(1)), level("L2", size >= days(2))
    whole = scale("1.1", ITEM, *ours, given=size.is_given() & (size >= days(2)))
    rows = (("level_1", ours[0].rule), ("level_2", ours[1].rule))
    assert [s for s in summary(found(asks(*rows, scale=whole))) if s[0] == "gap"] == []
