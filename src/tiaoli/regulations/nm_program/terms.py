"""
Terms that several items share: the days that matter, who is assessed, what takes their place in a
programme without residents.

``AS_OF`` is A, the first day of the site visit. T0 is the day on which the training period applied
for begins.
"""

from __future__ import annotations

from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    AmountNode,
    Fold,
    Quantifier,
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    completed,
    days_after,
    each_one,
    earlier_of,
    first_of_year,
    its,
    later_of,
    latest,
    look_back,
    lookback,
    month_end_on_or_after,
    named,
    no,
    not_stated,
    of_each,
    of_each_period,
    or_else,
    reading,
    records,
    years,
)

programme = records("programme")
T0 = latest(programme, programme.training_start).training_start
the_programme = latest(programme, programme.training_start)

# What a programme does yearly is looked at over four years, or since there is a programme

four_years_or_since = later_of(
    look_back(AS_OF, years(4)),
    or_else(the_programme.recognised_since, the_programme.plan_adopted_date),
)
review_start = reading(
    "REVIEW_PERIOD_YEARS",
    four_or_since_recognition=four_years_or_since,
    one=look_back(AS_OF, years(1)),
)
"""The first day of the review period, which ends on the day of the visit."""

resident = records("resident")

# Who is in training, and who completed it lately

in_training = any_of(resident.completion_date.is_absent(), resident.completion_date > AS_OF)
residents_now = resident.where(in_training)
"""R0."""

completers_1y = resident.where(lookback(resident.completion_date, years(1)))
completers_4y = resident.where(lookback(resident.completion_date, years(4)))
"""The day four years before the visit still counts."""

residents_1y = resident.where(any_of(in_training, lookback(resident.completion_date, years(1))))
"""R1y."""

residents_4y = resident.where(any_of(in_training, lookback(resident.completion_date, years(4))))
"""R4y."""

_last_completion = latest(completers_4y, resident.completion_date).completion_date
nobody_lately = all_of(no(residents_1y), any_record(completers_4y))
"""The evidence is that of the latest of those who completed within four years."""

cohort = resident.where(
    reading(
        "COHORT_WINDOW_41",
        status_4y_evidence_1y=any_of(
            in_training,
            lookback(resident.completion_date, years(1)),
            all_of(no(residents_1y), resident.completion_date.same_as(_last_completion)),
        ),
        evidence_1y=any_of(in_training, lookback(resident.completion_date, years(1))),
        evidence_4y=any_of(in_training, lookback(resident.completion_date, years(4))),
    )
)
"""Those whose training is looked at."""

# A programme without residents

_none_now = no(residents_now)
_elects = the_programme.elects_deemed_status.is_(True)
_deemed = all_of(
    any_record(completers_4y),
    reading(
        "DEEMED_RESIDENT_MODE",
        automatic=any_record(completers_4y),
        programme_elects=_elects,
    ),
)
_without = reading(
    "NO_RESIDENT_STATUS",
    none_now_nor_4y=all_of(_none_now, ~_deemed),
    none_now=_none_now,
    none_now_nor_1y=no(residents_1y),
    never=no(resident.whenever()),
)
_NOBODY = ("沒有（也不視同有）住院醫師", "no residents, and none deemed to be")
_nobody = reading("DEEMED_RESIDENT_SCOPE", whole_standard=_without, item_4_1_only=_none_now)

without_residents: Rule = named(*_NOBODY, _nobody)
"""For every item but 4.1, and for passing."""

with_residents: Rule = named("有（或視同有）住院醫師", "has residents, or is deemed to", ~_nobody)

without_residents_41: Rule = named(*_NOBODY, _without)
"""For item 4.1, whose statement is where deemed residents come from."""

na_item: Rule = all_of(without_residents, reading("NA_MODE", forced=SATISFIED, optional=NEVER))
"""Ten items are left out where there are no residents."""

open_to_explained: Rule = any_of(
    with_residents,
    reading("Z_NOTE_EFFECT", substitutes_resident_facts=SATISFIED, fixed_3=NEVER),
)
"""Levels 4 and 5 of an item in which an explanation stands for what residents would show."""

_explanation = records("norm_explanation")


def explained(item: str) -> Rule:
    """The surveyors accept how the programme says that it would carry out the norm of ``item``."""
    return any_record(
        _explanation.where(_explanation.item.is_(item), _explanation.accepted.is_(True))
    )


def or_fewer(amount: AmountNode, number: int) -> Rule:
    """以下 that does not say whether the number itself is included."""
    return reading(
        "BARE_BOUND_INCLUSIVE", yes=amount.at_most(number), no=amount.at_most(number - 1)
    )


# Each resident, each complete year

its_resident = its(resident)
its_last_day = earlier_of(or_else(its_resident.completion_date, AS_OF), AS_OF)
"""Until when the resident whose turn it is has trained."""

_eve = days_after(its_resident.start_date, -1)
_first_day: Value = reading(
    "RESIDENT_YEAR_BASIS",
    training_year=its_resident.start_date,
    calendar=first_of_year(completed(_eve, years(1))),
    academic=days_after(month_end_on_or_after(_eve, 7), 1),
)


def _yearly(each: AmountNode, fold: Fold) -> AmountNode:
    none = not_stated("尚無完整的訓練年度", "no complete year of training yet", each.unit)
    return of_each_period(_first_day, its_last_day, years(1), each, fold=fold, otherwise=none)


def _of_everyone(
    each: AmountNode, fold: Fold, among: Records, otherwise: AmountNode | None
) -> AmountNode:
    if otherwise is None:
        otherwise = not_stated("沒有可評的住院醫師", "no resident to be assessed", each.unit)
    return of_each(among, each, fold=fold, otherwise=otherwise)


def in_each_year(each: AmountNode) -> AmountNode:
    """What the resident whose turn it is reaches in every complete year."""
    return reading(
        "PER_YEAR_RULE",
        every_complete_year=_yearly(each, Fold.LEAST),
        last_year=_yearly(each, Fold.LAST),
        average=_yearly(each, Fold.MEAN),
    )


def in_each_resident_year(each: AmountNode) -> AmountNode:
    """
    What everybody reaches in every complete year. ``each`` counts records of ``its_resident``
    between ``PERIOD_START`` and ``PERIOD_END``. Not known where nobody has a complete year.
    """
    return of_each_resident(in_each_year(each))


def of_each_resident(
    each: AmountNode, *, among: Records = cohort, otherwise: AmountNode | None = None
) -> AmountNode:
    """What everybody in the cohort reaches, or everybody ``among`` some of it."""
    return reading(
        "PERSON_QUANTIFIER",
        all=_of_everyone(each, Fold.LEAST, among, otherwise),
        any=_of_everyone(each, Fold.GREATEST, among, otherwise),
        mean=_of_everyone(each, Fold.MEAN, among, otherwise),
        majority=_of_everyone(each, Fold.MAJORITY, among, otherwise),
    )


def every_resident(rule: Rule, *, among: Records = cohort) -> Rule:
    """``rule`` holds of everybody in the cohort; a mean of yes and no is what most say."""
    most = each_one(among, rule, Quantifier.MAJORITY)
    return reading(
        "PERSON_QUANTIFIER",
        all=each_one(among, rule, Quantifier.ALL),
        any=each_one(among, rule, Quantifier.ANY),
        mean=most,
        majority=most,
    )
