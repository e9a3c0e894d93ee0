"""What holds of every credit ledger and every filing, whatever the activities and days."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tiaoli.answers.allotment import Share, shares
from tiaoli.answers.meaning import ledger_lines
from tiaoli.answers.prepared import figure_value, prepare
from tiaoli.facts.reading import read_dossier
from tiaoli.regulations import catalogue
from tiaoli.rules.ledgers import Ledger

RRT = catalogue.find("rrt-ce")
EXAMPLES = settings().max_examples
ON = datetime.date(2026, 6, 30)
ONE_DAY = datetime.timedelta(days=1)
CYCLE = {
    "id": "cycle",
    "kind": "licence_cycle",
    "from_date": "2020-07-01",
    "renewal_date": "2026-07-01",
}
Row = dict[str, Any]


# --- The credit ledger --------------------------------------------------------------------

CAPS = {"4": 60, "5": 80, "6": 80, "7": 50, "9": 15, "11": 30}
"""Points of each mode that count in a licence cycle; row 8 has 15 in a semester."""

_days = st.dates(datetime.date(2020, 7, 1), datetime.date(2026, 6, 29)).map(str)
_hours = st.sampled_from([10, 49, 50, 99, 100, 1500, 2950, 3050]).map(lambda n: f"{n} min")
_attribute = st.sampled_from(["professional", "quality", "ethics", "law"])
_authors = ["first_author", "corresponding_author", "second_author", "other_author"]
_activities = st.one_of(
    st.fixed_dictionaries({"mode": st.just("1"), "role": st.just("attendee"), "hours": _hours}),
    st.fixed_dictionaries(
        {
            "mode": st.just("4"),
            "role": st.sampled_from(["attendee", "main_presenter"]),
            "hours": _hours,
        }
    ),
    st.fixed_dictionaries({"mode": st.just("6"), "role": st.just("attendee")}),
    st.fixed_dictionaries(
        {
            "mode": st.just("7"),
            "role": st.sampled_from(_authors),
            "source_id": st.sampled_from(["P1", "P2", "P3"]),
            "article_type": st.sampled_from(["original", "other"]),
            "peer_reviewed": st.just(True),
        }
    ),
    st.fixed_dictionaries(
        {
            "mode": st.just("8"),
            "role": st.just("attendee"),
            "academic_credits": st.sampled_from([1, 2, 3, 4]),
            "related": st.just(True),
            "passed": st.just(True),
            "semester": st.sampled_from(["2024-1", "2024-2"]),
            "school": st.sampled_from(["A", "B"]),
        }
    ),
    st.fixed_dictionaries({"mode": st.just("9"), "role": st.just("attendee")}),
    st.fixed_dictionaries(
        {"mode": st.just("11"), "role": st.just("attendee"), "days": st.integers(1, 30)}
    ),
)


@st.composite
def entries(draw: st.DrawFn) -> list[Row]:
    """Some activities, each on some day and of some attribute."""
    some = draw(st.lists(st.tuples(_activities, _days, _attribute), max_size=12))
    return [
        {
            **{"id": f"a{n}", "kind": "credit_entry", "date": day, "attribute": attribute},
            **activity,
            **({"end_date": day} if activity["mode"] == "8" else {}),
        }
        for n, (activity, day, attribute) in enumerate(some)
    ]


@st.composite
def practices(draw: st.DrawFn) -> list[Row]:
    """Practice in town, on an island or far away, from some day on."""
    moved = draw(_days)
    island, remote = draw(st.sampled_from([(False, False), (True, False), (False, True)]))
    there = {
        "id": "there",
        "kind": "practice_registration",
        "start_date": moved,
        "outlying_island": island,
        "remote_area": remote,
        "remote_list": "mountain",
    }
    return [there]


def counted(facts: list[Row]) -> dict[str, Share]:
    """Each activity's share of what counts, professional or not."""
    case_facts = {"subject": {"id": "someone"}, "facts": [CYCLE, *facts]}
    prepared = prepare(RRT, RRT.question("credits"), {})
    case = prepared.case(read_dossier(case_facts), ON)
    ledgers = {
        id(node): node
        for figure in prepared.question.figures
        for node in figure.value.walk()
        if isinstance(node, Ledger)
    }
    found = {}
    for node in ledgers.values():
        lines = [line for line, _ in ledger_lines(node, case)]
        for share in shares(lines, cap_first=node.cap_first):
            if share.line.added:
                found[share.line.id] = share
    return found


