"""Notes 1 and 2: what a score means, and what a programme needs to meet the minimum standard."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.force import NOT_IN_FORCE
from tiaoli.regulations.nm_program.prerequisites import mandatory
from tiaoli.regulations.nm_program.scores import (
    ITEMS,
    NEVER_TWO,
    TO_BE_DISCUSSED,
    WHITELIST,
    allowed,
    below,
    consensus,
    declared_below,
    declared_twos,
    explained,
    extreme,
    far_apart,
    given,
    lacking,
    scored,
    twos,
    unexplained,
)
from tiaoli.regulations.nm_program.terms import with_residents, without_residents
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Band,
    Figure,
    Flag,
    Question,
    Rule,
    all_of,
    amount_table,
    any_of,
    any_record,
    clause,
    excess,
    named,
    number_of,
    points,
    presumed,
    reading,
    the,
    told_if_met,
    total,
    waived_by,
)

_MOST_TWOS = 5

# The minimum standard

twos_used = twos(WHITELIST)
_no_ones = clause("NM-PASS-3", named("沒有1分的項目", "no item is rated 1", below(2).at_most(0)))
_only_the_nine = clause(
    "NM-PASS-2.W",
    named(
        "九項以外都有3分以上",
        "every item but the nine is rated 3 or higher",
        below(3, NEVER_TWO).at_most(0),
    ),
)
_five_at_most = clause("NM-PASS-2.C", twos_used.at_most(_MOST_TWOS))
_with_twos = all_of(_only_the_nine, _five_at_most)
_no_twos = named("每項都有3分以上", "every item is rated 3 or higher", below(3).at_most(0))

minimum_met = all_of(
    _no_ones,
    clause(
        "NM-PASS-2",
        reading(
            "NA_TWOS_ALLOWED",
            no=waived_by(_with_twos, told_if_met(without_residents)),
            yes=_with_twos,
        ),
    ),
    clause(
        "NM-PASS-4.T",
        reading(
            "NA_TWOS_ALLOWED", no=waived_by(_no_twos, told_if_met(with_residents)), yes=SATISFIED
        ),
    ),
)
too_many_twos_only = all_of(
    with_residents, below(2).at_most(0), below(3, NEVER_TWO).at_most(0), ~_five_at_most
)
"""Nothing but the number of twos is wrong."""

# Whether the scores can be decided upon

_explained = explained(consensus)
_must_be_explained = reading(
    "MISSING_EXPLANATION_EFFECT", block_submit=_explained, warn=SATISFIED, void=_explained
)
legal = presumed(
    allowed(consensus), True, "空白另以評分不齊論", "a blank is dealt with as a lacking score"
)
_scored = {item: scored(item) for item in ITEMS}
_all_scored = clause(
    "NM-SCALE-1",
    ~lacking(_scored),
)
complete = named(
    "評分齊全並有說明",
    "the scores are complete and explained",
    all_of(_all_scored, _must_be_explained),
)

NOT_ELIGIBLE = Band("not_eligible", told_if_met(~mandatory))
REJECTED = Band("scores_rejected", told_if_met(~legal))
INCOMPLETE = Band("scores_incomplete", told_if_met(~complete))

UNEXPLAINED = Flag(
    "unexplained",
    Label("1分或5分沒有說明", "a score of 1 or 5 without an explanation"),
    any_record(unexplained(consensus)),
)

_twos_left = amount_table(
    (told_if_met(without_residents), number_of(0)),
    otherwise=excess(number_of(_MOST_TWOS), twos_used),
)

passing = Question(
    id="pass",
    label=Label("是否及格", "pass or fail"),
    asks=Label(
        "訓練計畫是否達最低及格標準（依委員共識評分）",
        "whether the programme meets the minimum standard, by the surveyors' scores",
    ),
    bands=(NOT_ELIGIBLE, REJECTED, INCOMPLETE, Band("pass", minimum_met)),
    otherwise="fail",
    figures=(
        Figure("twos_used", Label("已用2分項數", "twos used"), twos_used),
        Figure(
            "twos_left",
            Label("尚可2分項數", "twos left"),
            amount_table(
                (told_if_met(without_residents), number_of(0)),
                otherwise=excess(number_of(_MOST_TWOS), twos_used),
            ),
        ),
        Figure("ones", Label("1分項數", "items rated 1"), below(2)),
        Figure(
            "below_3",
            Label("不得低於3分而低於3分的項數", "items below 3 that may not be"),
            amount_table((told_if_met(without_residents), below(3)), otherwise=below(3, NEVER_TWO)),
        ),
    ),
    flags=(NOT_IN_FORCE, UNEXPLAINED, Flag("to_be_discussed", TO_BE_DISCUSSED, far_apart)),
)

# The single score that would turn it

_mine = the(consensus)
_two_or_less = _mine.score <= points(2)
_three = all_of(_mine.score >= points(3), _mine.score <= points(3))
_may_be_two = all_of(with_residents, _mine.item.is_in(*WHITELIST))
_offends = any_of(
    _mine.score <= points(1),
    all_of(_two_or_less, ~_may_be_two),
)
_offences = amount_table(
    (told_if_met(without_residents), declared_below(3)),
    otherwise=total(declared_below(2), declared_twos(NEVER_TWO)),
)
_twos_declared = amount_table(
    (told_if_met(without_residents), number_of(0)), otherwise=declared_twos(WHITELIST)
)
_five_used = _twos_declared.at_least(_MOST_TWOS)
_no_offence = _offences.at_most(0)
_enough = all_of(_no_offence, _twos_declared.at_most(_MOST_TWOS))
_is_a_two_too_many = all_of(
    _may_be_two, _two_or_less, ~_offends, _twos_declared.at_least(_MOST_TWOS + 1)
)
_alone = any_of(
    all_of(_offends, _offences.at_most(1), _twos_declared.at_most(_MOST_TWOS)),
    all_of(_is_a_two_too_many, _no_offence, _twos_declared.at_most(_MOST_TWOS + 1)),
)
_at_the_edge = any_of(
    all_of(_two_or_less, ~_offends),
    all_of(_three, any_of(~_may_be_two, _five_used)),
)

turns = Question(
    id="pass-turns",
    label=Label("改變結果的單一評分", "the single score that turns it"),
    asks=Label(
        "只改這一項的評分，及格與否會不會改變",
        "whether another score for this item alone would turn pass or fail",
    ),
    bands=(
        Band(
            "would_pass",
            told_if_met(named("只有這一項使計畫不及格", "this item alone fails it", _alone)),
        ),
        Band(
            "one_of_several",
            told_if_met(
                named(
                    "這一項與其他項目一起使計畫不及格",
                    "this item and others fail it",
                    all_of(~_enough, any_of(_offends, _is_a_two_too_many)),
                )
            ),
        ),
        Band(
            "would_fail",
            told_if_met(
                named(
                    "計畫及格，而這一項再低1分即不及格",
                    "it passes, and one point less for this item would fail it",
                    all_of(_enough, _at_the_edge),
                )
            ),
        ),
    ),
    otherwise="would_not_turn",
    about="consensus_score",
    figures=(Figure("twos_used", Label("已用2分項數", "twos used"), _twos_declared),),
)

# What one surveyor hands in

_one = the(given, given.submitted_date)
_one_itself = given.where(given.item.same_as(_one.item), given.surveyor.same_as(_one.surveyor))


def _is(score: int) -> Rule:
    exactly = all_of(_one.score >= points(score), _one.score <= points(score))
    return told_if_met(
        clause(f"NM-SCALE-{score}", named(f"評{score}分", f"a score of {score}", exactly))
    )


_one_unexplained = ~explained(_one_itself)
_one_is_held_back = reading(
    "MISSING_EXPLANATION_EFFECT", block_submit=_one_unexplained, warn=NEVER, void=NEVER
)
_one_is_void = reading(
    "MISSING_EXPLANATION_EFFECT", block_submit=NEVER, warn=NEVER, void=_one_unexplained
)
_NO_EVIDENCE = Label("1分或5分未附佐證", "no evidence attached to a score of 1 or 5")

score = Question(
    id="score",
    label=Label("單一評分", "one score"),
    asks=Label(
        "委員對一個項目的評分是否合於規定", "whether a surveyor's score of one item is in order"
    ),
    bands=(
        Band("scores_rejected", told_if_met(~allowed(_one_itself))),
        Band("scores_incomplete", told_if_met(_one_is_held_back)),
        Band("void", told_if_met(_one_is_void)),
        Band(
            "accepted",
            any_of(
                *(_is(score) for score in range(1, 6)),
                told_if_met(clause("NM-PASS-4", _one.score.is_absent())),
            ),
        ),
    ),
    otherwise="scores_incomplete",
    about="surveyor_score",
    flags=(
        Flag("unexplained", UNEXPLAINED.label, any_record(unexplained(_one_itself))),
        Flag(
            "no_evidence",
            _NO_EVIDENCE,
            any_record(extreme(_one_itself).where(given.evidence_links.is_absent())),
        ),
    ),
)

_sheet = given.where(given.surveyor.same_as(_one.surveyor))
_on_sheet = {
    item: any_record(_sheet.where(given.item.is_(item), given.score.is_given())) for item in ITEMS
}
_sheet_allowed = presumed(
    allowed(_sheet), True, "空白另以評分不齊論", "a blank is dealt with as a lacking score"
)
_sheet_explained = explained(_sheet)
_sheet_complete = clause(
    "NM-SCALE-1",
    ~lacking(_on_sheet),
)
_sheet_in_order = named(
    "評分齊全並有說明",
    "the scores are complete and explained",
    all_of(
        _sheet_complete,
        reading(
            "MISSING_EXPLANATION_EFFECT",
            block_submit=_sheet_explained,
            warn=SATISFIED,
            void=SATISFIED,
        ),
    ),
)

score_sheet = Question(
    id="score-sheet",
    label=Label("評分表", "score sheet"),
    asks=Label("一位委員的評分表是否可以提交", "whether a surveyor's score sheet may be submitted"),
    bands=(
        Band("scores_rejected", told_if_met(~_sheet_allowed)),
        Band("scores_incomplete", told_if_met(~_sheet_in_order)),
    ),
    otherwise="ready",
    about="surveyor_score",
    flags=(
        Flag("unexplained", UNEXPLAINED.label, any_record(unexplained(_sheet))),
        Flag(
            "no_evidence",
            _NO_EVIDENCE,
            any_record(extreme(_sheet).where(given.evidence_links.is_absent())),
        ),
    ),
)

QUESTIONS = (passing, turns, score, score_sheet)
