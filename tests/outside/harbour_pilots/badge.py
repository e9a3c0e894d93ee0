"""Articles 1 to 5: who earns a badge, for how much, until when."""

from __future__ import annotations

from harbour_pilots.words import HARBOURS, pilot_badge, pilot_filing, pilotage
from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules import (
    ASKED_ON,
    Amount,
    Figure,
    Question,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    clause,
    computes,
    count,
    day_clause,
    judged,
    last_day_of,
    lookback,
    or_else,
    qualifies,
    reading,
    records,
    the,
    twd,
    years,
)

_trips = records(pilotage.name)
_badges = records(pilot_badge.name)
_filings = records(pilot_filing.name)
file = the(_filings, _filings.filed_on)

# Article 1: three pilotages in one harbour

_recent = reading(
    "hp.window.edge",
    inside=lookback(_trips.date, years(2)),
    outside=lookback(_trips.date, years(2), edge_inside=False),
)


def _experienced(harbour: str) -> Rule:
    trips = _trips.where(_trips.harbour.is_(harbour), _recent)
    return clause(f"HP-1.{harbour}", count(trips).at_least(3))


def _experience(harbour: str) -> Question:
    zh, en = HARBOURS[harbour]
    return qualifies(
        f"experience-{harbour}",
        Label(f"{zh}引水經歷", f"Experience in the {en}"),
        Label(f"引水經歷夠不夠申請{zh}的徽章？", f"Is there enough for a badge of the {en}?"),
        _experienced(harbour),
    )


# Article 2: a file, as of the day on which it was handed in

_found_fit = judged(
    "HP-2.fit",
    "能否在該港獨立引水",
    "can pilot alone in that harbour",
    who=("引水人評議會", "pilots' board"),
)
badge = qualifies(
    "badge",
    Label("引水人徽章", "Pilot's badge"),
    Label("這件申請能核發徽章嗎？", "Can the badge be issued on this file?"),
    all_of(
        any_of(*(all_of(file.harbour.is_(h), _experienced(h)) for h in HARBOURS)),
        clause("HP-2.fit", _found_fit),
    ),
    about=pilot_filing.name,
    as_of=or_else(file.filed_on, ASKED_ON),
)

# Articles 3 to 5: money and days

fee = computes(
    "badge-fee",
    Label("審查費", "Review fee"),
    Label("要繳多少？", "What is to be paid?"),
    Figure(
        "fee",
        Label("審查費", "Review fee"),
        amount_clause(
            "HP-3", amount_table((file.harbour.is_("north"), twd(800)), otherwise=twd(1200))
        ),
    ),
    about=pilot_filing.name,
)
expiry = computes(
    "badge-expiry",
    Label("徽章效期", "Validity of the badge"),
    Label("到哪一天？", "Until which day?"),
    Figure(
        "last",
        Label("效期末日", "last day"),
        day_clause("HP-4", last_day_of(the(_badges).issued_on, years(5))),
    ),
    about=pilot_badge.name,
)
completion = computes(
    "completion",
    Label("補件期限", "Time to complete a file"),
    Label("要在幾日內補齊？", "Within how many days is it to be complete?"),
    Figure(
        "days", Label("補件期限", "time to complete"), amount_clause("HP-5", Amount(14, Unit.DAY))
    ),
)

QUESTIONS = (*(_experience(harbour) for harbour in HARBOURS), badge, fee, expiry, completion)
