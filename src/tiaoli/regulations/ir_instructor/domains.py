"""
Article 2: the six domains, which procedure belongs to which, and how many cases each one asks for.

A procedure is placed by its name first and by its indication second. What no list names waits for
the panel and does not count until the panel has placed it.
"""

from __future__ import annotations

from functools import cache

from tiaoli.rules import (
    NEVER,
    AmountNode,
    Records,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    clause,
    count,
    lookback,
    number_of,
    presumed,
    reading,
    records,
    related,
    sum_of,
    times,
    years,
)

DOMAINS = ("1", "2", "3", "4", "5", "6")
THRESHOLDS = {"1": 300, "2": 300, "3": 100, "4": 100, "5": 100, "6": 180}

case_log = records("case_log")
procedure, indication, vessel = case_log.procedure, case_log.indication, case_log.vessel


def _once_ruled(domain: str, *what: Rule) -> Rule:
    """What counts once the panel has placed the case in ``domain``."""
    return presumed(
        all_of(*what, case_log.panel_domain.is_(domain)),
        False,
        "待小組認定，認定前不計",
        "waits for the panel and is not counted before it rules",
    )


# Embolization: the material is named for tumours, the indication for everything else

_NOT_TUMOUR = ("bleeding", "pain", "prostate", "fibroid", "varices")
_ANY_MATERIAL = ("embolization", "alcohol_embolization", "bland_microsphere")

_for_tumour = presumed(
    ~indication.is_in(*_NOT_TUMOUR),
    True,
    "未填適應症時依列名的術式",
    "the named procedure decides where no indication is given",
)


def _embolized_for(purpose: str) -> Rule:
    return procedure.is_in(*_ANY_MATERIAL) & indication.is_(purpose)


def _unspecified(purpose: str) -> Rule:
    """An embolization that no list names, or a procedure without a name of its own."""
    return any_of(procedure.is_("embolization") & indication.is_(purpose), procedure.is_("other"))


# Vessels: what is done, and where

_opened_up = procedure.is_in("angioplasty", "thrombolysis", "vascular_stent")
_artery = reading(
    "iri.art2.d4.vessels",
    illustrative=vessel.is_in("aorta", "limb_artery", "visceral_artery", "carotid", "other_artery"),
    exhaustive=vessel.is_in("aorta", "limb_artery", "visceral_artery"),
)
_filter = reading(
    "iri.art2.ivc_filter",
    needs_review=_once_ruled("4", procedure.is_("ivc_filter")),
    not_counted=NEVER,
)

_LISTED = {
    "1": any_of(
        clause("IRI-2.1a", procedure.is_in("localization", "biopsy", "drainage", "pain_control")),
        clause("IRI-2.1b", procedure.is_("pcn")),
        clause("IRI-2.1c", procedure.is_("ptcd")),
        clause("IRI-2.1d", _once_ruled("1", procedure.is_("other"))),
    ),
    "2": any_of(
        clause(
            "IRI-2.2a",
            any_of(
                procedure.is_("ctace_lipiodol"),
                procedure.is_("alcohol_embolization") & _for_tumour,
            ),
        ),
        clause(
            "IRI-2.2b",
            any_of(
                procedure.is_("drug_eluting_microsphere"),
                procedure.is_("bland_microsphere") & _for_tumour,
            ),
        ),
        clause("IRI-2.2c", procedure.is_("tare")),
        clause(
            "IRI-2.2d",
            _once_ruled("2", _unspecified("tumour")),
        ),
    ),
    "3": any_of(
        clause("IRI-2.3a", _embolized_for("bleeding")),
        clause("IRI-2.3b", procedure.is_("pae") | _embolized_for("prostate")),
        clause("IRI-2.3c", procedure.is_("uae") | _embolized_for("fibroid")),
        clause("IRI-2.3d", procedure.is_("pain_embolization") | _embolized_for("pain")),
        clause("IRI-2.3e", procedure.is_in("brto", "parto") | _embolized_for("varices")),
        clause(
            "IRI-2.3f",
            _once_ruled("3", _unspecified("other")),
        ),
    ),
    "4": any_of(
        clause("IRI-2.4.1", _opened_up & _artery),
        clause(
            "IRI-2.4.2",
            any_of(
                _opened_up & vessel.is_("dialysis_access"),
                procedure.is_in("dialysis_catheter_permanent", "recanalization"),
            ),
        ),
        clause("IRI-2.4.3", any_of(_opened_up & vessel.is_("vein"), _filter)),
        clause("IRI-2.4.4", procedure.is_("tips")),
    ),
    "5": clause(
        "IRI-2.5a",
        any_of(
            procedure.is_in("biliary_stent", "urinary_stent", "gi_stent"),
            _once_ruled("5", procedure.is_("other_stent")),
        ),
    ),
    "6": clause(
        "IRI-2.6a",
        any_of(
            procedure.is_in("pei", "pai", "rfa", "cryoablation", "microwave", "laser", "ire"),
            _once_ruled("6", procedure.is_("other")),
        ),
    ),
}

