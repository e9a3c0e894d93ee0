"""
How a level is suggested: the highest of 5, 4 and 3 that is met; else 1 or 2, as the texts have it.

Where no text fits, or both of the lowest do, the suggestion says that the text does not decide.
The surveyors' level is another fact, and the only one that counts.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.terms import nobody_lately
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    AmountNode,
    Band,
    Flag,
    Question,
    Rule,
    Scale,
    all_of,
    amount_table,
    judged,
    keys_of,
    latest,
    not_stated,
    number_of,
    reading,
    records,
    told_if_met,
)

GAP = Label(
    "條文不決定：此情形沒有任何等級的文字", "the text does not decide: no level has words for this"
)
OVERLAP = Label(
    "條文不決定：等級1與等級2的文字都符合",
    "the text does not decide: the words of level 1 and of level 2 both fit",
)
NO_NOTE = Label(
    "條文對沒有住院醫師的計畫沒有註記", "the text has no note on programmes without residents"
)
LATEST_COMPLETER = Flag(
    "latest_completer",
    Label(
        "一年內沒有住院醫師：看四年內最近完訓者的紀錄",
        "no residents within a year: looked at is the latest completer of four years",
    ),
    reading(
        "COHORT_WINDOW_41",
        status_4y_evidence_1y=nobody_lately,
        evidence_1y=NEVER,
        evidence_4y=NEVER,
    ),
)
_SURVEYORS = "surveyor_decides"
_NOT_ASSESSED = "not_assessed"
_judgement = records("judgement")
_LEVELS = {f"level_{number}": number_of(number) for number in (1, 2, 3, 4, 5)}


def suggests(
    scale: Scale,
    *,
    worse: Rule = NEVER,
    upper: Rule = NEVER,
    flags: tuple[Flag, ...] = (),
    not_assessed: Rule = NEVER,
) -> Question:
    """
    The level suggested for an item.

    ``worse``: no text fits, but it is plainly worse than level 1. ``upper``: both of the lowest
    texts fit, and the second is meant (it says so explicitly, or is the more specific).
    ``not_assessed``: the item is left out.
    """
    return Question(
        id=scale.item,
        label=Label(f"{scale.item} {scale.label.zh}", f"{scale.item} {scale.label.en}"),
        asks=Label(
            f"{scale.label.zh}建議幾級（訪視委員評分為準）",
            f"the level suggested for {scale.label.en}; the surveyors decide",
        ),
        bands=(Band(_NOT_ASSESSED, told_if_met(not_assessed)), *_bands(scale, worse, upper)),
        otherwise="level_2",
        undecided="cannot_suggest",
        flags=(*_undecided_by_text(scale, not_assessed), *_of_whom(scale), *flags),
        scale=scale,
    )


_TO_RATE = not_stated("由訪視委員評定", "for the surveyors to rate")
_LEFT_OUT = not_stated("免評", "not assessed")


def level_of(question: Question, *, left_out: AmountNode = _LEFT_OUT) -> AmountNode:
    """
    The number of the level that ``question`` suggests; not stated where surveyors decide, and
    ``left_out`` where the item is not assessed.
    """
    worth = {**_LEVELS, _SURVEYORS: _TO_RATE, _NOT_ASSESSED: left_out}
    rows = [(band.rule, worth[band.outcome]) for band in question.bands]
    return amount_table(*rows, otherwise=_LEVELS[question.otherwise], in_order=True)


def context(clause_id: str, zh: str, en: str) -> Flag:
    """
    What surveyors look at beside the levels: their finding that it is lacking is told, and no
    level turns on it.
    """
    label = Label(
        f"訪視委員認為未做到（不影響等級）：{zh}", f"found lacking (no level turns on it): {en}"
    )
    return Flag(clause_id, label, ~judged(clause_id, zh, en, who=("訪視委員", "surveyors")))


def found_to_be(decision: str, clause_id: str) -> Rule:
    """
    The latest finding on the clause is ``barely`` or ``partly``: between the met and the not met
    of ``judged``, which is what is unknown where there is no finding.
    """
    on_it = _judgement.where(_judgement.clause.is_(clause_id))
    return latest(on_it, _judgement.date).decision.is_(decision)


def _bands(scale: Scale, worse: Rule, upper: Rule) -> tuple[Band, ...]:
    one, two, three, four, five = (level.rule for level in scale.levels)
    both = all_of(one, two)
    lower_meant = reading(
        "OVERLAP_L1_L2",
        explicit_then_specific_then_lower=~upper,
        lower=SATISFIED,
        higher=NEVER,
    )
    none_of_both = all_of(~one, ~two)
    return (
        Band(_SURVEYORS, reading("LEVEL_PICK", highest_satisfied=NEVER, surveyor_only=SATISFIED)),
        Band("level_5", five),
        Band("level_4", four),
        Band("level_3", three),
        Band("level_1", told_if_met(all_of(one, ~two))),
        Band("level_2", told_if_met(all_of(two, ~one))),
        Band("level_1", told_if_met(all_of(both, lower_meant))),
        Band("level_2", told_if_met(both)),
        Band("level_1", told_if_met(all_of(none_of_both, worse))),
        Band(
            "level_1",
            reading("GAP_POLICY", two_unless_l1_trigger=NEVER, one=SATISFIED, surveyor_only=NEVER),
        ),
        Band(
            _SURVEYORS,
            reading("GAP_POLICY", two_unless_l1_trigger=NEVER, one=NEVER, surveyor_only=SATISFIED),
        ),
    )


def _of_whom(scale: Scale) -> tuple[Flag, ...]:
    """Every item that looks at residents' evidence says so where it is the latest completer's."""
    nodes = [level.rule for level in scale.levels]
    looked_at = frozenset[str]().union(*map(keys_of, nodes))
    return (LATEST_COMPLETER,) if "COHORT_WINDOW_41" in looked_at else ()


def _undecided_by_text(scale: Scale, not_assessed: Rule) -> tuple[Flag, Flag]:
    """Nothing is said of the text where the surveyors alone rate."""
    one, two, *higher = (level.rule for level in scale.levels)
    suggested = reading("LEVEL_PICK", highest_satisfied=SATISFIED, surveyor_only=NEVER)
    below = (suggested, ~not_assessed, *(~rule for rule in higher))
    return (
        Flag("gap", GAP, all_of(~one, ~two, *below)),
        Flag("overlap", OVERLAP, all_of(one, two, *below)),
    )
