"""
A case on its way to its state: opened, filled in, documented, paid for and taken from step to step
by the actions that pages use, each by somebody who sits where the step is taken.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tiaoli.facts.reading import DossierError
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.actions import Blocked, take, take_by_itself
from tiaoli.platform.applications.by_itself import notice_was_paid
from tiaoli.platform.applications.dossiers import documents_of
from tiaoli.platform.applications.drafting import (
    add_document,
    answer_point,
    open_application,
    refuse_document,
)
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.leaving import Leaving, leaving_of
from tiaoli.platform.applications.left import Given, PointTold
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import THE_DAY, Actor, Refused
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.fees import posting
from tiaoli.platform.fees.matching import fingerprint, matches
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Membership, Organisation, Person, Post
from tiaoli.platform.people.seats import POSTS_OF, SeatHeld, actor_of
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world.situations import Situation
from tiaoli.rules import Procedure, Regulation, Seat, Transition

_NEXT: Final = datetime.timedelta(minutes=25)
"""What is done next on the same day is done so much later at least."""
_ONE_DAY: Final = datetime.timedelta(days=1)
_UNCLEAR: Final = "影本模糊，看不清日期。 The copy is blurred: the date cannot be read."
_TO_ADD: Final = "請補上能看出日期的證明。 Please add proof that shows the date."
_ADDED: Final = "已補上清楚的影本。 A clear copy is attached now."
_BY_POST: Final = "掛號郵寄 by registered post"
_DAY, _ABOUT = "{day}", "{about}"
"""In ``leaves``: the day of the step, and the number of the certificate that the file is about."""


class Stuck(Exception):
    """A case that does not get any further; the message says why, Chinese and English."""


@dataclass(slots=True)
class Officers:
    """Who sits where, each post looked up once: nobody comes or goes while the world is made."""

    _known: dict[tuple[int, frozenset[str]], list[Actor]] = field(default_factory=dict)

    def acting(self, house: Organisation | None, posts: frozenset[str], draw: Random) -> Actor:
        """One of those who hold one of the posts. Raises Stuck where nobody does."""
        if house is None:
            raise Stuck("沒有受理的機構 / there is no house to take the step")
        key = (house.pk, posts)
        if key not in self._known:
            held = Membership.objects.filter(
                organisation=house, role__in=posts, account__isnull=False
            )
            self._known[key] = [
                actor_of(one.account, SeatHeld(one.organisation, one.role))
                for one in held.select_related("account__person", "organisation").order_by("pk")
            ]
        if not self._known[key]:
            raise Stuck(f"{house} 沒有人擔任 / nobody at {house} is {', '.join(sorted(posts))}")
        return draw.choice(self._known[key])


@dataclass(slots=True)
class Walk:
    """
    One case: ``path`` from the first state to ``state``, and at which ``moments`` it is opened and
    each step is taken, where nothing is in the way. ``today`` is the day that the world is made.
    """

    regulation: Regulation
    procedure: Procedure
    state: str
    situation: Situation
    path: Sequence[Transition]
    moments: Sequence[datetime.datetime]
    person: Person
    others: Mapping[str, Person]
    officers: Officers
    draw: Random
    today: datetime.date
    application: Application | None = None
    _taken: int = 0

    def go_on(self, at: datetime.datetime) -> datetime.datetime | None:
        """
        Do what comes next, at this moment. When the case goes on from there; None once it is where
        it was to come. Raises Stuck where it cannot go on.
        """
        try:
            if self.application is None:
                self.application = self._opened()
            elif not self._took(self.application, self.path[self._taken], at.date()):
                return at + _ONE_DAY
            else:
                self._taken += 1
        except (Refused, DossierError) as refusal:
            raise Stuck(f"{at.date()}: {refusal}") from refusal
        if self._taken == len(self.path):
            return None
        return max(self.moments[self._taken + 1], at + _NEXT)

    def _opened(self) -> Application:
        return open_application(
            actor_of(self.person.account, None),
            self.person,
            regulation=self.regulation,
            procedure=self.procedure,
            about=self._certificate() if self.situation.about else None,
            role=self.situation.role,
            others=self.others,
            typed=dict(self.situation.typed),
        )

    def _certificate(self) -> Certificate | None:
        """What the person holds; of several, the one of which the procedure itself speaks."""
        held = Certificate.objects.filter(person=self.person, regulation=self.regulation.id)
        found = list(held.select_related("record").order_by("pk"))
        says = {value for _, value in self.procedure.file.says} if self.procedure.file else set()
        spoken_of = (c for c in found if says & {str(v) for v in c.record.values.values()})
        return next(spoken_of, found[0] if found else None)

    def _took(self, application: Application, step: Transition, day: datetime.date) -> bool:
        """Whether the step is taken; not yet, where the day on which it happens has not come."""
        if step.by.seat is Seat.NOBODY:
            try:
                self.application = take_by_itself(THE_DAY, application, step=step, on=day)
            except Blocked:
                if day >= self.today:
                    raise
                return False
            return True
        if not step.unprompted and self._paid(application, day):
            application = self.application = _again(application)
            if application.state != self._source():
                return True  # the payment was all that it waited for
        by = self._sitting(application, step)
        given = self._given(application, step, by, day)
        self.application = take(
            by, application, step=step.id, version=application.version, given=given
        )
        return True

    def _source(self) -> str:
        """Where the case is before its next step."""
        at = self.procedure.initial.id
        for taken in self.path[: self._taken]:
            at = taken.leads_from(at)
        return at

    def _sitting(self, application: Application, step: Transition) -> Actor:
        match step.by.seat:
            case Seat.PARTY:
                return actor_of(self.person.account, None)
            case Seat.OTHER_PERSON:
                opener = step.by.id == self.situation.role
                return actor_of((self.person if opener else self.others[step.by.id]).account, None)
            case Seat.EMPLOYER:
                house = application.employer
            case _:
                house = application.office
        return self.officers.acting(house, POSTS_OF[step.by.seat], self.draw)

    def _paid(self, application: Application, day: datetime.date) -> bool:
        """Whether something was due; it is paid, by a statement as a treasurer imports it."""
        due = list(Notice.objects.filter(case=application.number, state=Notice.State.DUE))
        for notice in due:
            treasurer = self.officers.acting(
                notice.payee, frozenset({Post.TREASURER.value}), self.draw
            )
            told = (
                f"案號,金額,日期,繳款人\n{notice.case},{notice.amount},{day},{notice.payer.name}\n"
            )
            draft = posting.read_in(
                treasurer, notice.payee, name=f"{notice.number}.csv", raw=told.encode("utf-8-sig")
            )
            found = matches(notice.payee, posting.lines_of(draft))
            posting.post(treasurer, draft, shown=fingerprint(found))
            notice.refresh_from_db()
            # Told of at once: within the one transaction of the world, the commit comes too late.
            notice_was_paid(Notice, notice)
        return bool(due)

    def _given(
        self, application: Application, step: Transition, by: Actor, day: datetime.date
    ) -> Given:
        """What the step asks of whoever takes it: documents, points, the record left behind."""
        if step.by.seat is Seat.PARTY:
            self._put_right(application, step, by)
        if declared.returns(self.procedure, step):
            handed_in = documents_of(application)
            if handed_in:
                refuse_document(by, handed_in[0], because=_UNCLEAR)
                return Given()
            return Given(points=(PointTold(_TO_ADD),))
        leaves = leaving_of(Inquiry(application, day), step) if step.output is not None else None
        if leaves is None:
            return Given()
        on_file = self._on_file(leaves)
        return Given(on_file=on_file, values=self._values(application, step, leaves, day))

    def _put_right(self, application: Application, step: Transition, by: Actor) -> None:
        """The documents that the step asks for, those that were refused, answers to the points."""
        refused = {d.option for d in documents_of(application) if d.refused is not None}
        for option in (*step.documents, *sorted(refused)):
            add_document(by, application, option=option, note=_BY_POST)
        for point in application.points.filter(answered=None, settled=None):
            answer_point(by, point, answer=_ADDED)

    def _on_file(self, leaves: Leaving) -> str:
        """What the party shows is what they have: the latest of its kind."""
        if not leaves.may_be_on_file:
            return ""
        there = Record.objects.filter(person=self.person, kind=leaves.kind.name, removed=None)
        latest = there.order_by("-happens").first()
        return "" if latest is None else latest.fact

    def _values(
        self, application: Application, step: Transition, leaves: Leaving, day: datetime.date
    ) -> dict[str, Any]:
        about = application.about
        known = {_DAY: day.isoformat(), _ABOUT: "" if about is None else about.number}
        told = self.situation.leaves.get(step.id, {})
        return {**leaves.defaults, **{name: known.get(v, v) for name, v in told.items()}}


def _again(application: Application) -> Application:
    rows = Application.objects.select_related("person", "office", "employer", "about__record")
    return rows.get(pk=application.pk)
