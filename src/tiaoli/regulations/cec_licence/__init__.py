"""醫事人員執業登記及繼續教育辦法, as far as it bears on respiratory therapists."""

from datetime import date

from tiaoli.facts.kinds import Label
from tiaoli.regulations import texts
from tiaoli.regulations.cec_licence.cycle import QUESTIONS
from tiaoli.rules import Edition, Regulation

REGULATION = Regulation(
    id="cec-licence",
    title=Label(
        "醫事人員執業登記及繼續教育辦法（母法；不在五份條文之內）",
        "Practice registration and continuing education of medical personnel "
        "(the parent regulation; outside the five texts)",
    ),
    issuer=Label("衛生福利部", "Ministry of Health and Welfare"),
    subject=Label("呼吸治療師", "respiratory therapist"),
    editions=(
        Edition(
            "2013",
            Label("102年7月1日發布的版本", "the version of 2013-07-01"),
            first=date(2013, 7, 1),
            until=date(2022, 8, 26),
            in_hand=False,
            clause="P-01",
        ),
        Edition(
            "2022",
            Label(
                "111年8月26日修正的版本（查核至113年10月24日）",
                "the version of 2022-08-26, looked up as of 2024-10-24",
            ),
            first=date(2022, 8, 26),
            clause="P-01",
        ),
    ),
    clauses=texts.clauses(__name__),
    interpretations=texts.interpretations(__name__),
    questions={question.id: question for question in QUESTIONS},
)
