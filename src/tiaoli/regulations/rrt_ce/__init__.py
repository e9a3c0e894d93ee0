"""呼吸治療師繼續教育課程及積分審定作業規範: continuing education of respiratory therapists."""

from datetime import date

from tiaoli.facts.kinds import Label
from tiaoli.regulations import texts
from tiaoli.regulations.rrt_ce import (
    credit_procedure,
    credit_questions,
    filing_procedure,
    filing_questions,
)
from tiaoli.rules import Edition, Regulation

_VERSIONS = (
    ("1", "102年8月3日制訂的版本", "the version of 2013-08-03", date(2013, 8, 3)),
    ("2", "106年7月13日修訂的版本", "the version of 2017-07-13", date(2017, 7, 13)),
    ("3", "108年12月7日修訂的版本", "the version of 2019-12-07", date(2019, 12, 7)),
    ("4", "113年1月26日修訂的版本", "the version of 2024-01-26", date(2024, 1, 26)),
    ("5", "113年4月12日修訂的版本", "the version of 2024-04-12", date(2024, 4, 12)),
)
_STARTS = [first for *_, first in _VERSIONS]

REGULATION = Regulation(
    id="rrt-ce",
    title=Label(
        "呼吸治療師繼續教育課程及積分審定作業規範",
        "Accreditation of continuing-education courses and credits for respiratory therapists",
    ),
    issuer=Label("台灣呼吸治療學會", "Taiwan Society for Respiratory Therapy"),
    subject=Label("呼吸治療師、開課單位", "respiratory therapist, course organiser"),
    editions=tuple(
        Edition(
            id=number,
            label=Label(zh, en),
            first=first,
            until=until,
            in_hand=until is None,
            clause=f"RRT-0.V{number}",
        )
        for (number, zh, en, first), until in zip(_VERSIONS, [*_STARTS[1:], None], strict=True)
    ),
    clauses=texts.clauses(__name__),
    interpretations=texts.interpretations(__name__),
    findings=texts.findings(__name__),
    questions={q.id: q for q in (*filing_questions.QUESTIONS, *credit_questions.QUESTIONS)},
    procedures=(*filing_procedure.PROCEDURES, *credit_procedure.PROCEDURES),
)
