"""Sets of records: what is in one, how many, how many different ones, how much together."""

from __future__ import annotations

from typing import Any

import pytest
from three_readings import TODAY, case, check, dossier

from tiaoli.answers.meaning import Conflict, Range, Truth, amount, holds
from tiaoli.facts.kinds import Unit
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    AmountNode,
    amount_table,
    any_record,
    capped,
    count,
    each_from_a_different_event,
    every,
    follow,
    hours,
    no,
    not_stated,
    number_of,
    records,
    related,
    sum_capped,
    sum_of,
    sum_once,
    the,
    times,
    total,
    union,
)

MET, NOT, OPN = True, False, None

paper = records("publication")
firsts = paper.where(paper.author_role.is_("first"))
course = records("training")


def publication(role: str = "first", **more: Any) -> dict[str, Any]:
    return {
        "kind": "publication",
        "author_role": role,
        "publication_date": "2024-05-01",
        **more,
    }


def training(length: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "training", "hours": length, "end_date": "2024-05-01", **more}


FIRST, SECOND, UNKNOWN = publication("first"), publication("second"), publication("unknown")


# --- How many -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("papers", "low", "high", "two_of_them"),
    [
        ([], 0, 0, NOT),
        ([FIRST, SECOND], 1, 1, NOT),
        ([FIRST, FIRST], 2, 2, MET),
        ([FIRST, UNKNOWN], 1, 2, OPN),
        ([SECOND, UNKNOWN], 0, 1, NOT),
        ([FIRST, FIRST, UNKNOWN], 2, 3, MET),
        ([UNKNOWN, UNKNOWN], 0, 2, OPN),
    ],
)
def test_a_count_is_what_is_certain_and_what_is_possible(
    papers: list[dict[str, Any]], low: int, high: int, two_of_them: Truth
) -> None:
    told = dossier(*papers)
    assert amount(count(firsts), case(told)) == Range(low, high)
    check(count(firsts).at_least(2), told, two_of_them)


def test_of_an_incomplete_kind_there_may_always_be_more() -> None:
    told = dossier(FIRST, incomplete=("publication",))
    assert amount(count(firsts), case(told)) == Range(1, None)
    check(count(firsts).at_least(1), told, MET)
    check(count(firsts).at_least(2), told, OPN)
    check(count(firsts).at_most(1), told, OPN)


@pytest.mark.parametrize(
    ("works", "low", "high"),
    [
        (["W1", "W2"], 2, 2),
        (["W1", "W1"], 1, 1),
        (["none", "none"], 2, 2),
        (["W1", "none"], 2, 2),
        (["W1", "unknown"], 1, 2),
        (["unknown", "unknown"], 1, 2),
        (["none", "unknown"], 2, 2),
        (["W1", "W1", "unknown", "unknown"], 1, 3),
    ],
)
def test_of_different_works_one_without_a_name_is_its_own_and_one_unknown_may_be_any(
    works: list[str], low: int, high: int
) -> None:
    different = count(firsts, distinct="work_id")
    told = dossier(*(publication(work_id=work) for work in works))
    assert amount(different, case(told)) == Range(low, high)
    check(different.at_least(low), told, MET)
    check(different.at_least(high), told, MET if low == high else OPN)
    check(different.at_least(high + 1), told, NOT)


def test_different_works_are_counted_across_kinds() -> None:
    different = count(union(paper, records("patent")), distinct="work_id")
    patent = {"kind": "patent", "work_id": "W1", "grant_date": "2024-05-01"}
    check(different.at_least(2), dossier(publication(work_id="W1"), patent), NOT)
    check(different.at_least(2), dossier(publication(work_id="W2"), patent), MET)


def test_a_record_counts_from_the_day_on_which_it_happens() -> None:
    told = dossier(publication(publication_date="2026-07-01"))
    check(any_record(paper), told, NOT, on="2026-06-30")
    check(any_record(paper), told, MET, on="2026-07-01")
    check(any_record(paper.whenever()), told, MET, on="2026-06-30")
    check(any_record(paper), dossier(publication(publication_date="unknown")), OPN)


