"""The examples answer what their first lines promise, and every one of them is asked here."""

import datetime
from functools import cache
from pathlib import Path

import pytest

from tiaoli.answers import Answer, ask
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.vocabulary import find
from tiaoli.intake import load
from tiaoli.regulations import catalogue

EXAMPLES = Path(__file__).parents[2] / "examples"
ITEMS = find("consensus_score").attributes["item"].option_names

ASKED = [
    ("wang-rt3", "rt-ladder", "RT3", "2026-06-30", {}, "eligible"),
    ("wang-rt3", "rt-ladder", "RT3", "2026-09-19", {}, "not_yet"),
    ("chen-rt1-leap-day", "rt-ladder", "RT1", "2025-02-28", {}, "not_yet"),
    ("chen-rt1-leap-day", "rt-ladder", "RT1", "2025-03-01", {}, "eligible"),
    ("lin-rt2-needs-review", "rt-ladder", "RT2", "2026-06-30", {}, "needs_review"),
    ("hsu-associate", "rt-ladder", "RT1", "2026-06-30", {}, "ineligible"),
    ("tsai-rt3-reading", "rt-ladder", "RT3", "2026-06-30", {}, "not_yet"),
    (
        "tsai-rt3-reading",
        "rt-ladder",
        "RT3",
        "2026-06-30",
        {"rtl.rt3.pub": "matrix_only"},
        "eligible",
    ),
    ("lin-ir-case-log", "ir-instructor", "domain-3", "2026-06-01", {}, "eligible"),
    ("lin-ir-case-log", "ir-instructor", "domain-4", "2026-06-01", {}, "not_yet"),
    ("ho-ir-talks", "ir-instructor", "domain-2", "2026-06-01", {}, "eligible"),
    (
        "ho-ir-talks",
        "ir-instructor",
        "domain-2",
        "2026-06-01",
        {"iri.art1.route2": "waiver_only"},
        "not_yet",
    ),
    (
        "kao-radiation-student",
        "radiation-operator",
        "may-operate",
        "2026-04-21",
        {},
        "not_authorised",
    ),
    ("yeh-radiation-certificate", "radiation-operator", "renewal", "2026-03-02", {}, "not_yet"),
    ("su-ir-renewal", "ir-instructor", "renewal-3", "2026-12-15", {}, "not_yet"),
    ("penghu-credit-ledger", "rrt-ce", "credits", "2026-05-01", {}, "computed"),
    ("symposium-third-working-day", "rrt-ce", "filing", "2025-11-12", {}, "urgent"),
    ("symposium-third-working-day", "rrt-ce", "fee", "2025-11-12", {}, "computed"),
    ("liao-licence-renewal", "cec-licence", "readiness", "2026-03-02", {}, "not_yet"),
    ("liao-licence-renewal", "cec-licence", "renewal-window", "2026-03-02", {}, "open"),
    (
        "fang-operator-at-machine",
        "radiation-operator",
        "may-operate",
        "2026-04-21",
        {},
        "authorised",
    ),
    ("shanhai-programme", "nm-program", "5.1.1", "2026-08-01", {}, "level_5"),
    ("shanhai-programme", "nm-program", "5.3", "2026-08-01", {}, "level_2"),
    ("shanhai-programme", "nm-program", "6.4", "2026-08-01", {}, "level_4"),
    ("shanhai-programme", "nm-program", "levels", "2026-08-01", {}, "at_standard"),
    ("shanhai-programme", "nm-program", "pass", "2026-08-01", {}, "pass"),
    ("no-residents-programme", "nm-program", "7.3", "2026-08-01", {}, "level_3"),
    ("no-residents-programme", "nm-program", "6.5", "2026-08-01", {}, "not_assessed"),
    ("no-residents-programme", "nm-program", "levels", "2026-08-01", {}, "at_standard"),
    ("no-residents-programme", "nm-program", "pass", "2026-08-01", {}, "pass"),
]

RANKED = [
    ("anchored_band", {"乙": "1", "丙": "2", "甲": "3", "丁": "4"}),
    ("chained", {"乙": "1", "丁": "2", "丙": "3", "甲": "4"}),
]


@cache
def loaded(name: str) -> Dossier:
    return load(EXAMPLES / f"{name}.yaml")


@cache
def answer(
    name: str,
    regulation: str,
    question: str,
    on: str,
    *,
    about: str | None = None,
    **readings: str,
) -> Answer:
    return ask(
        catalogue.find(regulation),
        question,
        loaded(name),
        on=datetime.date.fromisoformat(on),
        readings=readings,
        about=about,
    )


@pytest.mark.parametrize(("name", "regulation", "question", "on", "readings", "outcome"), ASKED)
def test_an_example_is_answered_as_promised(
    name: str, regulation: str, question: str, on: str, readings: dict[str, str], outcome: str
) -> None:
    assert answer(name, regulation, question, on, **readings).outcome == outcome


def test_every_example_is_asked() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == {
        *(name for name, *_ in ASKED),
        "quota-round",
    }


