"""Several files decided at once: first what would happen to each; then, confirmed, it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.actions import take
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.left import Given
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.seeing import NOT_SEEN, may_look
from tiaoli.platform.applications.steps import standing
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.rules import Transition

AT_MOST = 50
"""So many files in one batch: as many as a person can look over."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """
    One file of a batch: where the step leads it, or why it cannot be taken. ``application`` is None
    where there is none of that number that whoever asks may look at.
    """

    number: str
    application: Application | None
    step: Transition | None
    leads_to: Label | None
    leaves: Label | None
    why_not: tuple[Label, ...]

    @property
    def may(self) -> bool:
        return not self.why_not


def preview(
    by: Actor, applications: Iterable[Application], step: str, *, asked: Iterable[str] = ()
) -> list[Prospect]:
    """What would happen to each, by its number, those ``asked`` for included; nothing changes."""
    found = {a.number: _prospect(by, a, step) for a in applications}
    nowhere = {number: _unseen(number) for number in asked if number not in found}
    return [one for _, one in sorted({**found, **nowhere}.items())]


def _unseen(number: str) -> Prospect:
    return Prospect(number, None, None, None, None, (NOT_SEEN,))


def _prospect(by: Actor, application: Application, id: str) -> Prospect:
    number = application.number
    if may_look(by, application) is not None:
        return _unseen(number)
    _, procedure = declared.of(application)
    here = [s for s in procedure.from_state(application.state) if s.id == id]
    if not here:
        now = procedure.state(application.state).label
        why = Label(f"現在是「{now.zh}」，沒有這一步。", f"It is “{now.en}”: no such step there.")
        return Prospect(number, application, None, None, None, (why,))
    step = here[0]
    found = standing(Inquiry(application, clock.today()), step, by)
    why_not = [obstacle.says for obstacle in found.obstacles]
    if declared.returns(procedure, step):
        why_not.append(Label("退件要逐件寫明補正事項。", "A return names its points file by file."))
    if found.leaves is not None and found.leaves.lacking:
        zh = "、".join(a.label.zh for a in found.leaves.lacking)
        en = ", ".join(a.label.en for a in found.leaves.lacking)
        why_not.append(Label(f"要逐件填寫：{zh}", f"To be filled in file by file: {en}"))
    target = procedure.state(step.leads_from(application.state)).label
    leaves = None if found.leaves is None else found.leaves.kind.label
    return Prospect(number, application, step, target, leaves, tuple(why_not))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file of a batch; ``refused`` says why nothing did."""

    number: str
    refused: Label | None = None


def decide(
    by: Actor, step: str, versions: Mapping[str, int], *, confirmed: str, remark: str
) -> list[Done]:
    """
    Take ``step`` for each file of ``versions`` (number -> the version that the preview showed).

    ``confirmed`` is the count, as it was typed. Each file is a transaction of its own: one that
    somebody changed in between is left as it is, and said. Raises Refused for another count.
    """
    if confirmed.strip() != str(len(versions)) or not versions:
        raise Refused(
            Label(
                f"請輸入件數 {len(versions)} 以確認；您輸入的是「{confirmed}」。",
                f"Type the count, {len(versions)}, to confirm; you typed “{confirmed}”.",
            )
        )
    if len(versions) > AT_MOST:
        raise Refused(Label(f"一次至多 {AT_MOST} 件。", f"At most {AT_MOST} files at once."))
    found = {a.number: a for a in Application.objects.filter(number__in=versions)}
    return [
        _decide_one(by, found[number], step, version, remark)
        if number in found
        else Done(number, NOT_SEEN)
        for number, version in versions.items()
    ]


def _decide_one(by: Actor, application: Application, step: str, version: int, remark: str) -> Done:
    try:
        take(by, application, step=step, version=version, given=Given(remark))
    except Refused as refusal:
        return Done(application.number, refusal.says)
    except LookupError:
        return Done(application.number, Label("這件沒有這一步。", "This file has no such step."))
    return Done(application.number)
