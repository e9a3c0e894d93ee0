"""醫事放射師專業進階制度: the radiographers' professional advancement ladder, RT1 to RT4."""

from tiaoli.facts.kinds import Label
from tiaoli.regulations import texts
from tiaoli.regulations.rt_ladder.procedure import PROCEDURES
from tiaoli.regulations.rt_ladder.questions import QUESTIONS
from tiaoli.rules import Edition, Regulation

REGULATION = Regulation(
    id="rt-ladder",
    title=Label("醫事放射師專業進階制度", "Radiographer professional advancement ladder"),
    issuer=Label(
        "放射技術專業學會（文中未具名）", "an unnamed society of radiological technologists"
    ),
    subject=Label("醫事放射師", "radiographer"),
    editions=(
        Edition(
            "undated",
            Label("未載明版本與施行日的版本", "the version at hand, which states no date"),
        ),
    ),
    clauses=texts.clauses(__name__),
    interpretations=texts.interpretations(__name__),
    questions={question.id: question for question in QUESTIONS},
    procedures=PROCEDURES,
)