# Where two domains could claim the same case


def _with_in_session(other: str) -> Rule:
    return related(case_log.where(procedure.is_(other)), (case_log.session_id, case_log.session_id))


_overlaps = presumed(
    any_of(
        all_of(
            procedure.is_in(
                "ctace_lipiodol",
                "alcohol_embolization",
                "bland_microsphere",
                "drug_eluting_microsphere",
                "tare",
            ),
            indication.is_in(*_NOT_TUMOUR),
        ),
        procedure.is_("pain_embolization"),
        procedure.is_("embolization") & indication.is_("pain"),
        procedure.is_("ptcd") & _with_in_session("biliary_stent"),
        procedure.is_("biliary_stent") & _with_in_session("ptcd"),
    ),
    False,
    "未填適應症時視為不重疊",
    "no overlap is assumed where no indication is given",
)


def _belongs_to(domain: str) -> Rule:
    listed = _LISTED[domain]
    return reading(
        "iri.art2.classification",
        by_named_procedure_then_indication=listed,
        panel=any_of(all_of(listed, ~_overlaps), _once_ruled(domain, _overlaps)),
    )


# Whose case, and of what day


def _operator(domain: str) -> Rule:
    primary = case_log.operator_role.is_("primary")
    supervised = presumed(
        case_log.operator_role.is_("supervising") & case_log.panel_domain.is_(domain),
        False,
        "指導的個案待小組認定，認定前不計",
        "a supervised case waits for the panel and is not counted before it rules",
    )
    return reading(
        "iri.art2.role",
        primary_operator=any_of(primary, supervised),
        primary_or_supervising=case_log.operator_role.is_in("primary", "supervising"),
        any_operator=case_log.operator_role.is_in("primary", "supervising", "assistant"),
    )


_recent = clause(
    "IRI-2.0a",
    reading(
        "iri.art2.window.edge",
        inclusive=lookback(case_log.procedure_date, years(6)),
        exclusive=lookback(case_log.procedure_date, years(6), edge_inside=False),
    ),
)


@cache
def cases(domain: str) -> Records:
    """The cases of ``domain`` in the six years up to the application."""
    return case_log.where(_belongs_to(domain), _operator(domain), _recent)


_lesions = amount_table(
    (case_log.lesions.is_given(), times(number_of(1), case_log.lesions)),
    otherwise=number_of(1),
)


@cache
def number_of_cases(domain: str) -> AmountNode:
    counted = cases(domain)
    return reading(
        "iri.art2.unit",
        procedure_in_session=count(counted, distinct="session_id"),
        per_patient=count(counted, distinct="patient"),
        per_lesion=sum_of(_lesions, counted),
    )


@cache
def enough_cases(domain: str) -> Rule:
    """IRI-2.1 to IRI-2.6."""
    return clause(f"IRI-2.{domain}", number_of_cases(domain).at_least(THRESHOLDS[domain]))


def case_figure(domain: str) -> AmountNode:
    return amount_clause(f"IRI-2.{domain}", number_of_cases(domain))
