"""
A comparison as it is asked, worked out and kept. Nothing is decided by it.

Asked for again while it is on its way, it is the same one. It is worked out by a task that may be
killed and begun again: until the result is there, nothing is, and a result is written once.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import transaction

from tiaoli.answers import NotInForce
from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError, Unreadable
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Told, action
from tiaoli.platform.people.models import Mandate
from tiaoli.platform.people.readings import may_choose
from tiaoli.platform.portfolio.comparing import Side, compared, told
from tiaoli.platform.portfolio.models import Comparison
from tiaoli.population.changes import NoSuchParameter, UnreadableValue
from tiaoli.population.kernel import KernelTrouble
from tiaoli.population.lowering import NoColumns
from tiaoli.population.tables import FactsError
from tiaoli.regulations import catalogue
from tiaoli.regulations.catalogue import UnknownRegulation
from tiaoli.rules.regulation import UnknownName

REFUSALS: Final = (
    NotInForce, NoSuchParameter, UnreadableValue, NoColumns, UnknownName, UnknownRegulation,
    KernelTrouble, FactsError, DossierError, Unreadable,
)  # fmt: skip
"""What says in words why there is no result."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared: over those with a record of a kind ``among`` these."""

    question: str
    day: datetime.date
    sides: tuple[Side, Side]
    among: Collection[str]
    read: Collection[str]

    def plain(self) -> dict[str, Any]:
        """As the fields of a Comparison."""
        before, after = map(asdict, self.sides)
        kinds = {"among": sorted(self.among), "read": sorted(self.read)}
        return {
            "question": self.question, "day": self.day, "before": before, "after": after,
            "kinds": kinds,
        }  # fmt: skip


def _digest(regulation: str, plain: dict[str, Any]) -> str:
    written = json.dumps([regulation, plain], sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


@action("portfolio.compare", Label("試算修改", "compare readings"), allowed=may_choose)
def ask(by: Actor, mandate: Mandate, *, asked: Asked) -> Told[Comparison]:
    """A comparison for the organisation that runs the regulation; the one on its way, if it is."""
    Mandate.objects.select_for_update().get(pk=mandate.pk)
    plain = asked.plain()
    digest = _digest(mandate.regulation, plain)
    there = Comparison.objects.filter(
        organisation=mandate.organisation_id, digest=digest, state=Comparison.State.ASKED
    ).first()
    data = {"regulation": mandate.regulation, "question": asked.question}
    if there is not None:
        return Told(there, None, {**data, "again": True})
    made = Comparison.objects.create(
        organisation_id=mandate.organisation_id,
        regulation=mandate.regulation,
        digest=digest,
        asked_by=by.account,
        asked=clock.now(),
        **plain,
    )
    return Told(made, None, data)


def make(key: int) -> None:
    """
    Work a comparison out and keep what came of it, or why nothing did. One that is done is left as
    it is. Raises what is no refusal, once it is told that it failed.
    """
    waiting = Comparison.objects.filter(pk=key, state=Comparison.State.ASKED)
    if not waiting.update(begun=clock.now()):
        return
    asked = waiting.select_related("organisation").get()
    try:
        found = _worked_out(asked)
    except REFUSALS as refusal:
        _keep(key, state=Comparison.State.FAILED, problem=_words(refusal))
    except Exception:
        _keep(key, state=Comparison.State.FAILED, problem=_BROKEN)
        raise
    else:
        _keep(key, state=Comparison.State.MADE, found=found)


def _worked_out(asked: Comparison) -> dict[str, Any]:
    regulation = catalogue.find(asked.regulation)
    sides = Side(**asked.before), Side(**asked.after)
    found = compared(regulation, asked.question, asked.day, sides, **asked.kinds)
    return told(found, asked.organisation)


def _keep(key: int, **fields: Any) -> None:
    """The first to be done writes it; one that was thought dead comes too late."""
    with transaction.atomic():
        still = Comparison.objects.select_for_update().filter(pk=key, state=Comparison.State.ASKED)
        still.update(made=clock.now(), **fields)


_BROKEN: Final = {
    "zh": "計算中斷了，原因已記在系統紀錄裡。請再試一次；再不成，請告訴管理者這是哪一次試算。",
    "en": "It broke off; the log of the system says why. Try again, and if it fails again tell the "
    "administrator which comparison this is.",
}


def _words(refusal: Exception) -> dict[str, str]:
    """What a refusal says, in both languages."""
    zh, _, en = str(refusal).partition(" / ")
    return {"zh": zh, "en": en or zh}
