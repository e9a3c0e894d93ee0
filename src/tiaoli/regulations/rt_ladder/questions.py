"""The questions of the ladder: may this person be RT1, RT2, RT3, RT4, and all that goes with it."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rt_ladder import administration, conditions
from tiaoli.regulations.rt_ladder.matrix import CELLS
from tiaoli.regulations.rt_ladder.terms import LEVELS, reference_date
from tiaoli.rules import Band, Question, Rule, all_of, any_of, qualifies, reading

_TABLES = {
    "RT1": (*conditions.a_rt1, *conditions.b_rt1),
    "RT2": (*conditions.a_rt2, *conditions.b_rt2),
    "RT3": (*conditions.a_rt3, *conditions.b_rt3),
    "RT4": (*conditions.a_rt4, *conditions.b_rt4),
}


def _rows(level: str) -> Rule:
    """What sections 4 and 5 ask of ``level`` itself."""
    return all_of(*_TABLES[level], CELLS[level])


def _requirements(level: str) -> Rule:
    """Everything that is asked of a file for ``level``, in the order of the text."""
    number = LEVELS.index(level)
    rules = [conditions.licensed, conditions.practising]
    if number >= 2:
        rules.append(conditions.reviewed_by_institution(level))
    rules.append(conditions.interval(level))
    if number >= 1:
        rules.append(conditions.held_level_below(level))
        lower = [_rows(below) for below in LEVELS[:number]]
        rules.append(
            reading(
                "rtl.levels.cumulative",
                own_level_only=_rows(level),
                all_lower=all_of(_rows(level), *lower),
            )
        )
    else:
        rules.append(_rows(level))
    return all_of(*rules)


def _level(level: str) -> Question:
    return qualifies(
        level,
        Label(f"{level} 資格", f"{level}"),
        Label(f"是否符合 {level} 的資格", f"whether the requirements of {level} are met"),
        _requirements(level),
        barred_unless=conditions.licensed,
        as_of=reference_date(level),
    )


def _step_allowed(level: str) -> Rule:
    """RTL-3.3, RTL-3.3b for one level: the level below is held, and a year has passed."""
    asked = administration.file.level.is_(level)
    if level == "RT1":
        return asked & conditions.interval(level)
    return all_of(asked, conditions.interval(level), conditions.held_level_below(level))


step = Question(
    id="step",
    label=Label("晉級次序", "Step"),
    asks=Label(
        "申請的層級是否輪到，間隔是否已滿", "whether the level asked for is the next, in time"
    ),
    bands=(Band("accepted", any_of(*(_step_allowed(level) for level in LEVELS))),),
    otherwise="refused",
    about="application",
)

QUESTIONS = (*(_level(level) for level in LEVELS), step, *administration.QUESTIONS)
