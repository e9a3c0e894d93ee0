"""
RT3 as a zen decision graph for a batch, one expression for the outcome, and the contexts it takes.

Fair to the peer: what is faster outside its expressions is done outside and not timed. Windows,
blocks of service and the last ruling on each clause are given; a day that there is none of is one
far away or long ago, so that each test is one comparison; choices are numbers. It has no unknown
values and gives no reason: what is not known is taken as absent, and its outcomes are compared for
the subjects of whom all is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from encoded import Numbers
from rt3_numpy import FAR, Rt3, _served, _years_before
from three import given, none

LATE = int(FAR)
EARLY = 0
KEY = "rt3"

# Of each column the number that stands for none (and for what is not known).
_READ: dict[str, dict[str, int]] = {
    "licence": {"issue_date": EARLY, "revoked_date": LATE, "profession": -1, "issuer": -1},
    "practice_registration": {"start_date": EARLY, "end_date": LATE},
    "institution_review": {"level": -1, "result": -1, "date": LATE},
    "level_award": {"level": -1, "approval_date": EARLY},
    "teacher_certification": {"issuer_type": -1, "issue_date": EARLY, "expiry_date": EARLY},
    "publication": {"type": -1, "author_role": -1, "peer_reviewed": 0, "publication_date": EARLY},
    "teaching_activity": {"type": -1, "learner_type": -1, "date": EARLY},
    "training": {
        "type": -1, "topics": 0, "hours": 0, "end_date": EARLY, "issuer_type": -1,
        "document_type": -1,
    },
    "qa_qualification": {"issue_date": EARLY},
    "quality_activity": {"start_date": EARLY, "end_date": LATE},
    "administrative_role": {"type": -1, "start_date": EARLY, "end_date": LATE},
    "competency_attestation": {"scope": -1, "date": EARLY},
    "clinical_duty": {
        "role": -1, "institution": -1, "item": -1, "start_date": EARLY, "end_date": LATE,
    },
    "institution_duty_list": {"owner": -1, "institution": -2, "from_date": EARLY, "to_date": LATE},
}  # fmt: skip


def contexts(numbers: Numbers) -> list[dict[str, Any]]:
    """One for each subject."""
    rt3 = Rt3(numbers)
    kinds = {kind: list(_records(numbers, kind, columns)) for kind, columns in _READ.items()}
    quality = sum(
        1 << numbers.code("training__topics", t) for t in ("care_quality", "patient_safety")
    )
    for course in kinds["training"]:
        course["on_quality"] = bool(course.pop("topics") & quality)
    for row, listed in enumerate(kinds["institution_duty_list"]):
        listed["items"] = _items(numbers, row)
    offsets = {kind: numbers[f"{kind}__offsets"].tolist() for kind in kinds}
    service = _service(numbers, rt3)
    practising, advanced = rt3.judged("RTL-2.2").tolist(), rt3.judged("RTL-5.RT3.CLIN").tolist()
    days = {"on": numbers.on, "one": rt3.one, "three": rt3.three, "five": rt3.five}
    return [
        {kind: rows[offsets[kind][n] : offsets[kind][n + 1]] for kind, rows in kinds.items()}
        | {"service": service[n], "practising": practising[n], "advanced": advanced[n], **days}
        for n in range(len(numbers))
    ]


def _records(numbers: Numbers, kind: str, columns: dict[str, int]) -> Iterator[dict[str, Any]]:
    values = [
        np.where(given(numbers[f"{kind}__{name}"]), numbers[f"{kind}__{name}"], absent).tolist()
        for name, absent in columns.items()
    ]
    for row in zip(*values, strict=True):
        yield dict(zip(columns, row, strict=True))


def _items(numbers: Numbers, row: int) -> list[int]:
    starts = numbers["institution_duty_list__items__starts"]
    return numbers["institution_duty_list__items__codes"][starts[row] : starts[row + 1]].tolist()


def _service(numbers: Numbers, rt3: Rt3) -> list[dict[str, int]]:
    """Blocks of service, worked out beforehand as zen has no way to merge periods."""
    since, _ = rt3.since()
    owner = numbers.owners("clinical_service")
    start, end = numbers["clinical_service__start_date"], numbers["clinical_service__end_date"]
    last, first = np.where(none(end), LATE, end), np.maximum(start, since[owner])
    counts = given(start) & (since[owner] > 0) & (last >= since[owner]) & (first < numbers.on)
    blocks, days, begins = _served(
        first, np.minimum(last, numbers.on - 1), counts, owner, len(since)
    )
    reaches = _years_before(begins + days, 3)
    names = ("blocks", "days", "begins", "reaches")
    found = zip(blocks.tolist(), days.tolist(), begins.tolist(), reaches.tolist(), strict=True)
    return [dict(zip(names, one, strict=True)) for one in found]


def graph(numbers: Numbers) -> dict[str, Any]:
    """The decision in zen's own JSON format."""
    expression = {"id": "outcome", "key": "outcome", "value": outcome(numbers)}
    return {
        "nodes": [
            {"id": "facts", "name": "facts", "type": "inputNode", "position": _at(0)},
            {
                "id": "rt3",
                "name": "RT3",
                "type": "expressionNode",
                "position": _at(300),
                "content": {"expressions": [expression]},
            },
            {"id": "answer", "name": "answer", "type": "outputNode", "position": _at(600)},
        ],
        "edges": [
            {"id": "e1", "sourceId": "facts", "targetId": "rt3", "type": "edge"},
            {"id": "e2", "sourceId": "rt3", "targetId": "answer", "type": "edge"},
        ],
    }


