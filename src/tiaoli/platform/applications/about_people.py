"""Cases about a person: open ones keep what they rest on; of closed ones the course stays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications.models import (
    Application,
    Document,
    LeftRecord,
    Party,
    Point,
    Snapshot,
    StepTaken,
)
from tiaoli.platform.people.held import CONCERNED, NEEDED, Found, Part, hold
from tiaoli.platform.people.models import Organisation, Person
from tiaoli.platform.people.versions import clear_versions
from tiaoli.platform.portfolio.about_people import FILES_NEEDED, RECORDS_NEEDED
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND


def _kept(person: Person) -> QuerySet[Application]:
    """Open, or ended in a certificate: what it was decided on is kept with it."""
    return Application.objects.filter(
        Q(final=False) | Q(steps__left__record__certificate__isnull=False), person=person
    ).distinct()


def _gone(person: Person) -> QuerySet[Application]:
    kept = _kept(person).values("pk")
    return Application.objects.filter(person=person).exclude(pk__in=kept)


def _cases(person: Person) -> Found:
    why = Label(
        "未結的案件，與已核發證明的案件，要留下所依據的事實。",
        "Open cases, and those that ended in a certificate, keep the facts they rest on.",
    )
    stays = _kept(person).count()
    return Found(_gone(person).count(), stays, why if stays else None)


def _forget_cases(person: Person) -> None:
    """Number, steps and decisions stay; what was said of the person in them goes."""
    gone = _gone(person)
    keys = list(gone.values_list("pk", flat=True))
    gone.update(file={})
    nothing = {"subject": {"id": person.subject, "kind": SUBJECT_KIND}, "facts": []}
    Snapshot.objects.filter(application__in=keys).update(dossier=nothing)
    StepTaken.objects.filter(application__in=keys).update(remark="")
    StepTaken.objects.filter(application__in=keys, by=person.account_id).update(by_name="")
    Point.objects.filter(application__in=keys).update(says="", answer="")
    Document.objects.filter(application__in=keys).update(evidence=None, note="")
    clear_versions(Application, keys)


def _needed(person: Person) -> Label | None:
    number = Application.objects.filter(person=person, final=False).count()
    if not number:
        return None
    return Label(f"還有 {number} 件未結的案件。", f"{number} case(s) are still open.")


def _records(person: Person) -> Iterable[int]:
    """All of them while a case is open; else those that a step left behind."""
    if Application.objects.filter(person=person, final=False).exists():
        return person.records.values_list("pk", flat=True)
    left = LeftRecord.objects.filter(step__application__person=person)
    return left.values_list("record", flat=True)


def _files(person: Person) -> Iterable[int]:
    documents = Document.objects.filter(application__in=_kept(person), evidence__isnull=False)
    return documents.values_list("evidence", flat=True)


def _filed_with(organisation: Organisation) -> Q:
    """Nobody is told of a draft before it is handed in."""
    theirs = Application.objects.filter(
        Q(office=organisation) | Q(employer=organisation),
        submitted__isnull=False,
        person=OuterRef("pk"),
    )
    return Q(Exists(theirs))


def _look_named(person: Person) -> Found:
    why = Label(
        "別人的案件提到這個人；姓名本身另依上述處理。",
        "Cases of others name them; the name itself is dealt with above.",
    )
    stays = Party.objects.filter(person=person).count()
    return Found(0, stays, why if stays else None)


hold(
    Part(
        Label("別人的案件", "cases of others"), ("applications.party",), _look_named,
        lambda _person: None,
    )
)  # fmt: skip
hold(Part(Label("案件", "cases"), ("applications.application",), _cases, _forget_cases))
NEEDED.append(_needed)
RECORDS_NEEDED.append(_records)
FILES_NEEDED.append(_files)
CONCERNED.append(_filed_with)
