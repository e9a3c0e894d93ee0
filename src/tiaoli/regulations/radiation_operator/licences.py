"""Article 2: the licences whose holders need no certificate."""

from __future__ import annotations

from tiaoli.regulations.radiation_operator.dates import last_valid_day
from tiaoli.rules import (
    AS_OF,
    SATISFIED,
    Rule,
    any_of,
    any_record,
    clause,
    reading,
    records,
)

licence = records("licence")
_current = licence.where(
    any_of(licence.valid_from.is_absent(), licence.valid_from <= AS_OF),
    any_of(licence.valid_to.is_absent(), licence.valid_to >= AS_OF),
    any_of(licence.revoked_date.is_absent(), licence.revoked_date > AS_OF),
)


def _holds(*rules: Rule) -> Rule:
    return any_record(_current.where(*rules))


_radiology = _holds(
    licence.type.is_("radiology_specialist"),
    any_of(
        licence.specialty.is_absent(),
        licence.specialty.is_in("radiology", "diagnostic_radiology", "radiation_oncology"),
    ),
    reading(
        "rad.s2.specialty_map",
        diagnostic_and_radiation_oncology=SATISFIED,
        diagnostic_only=~licence.specialty.is_("radiation_oncology"),
    ),
)
_nuclear_medicine = _holds(licence.type.is_("nuclear_medicine_specialist"))
_radiographer = _holds(licence.type.is_("radiographer_practice"))

_approval = records("radiation_certificate")
_protection_personnel = any_of(
    _holds(licence.type.is_("radiation_protection_personnel")),
    any_record(
        _approval.where(
            _approval.type.is_in("protection_officer", "protection_specialist"),
            ~_approval.status.is_in("revoked", "rescinded"),
            last_valid_day(_approval.issue_date, _approval.expiry_date) >= AS_OF,
        )
    ),
)


def _operator_of(facility: str) -> Rule:
    return _holds(licence.type.is_("operator"), licence.operator_basis.is_(facility))


exempt = clause(
    "RAD-2.0",
    any_of(
        clause("RAD-2.1a", _radiology),
        clause("RAD-2.1b", _nuclear_medicine),
        clause("RAD-2.2", _radiographer),
        clause("RAD-2.3", _protection_personnel),
        clause("RAD-2.4a", _operator_of("high_intensity")),
        clause("RAD-2.4b", _operator_of("production")),
    ),
)
