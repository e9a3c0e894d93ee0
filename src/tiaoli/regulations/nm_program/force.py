"""From when the standard is in force, which its text does not say."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.terms import T0, the_programme
from tiaoli.rules import Band, Flag, Question, clause, date_of, or_else, reading

_ADOPTED = date_of(2024, 5, 31)
in_force = clause(
    "NM-META-2",
    reading(
        "EFFECTIVE_FROM",
        adopted_day=T0 >= _ADOPTED,
        entered=or_else(the_programme.standard_effective_from, _ADOPTED) <= T0,
    ),
)
NOT_IN_FORCE = Flag(
    "not_in_force",
    Label("訓練開始日在本標準施行之前", "the training starts before this standard is in force"),
    ~in_force,
)

QUESTIONS = (
    Question(
        id="in-force",
        label=Label("是否適用本標準", "whether the standard applies"),
        asks=Label(
            "訓練開始日是否在本標準施行之後", "whether the training starts under this standard"
        ),
        bands=(Band("in_force", in_force),),
        otherwise="not_in_force",
    ),
)
