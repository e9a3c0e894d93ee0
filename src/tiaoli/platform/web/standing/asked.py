"""One question as a page asks it: of whom, as of which day, about which record."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from tiaoli.answers import Answer, Detail, NotInForce, ask
from tiaoli.answers.naming import fact_words
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.concern import of_a_person
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.web.answers import AnswerShown, Links, show
from tiaoli.platform.web.standing.own import Asking, asking, day_asked, links_of
from tiaoli.regulations import catalogue
from tiaoli.rules import Question, Regulation

_MOST_RECORDS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """``wrong``: what is wrong with the day that was typed; then it is asked as of today."""

    person: Person
    regulation: Regulation
    question: Question
    dossier: Dossier
    links: Links
    under: Asking
    about: str | None
    typed: str
    wrong: Label | None

    @property
    def day(self) -> datetime.date:
        return self.under.day

    @property
    def readings(self) -> Mapping[str, str]:
        return self.under.readings

    def answer(self, dossier: Dossier | None = None, detail: Detail = Detail.FULL) -> Answer | None:
        """The answer, of other facts where they are given; None where no text is in force."""
        try:
            return ask(
                self.regulation,
                self.question.id,
                dossier or self.dossier,
                on=self.day,
                readings=self.readings,
                about=self.about,
                detail=detail,
            )
        except NotInForce:
            return None

    def shown(self, answer: Answer, dossier: Dossier | None = None) -> AnswerShown:
        return show(answer, self.regulation, dossier or self.dossier, self.links)

    def records(self) -> list[tuple[str, Label]]:
        """The records that the question can be about."""
        facts = self.dossier.of(self.question.about or "")[-_MOST_RECORDS:]
        return [(fact.id, fact_words(fact)) for fact in facts]

    @property
    def query(self) -> str:
        """What leads to the same day and record on another page of the question."""
        told = {}
        if self.day != clock.today():
            told["on"] = self.day.isoformat()
        if self.about is not None:
            told["about"] = self.about
        return f"?{urlencode(told)}" if told else ""


def regulation_called(name: str) -> Regulation:
    """Raises Http404."""
    try:
        return catalogue.find(name)
    except catalogue.UnknownRegulation as error:
        raise Http404(str(error)) from None


def asked_on(request: HttpRequest, regulation: str, question: str) -> Asked:
    """What the address and the form of a page say. Raises Http404 for names there are not."""
    found = regulation_called(regulation)
    asked = found.questions.get(question)
    if asked is None or not of_a_person(found, asked):
        raise Http404(question)
    told = request.POST if request.method == "POST" else request.GET
    typed = told.get("on", "")
    day, wrong = day_asked(typed)
    person = request.actor.account.person
    dossier = dossier_of(person)
    about = None
    if asked.about is not None:
        known = [fact.id for fact in dossier.of(asked.about)]
        wanted = told.get("about", "")
        about = wanted if wanted in known else (known[-1] if known else None)
    links = links_of(person, found.id)
    under = asking(found.id, day)
    return Asked(person, found, asked, dossier, links, under, about, typed, wrong)
