"""影像導引介入性治療分項專長指導老師認證辦法: instructors of image-guided intervention."""

from datetime import date

from tiaoli.facts.kinds import Label
from tiaoli.regulations import texts
from tiaoli.regulations.ir_instructor.procedure import PROCEDURES
from tiaoli.regulations.ir_instructor.questions import QUESTIONS
from tiaoli.rules import Edition, Regulation

REGULATION = Regulation(
    id="ir-instructor",
    title=Label(
        "影像導引介入性治療分項專長指導老師認證辦法",
        "Certification of instructors in image-guided interventional sub-specialties",
    ),
    issuer=Label("台灣介入放射線學會", "Taiwan Society of Interventional Radiology"),
    subject=Label("醫師", "physician"),
    editions=(
        Edition(
            "1",
            Label("民國109年10月7日（2020-10-07）首版", "the version of 2020-10-07 (ROC 109)"),
            first=date(2020, 10, 7),
            until=date(2021, 5, 14),
            in_hand=False,
            clause="IRI-0.D1",
        ),
        Edition(
            "2",
            Label("民國110年5月14日（2021-05-14）修正版", "the version of 2021-05-14 (ROC 110)"),
            first=date(2021, 5, 14),
            clause="IRI-0.D2",
        ),
    ),
    clauses=texts.clauses(__name__),
    interpretations=texts.interpretations(__name__),
    questions={question.id: question for question in QUESTIONS},
    procedures=PROCEDURES,
)
