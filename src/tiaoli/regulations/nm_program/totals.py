"""Note 3: who enters stage two, and the total with which a programme enters it."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.force import NOT_IN_FORCE
from tiaoli.regulations.nm_program.passing import (
    INCOMPLETE,
    NOT_ELIGIBLE,
    REJECTED,
    complete,
    legal,
    minimum_met,
    too_many_twos_only,
)
from tiaoli.regulations.nm_program.prerequisites import mandatory
from tiaoli.regulations.nm_program.scores import (
    ITEMS,
    REMAINING,
    score_of,
    scored,
)
from tiaoli.regulations.nm_program.terms import with_residents, without_residents
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    AmountNode,
    Band,
    Figure,
    Flag,
    Question,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_record,
    clause,
    how_many,
    latest,
    named,
    not_stated,
    points,
    reading,
    records,
    shown_by,
    times,
    told_if_met,
    total,
)

weight = records("item_weight")

COUNT_AS_TWO = ("4.1", "4.3", "9.1", "9.2", "9.3")
COUNT_AS_THREE = ("4.2.a", "6.3", "6.4", "6.5", "7.1.3")

# Who enters

_admitted = clause(
    "NM-ALLOC-8", named("達最低及格標準", "the minimum standard is met", minimum_met)
)
enters = all_of(mandatory, legal, complete, _admitted)

stage_two = Question(
    id="stage-two",
    label=Label("第二階段", "stage two"),
    asks=Label(
        "訓練計畫可否參加第二階段容額分配", "whether the programme enters stage two of allocation"
    ),
    bands=(
        NOT_ELIGIBLE,
        REJECTED,
        INCOMPLETE,
        Band("enters", _admitted),
        Band(
            "ranked_last",
            told_if_met(reading("STAGE2_BAR_FOR_TWOS", bar=NEVER, rank_last=too_many_twos_only)),
        ),
    ),
    otherwise="kept_out",
    flags=(NOT_IN_FORCE,),
)

# Weights


def _has_weight(item: str) -> Rule:
    label = weight.item.attribute.option_label(item)
    entered = any_record(weight.where(weight.item.is_(item)))
    return named(f"{item} {label.zh}的配分", f"weight of {item} {label.en}", entered)


def _weighted(item: str, score: AmountNode) -> AmountNode:
    """By the weight in force; 1 where none is entered."""
    of = weight.where(weight.item.is_(item))
    return amount_table(
        (told_if_met(_has_weight(item)), times(score, latest(of, weight.from_date).weight)),
        otherwise=reading(
            "ITEM_WEIGHTS",
            one_until_entered=score,
            table_only=not_stated("配分表", "the table of weights", Unit.POINT),
        ),
    )


weights_lacking = named(
    "配分表尚未填齊",
    "the table of weights is not entered, or not in full",
    ~how_many(*map(_has_weight, ITEMS)).at_least(27),
)

# Totals


def _counted_as(item: str, level: int) -> AmountNode:
    fixed = points(level)
    score = reading(
        "NA_MODE",
        forced=fixed,
        optional=amount_table((told_if_met(scored(item)), score_of(item)), otherwise=fixed),
    )
    return _weighted(item, score)


_nine_two = reading(
    "NA_NOTE_VS_IMPUTE_92", level_2=_counted_as("9.2", 2), level_3=_counted_as("9.2", 3)
)
_fives = amount_clause(
    "NM-ALLOC-1",
    total(*(_nine_two if item == "9.2" else _counted_as(item, 2) for item in COUNT_AS_TWO)),
)
_threes = amount_clause("NM-ALLOC-2", total(*(_counted_as(item, 3) for item in COUNT_AS_THREE)))
_of_the_ten = amount_clause("NM-ALLOC-3", total(_fives, _threes))
_of_the_others = reading(
    "WEIGHT_APPLIES_TO",
    all_items=total(*(_weighted(item, score_of(item)) for item in REMAINING)),
    na_items_only=total(*map(score_of, REMAINING)),
)
_with_imputed = amount_clause("NM-ALLOC-4", total(_of_the_ten, _of_the_others))

_of_all = reading(
    "WEIGHT_APPLIES_TO",
    all_items=total(*(_weighted(item, score_of(item)) for item in ITEMS)),
    na_items_only=total(
        *(
            score_of(item) if item in REMAINING else _weighted(item, score_of(item))
            for item in ITEMS
        )
    ),
)
_with_residents = amount_clause(
    "NM-ALLOC-5",
    reading(
        "STAGE2_FORMULA_WITH_RESIDENTS",
        weighted_sum=_of_all,
        undefined=not_stated(
            "有住院醫師計畫的總分", "the total of a programme with residents", Unit.POINT
        ),
    ),
)
stage_two_total = amount_table(
    (told_if_met(without_residents), _with_imputed),
    otherwise=reading("IMPUTATION_SCOPE", na_programmes_only=_with_residents, all=_with_imputed),
)

_no_formula = all_of(
    with_residents,
    reading("STAGE2_FORMULA_WITH_RESIDENTS", weighted_sum=NEVER, undefined=SATISFIED),
    reading("IMPUTATION_SCOPE", na_programmes_only=SATISFIED, all=NEVER),
)
_no_table = reading("ITEM_WEIGHTS", one_until_entered=NEVER, table_only=weights_lacking)

totals = Question(
    id="total",
    label=Label("第二階段總分", "stage-two total"),
    asks=Label(
        "訓練計畫第二階段的總分，能否公告",
        "the stage-two total of the programme, and whether it may be published",
    ),
    bands=(
        NOT_ELIGIBLE,
        REJECTED,
        INCOMPLETE,
        Band("no_total", told_if_met(~_admitted)),
        Band("not_stated", told_if_met(_no_formula)),
        Band("not_stated", told_if_met(_no_table)),
        Band("provisional", told_if_met(weights_lacking)),
    ),
    otherwise="publishable",
    figures=(
        Figure(
            "total",
            Label("總分", "total"),
            amount_table(
                (
                    told_if_met(~shown_by(enters)),
                    not_stated(
                        "未達最低及格標準者不計總分",
                        "a programme below the minimum standard has no total",
                        Unit.POINT,
                    ),
                ),
                otherwise=stage_two_total,
            ),
        ),
    ),
    flags=(
        NOT_IN_FORCE,
        Flag(
            "provisional",
            Label(
                "配分表尚未填入，每項以1計，僅供參考",
                "illustrative until the society's table of weights is entered: each counts 1",
            ),
            all_of(enters, weights_lacking),
        ),
    ),
)

QUESTIONS = (stage_two, totals)
