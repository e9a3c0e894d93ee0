"""放射性物質或可發生游離輻射設備操作人員管理辦法: operators of radiation sources."""

from datetime import date

from tiaoli.facts.kinds import Label
from tiaoli.regulations import texts
from tiaoli.regulations.radiation_operator.procedure import PROCEDURES
from tiaoli.regulations.radiation_operator.questions import QUESTIONS
from tiaoli.rules import Edition, Regulation

REGULATION = Regulation(
    id="radiation-operator",
    title=Label(
        "放射性物質或可發生游離輻射設備操作人員管理辦法",
        "Regulations for operators of radioactive material or radiation-producing equipment",
    ),
    issuer=Label(
        "行政院原子能委員會（2023年9月27日起為核能安全委員會）",
        "Atomic Energy Council (Nuclear Safety Commission since 2023-09-27)",
    ),
    subject=Label("操作人員", "operator"),
    editions=(
        Edition(
            "1",
            Label("91年12月25日訂定的版本", "the version of 2002-12-25"),
            first=date(2003, 2, 1),
            until=date(2005, 2, 25),
            in_hand=False,
        ),
        Edition(
            "2",
            Label("94年2月23日的版本", "the version of 2005-02-23"),
            first=date(2005, 2, 25),
            until=date(2006, 8, 10),
            in_hand=False,
        ),
        Edition(
            "3",
            Label("95年8月8日的版本", "the version of 2006-08-08"),
            first=date(2006, 8, 10),
            until=date(2009, 4, 19),
            in_hand=False,
        ),
        Edition(
            "4",
            Label("98年4月17日的版本", "the version of 2009-04-17"),
            first=date(2009, 4, 19),
            clause="RAD-12",
        ),
    ),
    clauses=texts.clauses(__name__),
    interpretations=texts.interpretations(__name__),
    questions={question.id: question for question in QUESTIONS},
    procedures=PROCEDURES,
)
