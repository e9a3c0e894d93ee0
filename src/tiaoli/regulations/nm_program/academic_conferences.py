"""Items 7.1.1 and 7.1.2: which conferences are held, and who takes part in them."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.suggestion import NO_NOTE, context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    explained,
    in_each_resident_year,
    its_last_day,
    its_resident,
    or_fewer,
    resident,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    NEVER,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    AmountNode,
    Flag,
    Fold,
    Quantifier,
    Records,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    called,
    clause,
    count,
    day_of_earlier_month,
    days_after,
    each_one,
    every,
    how_many,
    judged,
    level,
    months,
    named,
    no,
    not_stated,
    of_each_period,
    reading,
    records,
    related,
    scale,
    unless,
)

conference = records("conference")
_SURVEYORS = ("訪視委員", "surveyors")

# The last twelve complete months

months_from = day_of_earlier_month(AS_OF, 1, months_before=12)
_months_to = days_after(day_of_earlier_month(AS_OF, 1, months_before=0), -1)
_lately = between(conference.date, months_from, _months_to)


def each_month(of: Records) -> AmountNode:
    """How many there are in every one of the months at least."""
    held = count(of.where(between(conference.date, PERIOD_START, PERIOD_END)))
    none = not_stated("沒有完整的月份", "no complete month")
    return of_each_period(months_from, _months_to, months(1), held, fold=Fold.LEAST, otherwise=none)


# The kinds of conference

_case = conference.where(conference.type.is_("case"))
_journal_or_research = conference.where(conference.type.is_in("journal", "research"))
_either_name = conference.type.is_in("joint", "multi_department")
_joint = conference.where(
    reading("JOINT_CONF_SYNONYM", yes=_either_name, no=conference.type.is_("joint"))
)
multi_department = conference.where(
    reading("JOINT_CONF_SYNONYM", yes=_either_name, no=conference.type.is_("multi_department"))
)
_three_kinds = (_case, _journal_or_research, _joint)


def _attended(of: Records) -> Records:
    """Those at which the resident whose turn it is signed."""
    own = resident.where(resident.name.same_as(its_resident.name))
    return of.where(related(own, (conference.attendees, resident.name)))


def a_year(of: Records) -> AmountNode:
    """Of the resident whose turn it is, in the year whose turn it is."""
    return count(_attended(of).where(between(conference.date, PERIOD_START, PERIOD_END)))


# 7.1.1: three kinds of conference

_how_many_regular = how_many(*(count(of.where(_lately)).at_least(4) for of in _three_kinds))
_any_of_the_three = conference.where(any_of(*(of.condition for of in _three_kinds)), _lately)
_found_regular = judged(
    "NM-7.1.1.H", "三類會議都定期舉辦", "all three kinds are held regularly", who=_SURVEYORS
)
_all_regular = named(
    "三類會議都定期舉辦",
    "all three kinds are held regularly",
    reading(
        "REGULAR_CONF_RULE",
        four_per_year=_how_many_regular.at_least(3),
        surveyor=_found_regular,
    ),
)
_none_regular = named(
    "三類會議都沒有定期舉辦",
    "none of the three kinds is held regularly",
    reading(
        "REGULAR_CONF_RULE",
        four_per_year=_how_many_regular.at_most(0),
        surveyor=all_of(~_found_regular, no(_any_of_the_three)),
    ),
)
_with_minutes = named(
    "每次都有會議紀錄",
    "minutes of every meeting",
    every(_any_of_the_three, conference.minutes.is_(True)),
)


def _every_month(zh: str, en: str, of: Records) -> Rule:
    return named(f"{zh}每月都有", f"{en} every month", each_month(of).at_least(1))


_how_many_monthly = called(
    "三類會議中每月都有的類數",
    "kinds of conference held every month, of three",
    how_many(
        _every_month("病例討論會", "a case conference", _case),
        _every_month("雜誌或研究討論會", "a journal or research meeting", _journal_or_research),
        _every_month("聯合討論會", "a joint conference", _joint),
    ),
)


def _goes_to(routine: str) -> Rule:
    """Minutes show somebody of the cohort, while in training, at such a routine meeting."""
    held = _attended(conference).where(
        conference.type.is_(routine),
        conference.minutes.is_(True),
        between(conference.date, its_resident.start_date, its_last_day),
    )
    label = conference.type.attribute.option_label(routine)
    found = each_one(cohort, any_record(held), Quantifier.ANY)
    return named(f"住院醫師參加{label.zh}", f"residents at a {label.en}", found)


_routine_meetings = called(
    "住院醫師參加的例行會議類數（治療、放免、加速器）",
    "kinds of routine meeting (therapy, radioimmunoassay, cyclotron) that residents attend",
    how_many(*map(_goes_to, ("therapy_routine", "ria_routine", "cyclotron_routine"))),
).at_least(2)

_level_3_711 = level("NM-7.1.1.L3", all_of(_all_regular, _with_minutes))
_all_monthly = all_of(_level_3_711.rule, _how_many_monthly.at_least(3))

item_7_1_1 = suggests(
    scale(
        "7.1.1",
        Label("學術會議", "academic conferences"),
        level("NM-7.1.1.L1", _none_regular),
        level("NM-7.1.1.L2", all_of(_all_regular, ~_with_minutes)),
        _level_3_711,
        level("NM-7.1.1.L4", all_of(_level_3_711.rule, _how_many_monthly.at_least(2))),
        level("NM-7.1.1.L5", all_of(_all_monthly, clause("NM-7.1.1.L5.G", _routine_meetings))),
    ),
    worse=reading("L711_PARTIAL", level_2=NEVER, level_1=SATISFIED),
    flags=(
        Flag(
            "capped_at_4",
            Label(
                "沒有住院醫師，條文也沒有註記：最高建議4級",
                "without residents, and no note for it: 4 at most",
            ),
            all_of(without_residents, _all_monthly),
        ),
    ),
)

# 7.1.2: how often residents take part

_recorded = conference.minutes.is_(True)
_of_cases = conference.where(any_of(_case.condition, multi_department.condition), _recorded)
cases_a_year = in_each_resident_year(a_year(_of_cases))
monthlies_a_year = in_each_resident_year(
    a_year(conference.where(conference.type.is_("monthly"), _recorded))
)
readings_a_year = in_each_resident_year(
    a_year(conference.where(conference.type.is_("literature"), _recorded))
)


def _reached(monthlies: int, literature: int) -> tuple[Rule, Rule, Rule]:
    return (
        named("病例討論會每年20次", "20 case conferences a year", cases_a_year.at_least(20)),
        named(
            f"核醫月會每年{monthlies}次",
            f"{monthlies} monthly meetings a year",
            monthlies_a_year.at_least(monthlies),
        ),
        named(
            f"文獻選讀每年{literature}次",
            f"literature reading {literature} times a year",
            readings_a_year.at_least(literature),
        ),
    )


_lowest_reached = or_fewer(
    called(
        "病例討論、月會、文獻三項中達成的項數",
        "reached, of case conferences, monthly meetings and readings",
        how_many(*_reached(3, 1)),
    ),
    2,
)
_middle_reached = all_of(*_reached(4, 2))
_all_reached = all_of(*_reached(4, 3))
_signed = conference.where(_recorded, conference.attendees.is_given())


def _signed_monthly(*types: str) -> Rule:
    return each_month(_signed.where(conference.type.is_in(*types))).at_least(1)


_read_monthly = named(
    "每個月都有雜誌或研究討論會的簽名紀錄",
    "a journal or research meeting on record, signed, every month",
    reading(
        "L712_MEETING_KIND",
        journal_or_research=_signed_monthly("journal", "research"),
        both=all_of(_signed_monthly("journal"), _signed_monthly("research")),
    ),
)
_explained_712 = named(
    "沒有住院醫師，委員接受說明",
    "no residents, and the surveyors accept the explanation",
    all_of(
        without_residents,
        reading("NORES_712", explain_as_3=SATISFIED, fail=NEVER),
        explained("7.1.2"),
    ),
)
_level_3_712 = level(
    "NM-7.1.2.L3",
    any_of(clause("NM-7.1.2.L3.G", all_of(with_residents, _all_reached)), _explained_712),
    text=_all_reached,
)
_level_4_712 = level(
    "NM-7.1.2.L4",
    all_of(with_residents, _level_3_712.rule, _read_monthly),
    text=all_of(_all_reached, _read_monthly),
)
_fosters = judged(
    "NM-7.1.2.L5",
    "學術活動培育批判思考、解決問題或表達的能力（例如常由住院醫師報告）",
    "activities foster critical thinking, problem solving or expression (residents often present)",
    who=_SURVEYORS,
)

item_7_1_2 = suggests(
    scale(
        "7.1.2",
        Label("住院醫師參與", "residents' participation"),
        level("NM-7.1.2.L1", all_of(with_residents, _lowest_reached), text=_lowest_reached),
        level(
            "NM-7.1.2.L2",
            all_of(with_residents, _middle_reached),
            text=unless(_middle_reached, _all_reached),
        ),
        _level_3_712,
        _level_4_712,
        level(
            "NM-7.1.2.L5",
            all_of(_level_4_712.rule, _fosters),
            text=all_of(_level_4_712.literal, _fosters),
        ),
    ),
    worse=reading("GAP_712", level_2=NEVER, level_1=with_residents),
    flags=(
        Flag("no_note", NO_NOTE, without_residents),
        context(
            "NM-7.1.2.H",
            "活動足夠，並培養批判思考、解題與表達",
            "activities suffice and foster critical thinking, problem solving and expression",
        ),
    ),
)
