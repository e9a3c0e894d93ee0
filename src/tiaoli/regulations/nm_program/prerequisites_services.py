"""3.1, services and equipment on T0, and the control of their quality."""

from __future__ import annotations

from tiaoli.facts.vocabulary.programme import SERVICES
from tiaoli.regulations.nm_program.prerequisites_people import (
    designated,
    equipment,
    equipment_on_t0,
    headed_by_specialist,
    institution,
    lead_equipment,
    ria_months,
)
from tiaoli.regulations.nm_program.services import (
    ALL_FIVE,
    OTHER_THREE,
    agreement,
    at_partner,
    joint,
    own,
    self_trained,
    service,
)
from tiaoli.regulations.nm_program.terms import T0, the_programme
from tiaoli.rules import (
    AS_OF,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    count,
    days_after,
    days_later,
    earlier_of,
    follow,
    how_many,
    later_of,
    look_back,
    lookback,
    named,
    no,
    or_else,
    reading,
    records,
    related,
    told_if_met,
    years,
)

outage = records("service_outage")
check = records("equipment_check")
minutes = records("committee_minutes")

# In continuous operation

_LONGEST_OUTAGE = 90
_from = later_of(outage.start_date, look_back(T0, years(1)))
_until = earlier_of(or_else(outage.end_date, T0), T0)
_long_outages = outage.whenever().where(days_after(_from, _LONGEST_OUTAGE) <= _until)
_found_continuous = service.continuous.is_(True)
running: Rule = reading(
    "CONTINUOUS_OPERATION_TEST",
    no_outage_over_90_days=any_of(
        ~related(_long_outages, (service.service, outage.service)), _found_continuous
    ),
    surveyor=_found_continuous,
)
"""Of a service: no long outage in the year before T0; after one, the surveyors decide."""

_in_place = service.whenever().where(
    service.operating_from <= T0,
    any_of(service.operating_to.is_absent(), service.operating_to >= T0),
)


def _operates(what: str) -> Rule:
    zh, en = SERVICES[what]
    of = _in_place.where(service.service.is_(what))
    relied_upon = any_of(no(of), any_record(of.where(running)))
    return named(f"{zh}如有提供，持續運作", f"{en}, where provided, is running", relied_upon)


def _covered(what: str) -> Rule:
    zh, en = SERVICES[what]
    by = any_of(_own(what), at_partner(what, on=T0))
    return named(f"{zh}有自訓或合訓", f"{en} trained in itself or jointly", by)


def _own(what: str) -> Rule:
    return own(what, "hospital", on=T0, running=running)


def _joint(what: str) -> Rule:
    zh, en = SERVICES[what]
    elsewhere = joint(what, "hospital", on=T0, running=running)
    return told_if_met(named(f"{zh}合訓", f"{en} trained jointly", elsewhere))


services_self_trained = self_trained("hospital", on=T0, running=running)
"""s, which the order of quota turns on."""

services_jointly_trained = how_many(*map(_joint, ALL_FIVE))
"""j."""


def _has(device: str, zh: str, en: str) -> Rule:
    return named(zh, en, any_record(equipment_on_t0.where(equipment.type.is_(device))))


_partner_qualified = reading(
    "JOINT_PARTNER_QUALIFICATION",
    subitem_1=related(designated, (agreement.partner, institution.name)),
    whole_3_1=agreement.partner_meets_all_conditions.is_(True),
)


def _documented(what: str) -> Rule:
    """Trained in itself, or nowhere, or at a partner whose papers show what it is."""
    zh, en = SERVICES[what]
    papers = agreement.whenever().where(
        agreement.services.includes(what),
        agreement.signed_date <= T0,
        any_of(agreement.valid_to.is_absent(), agreement.valid_to >= T0),
        agreement.qualification_document.is_(True),
        _partner_qualified,
    )
    rule = any_of(_own(what), ~at_partner(what, on=T0), any_record(papers))
    return named(f"{zh}如為合訓，附資格文件", f"papers of the partner, where {en} is joint", rule)


services = clause(
    "NM-3.1.3.0",
    all_of(
        clause("NM-3.1.3.a", all_of(*map(_operates, ALL_FIVE))),
        clause(
            "NM-3.1.3.b",
            all_of(
                _has("gamma", "主訓醫院有伽瑪攝影機", "a gamma camera at the lead hospital"),
                _has("pet", "主訓醫院有正子掃描儀", "a PET scanner at the lead hospital"),
                _has("processing", "有影像處理分析系統", "an image-processing system"),
            ),
        ),
        clause(
            "NM-3.1.3.c1",
            self_trained("hospital", OTHER_THREE, on=T0, running=running).at_least(1),
        ),
        clause("NM-3.1.3.c2", all_of(*map(_documented, OTHER_THREE))),
        clause("NM-3.1.3.d1", all_of(*map(_covered, ALL_FIVE))),
        ria_months,
        headed_by_specialist,
    ),
)

# Quality control, on the day of the visit

_devices = lead_equipment.where(
    any_of(equipment.in_service_to.is_absent(), equipment.in_service_to >= AS_OF)
)
_checked = follow(check.equipment)
_of_devices = check.where(
    check.equipment.is_given(),
    _checked.institution.same_as(the_programme.lead_institution),
    any_of(_checked.in_service_to.is_absent(), _checked.in_service_to >= AS_OF),
)
_not_overdue = _of_devices.where(
    check.type.is_("maintenance"),
    any_of(
        days_later(check.date, _checked.maintenance_interval) >= AS_OF,
        all_of(_checked.maintenance_interval.is_absent(), lookback(check.date, years(1))),
    ),
)
maintained = clause("NM-3.1.6.a", count(_not_overdue, distinct="equipment") >= count(_devices))


def _calibrated(device: str) -> Rule:
    label = equipment.type.attribute.option_label(device)
    found = _of_devices.where(
        check.type.is_("calibration"),
        check.report.is_(True),
        _checked.type.is_(device),
        lookback(check.date, years(1)),
    )
    rule = any_of(no(_devices.where(equipment.type.is_(device))), any_record(found))
    return named(
        f"{label.zh}如有，一年內有校正測試報告",
        f"{label.en}, if any: calibrated",
        rule,
    )


calibrated = clause(
    "NM-3.1.6.b", all_of(*map(_calibrated, ("gamma", "pet", "cyclotron", "gamma_counter")))
)
protection_committee = clause(
    "NM-3.1.6.c",
    any_record(
        minutes.where(
            minutes.radiation_protection.is_(True),
            minutes.minutes.is_(True),
            lookback(minutes.date, years(1)),
        )
    ),
)
