"""Stage two: the order of the programmes, which text 3.1 number 3(3) gives, and their places."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    AmountNode,
    Band,
    Contest,
    Figure,
    Flag,
    Question,
    RankingMethod,
    Records,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    any_record,
    clause,
    contest,
    count,
    excess,
    in_cycle,
    named,
    not_stated,
    number_of,
    points,
    rank,
    reading,
    records,
    sum_of,
    the,
    tied,
    times,
    told_if_met,
    total,
)

contender = records("contender")
_mine = the(contender)

_WIDTH = points(3)
"""Totals that differ by three points are still close."""

_passed = contender.where(contender.passed.is_(True))
_last = contender.where(contender.passed.is_(False), contender.twos_only.is_(True))


def _by_total(of: Records) -> Contest:
    return contest(of, total=contender.total, priority=contender.self_trained, width=_WIDTH)


_first, _after_them = _by_total(_passed), _by_total(_last)


def _place_in(among: Contest) -> AmountNode:
    """The place of the contender asked about."""
    return reading(
        "TIE_BAND_METHOD",
        anchored_band=rank(among, _mine.programme, RankingMethod.ANCHORED_BAND),
        pairwise=rank(among, _mine.programme, RankingMethod.PAIRWISE),
        chained=rank(among, _mine.programme, RankingMethod.CHAINED),
    )


_has_passed = clause(
    "NM-ALLOC-8", named("達最低及格標準", "the minimum standard is met", _mine.passed.is_(True))
)
_only_twos = named(
    "未及格，但只因2分項數過多",
    "it fails, and only by too many twos",
    all_of(_mine.passed.is_(False), _mine.twos_only.is_(True)),
)
_not_even_last = reading("STAGE2_BAR_FOR_TWOS", bar=SATISFIED, rank_last=~_only_twos)
_comes_last = reading("STAGE2_BAR_FOR_TWOS", bar=NEVER, rank_last=_only_twos)
_is_last = told_if_met(_comes_last)

_cycle = named(
    "兩兩比較時先後循環",
    "compared two at a time it goes round in a circle",
    any_of(*(in_cycle(among, _mine.programme) for among in (_first, _after_them))),
)
_tie = named(
    "與另一計畫總分、自訓項數都相同",
    "equal to another in total and services",
    any_of(*(tied(among, _mine.programme) for among in (_first, _after_them))),
)

place = amount_table(
    (told_if_met(_has_passed), _place_in(_first)),
    (_is_last, total(count(_passed), _place_in(_after_them))),
    otherwise=not_stated("不列入排序", "not ranked"),
    in_order=True,
)

ranking = Question(
    id="rank",
    label=Label("排序", "rank"),
    asks=Label(
        "訓練計畫在容額分配中的名次", "the place of the programme in the order of allocation"
    ),
    bands=(
        Band("not_ranked", told_if_met(all_of(~_has_passed, _not_even_last))),
        Band(
            "cycle",
            told_if_met(
                reading("TIE_BAND_METHOD", anchored_band=NEVER, pairwise=_cycle, chained=NEVER)
            ),
        ),
        Band("tie", told_if_met(reading("TIE_RESIDUAL", committee=_tie, shared_rank=NEVER))),
        Band("ranked_last", _is_last),
    ),
    otherwise="ranked",
    about="contender",
    figures=(
        Figure(
            "place",
            Label("名次", "place"),
            amount_clause("NM-3.1.3.c3", amount_clause("NM-ALLOC-6", place)),
        ),
        Figure("total", Label("總分", "total"), _mine.total),
        Figure(
            "self_trained", Label("自行訓練項數", "services trained in itself"), _mine.self_trained
        ),
    ),
    flags=(
        Flag(
            "pairwise_cycle",
            Label(
                "兩兩比較時先後循環，名次取決於所採的方法",
                "compared two at a time it goes round in a circle: the place depends on the method",
            ),
            _cycle,
        ),
    ),
)

# Places

_round = records("allocation_round")
_awarded = sum_of(contender.places_awarded, contender)
_in_all = sum_of(_round.quota_total, _round)
_has_cap = any_record(_round.where(_round.quota_cap.is_given()))
_its_places = sum_of(
    contender.places_awarded, contender.where(contender.programme.same_as(_mine.programme))
)
_too_many = any_of(
    named("核定容額合計超過總數", "more places awarded than there are", _awarded > _in_all),
    named(
        "核定容額超過每計畫上限",
        "more places awarded than the cap for one programme",
        all_of(_has_cap, _its_places > sum_of(_round.quota_cap, _round)),
    ),
)

quota = Question(
    id="quota",
    label=Label("容額", "places"),
    asks=Label(
        "委員會核定的容額是否在總數與上限之內",
        "whether the places awarded by the committee keep to the total and the cap",
    ),
    bands=(
        Band("not_entered", told_if_met(_mine.places_awarded.is_absent())),
        Band("over_quota", _too_many),
    ),
    otherwise="within_quota",
    about="contender",
    figures=(
        Figure("places", Label("核定容額", "places awarded"), _its_places),
        Figure("places_left", Label("尚未分配", "places left"), excess(_in_all, _awarded)),
        Figure(
            "by_the_text",
            Label("條文的分配公式", "what the text gives"),
            amount_clause(
                "NM-ALLOC-7",
                not_stated(
                    "容額總數、每計畫上限與分配公式",
                    "the number of places, the cap and the formula",
                    Unit.PERSON,
                ),
            ),
        ),
    ),
    flags=(
        Flag(
            "too_few_specialists",
            Label(
                "專科醫師人數不足容額的兩倍（5.2.1）",
                "fewer than two specialists for each place (5.2.1)",
            ),
            _mine.specialists < times(_its_places, number_of(2)),
        ),
        Flag(
            "not_passing",
            Label("未達最低及格標準而核定容額", "places for one below the minimum standard"),
            all_of(_mine.passed.is_(False), _mine.places_awarded.is_given()),
        ),
    ),
)

QUESTIONS = (ranking, quota)