# --- Any, none, every ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("papers", "some", "none", "all_first"),
    [
        ([], NOT, MET, MET),
        ([FIRST], MET, NOT, MET),
        ([FIRST, SECOND], MET, NOT, NOT),
        ([SECOND], NOT, MET, NOT),
        ([UNKNOWN], OPN, OPN, OPN),
        ([FIRST, UNKNOWN], MET, NOT, OPN),
        ([SECOND, UNKNOWN], OPN, OPN, NOT),
    ],
)
def test_any_no_and_every(
    papers: list[dict[str, Any]], some: Truth, none: Truth, all_first: Truth
) -> None:
    told = dossier(*papers)
    check(any_record(firsts), told, some)
    check(no(firsts), told, none)
    check(every(paper, paper.author_role.is_("first")), told, all_first)


def test_that_there_is_no_such_record_is_known_only_of_complete_kinds() -> None:
    told = dossier(incomplete=("publication",))
    check(any_record(paper), told, OPN)
    check(no(paper), told, OPN)
    check(every(paper, NEVER), told, OPN)
    check(no(records("patent")), told, MET)


@pytest.mark.parametrize(
    ("expiry", "absent", "after_today"),
    [
        ({}, MET, NOT),
        ({"expiry_date": "none"}, MET, NOT),
        ({"expiry_date": "unknown"}, OPN, OPN),
        ({"expiry_date": "2030-01-01"}, NOT, MET),
    ],
)
def test_there_is_none_is_not_nobody_has_said(
    expiry: dict[str, str], absent: Truth, after_today: Truth
) -> None:
    told = dossier(training(1, **expiry))
    check(any_record(course.where(course.expiry_date.is_absent())), told, absent)
    still = course.where(course.expiry_date > AS_OF)
    check(any_record(still), told, after_today)


@pytest.mark.parametrize(
    ("topics", "expected"),
    [(["technique", "safe_operation"], MET), (["technique"], NOT), ("none", NOT), ("unknown", OPN)],
)
def test_a_list_includes_all_that_is_asked(topics: Any, expected: Truth) -> None:
    both = course.where(course.topics.includes("technique", "safe_operation"))
    check(any_record(both), dossier(training(1, topics=topics)), expected)


# --- How much -----------------------------------------------------------------------------

all_hours = sum_of(course.hours, course)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([4, 4], MET),
        (["7.5"], NOT),
        (["7.5", "30 min"], MET),
        ([4, "unknown"], OPN),
        ([8, "unknown"], MET),
        ([4, "none"], NOT),
    ],
)
def test_hours_add_up_to_the_minute(lengths: list[Any], expected: Truth) -> None:
    check(all_hours.at_least(hours(8)), dossier(*map(training, lengths)), expected)


@pytest.mark.parametrize(
    ("lengths", "found"),
    [
        ([2], Range(120, 120)),
        ([9], Range(240, 240)),
        ([2, "unknown"], Range(120, 240)),
        (["unknown"], Range(0, 240)),
    ],
)
def test_a_cap_ends_what_is_possible(lengths: list[Any], found: Range) -> None:
    told = dossier(*map(training, lengths))
    assert amount(capped(all_hours, hours(4)), case(told)) == found


def test_amounts_of_one_unit_are_added_and_multiplied() -> None:
    told = case(dossier(training(2), training(1), FIRST, UNKNOWN))
    assert amount(total(all_hours, hours(1)), told) == Range(240, 240)
    assert amount(times(hours(1), number_of(3)), told) == Range(180, 180)
    assert amount(times(hours(2), count(firsts)), told) == Range(120, 240)


def test_an_amount_is_multiplied_by_a_number_of_the_unit_it_is_given_for() -> None:
    entry = records("credit_entry")
    told = case(dossier({"kind": "credit_entry", "points": "2.5", "date": "2024-05-01"}))
    each = times(hours(1), entry.points, per=Unit.POINT)
    assert amount(sum_of(each, entry), told) == Range(150, 150)


