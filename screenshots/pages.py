"""
Which pages are shown, as whom, of what: chosen from the invented world by what they have to show.

The same world has the same people; of a page that nobody in it can show, the command says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict
from playwright.sync_api import Page

from tiaoli.answers import outcome
from tiaoli.answers.course import standing
from tiaoli.answers.plan import plans
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.portfolio import comparisons, outlook
from tiaoli.platform.portfolio.comparing import compared
from tiaoli.platform.portfolio.comparisons import Asked
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.portfolio.models import Comparison
from tiaoli.platform.reminders import nightly
from tiaoli.platform.web.rules.deciding import mandate_held
from tiaoli.platform.web.rules.trying import Trial, trial_of
from tiaoli.regulations import catalogue

LADDER: Final = "rt-ladder"
RULE_MAKER: Final = "rules@radiographers.example"
EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples"


@dataclass(frozen=True, slots=True)
class Shot:
    """
    ``name``  of the picture
    ``who``   the address of whoever logs in; "" for the public
    ``act``   what is done on the page before it is taken
    """

    name: str
    who: str
    path: str
    act: Callable[[Page], None] | None = None


class NothingToShow(LookupError):
    """Nobody in the invented world has what a picture is to show."""


def shots() -> list[Shot]:
    """All pictures, in the order of the documents. Raises NothingToShow."""
    return [*_practitioner(), *_houses(), *_rules()]


def _practitioner() -> Iterator[Shot]:
    one, physician = _on_the_way(), _first(Person, subject="ir-instructor-001")
    returned = _application("rt-ladder", "incomplete")
    certificate = _certificate()
    yield Shot("front", "", "/")
    yield Shot("standing", _address(one), "/standing/")
    yield Shot("question", _address(one), "/standing/rt-ladder/RT3/")
    yield Shot("ways-there", _address(one), "/standing/rt-ladder/RT3/plan")
    yield Shot("portfolio", _address(one), "/portfolio/")
    yield Shot("record-form", _address(one), "/portfolio/add/publication/")
    yield Shot("import", _address(physician), "/portfolio/import/", _imports_a_case_log)
    yield Shot("application", _address(returned.person), f"/applications/{returned.number}/")
    yield Shot("certificate", "", f"/certificates/{certificate.token}")
    yield Shot("reminders", _told_most(), "/reminders/")


def _houses() -> Iterator[Shot]:
    hospital = _first(Organisation, name="山海醫學中心")
    outlook.make(hospital)
    review = _application("rt-ladder", "under_review")
    yield Shot("roster", "education@shanhai.example", "/staff/roster/")
    yield Shot("outlook", "education@shanhai.example", "/staff/outlook/")
    yield Shot("queue", "secretary@radiographers.example", "/reviews/?all=1")
    yield Shot("review", "reviewer@radiographers.example", f"/reviews/{review.number}/")
    yield Shot("fees", "treasurer@radiographers.example", "/fees/notices/")
    yield Shot("register", "secretary@interventional.example", "/register/")
    yield Shot("flow", "secretary@radiographers.example", "/staff/queues/")
    yield Shot("trail", "auditor@radiographers.example", "/trail/")


def _rules() -> Iterator[Shot]:
    comparison = f"/rules/{LADDER}/compare/{_comparison().pk}/"
    yield Shot("rules", "", "/rules/")
    yield Shot("clauses", "", "/rules/rt-ladder/clauses?q=RT3")
    yield Shot("readings", "", "/rules/rt-ladder/keys")
    yield Shot("procedures", "", "/rules/rt-ladder/procedures")
    yield Shot("compare", RULE_MAKER, comparison)


def _on_the_way() -> Person:
    """A radiographer with RT2 behind, and RT3 ahead for want of more than time."""
    ladder, day = catalogue.find("rt-ladder"), clock.today()
    people = Person.objects.filter(subject__startswith="rt-ladder-").select_related("account")
    for person in people.order_by("subject"):
        dossier = dossier_of(person)
        found = [outcome(ladder, level, dossier, on=day) for level in ("RT2", "RT3")]
        if found == ["eligible", "not_yet"]:
            ahead = standing(ladder, "RT3", dossier, on=day, readings={})
            if ahead.earliest is None and plans(ladder, "RT3", dossier, on=day):
                return person
    raise NothingToShow("no radiographer is eligible for RT2 and not yet for RT3")


def _told_most() -> str:
    """Whoever has most to be reminded of on this day."""
    nightly.look(clock.today())
    people = Account.objects.filter(person__isnull=False, reminders__isnull=False)
    told = people.annotate(told=Count("reminders")).order_by("-told", "pk").first()
    if told is None:
        raise NothingToShow("nobody is reminded of anything")
    return str(told.email)


def _comparison() -> Comparison:
    """The reading of RT2 or RT3 under which most people gain or lose, worked out."""
    maker, mandate = Account.objects.get(email=RULE_MAKER), mandate_held(LADDER)
    (seat,) = seats_of(maker, clock.today())
    asked = max(_tried(), key=_turning)
    if mandate is None or not _turning(asked):
        raise NothingToShow("no reading of RT2 or RT3 changes anybody's outcome")
    made = comparisons.ask(actor_of(maker, seat), mandate, asked=asked)
    comparisons.make(made.pk)
    return made


def _tried() -> Iterator[Asked]:
    """Every other reading of the two levels, against the one that is chosen."""
    for level in ("RT2", "RT3"):
        for key in _trial(level).keys:
            for option in key.option_names:
                if option != key.default:
                    yield _trial(level, f"{key.key}={option}").asked()


def _trial(level: str, reading: str = "") -> Trial:
    told = QueryDict(urlencode({"question": level, "reading": reading}))
    found = trial_of(catalogue.find(LADDER), told)
    assert found is not None, "the ladder has something to reach"
    return found


def _turning(asked: Asked) -> int:
    """How many gain or lose."""
    ladder = catalogue.find(LADDER)
    day, sides = asked.day, asked.sides
    found = compared(ladder, asked.question, day, sides, among=asked.among, read=asked.read).found
    return found.gained + found.lost


def _application(regulation: str, state: str) -> Application:
    return _first(Application, regulation=regulation, state=state)


def _certificate() -> Certificate:
    """One that holds and has an end."""
    return _first(Certificate, status=Certificate.Status.VALID, last__gte=clock.today())


def _first(model: Any, **such: Any) -> Any:
    found = model.objects.filter(**such).order_by("pk").first()
    if found is None:
        raise NothingToShow(f"no {model.__name__} with {such}")
    return found


def _address(person: Person) -> str:
    assert person.account is not None, "everybody in the invented world can log in"
    return str(person.account.email)


def _imports_a_case_log(page: Page) -> None:
    """As far as the preview: nothing is imported."""
    page.set_input_files("#file", EXAMPLES / "lin-case-log.csv")
    page.select_option("#kind", "case_log")
    page.get_by_role("button", name="上傳並預覽").click()
    page.get_by_role("button", name="看預覽").click()
    page.get_by_role("heading", level=1, name="預覽").wait_for()
