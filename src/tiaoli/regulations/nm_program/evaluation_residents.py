"""9.1: how residents are evaluated."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.outcomes_of_training import milestones_established
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    completers_4y,
    every_resident,
    in_each_resident_year,
    its_last_day,
    its_resident,
    na_item,
    resident,
)
from tiaoli.rules import (
    AS_OF,
    NEVER,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    Flag,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    called,
    clause,
    count,
    each_period,
    every,
    how_many,
    judged,
    level,
    named,
    reading,
    records,
    scale,
    years,
)

evaluation = records("evaluation")

# The evaluations of the resident whose turn it is

_own = evaluation.where(evaluation.resident.same_as(its_resident.name))
_in_the_year = _own.where(between(evaluation.date, PERIOD_START, PERIOD_END))
_all_six = _in_the_year.where(
    evaluation.competencies.includes(
        "patient_care",
        "medical_knowledge",
        "practice_based_learning",
        "communication",
        "professionalism",
        "systems_based_practice",
    )
)


def _six_scored_by(role: str) -> Rule:
    """One evaluation of all six by both, or one by each."""
    return any_record(_all_six.where(evaluation.assessor_roles.includes(role)))


# Elements A to G

tools_a_year = in_each_resident_year(count(_in_the_year, distinct="tool"))
_several_tools = named(
    "每年用兩種以上評量工具", "two tools or more every year", tools_a_year.at_least(2)
)

_scorings_a_year = in_each_resident_year(
    how_many(_six_scored_by("director"), _six_scored_by("faculty"))
)
_six_every_year = named(
    "主持人與教師每年評估六大核心能力",
    "director and faculty score the six competencies every year",
    _scorings_a_year.at_least(2),
)
_fairly = judged(
    "NM-9.1.B",
    "評估及其步驟標準化且公平",
    "evaluation and its steps are standardised and fair",
    who=("訪視委員", "surveyors"),
)

_discussed = _own.where(between(evaluation.discussed_date, PERIOD_START, PERIOD_END))
_discussed_every_year = named(
    "每年與住院醫師討論結果",
    "results are discussed with residents every year",
    in_each_resident_year(count(_discussed)).at_least(1),
)
_open_to_them = named(
    "住院醫師可查閱自己的資料",
    "residents may see their own data",
    every_resident(every(_own, evaluation.viewed_by_resident.is_(True))),
)

_led_to_promotion = _in_the_year.where(evaluation.promotion_date >= evaluation.date)
_promoted_on_results = named(
    "每次升年都依據先前的評估",
    "every promotion rests on an evaluation made before",
    every_resident(
        each_period(
            its_resident.start_date, its_last_day, years(1), any_record(_led_to_promotion), last=3
        )
    ),
)
"""Three years end in a promotion; what the fourth ends in is element F."""

_kept = named(
    "評估紀錄均已存檔",
    "every evaluation is kept on file",
    all_of(any_record(evaluation), every(evaluation, evaluation.stored.is_(True))),
)

_somebody_completed = named(
    "四年內有人完訓", "somebody completed within four years", any_record(completers_4y)
)
nobody_completed = ~_somebody_completed
_certified = named(
    "四年內完訓者均有總評並證明能獨立執業",
    "completers of four years have a summary and are certified to practise independently",
    every(
        completers_4y,
        all_of(
            resident.completion_summary_date <= AS_OF, resident.independence_certified.is_(True)
        ),
    ),
)
_nobody_counts = reading("F91_NO_COMPLETER", met_flag=SATISFIED, unmet=NEVER, excluded=NEVER)

element_g = clause("NM-9.1.G", milestones_established)
elements = (
    clause("NM-9.1.A", _several_tools),
    clause("NM-9.1.B", all_of(_six_every_year, _fairly)),
    clause("NM-9.1.C", all_of(_discussed_every_year, _open_to_them)),
    clause("NM-9.1.D", _promoted_on_results),
    clause("NM-9.1.E", _kept),
    clause("NM-9.1.F", all_of(_certified, any_of(_somebody_completed, _nobody_counts))),
    element_g,
)
number_met = called(
    "七項評估中做到的項數", "elements of evaluation met, of seven", how_many(*elements)
)

_all_that_count = any_of(
    number_met.at_least(7),
    all_of(
        reading("F91_NO_COMPLETER", met_flag=NEVER, unmet=NEVER, excluded=nobody_completed),
        number_met.at_least(6),
    ),
)

# G is marked as one that nobody may lack

_may_pass = reading("G91_MANDATORY", cap_2=element_g, count_only=SATISFIED, level_1=element_g)
_fatal = reading("G91_MANDATORY", cap_2=NEVER, count_only=NEVER, level_1=~element_g)
_not_fatal = reading("G91_MANDATORY", cap_2=SATISFIED, count_only=SATISFIED, level_1=element_g)
_costs_a_level = reading(
    "G91_MANDATORY",
    cap_2=number_met.at_least(4),
    count_only=NEVER,
    level_1=number_met.at_least(3),
)

item_9_1 = suggests(
    scale(
        "9.1",
        Label("住院醫師評估", "evaluation of residents"),
        level("NM-9.1.L1", any_of(number_met.at_most(2), _fatal), text=number_met.at_most(2)),
        level(
            "NM-9.1.L2",
            all_of(number_met.at_least(3), _not_fatal),
            text=all_of(number_met.at_least(3), number_met.at_most(3)),
        ),
        level("NM-9.1.L3", all_of(number_met.at_least(4), _may_pass), text=number_met.at_least(4)),
        level("NM-9.1.L4", all_of(number_met.at_least(5), _may_pass), text=number_met.at_least(5)),
        level("NM-9.1.L5", all_of(_all_that_count, _may_pass), text=number_met.at_least(7)),
    ),
    not_assessed=na_item,
    flags=(
        Flag(
            "mandatory_element_missing",
            Label(
                "必備的里程碑計畫未納入，因此降低等級",
                "the milestones, marked as mandatory, are missing and lower the level",
            ),
            all_of(~na_item, ~element_g, _costs_a_level),
        ),
        Flag(
            "nobody_completed_in_four_years",
            Label(
                "四年內無人完訓，完訓總評一項依讀法認定",
                "nobody completed within four years; how the summary counts depends on the reading",
            ),
            all_of(~na_item, nobody_completed),
        ),
        context(
            "NM-9.1.H",
            "評量結果公正可靠，完訓證書足以證明獨立執業能力",
            "results are fair and reliable, and the certificate proves independent practice",
        ),
    ),
)