def by_mode(facts: list[Row], found: dict[str, Share]) -> dict[str, Decimal]:
    modes = {fact["id"]: fact["mode"] for fact in facts if "mode" in fact}
    sums: dict[str, Decimal] = {}
    for name, share in found.items():
        sums[modes[name]] = sums.get(modes[name], Decimal(0)) + share.counted
    return sums


@given(entries(), practices())
def test_no_mode_counts_more_than_its_cap(activities: list[Row], practice: list[Row]) -> None:
    sums = by_mode(activities, counted([*activities, *practice]))
    assert {mode: n for mode, n in sums.items() if n > CAPS.get(mode, n)} == {}


@given(entries(), practices())
def test_no_semester_counts_more_than_fifteen_points(
    activities: list[Row], practice: list[Row]
) -> None:
    found = counted([*activities, *practice])
    sums: dict[str, Decimal] = {}
    for fact in activities:
        if fact["mode"] == "8":
            term = fact["semester"]
            sums[term] = sums.get(term, Decimal(0)) + found[fact["id"]].counted
    assert {term: n for term, n in sums.items() if n > 15} == {}


@given(entries(), practices())
def test_no_activity_counts_more_than_twice_what_it_is_worth(
    activities: list[Row], practice: list[Row]
) -> None:
    for share in counted([*activities, *practice]).values():
        assert share.counted <= share.line.raw[0] * 2


@given(entries(), practices())
def test_the_shares_add_up_to_the_figures(activities: list[Row], practice: list[Row]) -> None:
    facts = [CYCLE, *activities, *practice]
    prepared = prepare(RRT, RRT.question("credits"), {})
    case = prepared.case(read_dossier({"subject": {"id": "someone"}, "facts": facts}), ON)
    figures = {f.name: figure_value(f.value, case) for f in prepared.question.figures}
    sums = {"professional": Decimal(0), "others": Decimal(0)}
    attributes = {fact["id"]: fact["attribute"] for fact in activities}
    for name, share in counted([*activities, *practice]).items():
        sums["professional" if attributes[name] == "professional" else "others"] += share.counted
    assert figures == {
        "total": sums["professional"] + min(sums["others"], 24),
        "professional": sums["professional"],
        "quality_ethics_law": sums["others"],
    }


@given(entries(), practices())
def test_one_more_activity_never_lowers_what_a_mode_counts(
    activities: list[Row], practice: list[Row]
) -> None:
    """Neither the one that was told first nor the one that was told last."""
    after = by_mode(activities, counted([*activities, *practice]))
    for rest in (activities[:-1], activities[1:]):
        before = by_mode(rest, counted([*rest, *practice]))
        assert {mode: n for mode, n in before.items() if after[mode] < n} == {}


def test_the_eighth_day_of_study_is_the_one_step_down() -> None:
    """The table itself says so: fourteen points for seven days, five for a week and a day."""
    worth = []
    for days in range(1, 40):
        study = {"id": "study", "kind": "credit_entry", "mode": "11", "role": "attendee"}
        entry = {**study, "days": days, "date": "2025-03-01", "attribute": "professional"}
        worth.append(counted([entry])["study"].line.raw[0])
    downs = [n for n in range(1, len(worth)) if worth[n] < worth[n - 1]]
    assert [(n + 1, worth[n - 1], worth[n]) for n in downs] == [(8, 14, 5)]


# --- Filing -------------------------------------------------------------------------------

FIRST, LAST = datetime.date(2024, 2, 1), datetime.date(2026, 12, 31)
LATER = datetime.date(2027, 3, 1)
LATENESS = {"accepted": 0, "regular": 0, "urgent": 1, "refused": 2}


def course(mode: str, day: datetime.date, filed: datetime.date) -> Row:
    return {
        "id": "case",
        "kind": "course_case",
        "case_number": "C1",
        "mode": mode,
        "delivery": "onsite",
        "first_activity_date": str(day),
        "last_activity_date": str(day),
        "filed_date": str(filed),
        "cec_filed_date": str(filed),
    }


