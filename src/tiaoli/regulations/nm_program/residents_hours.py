"""
4.2.a: hours of work and duty, time to learn, and what has been experienced.

The limits of working hours are the Ministry's and stand in another text; they are kept here in one
place. What the rosters do not show, the surveyors find.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.residents_supervision import duty_hour_channel
from tiaoli.regulations.nm_program.suggestion import suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    every_resident,
    explained,
    its_resident,
    na_item,
    of_each_resident,
    resident,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    SATISFIED,
    Amount,
    Flag,
    Records,
    Rule,
    all_of,
    amount_table,
    any_of,
    any_record,
    between,
    clause,
    days,
    each_one,
    hours,
    judged,
    last_day_of,
    level,
    named,
    no,
    reading,
    records,
    related,
    scale,
    sum_of,
    years,
)

_SURVEYORS = ("訪視委員", "surveyors")

# The limits of working hours (DUTY_HOUR_LIMITS): the guideline of 2017, as the press reported it

LIMITS = Label(
    "工時上限依2017年指引（媒體報導）：四週320小時、每次值班28小時、每七日休一日；請查證現行版本",
    "limits of the 2017 guideline as reported: 320 hours in four weeks, 28 hours a duty, one day "
    "of rest in seven; check the version in force",
)
MOST_IN_FOUR_WEEKS = hours(320)
LONGEST_DUTY = hours(28)
DAYS_FOR_A_REST_DAY = 7
FOUR_WEEKS = 28

# Hours

roster = records("duty_roster")
_sheets = roster.where(related(cohort, (roster.resident, resident.name)))


def _covers(number: int) -> Rule:
    """The sheet is of so many days or more."""
    return roster.end_date >= last_day_of(roster.start_date, days(number))


def _too_few_rest_days(weeks: int) -> Rule:
    return all_of(_covers(weeks * DAYS_FOR_A_REST_DAY), roster.rest_days < Amount(weeks, Unit.DAY))


_at_most_four_weeks = roster.end_date <= last_day_of(roster.start_date, days(FOUR_WEEKS))
_of_four_weeks = all_of(roster.type.is_("total"), _at_most_four_weeks, _covers(FOUR_WEEKS))
_over_the_limits = any_record(
    _sheets.where(
        any_of(
            all_of(_at_most_four_weeks, roster.hours > MOST_IN_FOUR_WEEKS),
            roster.longest_duty > LONGEST_DUTY,
            *(_too_few_rest_days(weeks) for weeks in range(1, 5)),
        )
    )
)
_everybody_listed = all_of(
    each_one(
        cohort,
        any_record(_sheets.where(_of_four_weeks, roster.resident.same_as(its_resident.name))),
    ),
    no(_sheets.where(~_of_four_weeks)),
)
_found_to_comply = judged(
    "NM-4.2a.H",
    "工作及值班時間合於衛福部規定",
    "working and duty hours comply with the rules of the Ministry",
    who=_SURVEYORS,
)
_complies = all_of(
    named("沒有超過上限的工時表", "no roster is over the limits", ~_over_the_limits),
    any_of(
        named(
            "每位住院醫師都有四週合計的工時表",
            "there are rosters of four weeks for every resident",
            _everybody_listed,
        ),
        _found_to_comply,
    ),
)
_time_to_learn = judged(
    "NM-4.2a.L3",
    "學習時間足夠，比例分配合宜",
    "there is time enough to learn, in a fair proportion",
    who=_SURVEYORS,
)

# Experience

rotation = records("rotation")
cyclotron = records("cyclotron_record")
_still_training = any_of(
    its_resident.completion_date.is_absent(), its_resident.completion_date > AS_OF
)


def _rotations(area: str, *statuses: str) -> Records:
    """Those of the resident whose turn it is, within the four years of training."""
    return rotation.where(
        rotation.resident.same_as(its_resident.name),
        rotation.area.is_(area),
        rotation.status.is_in(*statuses),
        any_of(
            rotation.start_date.is_absent(),
            between(
                rotation.start_date,
                its_resident.start_date,
                last_day_of(its_resident.start_date, years(4)),
            ),
        ),
    )


_actual_pet = sum_of(rotation.months, _rotations("pet", "actual"))
_planned_pet = sum_of(rotation.months, _rotations("pet", "planned", "actual"))
_pet_months = of_each_resident(
    reading(
        "PET_EXPERIENCE_SCOPE",
        planned_and_actual=amount_table((_still_training, _planned_pet), otherwise=_actual_pet),
        actual_only=_actual_pet,
    )
)
_pet = named(
    "正子經驗四年內多於18個月",
    "more than 18 months of PET within four years",
    _pet_months > Amount(18, Unit.MONTH),
)


_at_a_cyclotron = cyclotron.where(
    cyclotron.resident.same_as(its_resident.name), cyclotron.experience_date <= AS_OF
)


def _experienced(area: str) -> Rule:
    done = any_record(_rotations(area, "actual"))
    if area == "cyclotron":
        done = done | any_record(_at_a_cyclotron)
    planned = all_of(_still_training, any_record(_rotations(area, "planned")))
    return reading("PET_EXPERIENCE_SCOPE", planned_and_actual=done | planned, actual_only=done)


_experience = every_resident(
    named(
        "有核種治療、放免、迴旋加速器的經驗",
        "experience in therapy, radioimmunoassay and cyclotron",
        all_of(*map(_experienced, ("therapy", "ria", "cyclotron"))),
    )
)

# Leave, and what a channel is worth

_own_sheets = roster.where(roster.resident.same_as(its_resident.name))
_leave = named(
    "有年休制度，並確實請休",
    "there is annual leave, and it is taken",
    every_resident(
        all_of(
            any_record(_own_sheets.where(roster.leave_policy.is_(True))),
            any_record(_own_sheets.where(roster.leave_taken > Amount(0, Unit.DAY))),
        )
    ),
)
_benefit = judged(
    "NM-4.2a.L5",
    "訪談住院醫師，感受到申訴管道有實質效益",
    "residents interviewed feel that the channel is of real benefit",
    who=_SURVEYORS,
)

# The levels

_words_of_1 = any_of(
    named("有超過上限的工時表", "a roster is over the limits", _over_the_limits),
    named(
        "委員認定不合衛福部規定",
        "the surveyors find that the rules of the Ministry are not kept",
        all_of(~_everybody_listed, ~_found_to_comply),
    ),
)
_words_of_2 = all_of(
    _complies, named("學習時間不足", "there is too little time to learn", ~_time_to_learn)
)
_fair = all_of(_complies, _time_to_learn)
_words_of_3 = all_of(_fair, ~duty_hour_channel)
_words_of_4 = all_of(_words_of_3, duty_hour_channel, ~_benefit, _pet)
_words_of_5 = all_of(_words_of_4, _leave, _benefit, _experience)

_no_channel = reading(
    "L42A_NEGATIVE_CLAUSES", drop_on_cumulation=SATISFIED, literal=~duty_hour_channel
)
_shown = all_of(with_residents, _fair, _no_channel)
_explained = clause("NM-4.2a.L3.Z", all_of(without_residents, explained("4.2.a")))
_level_4 = all_of(_shown, duty_hour_channel, _pet)

item_4_2a = suggests(
    scale(
        "4.2.a",
        Label("值班時間", "duty hours"),
        level("NM-4.2a.L1", all_of(with_residents, _words_of_1), text=_words_of_1),
        level("NM-4.2a.L2", all_of(with_residents, _words_of_2), text=_words_of_2),
        level("NM-4.2a.L3", any_of(_shown, _explained), text=_words_of_3),
        level("NM-4.2a.L4", _level_4, text=_words_of_4),
        level(
            "NM-4.2a.L5",
            all_of(_level_4, _leave, _benefit, _experience),
            text=_words_of_5,
        ),
    ),
    flags=(Flag("duty_hour_limits", LIMITS, _over_the_limits),),
    not_assessed=na_item,
)
