"""4.2.b: where residents work: desk, computer, locker, books, protection, and what is nearby."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.services import OTHER_THREE, self_trained
from tiaoli.regulations.nm_program.suggestion import suggests
from tiaoli.regulations.nm_program.terms import (
    explained,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    level,
    named,
    reading,
    records,
    scale,
)

facility = records("facility")


def _there_is(*rules: Rule) -> Rule:
    return any_record(facility.where(*rules))


_desk = _there_is(facility.desk.is_in("other_floor", "same_floor", "near"))
_desk_on_the_floor = named(
    "辦公桌與造影區同樓層",
    "a desk on the floor of imaging",
    _there_is(facility.desk.is_in("same_floor", "near")),
)
_desk_near = named(
    "專用辦公桌在造影區附近", "a desk near imaging", _there_is(facility.desk.is_("near"))
)
_computer = named(
    "有報告用電腦", "a reporting computer", _there_is(facility.pc.is_in("shared", "dedicated"))
)
_own_computer = named(
    "有專用報告用電腦",
    "a dedicated reporting computer",
    _there_is(facility.pc.is_("dedicated")),
)
_locker = named("有置物櫃", "a locker", _there_is(facility.locker.is_in("shared", "dedicated")))
_own_locker = named(
    "有專用置物櫃", "a dedicated locker", _there_is(facility.locker.is_("dedicated"))
)
_resources = named(
    "有網路與參考書",
    "network and books",
    all_of(_there_is(facility.network.is_(True)), _there_is(facility.books.is_(True))),
)
_taught = named(
    "職前訓練做過輻射安全教育",
    "radiation safety is taught at orientation",
    _there_is(facility.orientation_education.is_in("incomplete", "complete")),
)
_taught_fully = named(
    "職前輻射安全教育完整",
    "radiation safety is taught in full",
    _there_is(facility.orientation_education.is_("complete")),
)
_taught_in_part = named(
    "職前輻射安全教育不完整",
    "radiation safety is taught in part",
    all_of(_taught, ~_taught_fully),
)
_protected = named(
    "有輻射防護措施", "protective items", _there_is(facility.protection_items.is_(True))
)
_header = reading(
    "HEADER_ONLY_ITEMS",
    informative=SATISFIED,
    required_at_3=clause(
        "NM-4.2b.H",
        all_of(
            _there_is(facility.duty_room.is_(True)),
            _there_is(facility.beds_or_substitute.is_(True)),
            _there_is(facility.biosafety.is_(True)),
            _there_is(facility.radiation_monitoring.is_(True)),
        ),
    ),
)

_none_at_all = any_of(
    named("沒有同樓層的辦公桌", "no desk on the floor of imaging", ~_desk_on_the_floor),
    named("沒有報告用電腦", "no reporting computer", ~_computer),
    named("沒有置物櫃", "no locker", ~_locker),
    named("缺網路或參考書", "network or books are missing", ~_resources),
    named("職前沒有輻射安全教育", "no radiation safety at orientation", ~_taught),
)
_none_dedicated = any_of(
    _none_at_all,
    named("報告用電腦不是專用", "the computer is not dedicated", ~_own_computer),
    named("置物櫃不是專用", "the locker is not dedicated", ~_own_locker),
)
_complete = all_of(_desk_near, _own_computer, _own_locker, _resources, _taught_fully, _protected)
_complete_enough = all_of(_complete, _header)
_all_present = all_of(_computer, _locker, _resources)
_words_of_2 = any_of(all_of(_desk, _all_present, ~_complete), _taught_in_part)
_rule_of_2 = any_of(
    all_of(
        _desk_on_the_floor,
        _all_present,
        _taught,
        named("未完全符合等級3", "level 3 is not met in full", ~_complete_enough),
    ),
    _taught_in_part,
)

_office = named("住院醫師有專用辦公室", "a residents' office", _there_is(facility.office.is_(True)))
_in_hospital = self_trained("hospital", OTHER_THREE, running=SATISFIED)
_for_research = named(
    "有臨床研究的工具或空間",
    "tools or space for research",
    any_of(
        _there_is(facility.research_tools.is_(True)),
        _there_is(facility.research_space.is_(True)),
    ),
)
_words_of_4 = all_of(_complete, _office, _in_hospital.at_least(2))
_shown = all_of(with_residents, _complete_enough)
_explained = clause("NM-4.2b.L3.Z", all_of(without_residents, explained("4.2.b")))
_more_than_3 = reading("Z_NOTE_EFFECT", substitutes_resident_facts=_explained, fixed_3=NEVER)
_level_4 = all_of(any_of(_shown, _more_than_3), _office, _in_hospital.at_least(2))

item_4_2b = suggests(
    scale(
        "4.2.b",
        Label("工作環境", "working environment"),
        level("NM-4.2b.L1", all_of(with_residents, _none_dedicated), text=_none_dedicated),
        level("NM-4.2b.L2", all_of(with_residents, _rule_of_2), text=_words_of_2),
        level("NM-4.2b.L3", any_of(_shown, _explained), text=_complete),
        level("NM-4.2b.L4", _level_4, text=_words_of_4),
        level(
            "NM-4.2b.L5",
            all_of(any_of(_shown, _more_than_3), _office, _for_research, _in_hospital.at_least(3)),
            text=all_of(_words_of_4, _for_research, _in_hospital.at_least(3)),
        ),
    ),
    upper=reading("L42B_SHARED", level_2=~_none_at_all, level_1=NEVER),
)
