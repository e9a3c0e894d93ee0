"""Three pilotages in one harbour within two years earn a badge for five years; the fee is 800."""

from __future__ import annotations

from harbour_pilots.words import pilot_badge, pilot_filing, pilotage
from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    Clause,
    Edition,
    Figure,
    Guard,
    Procedure,
    Regulation,
    Role,
    Rule,
    Seat,
    all_of,
    amount_clause,
    any_of,
    clause,
    computes,
    count,
    day_clause,
    last_day_of,
    lookback,
    qualifies,
    records,
    the,
    twd,
    years,
)
from tiaoli.rules.steps import (
    APPLICANT,
    DRAFT,
    NOT_PASSED,
    SECRETARIAT,
    WITHDRAWN,
    returned,
    state,
    step,
    withdrawal,
    written,
)

_trips = records(pilotage.name)
_badge = records(pilot_badge.name)
_file = the(records(pilot_filing.name), records(pilot_filing.name).filed_on)
BOARD = Role("board", Label("引水人評議會", "pilots' board"), Seat.PANEL)


def _in(harbour: str) -> Rule:
    trips = _trips.where(_trips.harbour.is_(harbour), lookback(_trips.date, years(2)))
    return clause(f"HP-1.{harbour}", count(trips).at_least(3))


badge = qualifies(
    "badge",
    Label("引水人徽章", "Pilot's badge"),
    Label("符合申請引水人徽章的條件嗎？", "Does the pilot qualify for a badge?"),
    any_of(*(all_of(_file.harbour.is_(harbour), _in(harbour)) for harbour in ("north", "south"))),
)
fee = computes(
    "badge-fee",
    Label("審查費", "Review fee"),
    Label("要繳多少？", "What is to be paid?"),
    Figure("fee", Label("審查費", "Review fee"), amount_clause("HP-3", twd(800))),
)
expiry = computes(
    "badge-expiry",
    Label("徽章效期", "Validity of the badge"),
    Label("到哪一天？", "Until which day?"),
    Figure(
        "last",
        Label("效期末日", "last day"),
        day_clause("HP-4", last_day_of(the(_badge).issued_on, years(5))),
    ),
)

procedure = Procedure(
    "badge",
    Label("申請徽章", "Application for a badge"),
    states=(
        DRAFT,
        state("filed", "已提出", "filed"),
        state("incomplete", "文件不齊", "incomplete"),
        state("issued", "已核發", "issued", final=True),
        NOT_PASSED,
        WITHDRAWN,
    ),
    transitions=(
        step(
            "file", ("提出", "file"), "draft", "filed", APPLICANT, "HP-2",
            guards=(Guard("badge", ("eligible", "needs_review")),), documents=("logbook",),
            fee="badge-fee", dates=("filed_on",),
        ),
        *returned("filed", SECRETARIAT, APPLICANT),
        step(
            "issue", ("核發徽章", "issue the badge"), "filed", "issued", BOARD, "HP-2",
            guards=(Guard("badge", ("eligible",)),), output=pilot_badge.name,
            lasts="badge-expiry", dates=("decided_on",), adds={"result": "passed"},
        ),
        step(
            "refuse", ("不通過", "refuse"), "filed", "not_passed", BOARD, "HP-2",
            dates=("decided_on",), adds={"result": "failed"},
        ),
        withdrawal(APPLICANT, "draft", "filed", "incomplete"),
    ),
    file=written(pilot_filing.name),
)  # fmt: skip


def _clause(id: str, zh: str, en: str) -> tuple[str, Clause]:
    where = Label(f"第{id[3]}條", f"article {id[3]}")
    return id, Clause(id, where, Label(zh, en), "condition")


REGULATION = Regulation(
    id="harbour-pilots",
    title=Label("虛構的引水人規則", "Invented rules of harbour pilots"),
    issuer=Label("虛構的引水人公會", "Invented guild of harbour pilots"),
    subject=Label("引水人", "harbour pilot"),
    editions=(Edition("1", Label("第一版", "first edition")),),
    clauses=dict(
        (
            _clause("HP-1.north", "二年內北港引水三次", "Three pilotages in the north harbour"),
            _clause("HP-1.south", "二年內南港引水三次", "Three pilotages in the south harbour"),
            _clause("HP-2", "檢附航行日誌，由評議會核發", "With the logbook; the board issues it"),
            _clause("HP-3", "審查費八百元", "The fee is 800"),
            _clause("HP-4", "效期五年", "It is valid for five years"),
        )
    ),
    interpretations={},
    questions={question.id: question for question in (badge, fee, expiry)},
    procedures=(procedure,),
)