once = sum_once(course.hours, course, by="renews")
two_at_most = sum_capped(course.hours, course, by="renews", cap=hours(2))


@pytest.mark.parametrize(
    ("told", "greatest", "capped_at_two"),
    [
        ([(1, "A"), (3, "A")], Range(180, 180), Range(120, 120)),
        ([(1, "A"), (3, "B")], Range(240, 240), Range(180, 180)),
        ([(1, "none"), (1, "none")], Range(120, 120), Range(120, 120)),
        ([(1, "A"), (1, "unknown")], Range(60, 120), Range(120, 120)),
        ([(2, "A"), (3, "unknown")], Range(180, 300), Range(120, 240)),
        ([(1, "A"), ("unknown", "A")], Range(60, None), Range(60, 120)),
    ],
)
def test_records_of_one_group_count_once_or_up_to_a_cap(
    told: list[tuple[Any, str]], greatest: Range, capped_at_two: Range
) -> None:
    facts = case(dossier(*(training(length, renews=group) for length, group in told)))
    assert (amount(once, facts), amount(two_at_most, facts)) == (greatest, capped_at_two)


def test_groups_of_an_open_list_have_no_limit() -> None:
    told = case(dossier(training(1, renews="A"), incomplete=("training",)))
    assert amount(once, told) == Range(60, None)


# --- The record that another names --------------------------------------------------------

granted = records("qualification")
notice_of = follow(the(granted).notice)


def qualification(**more: Any) -> dict[str, Any]:
    return {"kind": "qualification", "end_date": "2024-05-01", **more}


def notice(filed: str) -> dict[str, Any]:
    return {"id": "N", "kind": "facility_notice", "filing_date": filed,
            "training_start": "2024-04-30"}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([qualification(notice="N"), notice("2024-04-29")], MET),
        ([qualification(notice="N"), notice("2024-05-01")], NOT),
        ([qualification(notice="N"), notice("unknown")], OPN),
        ([qualification(notice="unknown"), notice("2024-04-29")], OPN),
        ([qualification(), notice("2024-04-29")], NOT),
        ([notice("2024-04-29")], NOT),
    ],
)
def test_an_attribute_of_the_record_that_is_named(
    told: list[dict[str, Any]], expected: Truth
) -> None:
    check(notice_of.filing_date < notice_of.training_start, dossier(*told), expected)
    own = follow(granted.notice)
    check(any_record(granted.where(own.filing_date < granted.end_date)), dossier(*told),
          expected if told[0]["kind"] == "qualification" else NOT)  # fmt: skip


def test_what_the_text_does_not_state_is_unknown_and_never_zero() -> None:
    silent = not_stated("時數", "hours", hours(1).unit)
    check(silent.at_most(hours(1000)), dossier(), OPN)
    check(total(all_hours, silent).at_least(hours(0)), dossier(training(9)), OPN)


OPEN = any_record(firsts)
ROWS: list[tuple[Any, Any, Range | None]] = [
    (SATISFIED, NEVER, Range(60, 60)),
    (NEVER, SATISFIED, Range(120, 120)),
    (NEVER, NEVER, Range(180, 180)),
    (OPEN, NEVER, Range(60, 180)),
    (NEVER, OPEN, Range(120, 180)),
]


@pytest.mark.parametrize(("one", "other", "found"), ROWS)
def test_a_schedule_gives_the_amount_of_the_row_that_is_met(
    one: Any, other: Any, found: Range
) -> None:
    schedule = amount_table((one, hours(1)), (other, hours(2)), otherwise=hours(3))
    assert amount(schedule, case(dossier(UNKNOWN))) == found


def test_two_rows_met_at_once_are_a_conflict() -> None:
    schedule: AmountNode = amount_table(
        (SATISFIED, hours(1)), (SATISFIED, hours(2)), otherwise=hours(3)
    )
    with pytest.raises(Conflict, match="2 rows of one schedule are met at once"):
        holds(schedule.at_least(hours(1)), case(dossier(), TODAY))