def outcome(numbers: Numbers) -> str:
    """The outcomes by their number: eligible 0, ineligible 1, not yet 2, for review 3."""

    def of(column: str, *options: str) -> str:
        name = column.split("__")[1]
        codes = (f"#.{name} == {numbers.code(column, option)}" for option in options)
        return "(" + " or ".join(codes) + ")"

    licensed = f"""some(licence, {of("licence__profession", "radiographer")} and #.issue_date <= on
      and #.revoked_date > on and ({of("licence__issuer", "mohw")}
        or {of("licence__issuer", "doh")} and #.issue_date > 0 and #.issue_date < 735072))"""
    certain = {
        "RTL-3.2a": f"""some(institution_review, {of("institution_review__level", "RT3")}
          and {of("institution_review__result", "passed")} and #.date <= on)""",
        "RTL-3.3": """not some(level_award, #.approval_date <= on)
          or not some(level_award, #.approval_date <= on and #.approval_date > one)
            and some(level_award, #.approval_date <= on and #.approval_date > 0)""",
        "RTL-3.3b": f"""some(level_award, #.approval_date <= on
          and {of("level_award__level", "RT2")})""",
        "RTL-4A.RT3.YEARS": """service.blocks == 1 ? service.begins <= service.reaches
          : service.blocks > 1 and service.days >= 1095""",
        "RTL-4A.RT3.JCT, RTL-5.RT3.TEACH.a": f"""some(teacher_certification,
          {of("teacher_certification__issuer_type", "jct")} and #.issue_date > 0
          and #.issue_date <= on and #.expiry_date >= on)""",
        "RTL-4A.RT3.PUB, RTL-5.RT3.ACAD": f"""some(publication, #.publication_date >= five
          and #.publication_date <= on
          and {of("publication__author_role", "first", "co_first", "corresponding")}
          and ({of("publication__type", "conference_oral", "conference_poster")}
            or {of("publication__type", "journal_article")} and #.peer_reviewed == 1))""",
        "RTL-5.RT3.PROF": f"""some(training, {of("training__type", "advanced_field")}
          and #.end_date > 0 and #.end_date <= on
          and {of("training__issuer_type", "professional_society", "teaching_hospital", "school")}
          and {of("training__document_type", "training_certificate", "pass_certificate")})
          or some(qa_qualification, #.issue_date <= on)""",
        "RTL-5.RT3.TEACH.b, c": f"""some(teaching_activity, #.date >= three and #.date <= on
          and ({of("teaching_activity__type", "lesson_plan")}
            or {of("teaching_activity__type", "oral_report_supervision")}
              and not {of("teaching_activity__learner_type", "other")}))""",
        "RTL-5.RT3.ADMIN": f"""sum(map(filter(training, #.end_date >= three and #.end_date <= on
          and (#.on_quality or {of("training__type", "care_quality", "patient_safety")})), #.hours))
            >= 480
          or some(quality_activity, #.start_date <= on and #.end_date >= three)
          or some(administrative_role, {of("administrative_role__type", "accreditation_lead")}
            and #.start_date <= on and #.end_date >= three)""",
    }
    registered = "some(practice_registration, #.start_date <= on and #.end_date >= on)"
    role = numbers.code("clinical_duty__role", "performs")
    owner = numbers.code("institution_duty_list__owner", "institution")
    work = f"""some(competency_attestation, #.date <= on
        and {of("competency_attestation__scope", "supervise_interns")})
      and some(clinical_duty as duty, duty.role == {role} and duty.start_date <= on
        and duty.end_date >= on
        and some(institution_duty_list as listed, listed.owner == {owner}
          and listed.institution == duty.institution and duty.item in listed.items
          and listed.from_date <= on and listed.to_date >= on))"""
    # RTL-2.2, RTL-5.RT3.CLIN: shown, or decided by a person: 0 not met, 1 nothing yet, 2 met
    possible = [f"({registered} or practising > 0)", f"({work} or advanced > 0)"]
    shown = [f"({registered} or practising == 2)", f"({work} or advanced == 2)"]
    met = " and ".join(f"({rule})" for rule in (*certain.values(), *possible))
    written = (
        f"not ({licensed}) ? 1 : not ({met}) ? 2 : ({' and '.join(shown)}) ? 0 : 3"
    )  # fmt: skip
    return " ".join(written.split())


def _at(x: int) -> dict[str, int]:
    return {"x": x, "y": 0}


class Batch:
    """zen with the decision loaded, and all requests made."""

    def __init__(self, numbers: Numbers) -> None:
        import zen

        content = json.loads(json.dumps(graph(numbers)))
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: content}}})
        self.requests = [{"key": KEY, "context": one} for one in contexts(numbers)]

    def answers(self) -> dict[str, Any]:
        found = self.engine.evaluate_batch(self.requests)
        told = [one["data"]["result"]["outcome"] if one["success"] else -1 for one in found]
        return {"outcome": np.array(told, dtype=np.int8)}
