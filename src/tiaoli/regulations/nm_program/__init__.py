"""核子醫學科專科醫師訓練計畫評核標準: how nuclear-medicine residency programmes are assessed."""

import datetime

from tiaoli.facts.kinds import Label
from tiaoli.regulations import texts
from tiaoli.regulations.nm_program import (
    academic,
    changes,
    evaluation,
    faculty,
    force,
    passing,
    prerequisites,
    procedure,
    procedure_training,
    purpose,
    ranking,
    residents,
    resources,
    totals,
    training,
)
from tiaoli.rules import Edition, Question, Regulation

_CHAPTERS: tuple[tuple[Question, ...], ...] = (
    force.QUESTIONS,
    prerequisites.QUESTIONS,
    passing.QUESTIONS,
    totals.QUESTIONS,
    ranking.QUESTIONS,
    changes.QUESTIONS,
    purpose.QUESTIONS,
    residents.QUESTIONS,
    faculty.QUESTIONS,
    training.QUESTIONS,
    academic.QUESTIONS,
    resources.QUESTIONS,
    evaluation.QUESTIONS,
)

REGULATION = Regulation(
    id="nm-program",
    title=Label(
        "核子醫學科專科醫師訓練計畫評核標準", "Standard for nuclear-medicine residency programmes"
    ),
    issuer=Label("衛生福利部", "Ministry of Health and Welfare"),
    subject=Label("訓練計畫", "training programme"),
    editions=(
        Edition(
            "2024-05-31",
            Label("113年5月31日採用的版本", "the version adopted on 2024-05-31"),
            first=datetime.date(2024, 5, 31),
        ),
    ),
    clauses=texts.clauses(__name__),
    interpretations=texts.interpretations(__name__),
    findings=texts.findings(__name__),
    questions={question.id: question for chapter in _CHAPTERS for question in chapter},
    procedures=(*procedure.PROCEDURES, *procedure_training.PROCEDURES),
)
