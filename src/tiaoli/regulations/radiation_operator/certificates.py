"""Articles 7 to 9: which certificates count, from when until when, and what ends them early."""

from __future__ import annotations

from tiaoli.regulations.radiation_operator.dates import ACT, last_valid_day
from tiaoli.rules import (
    AS_OF,
    ASKED_ON,
    SATISFIED,
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    day_clause,
    day_if,
    last_day_of,
    later_of,
    latest,
    or_else,
    presumed,
    reading,
    records,
    related,
    years,
)

# Article 9: withdrawal takes effect on the day of service

sanction = records("sanction")
withdrawals = sanction.where(
    sanction.type.is_in("revocation", "rescission"), sanction.service_date <= AS_OF
)
_revocations_since = sanction.where(
    sanction.type.is_("revocation"), sanction.service_date <= ASKED_ON
)
_withdrawn_on = latest(withdrawals, sanction.service_date).service_date
_revoked_on = latest(_revocations_since, sanction.service_date).service_date

# Certificates: originals count by themselves, a replacement keeps the term of what it replaces

certificate = records("radiation_certificate")
_safety = certificate.where(certificate.type.is_("radiation_safety"))
_withdrawal_undated = all_of(
    presumed(
        certificate.status.is_in("revoked", "rescinded"),
        False,
        "未註明撤銷或廢止者視為未撤銷廢止",
        "taken as not withdrawn unless somebody says so",
    ),
    ~any_record(sanction.where(sanction.service_date.is_given())),
)


def _not_withdrawn() -> Rule:
    """A later withdrawal leaves an operation untouched, unless it is read to reach back."""
    return all_of(
        any_of(_withdrawn_on.is_absent(), certificate.issue_date > _withdrawn_on),
        reading(
            "rad.s9.revocation_retroactive",
            flag_only=SATISFIED,
            recompute=any_of(_revoked_on.is_absent(), certificate.issue_date > _revoked_on),
        ),
        ~_withdrawal_undated,
    )


every_original = _safety.where(certificate.replaces.is_absent())
originals = every_original.where(_not_withdrawn())
"""Certificates that no withdrawal has ended by the reference date."""

_is_converted = certificate.converted.is_(True)
ordinary = originals.where(~_is_converted)
converted = originals.where(_is_converted)
_begins = or_else(certificate.valid_from, certificate.issue_date)
_ends = last_valid_day(_begins, certificate.expiry_date)
_converted_ends = or_else(certificate.expiry_date, last_day_of(ACT, years(6)))

in_force = ordinary.where(_begins <= AS_OF, _ends >= AS_OF)
converted_in_force = converted.where(_converted_ends >= AS_OF)
_replacements = _safety.where(certificate.replaces.is_given(), _not_withdrawn())
_replacements_in_force = _replacements.where(
    any_of(
        certificate.expiry_date >= AS_OF,
        all_of(
            certificate.expiry_date.is_absent(),
            related(in_force, (certificate.replaces, certificate.number)),
        ),
    )
)

valid_by_own_term = clause("RAD-7.1a", any_record(in_force))
valid_as_replacement = clause("RAD-8.3", any_record(_replacements_in_force))
valid_by_conversion = clause("RAD-10.2", any_record(converted_in_force))
is_valid = any_of(valid_by_own_term, valid_as_replacement, valid_by_conversion)
"""A certificate is in force on the reference date."""

# The certificate in hand

is_held = any_of(any_record(originals), any_record(_replacements))
_last = latest(ordinary)
_last_converted = latest(converted)
_has_converted = any_record(converted)

issued_on = later_of(or_else(_last.valid_from, _last.issue_date), day_if(_has_converted, ACT))
"""First day of the term of the certificate in hand; a replacement does not begin a new one."""

_converted_until = day_clause(
    "RAD-10.2",
    or_else(_last_converted.expiry_date, day_if(_has_converted, last_day_of(ACT, years(6)))),
)
_last_of_all = latest(_replacements).expiry_date
expires_on: Value = or_else(
    later_of(
        day_clause(
            "RAD-7.1a",
            last_valid_day(or_else(_last.valid_from, _last.issue_date), _last.expiry_date),
        ),
        _converted_until,
    ),
    day_clause("RAD-8.3", _last_of_all),
)
"""Its last valid day."""

has_expired = expires_on < AS_OF


def any_withdrawn(of: Records) -> Rule:
    """A certificate was withdrawn, and none has been issued since."""
    return all_of(any_record(of), ~is_held)
