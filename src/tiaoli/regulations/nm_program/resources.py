"""Chapter 8: space and facilities, teaching materials."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.services import (
    OTHER_THREE,
    joint,
    jointly_trained,
    own,
    self_trained,
)
from tiaoli.regulations.nm_program.suggestion import NO_NOTE, suggests
from tiaoli.regulations.nm_program.terms import (
    every_resident,
    its_resident,
    or_fewer,
    the_programme,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    Amount,
    Flag,
    Records,
    Rule,
    all_of,
    any_of,
    any_record,
    called,
    clause,
    how_many,
    level,
    look_back,
    lookback,
    named,
    reading,
    records,
    scale,
    sum_of,
    unless,
    year_of,
    years,
)

facility = records("facility")
equipment = records("equipment")
rotation = records("rotation")
material = records("teaching_material")

# 8.1: the space of residents

_seat = named("有個人座位", "a personal seat", any_record(facility.where(facility.seat.is_(True))))
_locker = named(
    "有專用置物櫃",
    "a dedicated locker",
    any_record(facility.where(facility.locker.is_("dedicated"))),
)
_room = named(
    "有核醫專用討論室",
    "a discussion room of its own",
    any_record(facility.where(facility.discussion_room.is_(True))),
)
_near = named(
    "座位與置物櫃鄰近工作區",
    "seat and locker near the work area",
    any_record(
        facility.where(
            facility.seat.is_(True),
            facility.locker.is_("dedicated"),
            facility.near_work_area.is_(True),
        )
    ),
)
_space = called(
    "座位、置物櫃、討論室三者中有的項數",
    "there, of seat, locker and room",
    how_many(_seat, _locker, _room),
)
_one_is_lacking = named(
    "座位、置物櫃、討論室三者缺一",
    "one of seat, locker and room is lacking",
    all_of(_space.at_least(2), _space.at_most(2)),
)

# 8.1: the five services

_there = self_trained("hospital", OTHER_THREE, running=SATISFIED)
_own_three = self_trained("hospital", OTHER_THREE)
_own_department = self_trained("department", OTHER_THREE)
_elsewhere = jointly_trained("hospital", OTHER_THREE)

_imaging = all_of(own("gamma", "hospital"), own("pet", "hospital"))
_processing = named(
    "有影像處理系統",
    "an image-processing system",
    any_record(
        equipment.where(
            equipment.type.is_("processing"),
            equipment.institution.same_as(the_programme.lead_institution),
            any_of(equipment.in_service_to.is_absent(), equipment.in_service_to >= AS_OF),
        )
    ),
)
_covered = named(
    "治療、放免、加速器三項自訓或外訓都有且持續運作",
    "therapy, radioimmunoassay and cyclotron all run, here or at a partner",
    all_of(*(any_of(own(what, "hospital"), joint(what, "hospital")) for what in OTHER_THREE)),
)


def _in(areas: Records) -> Rule:
    """Rotations in each of the three."""
    return all_of(*(any_record(areas.where(areas.area.is_(what))) for what in OTHER_THREE))


_trained = clause(
    "NM-8.1.L3.N",
    any_of(
        all_of(
            with_residents,
            named(
                "住院醫師都接受（或已排定）三項訓練",
                "residents are trained in the three, or scheduled to be",
                every_resident(_in(rotation.where(rotation.resident.same_as(its_resident.name)))),
            ),
        ),
        all_of(
            without_residents,
            reading("NORES_81", plan_counts=SATISFIED, fail=NEVER),
            named(
                "計畫排定三項訓練",
                "the plan schedules training in the three",
                _in(rotation.where(rotation.status.is_("planned"))),
            ),
        ),
    ),
)

_none_there = reading(
    "L81_NONE_OR_ANY",
    none=named("主訓醫院三項設施全無", "the hospital has none of the three", _there.at_most(0)),
    any=named("主訓醫院三項設施有缺", "the hospital lacks one of the three", _there.at_most(2)),
)
_lacks_none = reading("L81_NONE_OR_ANY", none=SATISFIED, any=~_none_there)
_no_locker_no_room = named(
    "置物櫃與討論室都沒有", "neither locker nor room", all_of(~_locker, ~_room)
)
_locker_or_room = named(
    "置物櫃與討論室至少有其一", "a locker or a room at least", any_of(_locker, _room)
)
_level_1_81 = level("NM-8.1.L1", _no_locker_no_room)
_text_2_81 = any_of(_one_is_lacking, _none_there)

_good_space = all_of(_seat, _locker, _near, _room)
_base = all_of(_good_space, _imaging, _own_three.at_least(1))
_level_3_81 = level(
    "NM-8.1.L3",
    all_of(_base, _covered, _trained, _lacks_none),
    text=all_of(_base, _elsewhere.at_least(2), _covered, _trained),
)
_level_4_81 = level(
    "NM-8.1.L4",
    all_of(_level_3_81.rule, _own_department.at_least(2)),
    text=all_of(_level_3_81.literal, _own_department.at_least(2), _elsewhere.at_least(1)),
)
_all_in_department = _own_department.at_least(3)

item_8_1 = suggests(
    scale(
        "8.1",
        Label("訓練設施", "facilities"),
        _level_1_81,
        level("NM-8.1.L2", all_of(_locker_or_room, _text_2_81), text=_text_2_81),
        _level_3_81,
        _level_4_81,
        level(
            "NM-8.1.L5",
            all_of(_level_4_81.rule, _all_in_department),
            text=all_of(_level_4_81.literal, _all_in_department),
        ),
    ),
    flags=(
        Flag(
            "prerequisite",
            Label("必要設施不齊，先決條件也不符", "a prerequisite is not met either"),
            any_of(~clause("NM-8.1.C", all_of(_imaging, _processing)), _there.at_most(0)),
        ),
        Flag("no_note", NO_NOTE, without_residents),
    ),
)

# 8.2: five elements


def _number(of: Records, least: int) -> Rule:
    return sum_of(material.count, of).at_least(Amount(least, Unit.ITEM))


def _of_type(type: str) -> Records:
    return material.where(material.type.is_(type))


_book = _of_type("book")
_books = clause(
    "NM-8.2.A",
    named(
        "十年內核醫參考書8種",
        "8 reference books of the last ten years",
        reading(
            "BOOK_AGE_BASIS",
            calendar_year=_number(
                _book.where(material.year >= year_of(look_back(AS_OF, years(10)))), 8
            ),
            exact_date=_number(_book.where(lookback(material.publication_date, years(10))), 8),
        ),
    ),
)
_journals = clause("NM-8.2.B", named("期刊10種", "10 journals", _number(_of_type("journal"), 10)))

_basic, _case_file = _of_type("basic"), _of_type("case_file")
_SUBJECTS = (
    "radiation_protection",
    "radiation_physics",
    "instruments",
    "radiopharmacy",
    "image_processing",
)
_SYSTEMS = (
    "nervous",
    "endocrine",
    "respiratory",
    "digestive",
    "urinary",
    "musculoskeletal",
    "inflammation_tumour",
    "cardiovascular",
    "pet",
)
_all_subjects = all_of(
    *(any_record(_basic.where(material.subject_area.is_(one))) for one in _SUBJECTS)
)
_all_systems = all_of(*(any_record(_case_file.where(material.system.is_(one))) for one in _SYSTEMS))
_materials = clause(
    "NM-8.2.C",
    named(
        "基礎核心教材10項",
        "10 basic core materials",
        all_of(_number(_basic, 10), reading("C_SUBJECTS_ALL", no=SATISFIED, yes=_all_subjects)),
    ),
)
_documents = clause(
    "NM-8.2.D",
    named("臨床核心文件10項", "10 clinical core documents", _number(_of_type("clinical"), 10)),
)
_case_files = clause(
    "NM-8.2.E",
    named(
        "臨床病例教案10項並涵蓋各系統",
        "10 case files covering the systems",
        all_of(_number(_case_file, 10), reading("E_SYSTEMS_ALL", yes=_all_systems, no=SATISFIED)),
    ),
)
elements = called(
    "五項教材中具備的項數",
    "sorts of teaching material at hand, of five",
    how_many(_books, _journals, _materials, _documents, _case_files),
)

item_8_2 = suggests(
    scale(
        "8.2",
        Label("教材", "teaching materials"),
        level("NM-8.2.L1", or_fewer(elements, 2)),
        level(
            "NM-8.2.L2",
            elements.at_least(2),
            text=unless(elements.at_least(2), elements.at_least(3)),
        ),
        level("NM-8.2.L3", elements.at_least(3)),
        level("NM-8.2.L4", elements.at_least(4)),
        level("NM-8.2.L5", elements.at_least(5)),
    ),
    upper=reading("OVERLAP_82", level_2=SATISFIED, level_1=NEVER),
)

QUESTIONS = (item_8_1, item_8_2)
