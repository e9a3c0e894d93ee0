"""Three pilotages in one harbour within two years earn its badge, if the board finds so."""

from harbour_pilots.badge import QUESTIONS
from harbour_pilots.procedure import PROCEDURES
from tiaoli.facts.kinds import Label
from tiaoli.regulations import texts
from tiaoli.rules import Edition, Regulation

REGULATION = Regulation(
    id="harbour-pilots",
    title=Label("虛構的引水人規則", "Invented rules of harbour pilots"),
    issuer=Label("虛構的引水人公會", "Invented guild of harbour pilots"),
    subject=Label("引水人", "harbour pilot"),
    editions=(Edition("1", Label("第一版", "first edition")),),
    clauses=texts.clauses("harbour_pilots"),
    interpretations=texts.interpretations("harbour_pilots"),
    questions={question.id: question for question in QUESTIONS},
    procedures=PROCEDURES,
)