def session(name: str, day: datetime.date, start: str, end: str) -> Row:
    times = {"start": f"{day} {start}", "end": f"{day} {end}"}
    return {"id": name, "kind": "course_session", "date": str(day), **times}


def paid(day: datetime.date, amount: int) -> Row:
    return {
        "id": "paid",
        "kind": "payment",
        "giro_date": str(day),
        "booked_date": str(day),
        "amount": str(amount),
        "account_matches": True,
        "memo_case_number": "C1",
    }


def answered(question: str, *facts: Row) -> tuple[str, dict[str, object]]:
    prepared = prepare(RRT, RRT.question(question), {})
    dossier = read_dossier({"subject": {"id": "organiser"}, "facts": list(facts)})
    case = prepared.case(dossier, LATER)
    values = {f.name: figure_value(f.value, case) for f in prepared.question.figures}
    return prepared.outcome(case), values


@given(
    st.sampled_from(["1", "2", "3", "4", "5"]),
    st.dates(FIRST, LAST),
    st.integers(-5, 70),
    st.integers(0, 20),
    st.integers(0, 30),
)
@settings(max_examples=EXAMPLES * 3)
def test_filing_later_is_never_treated_better(
    mode: str, day: datetime.date, ahead: int, later: int, paid_before: int
) -> None:
    def band(filed: datetime.date) -> str:
        payment = paid(filed - paid_before * ONE_DAY, 2000)
        whole_day = session("s", day, "09:00", "17:00")
        return answered("filing", course(mode, day, filed), whole_day, payment)[0]

    filed = day - ahead * ONE_DAY
    assert LATENESS[band(filed)] <= LATENESS[band(filed + later * ONE_DAY)]


def test_the_urgent_window_is_never_empty() -> None:
    """Every day of activity for three years; it is shortest after the Lunar New Year of 2025."""
    widths = {}
    day = FIRST
    while day <= LAST:
        case = course("2", day, FIRST)
        _, regular = answered("last-regular-day", case)
        _, urgent = answered("last-urgent-day", case)
        assert isinstance(regular["date"], datetime.date)
        assert isinstance(urgent["date"], datetime.date)
        widths[day] = (urgent["date"] - regular["date"]).days
        day += ONE_DAY
    shortest = min(widths.values())
    narrow = [day for day, width in widths.items() if width == shortest]
    assert (shortest, narrow) == (7, [datetime.date(2025, 2, n) for n in (1, 2, 3)])


_programmes = st.lists(
    st.sampled_from(
        [("09:00", "12:00"), ("09:00", "13:00"), ("09:00", "13:01"), ("08:00", "17:30")]
    ),
    min_size=1,
    max_size=4,
)


def fee_of(mode: str, filed: datetime.date, *sessions: Row) -> object:
    case = course(mode, datetime.date(2025, 11, 15), filed)
    return answered("fee", case, *sessions)[1]["fee"]


@given(_programmes)
def test_the_fee_of_a_symposium_is_that_of_its_days_and_urgent_ones_cost_double(
    programme: list[tuple[str, str]],
) -> None:
    in_time, urgent = datetime.date(2025, 10, 15), datetime.date(2025, 10, 16)
    sessions = [
        session(f"s{n}", datetime.date(2025, 11, 15) + n * ONE_DAY, *times)
        for n, times in enumerate(programme)
    ]
    each = [fee_of("2", in_time, one) for one in sessions]
    assert set(each) <= {500, 1000}
    assert fee_of("2", in_time, *sessions) == sum(each)
    assert fee_of("2", urgent, *sessions) == 2 * sum(each)


@given(st.integers(1, 8))
def test_a_monthly_course_pays_by_the_session_and_never_double(number: int) -> None:
    day = datetime.date(2025, 11, 15)
    starts = [f"{8 + n:02}:00" for n in range(number)]
    sessions = [session(f"s{n}", day, at, f"{at[:2]}:50") for n, at in enumerate(starts)]
    for filed in (datetime.date(2025, 10, 15), datetime.date(2025, 10, 20)):
        assert fee_of("1", filed, *sessions) == 100 * number
