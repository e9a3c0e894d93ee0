"""Article 5: sources low enough for training to stand in for a certificate."""

from __future__ import annotations

from tiaoli.facts.kinds import Unit
from tiaoli.regulations.radiation_operator.operation import source
from tiaoli.rules import (
    SATISFIED,
    Amount,
    AmountNode,
    Rule,
    Value,
    all_of,
    any_of,
    clause,
    number_of,
    presumed,
    reading,
    times,
)

_MICROSIEVERTS = Amount(5, Unit.MICROSIEVERT_PER_HOUR)
_LISTED = (
    "cabinet_x_ray",
    "baggage_x_ray",
    "ion_implanter",
    "electron_beam_welder",
    "static_eliminator",
)
_MATERIAL = ("radioactive_material", "sealed_source", "in_device_or_component")


def _limit(value: Value, printed: AmountNode) -> Rule:
    """A figure printed without "or less"."""
    return reading(
        "rad.s5.inclusive",
        at_or_below=value <= printed,
        exactly=all_of(value <= printed, value >= printed),
        below=value < printed,
    )


def _stated(value: Value) -> Rule:
    return presumed(value.is_given(), False, "未載明", "not stated")


def _times_exempt(number: int, *, printed: bool) -> Rule:
    """The ratio that is stated, or else the activity against the exempt quantity."""
    bound = times(number_of(1), source.exempt_quantity, per=Unit.BECQUEREL)
    ceiling = times(Amount(number, Unit.BECQUEREL), bound)
    ratio = Amount(number, Unit.TIMES)
    by_ratio = _limit(source.ratio, ratio) if printed else source.ratio <= ratio
    by_activity = _limit(source.activity, ceiling) if printed else source.activity <= ceiling
    return any_of(
        all_of(_stated(source.ratio), by_ratio), all_of(~_stated(source.ratio), by_activity)
    )


_is_material = source.type.is_in(*_MATERIAL)
_in_device = any_of(
    source.type.is_("in_device_or_component"),
    presumed(
        source.in_device_component.is_(True),
        False,
        "未註明者不視為裝於儀器製品或組件",
        "not taken to be within a device or component unless it is said",
    ),
)
_is_sealed = all_of(
    any_of(
        source.type.is_("sealed_source"),
        presumed(
            source.sealed.is_(True),
            False,
            "未註明密封者不視為密封",
            "not taken to be sealed unless it is said",
        ),
    ),
    source.category >= number_of(4),
    source.category <= number_of(5),
)
_is_listed = source.type.is_in(*_LISTED)
_low_dose_rate = _limit(source.dose_rate, _MICROSIEVERTS)


def _specifically(rule: Rule) -> Rule:
    """Only where the source is judged by its own item alone."""
    return reading("rad.s5.alternative", any_one=SATISFIED, specific_first=rule)


_sealed = clause("RAD-5.1", all_of(_is_material, _is_sealed))
_component = clause(
    "RAD-5.2",
    all_of(
        _is_material,
        _in_device,
        _times_exempt(1000, printed=False),
        _low_dose_rate,
    ),
)
_other_material = clause(
    "RAD-5.3",
    all_of(
        _is_material,
        _times_exempt(100, printed=True),
        reading("rad.s5.residual", yes_if_ratio_le_100=SATISFIED, no=~_in_device),
        _specifically(~_in_device),
    ),
)

_KILOVOLTS = _limit(source.nominal_kv, Amount(150, Unit.KILOVOLT))
_KEV = _limit(source.particle_kev, Amount(150, Unit.KILOELECTRONVOLT))


def _if_stated(rule: Rule) -> Rule:
    return presumed(rule, False, "未載明者依另一數值判斷", "where not stated, by the other figure")


_rated_by_energy = source.type.is_("accelerator")
_voltage = clause(
    "RAD-5.4a",
    all_of(
        ~_is_material,
        any_of(all_of(~_rated_by_energy, _KILOVOLTS), _if_stated(_KILOVOLTS)),
        _specifically(~_is_listed),
    ),
)
_energy = clause(
    "RAD-5.4b",
    all_of(
        ~_is_material,
        any_of(all_of(_rated_by_energy, _KEV), _if_stated(_KEV)),
        _specifically(~_is_listed),
    ),
)
_devices = clause("RAD-5.5", all_of(_is_listed, _low_dose_rate))
_designated = clause(
    "RAD-5.6",
    presumed(
        source.designated.is_(True),
        False,
        "未聞主管機關指定者不視為已指定",
        "not taken as designated unless it is said",
    ),
)

is_low = clause(
    "RAD-5.0",
    any_of(_sealed, _component, _other_material, _voltage, _energy, _devices, _designated),
)
"""At or below one of the limits."""
