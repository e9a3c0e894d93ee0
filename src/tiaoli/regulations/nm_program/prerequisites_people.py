"""
3.1, accreditation and people: the hospital, its specialists, operators and nurses, its residents.

What the text judges on the training start date is judged on T0, whatever day is asked about.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Unit
from tiaoli.regulations.nm_program.faculty_terms import specialist_for_five_years
from tiaoli.regulations.nm_program.services import own
from tiaoli.regulations.nm_program.terms import T0, its_resident, residents_now, the_programme
from tiaoli.rules import (
    AS_OF,
    Amount,
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    count,
    days,
    each_one,
    named,
    no,
    periods_in,
    reading,
    records,
    related,
    sum_of,
)

institution = records("institution")
faculty = records("faculty_member")
head = records("teaching_head")
operator = records("device_operator")
nurse = records("nurse")
equipment = records("equipment")
rotation = records("rotation")
resident = records("resident")
report = records("image_report")
therapy = records("radionuclide_therapy")


def in_place_on(of: Records, day: Value, first: Value, last: Value) -> Records:
    """Those that are there on the day; the last day still counts."""
    return of.whenever().where(
        any_of(first.is_absent(), first <= day), any_of(last.is_absent(), last >= day)
    )


def on_t0(of: Records, first: Value, last: Value) -> Records:
    return in_place_on(of, T0, first, last)


def all_are(of: Records, rule: Rule, zh: str, en: str) -> Rule:
    """Every one of the records meets the rule; those that do not are told."""
    return named(zh, en, no(of.where(~rule)))


# The hospital

lead_hospital = institution.whenever().where(institution.part.is_("lead"))


def _accredited_on(day: Value) -> Rule:
    holds = in_place_on(lead_hospital, day, institution.teaching_from, institution.teaching_to)
    return any_record(
        holds.where(
            institution.teaching_hospital.is_(True), institution.residency_criterion.is_("met")
        )
    )


accredited = clause(
    "NM-3.1.0",
    reading(
        "ACCREDITATION_ON",
        training_start=_accredited_on(T0),
        visit=_accredited_on(AS_OF),
    ),
)
designated = institution.whenever().where(institution.facility_designation.is_("both"))
facilities = clause("NM-3.1.1", any_record(designated.where(institution.part.is_("lead"))))

# Staff, on T0

_specialists = on_t0(faculty, faculty.from_date, faculty.to_date).where(
    faculty.full_time.is_(True),
    faculty.specialty.is_("nuclear_medicine"),
    any_of(faculty.specialist_valid_to.is_absent(), faculty.specialist_valid_to >= T0),
    specialist_for_five_years(faculty, T0),
)
two_specialists = clause("NM-3.1.2.a", count(_specialists).at_least(2))

lead_equipment = equipment.where(equipment.institution.same_as(the_programme.lead_institution))
equipment_on_t0 = on_t0(lead_equipment, equipment.in_service_from, equipment.in_service_to)
_scanners = equipment_on_t0.where(equipment.type.is_in("gamma", "pet"))
_operators = on_t0(operator, operator.from_date, operator.to_date).where(
    operator.qualified.is_(True)
)
_each_has_one = all_are(
    _scanners,
    related(_operators, (equipment.name, operator.assigned_devices)),
    "每台都有負責的合格操作人員",
    "a qualified operator is assigned to each device",
)
_as_many = named(
    "合格操作人員不少於儀器台數",
    "as many qualified operators as devices",
    count(_operators) >= count(_scanners),
)
operators = clause(
    "NM-3.1.2.b",
    reading("OPERATOR_MATCHING", distinct=all_of(_each_has_one, _as_many), shared=_each_has_one),
)
nurses = clause(
    "NM-3.1.2.c",
    any_record(on_t0(nurse, nurse.from_date, nurse.to_date).where(nurse.qualified.is_(True))),
)
staff = clause("NM-3.1.2.0", all_of(two_specialists, operators, nurses))

headed_by_specialist = clause(
    "NM-3.1.3.d3",
    any_record(
        on_t0(head, head.from_date, head.to_date).where(
            head.specialty.is_("nuclear_medicine"),
            head.specialist_date <= T0,
            any_of(head.specialist_valid_to.is_absent(), head.specialist_valid_to >= T0),
        )
    ),
)

# What is reported, and who treats

_specialists_by_name = faculty.where(faculty.specialty.is_("nuclear_medicine"))
_written_by_specialist = any_of(
    related(_specialists_by_name, (report.drafter, faculty.name)),
    all_of(report.drafter.is_absent(), report.signed_by_specialist.is_(True)),
)
reports = clause(
    "NM-3.1.4.a",
    all_are(
        report,
        reading(
            "REPORT_AUTHOR_TEST",
            final_signatory=report.signed_by_specialist.is_(True),
            author=_written_by_specialist,
        ),
        "報告均由核醫專科醫師撰寫",
        "every report is a specialist's",
    ),
)
therapies = clause(
    "NM-3.1.4.b",
    all_are(
        therapy,
        any_of(therapy.specialist_team.is_(True), therapy.combined_interventional.is_(True)),
        "核種治療均由專科醫師團隊執行，或配合介入治療",
        "every therapy is given by the specialists' team, or with an intervention",
    ),
)

# Residents

full_time = clause(
    "NM-3.1.5.a",
    all_are(
        residents_now,
        resident.full_time.is_(True),
        "住院醫師均為專任",
        "every resident is full-time",
    ),
)
nothing_else = clause(
    "NM-3.1.5.b",
    all_are(
        residents_now,
        resident.other_appointments.is_absent(),
        "住院醫師均無他科職務",
        "no resident has another appointment",
    ),
)

# What is planned for each of them

planned = rotation.where(rotation.status.is_("planned"))
planned_for_all = planned.where(rotation.resident.is_absent())
planned_for_its_resident = planned.where(
    any_of(rotation.resident.is_absent(), rotation.resident.same_as(its_resident.name))
)
"""What is planned for everybody, and for the resident whose turn it is."""


def _two_months(of: Records) -> Rule:
    """Of rotations: two months, by the calendar or by their days."""
    two = sum_of(rotation.months, of).at_least(Amount(2, Unit.MONTH))
    by_days = sum_of(periods_in(rotation.start_date, rotation.end_date, days(1)), of)
    undated = no(of.where(rotation.start_date.is_given()))
    return reading(
        "RIA_MONTH_UNIT",
        calendar_month=two,
        eight_weeks=any_of(two, by_days.at_least(56)),
        sixty_days=any_of(by_days.at_least(60), all_of(undated, two)),
    )


_ria = rotation.area.is_("ria")
_long_enough = all_of(
    each_one(residents_now, _two_months(planned_for_its_resident.where(_ria))),
    named(
        "沒有住院醫師時，共同規劃達兩個月",
        "without residents: two months in the common plan",
        any_of(any_record(residents_now), _two_months(planned_for_all.where(_ria))),
    ),
)
ria_months = clause(
    "NM-3.1.3.d2",
    reading(
        "RIA_2M_SCOPE",
        always=_long_enough,
        external_only=any_of(own("ria", "hospital", on=T0), _long_enough),
    ),
)