@pytest.mark.parametrize(
    ("length", "at_least_none", "at_most_two"),
    [(1, MET, MET), (3, MET, NOT), ("none", NOT, NOT), ("unknown", OPN, OPN)],
)
def test_an_absent_amount_meets_no_comparison_and_an_unknown_one_leaves_it_open(
    length: Any, at_least_none: Truth, at_most_two: Truth
) -> None:
    told = dossier(training(length))
    check(any_record(course.where(course.hours >= hours(0))), told, at_least_none)
    check(any_record(course.where(course.hours <= hours(2))), told, at_most_two)


# --- One event once -----------------------------------------------------------------------

report, discussion = records("presentation"), records("case_discussion")
oral = report.where(report.type.is_("oral_report"))
cases_ = report.where(report.type.is_("case_report"))


def talk(event: str, sort: str = "oral_report") -> dict[str, Any]:
    return {"kind": "presentation", "type": sort, "event": event, "date": "2024-05-01"}


def meeting(event: str) -> dict[str, Any]:
    return {"kind": "case_discussion", "event": event, "date": "2024-05-01"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([talk("E1"), meeting("E2")], MET),
        ([talk("E1"), meeting("E1")], NOT),
        ([talk("E1"), talk("E2"), meeting("E1")], MET),
        ([talk("none"), meeting("none")], MET),
        ([talk("E1"), meeting("unknown")], OPN),
        ([talk("E1")], NOT),
    ],
)
def test_one_event_counts_once(facts: list[dict[str, Any]], expected: Truth) -> None:
    both = each_from_a_different_event(oral, discussion, event="event")
    check(both, dossier(*facts), expected)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([talk("E1"), talk("E2", "case_report"), meeting("E3")], MET),
        ([talk("E1"), talk("E2", "case_report"), meeting("E2")], NOT),
        ([talk("E1"), talk("E1", "case_report"), meeting("E2"), meeting("E3")], NOT),
        ([talk("E1"), talk("E2"), talk("E1", "case_report"), meeting("E2"), meeting("E3")], MET),
        ([talk("E1"), talk("E2"), talk("E1", "case_report"), meeting("E2")], NOT),
    ],
)
def test_three_sets_need_three_events_that_can_be_shared_out(
    facts: list[dict[str, Any]], expected: Truth
) -> None:
    three = each_from_a_different_event(oral, cases_, discussion, event="event")
    check(three, dossier(*facts), expected)


# --- Related records ----------------------------------------------------------------------

duty, duty_list = records("clinical_duty"), records("institution_duty_list")
listed = duty.where(related(duty_list, (duty.item, duty_list.items)))
MRI = {"kind": "clinical_duty", "item": "MRI", "start_date": "2020-01-01"}


def a_list(items: Any) -> dict[str, Any]:
    return {"kind": "institution_duty_list", "items": items, "from_date": "2020-01-01"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([MRI, a_list(["CT", "MRI"])], MET),
        ([MRI, a_list(["CT"])], NOT),
        ([MRI], NOT),
        ([MRI, a_list("unknown")], OPN),
        ([MRI, a_list(["CT"]), a_list(["MRI"])], MET),
        ([{**MRI, "item": "unknown"}, a_list(["CT"])], OPN),
    ],
)
def test_a_record_is_related_where_it_agrees_with_another(
    facts: list[dict[str, Any]], expected: Truth
) -> None:
    check(any_record(listed), dossier(*facts), expected)


listing = duty_list.where(related(duty, (duty_list.items, duty.item)))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([MRI, a_list(["CT", "MRI"])], MET),
        ([MRI, a_list(["CT"])], NOT),
        ([a_list(["MRI"])], NOT),
        ([MRI, a_list("unknown")], OPN),
        ([{**MRI, "item": "unknown"}, a_list(["CT"])], OPN),
    ],
)
def test_a_list_of_its_own_holds_what_the_other_has(
    facts: list[dict[str, Any]], expected: Truth
) -> None:
    check(any_record(listing), dossier(*facts), expected)


def test_no_relation_is_known_where_the_others_are_incomplete() -> None:
    check(any_record(listed), dossier(MRI, incomplete=("institution_duty_list",)), OPN)