@pytest.mark.parametrize(("method", "places"), RANKED)
def test_who_comes_first_depends_on_how_close_totals_are_read(
    method: str, places: dict[str, str]
) -> None:
    asked = ("quota-round", "nm-program", "rank", "2026-08-01")
    found = {who: answer(*asked, about=who, TIE_BAND_METHOD=method) for who in places}
    assert {who: str(a.value["place"].at_least) for who, a in found.items()} == places


def test_of_programmes_compared_two_at_a_time_three_go_round_in_a_circle() -> None:
    asked = ("quota-round", "nm-program", "rank", "2026-08-01")
    found = {w: answer(*asked, about=w, TIE_BAND_METHOD="pairwise").outcome for w in "甲乙丙丁"}
    assert found == {"甲": "cycle", "乙": "ranked", "丙": "cycle", "丁": "cycle"}


def test_a_programme_with_residents_has_a_level_for_every_item() -> None:
    found = answer("shanhai-programme", "nm-program", "levels", "2026-08-01")
    levels = [found.value[item] for item in ITEMS]
    assert [level.at_least for level in levels if level] == [
        *(4, 3, 4, 4, 4, 3, 5, 4, 4, 4, 3, 2, 4, 4, 3, 4, 4, 4, 2, 3, 4, 4, 4, 3, 5, 4, 4)
    ]
    assert [flag.id for flag in found.flags] == ["5.3-overlap", "7.1.2-gap"]


def test_a_programme_without_residents_has_a_level_for_all_but_ten() -> None:
    found = answer("no-residents-programme", "nm-program", "levels", "2026-08-01")
    assert {item for item in ITEMS if found.value[item] is None} == {
        *("4.1", "4.2.a", "4.3", "6.3", "6.4", "6.5", "7.1.3", "9.1", "9.2", "9.3")
    }


def test_the_case_log_is_long() -> None:
    assert len(load(EXAMPLES / "lin-ir-case-log.yaml").of("case_log")) > 1000


def test_a_sliding_window_loses_the_paper_of_2021() -> None:
    assert answer("wang-rt3", "rt-ladder", "RT3", "2026-06-30").until == datetime.date(2026, 9, 18)


def test_a_fibroid_is_treated_in_the_domain_of_non_tumour_embolization() -> None:
    log = load(EXAMPLES / "lin-ir-case-log.yaml").of("case_log")
    fibroids = {fact.id for fact in log if fact.values["procedure"] == "uae"}
    reason = answer("lin-ir-case-log", "ir-instructor", "domain-2", "2026-06-01").reason("IRI-2.2")
    assert reason is not None
    assert fibroids & set(reason.counted) == set()


def test_filters_wait_for_the_panel() -> None:
    found = answer("lin-ir-case-log", "ir-instructor", "domain-4", "2026-06-01")
    log = load(EXAMPLES / "lin-ir-case-log.yaml").of("case_log")
    day = datetime.date(2020, 6, 1)
    filters = {
        fact.id
        for fact in log
        if fact.values["procedure"] == "ivc_filter" and fact.values["procedure_date"] >= day
    }
    assert {missing.fact for missing in found.missing} == filters


def test_the_larger_of_two_machines_is_not_for_those_with_training_only() -> None:
    asked = ("fang-operator-at-machine", "radiation-operator", "may-operate", "2026-04-21")
    assert answer(*asked, about="操作小機器").outcome == "authorised"
    assert answer(*asked, about="操作大機器").outcome == "not_authorised"


def test_a_credit_ledger_says_of_every_activity_what_counts_and_why_the_rest_does_not() -> None:
    found = answer("penghu-credit-ledger", "rrt-ce", "credits", "2026-05-01")
    told = {r.says.zh: r for reason in found.reasons for r in reason.walk()}
    assert {
        line: str(told[line].have.at_least)
        for line in (
            "台北課程2022：6 分 × 1 = 6 分",
            "馬公課程2024：6.4 分 × 2 = 12.8 分",
            "病例討論2024：25 分 × 2 = 50 分",
            "病例討論2025：10 分 × 2 = 20 分",
            "網路課程重看：1 分 × 2 = 2 分",
            "論文通訊作者：16 分 × 1 = 16 分",
        )
    } == {
        "台北課程2022：6 分 × 1 = 6 分": "6",
        "馬公課程2024：6.4 分 × 2 = 12.8 分": "12.8",
        "病例討論2024：25 分 × 2 = 50 分": "50",
        "病例討論2025：10 分 × 2 = 20 分": "10",
        "網路課程重看：1 分 × 2 = 2 分": "0",
        "論文通訊作者：16 分 × 1 = 16 分": "0",
    }
    why = {(n.fact, n.clause, n.why.zh) for r in found.walk() for n in r.not_counted}
    assert {
        ("病例討論2025", "RRT-4.4.c", "10 分不計：已達上限 60 分"),
        ("網路課程重看", "RRT-4.5.a", "2 分不計：同一課程或論文已計入"),
        ("論文通訊作者", "RRT-4.7.a", "16 分不計：同一課程或論文已計入"),
    } <= why
