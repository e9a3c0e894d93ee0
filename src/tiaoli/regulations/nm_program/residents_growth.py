"""4.3: responsibility that grows with ability, in writing and in what is done."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.facts.periods import Period
from tiaoli.regulations.nm_program.suggestion import context, found_to_be, suggests
from tiaoli.regulations.nm_program.terms import (
    every_resident,
    its_resident,
    na_item,
    the_programme,
)
from tiaoli.rules import (
    AS_OF,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    completed,
    judged,
    level,
    named,
    reading,
    records,
    scale,
    years,
)

ability = records("graded_ability")

# What the plan says

_goals = named(
    "計畫書有能力訓練目標", "the plan has goals of ability", the_programme.ability_goals.is_(True)
)
_teaching = named(
    "訓練內容涵蓋教學能力",
    "the training covers teaching ability",
    the_programme.teaching_ability_content.is_(True),
)


def _described(year: str) -> Rule:
    label = ability.year.attribute.option_label(year)
    found = ability.where(ability.year.is_(year), ability.observable_behaviour.is_(True))
    return named(f"{label.zh}的分層能力", f"the ability of the {label.en}", any_record(found))


_documented = clause("NM-4.3.L3.N", all_of(*map(_described, ("R1", "R2", "R3", "R4"))))

# What residents have done, once it is due

_end_of_training = its_resident.completion_date <= AS_OF


def _begun(period: Period) -> Rule:
    return completed(its_resident.start_date, period) <= AS_OF


def _done_when_due(year: int, *tasks: str) -> Rule:
    """Tasks of a training year are due when it is over; or, as some read it, once it has begun."""
    due = reading(
        "L43_TASK_DEADLINE",
        end_of_year=_begun(years(year)),
        during_year=_begun(years(year - 1)),
    )
    return any_of(~any_of(due, _end_of_training), its_resident.tasks_done.includes(*tasks))


_tasks_done = every_resident(
    all_of(
        named(
            "教醫學生（第二年底前）",
            "teaching students (by the end of year 2)",
            _done_when_due(2, "teach_students"),
        ),
        named(
            "教原理與病例（第三年底前）",
            "teaching principles and cases (by the end of year 3)",
            _done_when_due(3, "teach_principles"),
        ),
        named(
            "教住院醫師與參與研究（第四年底前）",
            "teaching residents and taking part in research (by the end of year 4)",
            _done_when_due(4, "teach_residents", "research"),
        ),
    )
)

# (a) to (c)


def _finding(letter: str, zh: str, en: str) -> tuple[Rule, Rule]:
    """Done in full, and done at least in part."""
    clause_id = f"NM-4.3.L4.{letter}"
    fully = judged(clause_id, zh, en, who=("訪視委員", "surveyors"))
    partly = named(f"部分做到：{zh}", f"in part: {en}", found_to_be("partly", clause_id))
    return fully, any_of(fully, partly)


_findings = (
    _finding("a", "教師能說出並執行分層漸進訓練", "faculty describe and carry out graded training"),
    _finding("b", "工作職責反映分層能力", "duties reflect the level of ability"),
    _finding("c", "教師能評量是否達到分層能力", "faculty assess whether the level is reached"),
)
_all_fully = all_of(*(fully for fully, _ in _findings))
_in_part = tuple(in_part for _, in_part in _findings)
_partly = reading("PARTIAL_ABC", some_not_all=any_of(*_in_part), each_partly=all_of(*_in_part))

# The levels

_level_3 = all_of(_documented, _tasks_done)
_short_of_3 = named(
    "分層能力沒有明文，或到期的任務未完成",
    "abilities are not written down, or tasks that are due not done",
    ~_level_3,
)
_no_teaching = named(
    "訓練內容不涵蓋教學能力", "the training does not cover teaching ability", ~_teaching
)
_only_goals = all_of(_goals, _no_teaching, _short_of_3)
_goals_and_teaching = all_of(_goals, _teaching, _short_of_3)

item_4_3 = suggests(
    scale(
        "4.3",
        Label("責任分層及漸進", "graded and progressive responsibility"),
        level("NM-4.3.L1", _only_goals),
        level("NM-4.3.L2", _goals_and_teaching),
        level("NM-4.3.L3", _level_3),
        level("NM-4.3.L4", all_of(_level_3, _partly)),
        level("NM-4.3.L5", all_of(_level_3, _all_fully)),
    ),
    worse=~_goals,
    flags=(
        context(
            "NM-4.3.H1",
            "責任與能力的漸進呈現在照護病人中",
            "growing responsibility shows in patient care",
        ),
        context(
            "NM-4.3.H2",
            "完訓者在督導下能獨當一面，並能教學",
            "who completes works independently under supervision, and teaches",
        ),
    ),
    not_assessed=na_item,
)
